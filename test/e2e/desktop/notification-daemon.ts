import { performance } from 'node:perf_hooks';
import { connect, EMPTY_REPLY, type DBusConnection } from './dbus';
import { toList, toNumber, unwrapVariants, toRecord, toText } from './dbus-values';
import { ChangeEmitter, DEFAULT_TIMEOUT_MS } from './change-emitter';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

/** A notification as the app sent it. */
export interface Notification {
  readonly id: number;
  readonly replacesId: number;
  readonly appName: string;
  readonly icon: string;
  readonly title: string;
  readonly body: string;
  /** The keys only; `default` is a click on the notification itself. */
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
  /** In ms; 0 stays until dismissed, -1 is up to the desktop. */
  readonly timeout: number;
  /** When it arrived, in ms of the monotonic clock. */
  readonly at: number;
}

/** How a notification was closed. */
export interface ClosedNotification {
  readonly id: number;
  readonly by: 'app' | 'user' | 'click';
  readonly at: number;
}

/** Text to look for in a notification; a string must match the whole text. */
export interface NotificationMatch {
  readonly title?: string | RegExp;
  readonly body?: string | RegExp;
}

/** Capabilities that GNOME, KDE, and dunst have in common. */
export const DEFAULT_CAPABILITIES = ['body', 'body-markup', 'actions', 'persistence'] as const;

const REASON = { user: 2, click: 2, app: 3 } as const;

/** A notification daemon that records what it receives, and clicks and dismisses like a user. */
export class NotificationDaemon extends ChangeEmitter {
  /** Every Notify call, oldest first, updates included. */
  readonly received: Notification[] = [];
  /** Every closed notification, oldest first. */
  readonly closed: ClosedNotification[] = [];
  readonly #open = new Map<number, Notification>();
  readonly #connection: DBusConnection;
  #capabilities: readonly string[];
  #hasSentCapabilities = false;
  #lastId = 0;
  /** Resolves while the daemon answers. */
  #answering = Promise.resolve();

  private constructor(connection: DBusConnection, capabilities: readonly string[]) {
    super();
    this.#connection = connection;
    this.#capabilities = capabilities;
  }

