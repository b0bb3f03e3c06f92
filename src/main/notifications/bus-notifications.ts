import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessageBus } from '@homebridge/dbus-native';
import { app, type NotificationConstructorOptions } from 'electron';
import * as v from 'valibot';
import { parseJson } from '../../core/stored-json';
import { callMethod, connectToSessionBus, type MethodCall } from '../platform/session-bus';
import type { SystemNotification } from './notification-manager';

const SERVICE = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const BUS = 'org.freedesktop.DBus';
const BUTTON_PREFIX = 'button-';
const URGENCIES = { low: 0, normal: 1, critical: 2 };
/** How long quitting waits for the ids of notifications that are being shown. */
const MAX_CLOSING_MS = 1_000;

/** What all notifications have in common. */
export interface BusNotificationStyle {
  readonly appName: string;
  /** The name of the desktop entry. */
  readonly desktopEntry: string;
  /** The URL of a file that the desktop can read. */
  readonly icon: string | undefined;
  /** The name of the action that a click triggers, which some desktops show as a button. */
  readonly getOpenLabel: () => string;
  readonly canHaveActions: () => boolean;
}

interface BusMessage {
  readonly interface?: string;
  readonly member?: string;
  readonly body?: readonly unknown[];
}

interface NotificationEvents {
  click: [];
  close: [];
  show: [];
  failed: [];
  action: [event: unknown, index: number];
}

const savedIds = v.object({ service: v.string(), ids: v.array(v.number()) });

/**
 * Notifications of a Linux desktop, sent over the session bus. Electron's would block the whole app
 * while the service hangs, can't be updated in place, and can't be closed by the next run.
 */
export class BusNotifications {
  readonly #shown = new Map<number, BusNotification>();
  readonly #sending = new Set<Promise<void>>();
  #connection: Promise<MessageBus | undefined> | undefined;
  /** A name for the running service that no other service ever has. */
  #service = '';

  constructor(
    /** Where the ids of open notifications are saved. */
    private readonly file: string,
    readonly style: BusNotificationStyle,
    private readonly connect: () => Promise<MessageBus | undefined> = connectToSessionBus,
  ) {}

  create(options: NotificationConstructorOptions): SystemNotification {
    return new BusNotification(this, options);
  }

