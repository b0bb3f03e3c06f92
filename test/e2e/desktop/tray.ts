import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Variant, type Message } from 'dbus-next';
import { connect, nothing, type Connection } from './bus';
import { clickEntry, findEntry, menuLines, readMenu, type MenuEntry } from './menu';
import { listOf, numberOf, plain, recordOf, textOf } from './plain';
import { Changing, PATIENCE } from './waiting';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/** A tray icon at one moment. */
export interface TrayPicture {
  readonly title: string;
  readonly tooltip: string;
  readonly status: string;
  /** Equal for equal pixels, different for different ones; empty when there is no picture. */
  readonly icon: string;
  /** Width in pixels of the largest picture that the application offers; 0 for a named one. */
  readonly iconSize: number;
  /** When it was read, in milliseconds of the monotonic clock. */
  readonly at: number;
}

interface Item {
  readonly owner: string;
  readonly path: string;
  readonly menuPath: string;
}

/** The panel's tray: knows the icon's picture, words and menu, and clicks like a person. */
export class TrayHost extends Changing {
  /** Every picture that differed from the one before, the oldest first. */
  readonly pictures: TrayPicture[] = [];
  readonly #connection: Connection;
  #item: Item | undefined;
  #reading: Promise<void> = Promise.resolve();

  private constructor(connection: Connection) {
    super();
    this.#connection = connection;
  }

  /** Takes the watcher's name on the bus; must happen before the application starts. */
  static async start(busAddress: string): Promise<TrayHost> {
    const connection = await connect(busAddress);
    const host = new TrayHost(connection);
    connection.serve(WATCHER_PATH, WATCHER, {
      RegisterStatusNotifierItem: ([service], { sender }) => {
        host.#register(textOf(service), sender);
        return nothing;
      },
      RegisterStatusNotifierHost: () => nothing,
    });
    connection.serve(WATCHER_PATH, PROPERTIES, {
      Get: ([, name]) => ({ signature: 'v', body: [host.#property(textOf(name))] }),
      GetAll: () => ({
        signature: 'a{sv}',
        body: [Object.fromEntries(PROPERTY_NAMES.map((name) => [name, host.#property(name)]))],
      }),
    });
    await connection.listen(`interface='${ITEM}'`, ({ sender }) => {
      if (sender === host.#item?.owner) host.#look();
    });
    await connection.listen(
      "interface='org.freedesktop.DBus',member='NameOwnerChanged'",
      ({ body }: Message) => {
        const [name, , newOwner] = body as unknown[];
        if (newOwner === '' && name === host.#item?.owner) host.#unregister();
      },
    );
    await connection.own(WATCHER);
    return host;
  }

  /** Whether an application shows an icon now. */
  get hasItem(): boolean {
    return this.#item !== undefined;
  }

  /** The icon as it was last read. */
  get picture(): TrayPicture | undefined {
    return this.pictures.at(-1);
  }

  /** Forgets the pictures of before; the present one is kept. */
  forget(): void {
    this.pictures.splice(0, this.pictures.length - 1);
  }

  /** The present picture, as soon as it fits. */
  waitFor(
    fits: (picture: TrayPicture) => boolean,
    what: string,
    patience = PATIENCE,
  ): Promise<TrayPicture> {
    return this.until(
      () => {
        const picture = this.#item === undefined ? undefined : this.picture;
        return picture !== undefined && fits(picture) ? picture : undefined;
      },
      () => `the tray never showed ${what}; ${this.summary()}`,
      patience,
    );
  }

  /** The present picture, as soon as its tooltip says so. */
  waitForTooltip(wanted: string | RegExp, patience = PATIENCE): Promise<TrayPicture> {
    return this.waitFor(
      ({ tooltip }) => (typeof wanted === 'string' ? tooltip === wanted : wanted.test(tooltip)),
      `a tooltip ${String(wanted)}`,
      patience,
    );
  }

  /** Resolves as soon as no application shows an icon. */
  async waitForNone(patience = PATIENCE): Promise<void> {
    await this.until(
      () => (this.#item === undefined ? true : undefined),
      () => 'the tray icon is still there',
      patience,
    );
  }

  /** Clicks on the icon. */
  async activate(): Promise<void> {
    const { owner: to, path } = this.#present();
    await this.#connection.call({
      ...{ to, path, of: ITEM, member: 'Activate' },
      signature: 'ii',
      body: [0, 0],
    });
  }

  /** The menu as it is now; the root's children are its entries. */
  menu(): Promise<MenuEntry> {
    const { owner, menuPath } = this.#present();
    return readMenu(this.#connection, owner, menuPath);
  }

  /**
   * Clicks an entry of the menu, as soon as it is there and enabled.
   * @param labels the entry, or the way to it through the submenus
   */
  async clickMenu(labels: readonly (string | RegExp)[], patience = PATIENCE): Promise<void> {
    const { owner, menuPath } = this.#present();
    const deadline = performance.now() + patience;
    for (;;) {
      const root = await this.menu();
      const entry = findEntry(root, labels);
      if (entry?.enabled === true) {
        await clickEntry(this.#connection, owner, menuPath, entry.id);
        return;
      }
      if (performance.now() > deadline) {
        const way = labels.map(String).join(' > ');
        throw new Error(`the menu has no ${way} to click:\n${menuLines(root).join('\n')}`);
      }
      await delay(100);
    }
  }

  /** The pictures so far, for messages of failed tests. */
  summary(): string {
    return [
      'tray so far:',
      ...this.pictures.map(({ tooltip, icon, status }) => `  ${tooltip} (${icon}, ${status})`),
    ].join('\n');
  }

  /** Leaves the bus. */
  close(): void {
    this.#connection.close();
  }

  #property(name: string): Variant {
    switch (name) {
      case 'IsStatusNotifierHostRegistered':
        return new Variant('b', true);
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

  /** The service is a bus name, or only a path: then it is the sender's. */
  #register(service: string, sender: string): void {
    const path = service.startsWith('/') ? service : '/StatusNotifierItem';
    this.#enqueue(async () => {
      const all = await this.#properties(sender, path);
      const menuPath = textOf(all['Menu']);
      this.#item = { owner: sender, path, menuPath };
      await this.#read(this.#item, all);
      const registered = service.startsWith('/') ? sender + service : service;
      this.#connection.signal(WATCHER_PATH, WATCHER, 'StatusNotifierItemRegistered', 's', [
        registered,
      ]);
    });
  }

  #unregister(): void {
    this.#item = undefined;
    this.changed();
  }

  #look(): void {
    this.#enqueue(async () => {
      const item = this.#item;
      if (item !== undefined) await this.#read(item, await this.#properties(item.owner, item.path));
    });
  }

  /** One reading at a time, so that pictures keep their order. An icon that left is no error. */
  #enqueue(step: () => Promise<void>): void {
    this.#reading = this.#reading.then(step).catch((error: unknown) => {
      if (this.#item !== undefined) console.error('The tray icon could not be read:', error);
    });
  }

