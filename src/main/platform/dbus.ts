import { EventEmitter } from 'node:events';
import type { MessageBus } from '@homebridge/dbus-native';
import { callMethod, connectToSessionBus } from './session-bus';
import type { X11Client } from './x11';

const BUS = 'org.freedesktop.DBus';
const TRAY = 'org.kde.StatusNotifierWatcher';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
/** A tray has registered the app's icon this long after the app connected. */
const REGISTRATION_MS = 3_000;
/** Owned by a tray that supports XEmbed, which Electron falls back to. */
const XEMBED_TRAY = '_NET_SYSTEM_TRAY_S0';

/** What the desktop can show. */
export interface DesktopCapabilities {
  /** Whether anything shows tray icons; `true` if unknown. */
  readonly tray: boolean;
  /** Whether the text of a notification is read as markup; `true` if unknown. */
  readonly bodyMarkup: boolean;
  /** What the notification service supports; `undefined` if it didn't answer. */
  readonly notifications?: readonly string[];
}

interface BusMessage {
  readonly sender?: string;
  readonly member?: string;
  readonly body?: readonly unknown[];
}

interface DesktopServicesEvents {
  /** A tray has started that doesn't have the icon yet. */
  trayStarted: [];
  /** The notification service has quit, and its notifications are gone. */
  notificationsStopped: [];
  notificationsStarted: [];
}

/**
 * Follows the programs that show tray icons and notifications on a Linux desktop. They can start
 * after Ringside and can be restarted while it runs. Other platforms always have both.
 */
export class DesktopServices extends EventEmitter<DesktopServicesEvents> {
  #bus: MessageBus | undefined;
  #capabilities: DesktopCapabilities;
  #hasWatcher = false;

  constructor(
    private readonly platform: NodeJS.Platform = process.platform,
    /** The X server, if the windows are on one. */
    private readonly x11?: X11Client,
  ) {
    super();
    this.#capabilities = { tray: true, bodyMarkup: platform === 'linux' };
  }

  get capabilities(): DesktopCapabilities {
    return this.#capabilities;
  }

  /** Connects to the session bus and the X server. Without a bus, the default capabilities stay. */
  async connect(address?: string): Promise<void> {
    if (this.platform !== 'linux') return;
    await this.x11?.connect();
    const bus = await connectToSessionBus(address);
    if (!bus) return;
    this.#bus = bus;
    bus.connection.on('error', () => {
      this.dispose();
    });
    bus.connection.on('message', (message: BusMessage) => {
      this.#handleMessage(message);
    });
    for (const name of [TRAY, NOTIFICATIONS]) {
      const rule = `type='signal',sender='${BUS}',member='NameOwnerChanged',arg0='${name}'`;
      await this.#call(BUS, 'AddMatch', rule);
    }
    this.#hasWatcher = (await this.#call(BUS, 'NameHasOwner', TRAY)) !== false;
    this.x11?.on('managerStarted', (selection) => {
      // A restarted tray doesn't have the icon.
      if (selection === XEMBED_TRAY && !this.#hasWatcher) this.#setTrayStarted();
    });
    const tray = this.#hasWatcher || (await this.#hasXembedTray());
    this.#capabilities = { ...this.#capabilities, tray };
    await this.#readNotificationCapabilities();
    if (this.#hasWatcher) setTimeout(() => void this.#checkRegistration(), REGISTRATION_MS).unref();
  }

  dispose(): void {
    this.#bus?.connection.stream.end();
    this.#bus = undefined;
    this.removeAllListeners();
  }

  #handleMessage({ sender, member, body = [] }: BusMessage): void {
    if (sender !== BUS || member !== 'NameOwnerChanged') return;
    const [name, oldOwner, newOwner] = body;
    if (name === TRAY && newOwner !== '' && !this.#hasWatcher) {
      // An icon in an XEmbed tray moves to the better tray.
      this.#hasWatcher = true;
      this.#setTrayStarted();
    }
    if (name !== NOTIFICATIONS) return;
    if (oldOwner !== '') this.emit('notificationsStopped');
    if (newOwner === '') return;
    void this.#readNotificationCapabilities().then(() => this.emit('notificationsStarted'));
  }

  /**
   * A tray that started after the icon was created and before this connection doesn't know the
   * icon.
   */
  async #checkRegistration(): Promise<void> {
    if (!this.#bus) return;
    const answer = await callMethod(this.#bus, {
      destination: TRAY,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [TRAY, 'RegisteredStatusNotifierItems'],
    });
    if (answer.length === 0) return;
    // Each value comes with its type signature, which contains no strings.
    const items = answer.flat(Infinity).filter((item) => typeof item === 'string');
    const owners = items.map((item) => item.split(/[@/]/)[0]);
    const processIds = await Promise.all(
      owners.map((owner) => this.#call(BUS, 'GetConnectionUnixProcessID', owner)),
    );
    if (!processIds.includes(process.pid)) this.#setTrayStarted();
  }

  async #hasXembedTray(): Promise<boolean> {
    return (await this.x11?.hasSelectionOwner(XEMBED_TRAY)) ?? false;
  }

  #setTrayStarted(): void {
    this.#capabilities = { ...this.#capabilities, tray: true };
    this.emit('trayStarted');
  }

  async #readNotificationCapabilities(): Promise<void> {
    const answer = await this.#call(NOTIFICATIONS, 'GetCapabilities');
    if (!Array.isArray(answer)) return;
    const notifications = answer.map(String);
    const bodyMarkup = notifications.includes('body-markup');
    this.#capabilities = { ...this.#capabilities, bodyMarkup, notifications };
  }

  /** Calls a method of the interface named like its service; `undefined` without an answer. */
  async #call(service: string, member: string, argument?: string): Promise<unknown> {
    if (!this.#bus) return undefined;
    const [result] = await callMethod(this.#bus, {
      destination: service,
      path: `/${service.replaceAll('.', '/')}`,
      interface: service,
      member,
      ...(argument !== undefined && { signature: 's', body: [argument] }),
    });
    return result;
  }
}