  /** Closes the notifications that a killed run left on the screen. */
  async closeLeftovers(): Promise<void> {
    const left = this.#readIds();
    if (left.ids.length === 0 || left.service !== (await this.#readServiceName())) return;
    for (const id of left.ids) if (!this.#shown.has(id)) await this.close(id);
    this.#saveIds();
  }

  /** Waits for notifications that are still being sent or closed, and disconnects. */
  async dispose(): Promise<void> {
    const timeout = new Promise((resolve) => setTimeout(resolve, MAX_CLOSING_MS));
    await Promise.race([Promise.allSettled(this.#sending), timeout]);
    const bus = await this.#connection;
    this.#connection = undefined;
    bus?.connection.stream.end();
  }

  /** Sends a notification; returns its id, or `undefined` if the service refused it. */
  async notify(
    notification: BusNotification,
    body: readonly unknown[],
  ): Promise<number | undefined> {
    const bus = await this.#getBus();
    if (!bus) return undefined;
    const answer = new Promise<unknown>((resolve) => {
      // No time limit: a second attempt would be a second notification once the service recovers.
      bus.invoke(createServiceCall('Notify', 'susssasa{sv}i', body), (error, id) => {
        // Immediately, because the user may click right away.
        if (!error && typeof id === 'number') this.#shown.set(id, notification);
        resolve(error ? undefined : id);
      });
    });
    const id = await answer;
    if (typeof id !== 'number') return undefined;
    const service = await this.#readServiceName();
    // A restarted service no longer shows earlier notifications.
    for (const other of this.#service === service ? [] : this.#shown.keys()) {
      if (other !== id) this.#shown.delete(other);
    }
    this.#service = service;
    this.#saveIds();
    return id;
  }

  async close(id: number): Promise<void> {
    this.forget(id);
    const bus = await this.#getBus();
    if (bus) await callMethod(bus, createServiceCall('CloseNotification', 'u', [id]));
  }

  /** Called when a notification is no longer shown. */
  forget(id: number): void {
    if (this.#shown.delete(id)) this.#saveIds();
  }

  /** Makes quitting wait for a task. */
  track(task: Promise<void>): void {
    this.#sending.add(task);
    void task.finally(() => this.#sending.delete(task));
  }

  #getBus(): Promise<MessageBus | undefined> {
    this.#connection ??= this.#open();
    return this.#connection;
  }

  async #open(): Promise<MessageBus | undefined> {
    const bus = await this.connect();
    if (!bus) {
      // The next notification tries again.
      this.#connection = undefined;
      return undefined;
    }
    bus.connection.on('error', () => {
      this.#connection = undefined;
    });
    bus.connection.on('message', (message: BusMessage) => {
      this.#handleMessage(message);
    });
    const rule = `type='signal',interface='${SERVICE}',path='${PATH}'`;
    await callMethod(bus, { ...createBusCall('AddMatch'), signature: 's', body: [rule] });
    return bus;
  }

  #handleMessage({ interface: name, member, body = [] }: BusMessage): void {
    const [id, detail] = body;
    const notification = typeof id === 'number' ? this.#shown.get(id) : undefined;
    if (name !== SERVICE || typeof id !== 'number' || !notification) return;
    if (member === 'ActionInvoked' && typeof detail === 'string') notification.invoke(detail);
    if (member !== 'NotificationClosed') return;
    this.forget(id);
    notification.emit('close');
  }

  /** The id of the bus and the connection of the service. */
  async #readServiceName(): Promise<string> {
    const bus = await this.#getBus();
    if (!bus) return '';
    const [busId] = await callMethod(bus, createBusCall('GetId'));
    const [owner] = await callMethod(bus, {
      ...createBusCall('GetNameOwner'),
      signature: 's',
      body: [SERVICE],
    });
    return `${String(busId)} ${String(owner)}`;
  }

  #readIds(): v.InferOutput<typeof savedIds> {
    try {
      return v.parse(savedIds, parseJson(readFileSync(this.file, 'utf8')));
    } catch {
      return { service: '', ids: [] };
    }
  }

  #saveIds(): void {
    const text = JSON.stringify({ service: this.#service, ids: [...this.#shown.keys()] });
    try {
      writeFileSync(this.file, text, { mode: 0o600 });
    } catch {
      // At worst, the notifications of a killed run stay on the screen.
    }
  }
}

/** A notification that is updated in place. */
class BusNotification extends EventEmitter<NotificationEvents> implements SystemNotification {
  title: string;
  body: string;
  actions: NotificationConstructorOptions['actions'];
  #id = 0;
  #isWanted = false;
  #task: Promise<void> = Promise.resolve();

  constructor(
    private readonly notifications: BusNotifications,
    private readonly options: NotificationConstructorOptions,
  ) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.actions = options.actions;
  }

  show(): void {
    this.#isWanted = true;
    this.#enqueue(() => this.#send());
  }

  close(): void {
    this.#isWanted = false;
    this.#enqueue(() => this.#withdraw());
  }

  /** Called when the user clicks the notification or one of its buttons. */
  invoke(action: string): void {
    if (action === 'default') this.emit('click');
    else if (action.startsWith(BUTTON_PREFIX)) {
      this.emit('action', undefined, Number(action.slice(BUTTON_PREFIX.length)));
    }
  }

  /** One step at a time: an update needs the id that the service gave to the notification. */
  #enqueue(step: () => Promise<void>): void {
    this.#task = this.#task.then(step);
    this.notifications.track(this.#task);
  }

  async #send(): Promise<void> {
    if (!this.#isWanted) return;
    const id = await this.notifications.notify(this, this.#createBody());
    if (id === undefined) {
      this.emit('failed');
      return;
    }
    if (id !== this.#id) this.notifications.forget(this.#id);
    this.#id = id;
    this.emit('show');
  }

  async #withdraw(): Promise<void> {
    const id = this.#id;
    this.#id = 0;
    if (id !== 0) await this.notifications.close(id);
  }

  #createBody(): readonly unknown[] {
    const { appName, desktopEntry, icon, getOpenLabel, canHaveActions } = this.notifications.style;
    const { urgency = 'normal', timeoutType } = this.options;
    const buttons = (this.actions ?? []).flatMap(({ text = '' }, index) => [
      `${BUTTON_PREFIX}${index}`,
      toBusText(text),
    ]);
    return [
      appName,
      this.#id,
      icon ?? '',
      toBusText(this.title),
      toBusText(this.body),
      // Some services show a dialog if there are actions that they don't support.
      canHaveActions() ? ['default', getOpenLabel(), ...buttons] : [],
      [
        ['urgency', ['y', URGENCIES[urgency]]],
        ['desktop-entry', ['s', desktopEntry]],
      ],
      timeoutType === 'never' ? 0 : -1,
    ];
  }
}

/** The bus ends the connection of a program that sends other texts. */
function toBusText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

function createServiceCall(
  member: string,
  signature: string,
  body: readonly unknown[],
): MethodCall {
  return { destination: SERVICE, path: PATH, interface: SERVICE, member, signature, body };
}

function createBusCall(member: string): MethodCall {
  return { destination: BUS, path: '/org/freedesktop/DBus', interface: BUS, member };
}

/** Copies the icon out of the app's archive, which other programs can't read; returns its URL. */
export function installIcon(profile: string): string | undefined {
  const icon = join(profile, 'icon.png');
  try {
    const bytes = readFileSync(join(app.getAppPath(), 'resources/icons/128x128.png'));
    if (!existsSync(icon) || !readFileSync(icon).equals(bytes)) writeFileSync(icon, bytes);
    return pathToFileURL(icon).href;
  } catch {
    return undefined;
  }
}
