import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Variant, type Message } from 'dbus-next';
import { connect, EMPTY_REPLY, type DBusConnection } from './dbus';
import { clickEntry, findEntry, formatMenu, readMenu, type MenuEntry } from './dbus-menu';
import { toList, toNumber, unwrapVariants, toRecord, toText } from './dbus-values';
import { ChangeEmitter, DEFAULT_TIMEOUT_MS } from './change-emitter';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/** A tray item at one moment. */
export interface TrayItem {
  readonly title: string;
  readonly tooltip: string;
  readonly status: string;
  /** A hash of the icon; empty if there is none. */
  readonly icon: string;
  /** Width of the largest icon in pixels; 0 for a named icon. */
  readonly iconSize: number;
  /** When it was read, in ms of the monotonic clock. */
  readonly at: number;
}

interface RegisteredItem {
  readonly owner: string;
  readonly path: string;
  readonly menuPath: string;
}

/** A StatusNotifier watcher and host that records the tray item, and clicks like a user. */
export class StatusNotifierHost extends ChangeEmitter {
  /** Each state that differed from the previous one, oldest first. */
  readonly history: TrayItem[] = [];
  readonly #connection: DBusConnection;
  #item: RegisteredItem | undefined;
  /** Who registered the latest item, even while its properties are still being read. */
  #owner: string | undefined;
  #reading: Promise<void> = Promise.resolve();

  private constructor(
    connection: DBusConnection,
    private isHost: boolean,
  ) {
    super();
    this.#connection = connection;
  }

  /** Starts the host. Call it before the app starts, or the app sees a desktop without a tray. */
  static async start(busAddress: string, { isHost = true } = {}): Promise<StatusNotifierHost> {
    const connection = await connect(busAddress);
    const host = new StatusNotifierHost(connection, isHost);
    connection.handleMethods(WATCHER_PATH, WATCHER, {
      RegisterStatusNotifierItem: ([service], { sender }) => {
        host.#register(toText(service), sender);
        return EMPTY_REPLY;
      },
      RegisterStatusNotifierHost: () => EMPTY_REPLY,
    });
    connection.handleMethods(WATCHER_PATH, PROPERTIES, {
      Get: ([, name]) => ({ signature: 'v', body: [host.#property(toText(name))] }),
      GetAll: () => ({
        signature: 'a{sv}',
        body: [Object.fromEntries(PROPERTY_NAMES.map((name) => [name, host.#property(name)]))],
      }),
    });
    await connection.onSignal(`interface='${ITEM}'`, ({ sender }) => {
      if (sender === host.#owner) host.#update();
    });
    await connection.onSignal(
      "interface='org.freedesktop.DBus',member='NameOwnerChanged'",
      ({ body }: Message) => {
        const [name, , newOwner] = body as unknown[];
        if (newOwner === '' && name === host.#item?.owner) host.#unregister();
      },
    );
    await connection.requestName(WATCHER);
    return host;
  }

  /** Becomes a tray that shows its items, as when the panel starts after the watcher. */
  becomeHost(): void {
    this.isHost = true;
    this.#connection.emit(WATCHER_PATH, WATCHER, 'StatusNotifierHostRegistered', '', []);
  }

  /** Whether an app shows an icon. */
  get hasItem(): boolean {
    return this.#item !== undefined;
  }

  /** The latest state. */
  get current(): TrayItem | undefined {
    return this.history.at(-1);
  }

  /** Clears the history except for the latest state. */
  clearHistory(): void {
    this.history.splice(0, this.history.length - 1);
  }

  /** Waits for a state that meets a condition. */
  waitFor(
    condition: (item: TrayItem) => boolean,
    description: string,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<TrayItem> {
    return this.waitUntil(
      () => {
        const item = this.#item === undefined ? undefined : this.current;
        return item !== undefined && condition(item) ? item : undefined;
      },
      () => `the tray never showed ${description}; ${this.summary()}`,
      timeoutMs,
    );
  }

  /** Waits for a tooltip, which may begin with the app's name. */
  waitForTooltip(expected: string | RegExp, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<TrayItem> {
    return this.waitFor(
      ({ tooltip }) =>
        [tooltip, tooltip.replace(/^Ringside: /, '')].some((text) =>
          typeof expected === 'string' ? text === expected : expected.test(text),
        ),
      `the tooltip ${String(expected)}`,
      timeoutMs,
    );
  }

  /** Waits until no app shows an icon. */
  async waitForRemoval(timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    await this.waitUntil(
      () => (this.#item === undefined ? true : undefined),
      () => 'the tray icon is still shown',
      timeoutMs,
    );
  }

  /** Clicks the icon. */
  async activate(): Promise<void> {
    const { owner: destination, path } = this.#getItem();
    await this.#connection.call({
      destination,
      path,
      interface: ITEM,
      member: 'Activate',
      signature: 'ii',
      body: [0, 0],
    });
  }

  /** Reads the menu; the children of the root are its entries. */
  menu(): Promise<MenuEntry> {
    const { owner, menuPath } = this.#getItem();
    return readMenu(this.#connection, owner, menuPath);
  }

  /**
   * Clicks a menu entry as soon as it exists and is enabled.
   * @param labels the path to the entry through the submenus
   */
  async clickMenu(
    labels: readonly (string | RegExp)[],
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<void> {
    const { owner, menuPath } = this.#getItem();
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const root = await this.menu();
      const entry = findEntry(root, labels);
      if (entry?.enabled === true) {
        await clickEntry(this.#connection, owner, menuPath, entry.id);
        return;
      }
      if (performance.now() > deadline) {
        const path = labels.map(String).join(' > ');
        throw new Error(`the menu has no enabled entry ${path}:\n${formatMenu(root).join('\n')}`);
      }
      await delay(50);
    }
  }

  /** The history as text, for error messages. */
  summary(): string {
    return [
      'tray states:',
      ...this.history.map(({ tooltip, icon, status }) => `  ${tooltip} (${icon}, ${status})`),
    ].join('\n');
  }

  /** Disconnects from the bus. */
  close(): void {
    this.#connection.close();
  }

  #property(name: string): Variant {
    switch (name) {
      case 'IsStatusNotifierHostRegistered':
        return new Variant('b', this.isHost);
      case 'ProtocolVersion':
        return new Variant('i', 0);
      case 'RegisteredStatusNotifierItems':
        return new Variant(
          'as',
          this.#item === undefined ? [] : [this.#item.owner + this.#item.path],
        );
      default:
        throw new Error(`the watcher has no property ${name}`);
    }
  }

  /** The service is a bus name, or an object path of the sender. */
  #register(service: string, sender: string): void {
    const path = service.startsWith('/') ? service : '/StatusNotifierItem';
    this.#owner = sender;
    this.#enqueue(async () => {
      const all = await this.#getProperties(sender, path);
      const menuPath = toText(all['Menu']);
      this.#item = { owner: sender, path, menuPath };
      await this.#read(this.#item, all);
      const registered = service.startsWith('/') ? sender + service : service;
      this.#connection.emit(WATCHER_PATH, WATCHER, 'StatusNotifierItemRegistered', 's', [
        registered,
      ]);
    });
  }

  #unregister(): void {
    this.#item = undefined;
    this.emitChange();
  }

  #update(): void {
    this.#enqueue(async () => {
      const item = this.#item;
      if (item !== undefined)
        await this.#read(item, await this.#getProperties(item.owner, item.path));
    });
  }

  /** Reads one after the other, so that states keep their order. A removed icon isn't an error. */
  #enqueue(step: () => Promise<void>): void {
    this.#reading = this.#reading.then(step).catch((error: unknown) => {
      if (this.#item !== undefined) console.error('Could not read the tray icon:', error);
    });
  }

