import { performance } from 'node:perf_hooks';
import { connect, nothing, type Connection } from './bus';
import { listOf, numberOf, plain, recordOf, textOf } from './plain';
import { Changing, PATIENCE } from './waiting';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

/** A notification as the application sent it. */
export interface Notification {
  readonly id: number;
  readonly replacesId: number;
  readonly appName: string;
  readonly icon: string;
  readonly title: string;
  readonly body: string;
  /** Keys only: `default` is a click on the notification itself. */
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
  /** Milliseconds; 0 stays until dealt with, -1 as long as the desktop likes. */
  readonly timeout: number;
  /** When it came, in milliseconds of the monotonic clock. */
  readonly at: number;
}

/** How a notification left the screen. */
export interface Closing {
  readonly id: number;
  readonly by: 'application' | 'person' | 'click';
  readonly at: number;
}

/** What a notification must say; text is compared whole. */
export interface Wanted {
  readonly title?: string | RegExp;
  readonly body?: string | RegExp;
}

/** What GNOME, KDE, dunst and the like can do between them, as far as an application asks. */
export const USUAL_CAPABILITIES = ['body', 'body-markup', 'actions', 'persistence'] as const;

const REASON = { person: 2, click: 2, application: 3 } as const;

/** The desktop's notifications: remembers every one, and clicks and dismisses like a person. */
export class NotificationDaemon extends Changing {
  /** Every Notify call, the oldest first; an update in place is one more. */
  readonly notified: Notification[] = [];
  /** Every notification that left, the oldest first. */
  readonly closings: Closing[] = [];
  readonly #open = new Map<number, Notification>();
  readonly #connection: Connection;
  #capabilities: readonly string[];
  #lastId = 0;

  private constructor(connection: Connection, capabilities: readonly string[]) {
    super();
    this.#connection = connection;
    this.#capabilities = capabilities;
  }

  /** Takes the name on the bus; must happen before the application starts. */
  static async start(
    busAddress: string,
    capabilities: readonly string[] = USUAL_CAPABILITIES,
  ): Promise<NotificationDaemon> {
    const connection = await connect(busAddress);
    const daemon = new NotificationDaemon(connection, capabilities);
    connection.serve(PATH, NAME, {
      GetCapabilities: () => ({ signature: 'as', body: [[...daemon.#capabilities]] }),
      GetServerInformation: () => ({
        signature: 'ssss',
        body: ['recorder', 'ringside', '1', '1.2'],
      }),
      Notify: (body) => ({ signature: 'u', body: [daemon.#notify(body)] }),
      CloseNotification: ([id]) => {
        daemon.#close(numberOf(id), 'application');
        return nothing;
      },
    });
    await connection.own(NAME);
    return daemon;
  }

  /** What is on the screen now, the oldest first. */
  get open(): readonly Notification[] {
    return [...this.#open.values()];
  }

  /** What applications that ask from now on are told. */
  set capabilities(capabilities: readonly string[]) {
    this.#capabilities = capabilities;
  }

  /** Forgets everything, also what is on the screen: a new test begins. */
  forget(): void {
    this.notified.length = 0;
    this.closings.length = 0;
    this.#open.clear();
    this.changed();
  }

  /** Clicks on a notification, or on one of its actions. */
  click(id: number, action = 'default'): void {
    this.#mustBeOpen(id);
    this.#connection.signal(PATH, NAME, 'ActionInvoked', 'us', [id, action]);
    this.#close(id, 'click');
  }

  /** Closes a notification the way a person waves it away. */
  dismiss(id: number): void {
    this.#mustBeOpen(id);
    this.#close(id, 'person');
  }

  /** The open notification that says so, as soon as there is one. */
  waitForOpen(wanted: Wanted, patience = PATIENCE): Promise<Notification> {
    return this.until(
      () => this.open.find((open) => says(open, wanted)),
      () => `no open notification says ${describe(wanted)}; ${this.summary()}`,
      patience,
    );
  }

  /** How and when the notification went, as soon as it is gone. */
  waitForClosed(id: number, patience = PATIENCE): Promise<Closing> {
    return this.until(
      () => this.closings.find((closing) => closing.id === id),
      () => `notification ${id} is still open; ${this.summary()}`,
      patience,
    );
  }

  /** Resolves as soon as nothing is on the screen. */
  async waitForNoneOpen(patience = PATIENCE): Promise<void> {
    await this.until(
      () => (this.#open.size === 0 ? true : undefined),
      () => `notifications are still open; ${this.summary()}`,
      patience,
    );
  }

  /** Every Notify call that said so. */
  saying(wanted: Wanted): readonly Notification[] {
    return this.notified.filter((notification) => says(notification, wanted));
  }

  /** What came and what is open, for messages of failed tests. */
  summary(): string {
    const line = ({ id, replacesId, title, body }: Notification): string =>
      `  ${this.#open.has(id) ? 'open' : 'gone'} ${id}${replacesId > 0 ? ` for ${replacesId}` : ''}: ${title} | ${body}`;
    return ['notifications so far:', ...this.notified.map(line)].join('\n');
  }

  /** Leaves the bus. */
  close(): void {
    this.#connection.close();
  }

  #notify(body: readonly unknown[]): number {
    const [appName, replacesId, icon, title, text, actions, hints, timeout] = body;
    const replaces = numberOf(replacesId);
    const id = replaces > 0 ? replaces : ++this.#lastId;
    const notification: Notification = {
      id,
      replacesId: replaces,
      appName: textOf(appName),
      icon: textOf(icon),
      title: textOf(title),
      body: textOf(text),
      actions: listOf(actions)
        .filter((_, index) => index % 2 === 0)
        .map(textOf),
      hints: recordOf(plain(hints)),
      timeout: numberOf(timeout),
      at: performance.now(),
    };
    this.notified.push(notification);
    this.#open.set(id, notification);
    this.changed();
    return id;
  }

  #close(id: number, by: Closing['by']): void {
    if (!this.#open.delete(id)) return;
    this.closings.push({ id, by, at: performance.now() });
    this.#connection.signal(PATH, NAME, 'NotificationClosed', 'uu', [id, REASON[by]]);
    this.changed();
  }

  #mustBeOpen(id: number): void {
    if (!this.#open.has(id)) throw new Error(`notification ${id} is not open; ${this.summary()}`);
  }
}

const matches = (text: string, wanted: string | RegExp | undefined): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? text === wanted : wanted.test(text));

const says = ({ title, body }: Notification, wanted: Wanted): boolean =>
  matches(title, wanted.title) && matches(body, wanted.body);

const describe = ({ title, body }: Wanted): string =>
  [
    title === undefined ? [] : [`title ${String(title)}`],
    body === undefined ? [] : [`body ${String(body)}`],
  ]
    .flat()
    .join(' and ');