  /** Starts the daemon. Call it before the app starts, or the app sees a desktop without one. */
  static async start(
    busAddress: string,
    capabilities: readonly string[] = DEFAULT_CAPABILITIES,
  ): Promise<NotificationDaemon> {
    const connection = await connect(busAddress);
    const daemon = new NotificationDaemon(connection, capabilities);
    connection.handleMethods(PATH, NAME, {
      GetCapabilities: () => {
        daemon.#hasSentCapabilities = true;
        daemon.emitChange();
        return { signature: 'as', body: [[...daemon.#capabilities]] };
      },
      GetServerInformation: () => ({
        signature: 'ssss',
        body: ['recorder', 'ringside', '1', '1.2'],
      }),
      Notify: async (body) => {
        await daemon.#answering;
        return { signature: 'u', body: [daemon.#notify(body)] };
      },
      CloseNotification: ([id]) => {
        daemon.#close(toNumber(id), 'app');
        return EMPTY_REPLY;
      },
    });
    await connection.requestName(NAME);
    return daemon;
  }

  /** The open notifications, oldest first. */
  get open(): readonly Notification[] {
    return [...this.#open.values()];
  }

  /** What GetCapabilities returns from now on. */
  set capabilities(capabilities: readonly string[]) {
    this.#capabilities = capabilities;
  }

  /** Stops showing notifications, as a daemon that hangs; returns a function that ends it. */
  hang(): () => void {
    let resume = (): void => undefined;
    this.#answering = new Promise((resolve) => {
      resume = resolve;
    });
    return resume;
  }

  /** Clears the records and the open notifications between two tests. */
  reset(): void {
    this.received.length = 0;
    this.closed.length = 0;
    this.#open.clear();
    this.emitChange();
  }

  /** Clicks a notification, or one of its actions. */
  click(id: number, action = 'default'): void {
    this.#assertOpen(id);
    this.#connection.emit(PATH, NAME, 'ActionInvoked', 'us', [id, action]);
    this.#close(id, 'click');
  }

  /** Dismisses a notification as a user does. */
  dismiss(id: number): void {
    this.#assertOpen(id);
    this.#close(id, 'user');
  }

  /** Waits for an open notification with this text. */
  waitForOpen(wanted: NotificationMatch, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<Notification> {
    return this.waitUntil(
      () => this.open.find((open) => isMatch(open, wanted)),
      () => `no open notification has ${describeMatch(wanted)}; ${this.summary()}`,
      timeoutMs,
    );
  }

  /** Waits until the app has asked for the capabilities. */
  async waitForCapabilitiesRequest(timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    await this.waitUntil(
      () => (this.#hasSentCapabilities ? true : undefined),
      () => 'the app has not asked for the capabilities',
      timeoutMs,
    );
  }

  /** Waits until a notification is closed. */
  waitForClosed(id: number, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<ClosedNotification> {
    return this.waitUntil(
      () => this.closed.find((closing) => closing.id === id),
      () => `notification ${id} is still open; ${this.summary()}`,
      timeoutMs,
    );
  }

  /** Waits until no notification is open. */
  async waitForAllClosed(timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    await this.waitUntil(
      () => (this.#open.size === 0 ? true : undefined),
      () => `notifications are still open; ${this.summary()}`,
      timeoutMs,
    );
  }

  /** Every Notify call with this text. */
  findAll(wanted: NotificationMatch): readonly Notification[] {
    return this.received.filter((notification) => isMatch(notification, wanted));
  }

  /** All notifications as text, for error messages. */
  summary(): string {
    const line = ({ id, replacesId, title, body }: Notification): string =>
      `  ${this.#open.has(id) ? 'open' : 'closed'} ${id}${replacesId > 0 ? ` for ${replacesId}` : ''}: ${title} | ${body}`;
    return ['notifications so far:', ...this.received.map(line)].join('\n');
  }

  /** Disconnects from the bus. */
  close(): void {
    this.#connection.close();
  }

  #notify(body: readonly unknown[]): number {
    const [appName, replacesId, icon, title, text, actions, hints, timeout] = body;
    const replaces = toNumber(replacesId);
    const id = replaces > 0 ? replaces : ++this.#lastId;
    const notification: Notification = {
      id,
      replacesId: replaces,
      appName: toText(appName),
      icon: toText(icon),
      title: toText(title),
      body: toText(text),
      actions: toList(actions)
        .filter((_, index) => index % 2 === 0)
        .map(toText),
      hints: toRecord(unwrapVariants(hints)),
      timeout: toNumber(timeout),
      at: performance.now(),
    };
    this.received.push(notification);
    this.#open.set(id, notification);
    this.emitChange();
    return id;
  }

  #close(id: number, by: ClosedNotification['by']): void {
    if (!this.#open.delete(id)) return;
    this.closed.push({ id, by, at: performance.now() });
    this.#connection.emit(PATH, NAME, 'NotificationClosed', 'uu', [id, REASON[by]]);
    this.emitChange();
  }

  #assertOpen(id: number): void {
    if (!this.#open.has(id)) throw new Error(`notification ${id} isn't open; ${this.summary()}`);
  }
}

const isTextMatch = (text: string, wanted: string | RegExp | undefined): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? text === wanted : wanted.test(text));

const isMatch = ({ title, body }: Notification, wanted: NotificationMatch): boolean =>
  isTextMatch(title, wanted.title) && isTextMatch(body, wanted.body);

const describeMatch = ({ title, body }: NotificationMatch): string =>
  [
    title === undefined ? [] : [`title ${String(title)}`],
    body === undefined ? [] : [`body ${String(body)}`],
  ]
    .flat()
    .join(' and ');