  async #properties(to: string, path: string): Promise<Readonly<Record<string, unknown>>> {
    const [all] = await this.#connection.call({
      ...{ to, path, of: PROPERTIES, member: 'GetAll' },
      signature: 's',
      body: [ITEM],
    });
    return recordOf(plain(all));
  }

  async #read(item: Item, all: Readonly<Record<string, unknown>>): Promise<void> {
    const [, , tooltipTitle, tooltipText] = listOf(all['ToolTip']);
    const next: TrayPicture = {
      title: textOf(all['Title']),
      tooltip: [textOf(tooltipTitle), textOf(tooltipText)].filter((text) => text !== '').join('\n'),
      status: textOf(all['Status']),
      ...(await iconOf(all)),
      at: performance.now(),
    };
    if (this.#item !== item) return;
    const last = this.picture;
    if (last === undefined || fingerprint(last) !== fingerprint(next)) this.pictures.push(next);
    this.changed();
  }

  #present(): Item {
    if (this.#item === undefined) throw new Error('no application shows a tray icon');
    return this.#item;
  }
}

const PROPERTY_NAMES = [
  'IsStatusNotifierHostRegistered',
  'ProtocolVersion',
  'RegisteredStatusNotifierItems',
] as const;

const fingerprint = ({ title, tooltip, status, icon }: TrayPicture): string =>
  JSON.stringify([title, tooltip, status, icon]);

/** The picture comes as pixels, or as a name, which for some desktops is a file. */
async function iconOf(
  all: Readonly<Record<string, unknown>>,
): Promise<Pick<TrayPicture, 'icon' | 'iconSize'>> {
  const pixmaps = listOf(all['IconPixmap'])
    .map(listOf)
    .map(([width, , pixels]) => ({ width: numberOf(width), pixels }))
    .sort((one, other) => other.width - one.width);
  const [largest] = pixmaps;
  if (largest !== undefined && Buffer.isBuffer(largest.pixels)) {
    return { icon: digest(largest.pixels), iconSize: largest.width };
  }
  const name = textOf(all['IconName']);
  if (!name.startsWith('/')) return { icon: name, iconSize: 0 };
  return { icon: digest(await readFile(name)), iconSize: 0 };
}

const digest = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 12);
