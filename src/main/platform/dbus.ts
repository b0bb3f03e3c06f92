import { EventEmitter } from 'node:events';
import type { MessageBus } from '@homebridge/dbus-native';
import { callMethod, connectToSessionBus } from './session-bus';
import type { X11Client } from './x11';

const BUS = 'org.freedesktop.DBus';
const TRAY = 'org.kde.StatusNotifierWatcher';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
/** Within this time, Electron has registered the app's icon with a tray. */
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
  readonly interface?: string;
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
  /** Whether a panel shows the icons that are registered with `TRAY`. */
  #hasHost = false;
  #registrationTimer: ReturnType<typeof setTimeout> | undefined;

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
    const hostRule = `type='signal',interface='${TRAY}',member='StatusNotifierHostRegistered'`;
    await this.#call(BUS, 'AddMatch', hostRule);
    this.#hasHost = await this.#findHost();
    this.x11?.on('managerStarted', (selection) => {
      // A restarted tray doesn't have the icon.
      if (selection === XEMBED_TRAY && !this.#hasHost) this.#setTrayStarted();
    });
    const tray = this.#hasHost || (await this.#hasXembedTray());
    this.#capabilities = { ...this.#capabilities, tray };
    await this.#readNotificationCapabilities();
    if (this.#hasHost) this.#scheduleRegistrationCheck();
  }

  dispose(): void {
    this.#bus?.connection.stream.end();
    this.#bus = undefined;
    clearTimeout(this.#registrationTimer);
    this.removeAllListeners();
  }

  #handleMessage({ sender, interface: source, member, body = [] }: BusMessage): void {
    if (source === TRAY && member === 'StatusNotifierHostRegistered') void this.#handleHost();
    if (sender !== BUS || member !== 'NameOwnerChanged') return;
    const [name, oldOwner, newOwner] = body;
    if (name === TRAY && newOwner !== '') void this.#handleHost();
    if (name !== NOTIFICATIONS) return;
    if (oldOwner !== '') this.emit('notificationsStopped');
    if (newOwner === '') return;
    void this.#readNotificationCapabilities().then(() => this.emit('notificationsStarted'));
  }

  /** Handles the start of a tray, or of the panel that shows its icons, which can be later. */
  async #handleHost(): Promise<void> {
    // Electron gives up on a tray that has no panel yet.
    if (!(await this.#findHost())) return;
    if (this.#hasHost) {
      this.#scheduleRegistrationCheck();
      return;
    }
    // An icon in an XEmbed tray moves to the better tray.
    this.#hasHost = true;
    this.#setTrayStarted();
  }

  #scheduleRegistrationCheck(): void {
    clearTimeout(this.#registrationTimer);
    this.#registrationTimer = setTimeout(() => void this.#checkRegistration(), REGISTRATION_MS);
    this.#registrationTimer.unref();
  }

  /** Finds out whether the tray has the icon, which it lacks if Electron looked for it too early. */
  async #checkRegistration(): Promise<void> {
    const items = await this.#readTrayProperty('RegisteredStatusNotifierItems');
    if (!items) return;
    const owners = items.map((item) => String(item).split(/[@/]/)[0]);
    const processIds = await Promise.all(
      owners.map((owner) => this.#call(BUS, 'GetConnectionUnixProcessID', owner)),
    );
    if (!processIds.includes(process.pid)) this.#setTrayStarted();
  }

  async #findHost(): Promise<boolean> {
    if ((await this.#call(BUS, 'NameHasOwner', TRAY)) === false) return false;
    const values = await this.#readTrayProperty('IsStatusNotifierHostRegistered');
    return values?.[0] !== false;
  }

  /** The values of a property of the tray; `undefined` without an answer. */
  async #readTrayProperty(name: string): Promise<readonly unknown[] | undefined> {
    if (!this.#bus) return undefined;
    const answer = await callMethod(this.#bus, {
      destination: TRAY,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [TRAY, name],
    });
    // Each value comes with its type signature, which contains neither strings nor booleans.
    const values = answer
      .flat(Infinity)
      .filter((value) => ['string', 'boolean'].includes(typeof value));
    return answer.length === 0 ? undefined : values;
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