  async #getProperties(
    destination: string,
    path: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const [all] = await this.#connection.call({
      destination,
      path,
      interface: PROPERTIES,
      member: 'GetAll',
      signature: 's',
      body: [ITEM],
    });
    return toRecord(unwrapVariants(all));
  }

  async #read(item: RegisteredItem, all: Readonly<Record<string, unknown>>): Promise<void> {
    const [, , tooltipTitle, tooltipText] = toList(all['ToolTip']);
    const next: TrayItem = {
      title: toText(all['Title']),
      tooltip: [toText(tooltipTitle), toText(tooltipText)].filter((text) => text !== '').join('\n'),
      status: toText(all['Status']),
      ...(await readIcon(all)),
      at: performance.now(),
    };
    if (this.#item !== item) return;
    const last = this.current;
    if (last === undefined || toComparable(last) !== toComparable(next)) this.history.push(next);
    this.emitChange();
  }

  #getItem(): RegisteredItem {
    if (this.#item === undefined) throw new Error('no app shows a tray icon');
    return this.#item;
  }
}

const PROPERTY_NAMES = [
  'IsStatusNotifierHostRegistered',
  'ProtocolVersion',
  'RegisteredStatusNotifierItems',
] as const;

const toComparable = ({ title, tooltip, status, icon }: TrayItem): string =>
  JSON.stringify([title, tooltip, status, icon]);

/** An icon is either pixels or a name, which may be a file path. */
async function readIcon(
  all: Readonly<Record<string, unknown>>,
): Promise<Pick<TrayItem, 'icon' | 'iconSize'>> {
  const pixmaps = toList(all['IconPixmap'])
    .map(toList)
    .map(([width, , pixels]) => ({ width: toNumber(width), pixels }))
    .sort((one, other) => other.width - one.width);
  const [largest] = pixmaps;
  if (largest !== undefined && Buffer.isBuffer(largest.pixels)) {
    return { icon: hash(largest.pixels), iconSize: largest.width };
  }
  const name = toText(all['IconName']);
  if (!name.startsWith('/')) return { icon: name, iconSize: 0 };
  return { icon: hash(await readFile(name)), iconSize: 0 };
}

const hash = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 12);
