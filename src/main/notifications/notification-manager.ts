import { join } from 'node:path';
import { app, Notification, type NotificationConstructorOptions } from 'electron';
import { getAlertSessionId, type Alert } from '../../core/alerts/alert';
import type { Effect } from '../../core/alerts/reduce';
import type { Destination } from '../../shared/state';
import type { I18n } from '../i18n';
import { log } from '../logger';
import type { DesktopServices } from '../platform/dbus';
import type { SettingsStore } from '../storage/settings-store';
import {
  getMessageOptions,
  getNotificationButtons,
  getNotificationOptions,
  isStillListed,
  type NotificationButton,
} from './notification-options';
import {
  getMessageText,
  getNotificationText,
  type Message,
  type NotificationText,
} from './notification-text';

/** What a click on a notification or on one of its buttons does. */
export type NotificationAction = 'open' | NotificationButton;

/** The parts of Electron's notification that Ringside uses. */
export interface SystemNotification {
  title: string;
  body: string;
  actions: NotificationConstructorOptions['actions'];
  show(): void;
  close(): void;
  on(event: 'click' | 'show' | 'failed', listener: () => void): unknown;
  on(event: 'close', listener: (details?: { readonly reason?: string }) => void): unknown;
  on(event: 'action', listener: (event: unknown, index: number) => void): unknown;
  removeAllListeners(): unknown;
}

interface NotificationEntry {
  /** Electron drops the click handler of a notification that is garbage-collected. */
  readonly notification: SystemNotification;
  alert: Alert;
  text: NotificationText;
  /** As they were shown. */
  buttons: readonly NotificationButton[];
  hasFailed: boolean;
  /** By the monotonic clock. */
  shownAtMs: number;
  updateTimer: ReturnType<typeof setTimeout> | undefined;
}

/** Desktops show an update as a new pop-up, so changes within this time are combined. */
const MIN_UPDATE_INTERVAL_MS = 4_000;

const MIN_RETRY_DELAY_MS = 2_000;
const MAX_RETRY_DELAY_MS = 60_000;

/** Shows alerts as notifications. Applying the same effect twice changes nothing. */
export class NotificationManager {
  readonly #entries = new Map<string, NotificationEntry>();
  readonly #messages = new Map<Message, SystemNotification>();
  #retryDelayMs = MIN_RETRY_DELAY_MS;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly i18n: I18n,
    private readonly services: DesktopServices,
    private readonly settings: Pick<SettingsStore, 'get'>,
    private readonly onAction: (action: NotificationAction, alert: Alert) => void,
    private readonly onMessageClick: () => void,
    private readonly platform: NodeJS.Platform = process.platform,
    private readonly createNotification: (
      options: NotificationConstructorOptions,
    ) => SystemNotification = createSystemNotification,
  ) {
    services.on('notificationsStopped', () => {
      this.#replaceLost();
    });
    services.on('notificationsStarted', () => {
      this.#retry();
    });
  }

  apply(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'raise':
          this.#raise(effect.alert);
          break;
        case 'update':
          this.#update(effect.alert);
          break;
        case 'withdraw':
          this.#withdraw(effect.alert.key);
          break;
        case 'log':
          break;
      }
    }
  }

  /** Shows a notification that isn't about a call. It replaces an earlier one of its kind. */
  showMessage(message: Message): void {
    this.#messages.get(message)?.close();
    const { title, body } = getMessageText(message, this.i18n, this.platform);
    const notification = this.createNotification({
      title,
      body,
      ...getMessageOptions(this.platform),
    });
    this.#messages.set(message, notification);
    notification.on('click', () => {
      notification.close();
      this.onMessageClick();
    });
    notification.on('close', () => {
      if (this.#messages.get(message) === notification) this.#messages.delete(message);
    });
    notification.show();
  }

  /** Closes all notifications, which would stay on the screen when the app quits. */
  dispose(): void {
    for (const key of [...this.#entries.keys()]) this.#withdraw(key);
    for (const notification of [...this.#messages.values()]) notification.close();
    clearTimeout(this.#retryTimer);
  }

  #raise(alert: Alert): void {
    if (this.#entries.has(alert.key)) this.#update(alert);
    else this.#add(alert).notification.show();
  }

  #add(alert: Alert): NotificationEntry {
    const text = this.#getText(alert);
    const buttons = this.#getButtons(alert);
    const { ringsBreakThrough } = this.settings.get();
    const notification = this.createNotification({
      ...text,
      ...getNotificationOptions(alert, this.platform, ringsBreakThrough),
      actions: this.#getActions(buttons),
    });
    const entry: NotificationEntry = {
      notification,
      alert,
      text,
      buttons,
      hasFailed: false,
      shownAtMs: performance.now(),
      updateTimer: undefined,
    };
    this.#entries.set(alert.key, entry);
    notification.on('click', () => {
      this.#remove(entry);
      // Not every desktop closes a notification on a click.
      notification.close();
      this.onAction('open', entry.alert);
    });
    notification.on('action', (_, index) => {
      const button = entry.buttons[index];
      if (button) this.onAction(button, entry.alert);
    });
    notification.on('close', (details) => {
      if (!isStillListed(this.platform, details?.reason)) this.#remove(entry);
    });
    notification.on('show', () => {
      this.#retryDelayMs = MIN_RETRY_DELAY_MS;
      log.info(`notification shown: ${entry.alert.kind}`);
    });
    notification.on('failed', () => {
      entry.hasFailed = true;
      this.#scheduleRetry();
    });
    return entry;
  }

  /** Updates a notification in place, unless the user has closed it. */
  #update(alert: Alert): void {
    const entry = this.#entries.get(alert.key);
    if (!entry) return;
    entry.alert = alert;
    if (entry.updateTimer) return;
    const delayMs = entry.shownAtMs + MIN_UPDATE_INTERVAL_MS - performance.now();
    if (delayMs <= 0) {
      this.#showUpdate(entry);
      return;
    }
    entry.updateTimer = setTimeout(() => {
      entry.updateTimer = undefined;
      this.#showUpdate(entry);
    }, delayMs);
  }

  #showUpdate(entry: NotificationEntry): void {
    const text = this.#getText(entry.alert);
    if (text.title === entry.text.title && text.body === entry.text.body) return;
    entry.text = text;
    entry.buttons = this.#getButtons(entry.alert);
    entry.hasFailed = false;
    entry.shownAtMs = performance.now();
    Object.assign(entry.notification, text, { actions: this.#getActions(entry.buttons) }).show();
  }

  #withdraw(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#remove(entry);
    entry.notification.close();
  }

  #remove(entry: NotificationEntry): void {
    const { key } = entry.alert;
    clearTimeout(entry.updateTimer);
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  /** Prepares current alerts for the next start of the notification service. */
  #replaceLost(): void {
    for (const entry of [...this.#entries.values()]) {
      // Another program's notification can get the same id, so this one must not be closed.
      entry.notification.removeAllListeners();
      this.#remove(entry);
      if (entry.hasFailed || isOngoing(entry.alert)) this.#add(entry.alert).hasFailed = true;
    }
    if (this.#entries.size > 0) this.#scheduleRetry();
  }

  /** Retries what couldn't be shown: asking for a notification can start its service. */
  #scheduleRetry(): void {
    if (this.#retryTimer) return;
    this.#retryTimer = setTimeout(() => {
      this.#retry();
    }, this.#retryDelayMs);
    this.#retryDelayMs = Math.min(2 * this.#retryDelayMs, MAX_RETRY_DELAY_MS);
  }

  #retry(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    for (const entry of [...this.#entries.values()].filter(({ hasFailed }) => hasFailed)) {
      entry.hasFailed = false;
      entry.text = this.#getText(entry.alert);
      Object.assign(entry.notification, entry.text).show();
    }
  }

  #getText(alert: Alert): NotificationText {
    const { title, body } = getNotificationText(alert, this.i18n);
    // Electron passes the body on unchanged.
    return { title, body: this.services.capabilities.bodyMarkup ? escapeMarkup(body) : body };
  }

  #getButtons(alert: Alert): readonly NotificationButton[] {
    return getNotificationButtons(alert, this.settings.get().screenPopUrl !== '');
  }

  #getActions(
    buttons: readonly NotificationButton[],
  ): NonNullable<NotificationConstructorOptions['actions']> {
    return buttons.map((button) => {
      return { type: 'button', text: this.#getButtonLabel(button) };
    });
  }

  #getButtonLabel(button: NotificationButton): string {
    switch (button) {
      case 'call-back':
        return this.i18n.t('action.callBack');
      case 'customer-page':
        return this.i18n.t('action.customerPage');
      case 'do-not-disturb':
        return this.i18n.t('action.doNotDisturb');
    }
  }
}

/** What a click on the notification opens. */
export function getAlertDestination(alert: Alert): Destination {
  const id = getAlertSessionId(alert);
  if (id !== undefined) return { view: 'session', id };
  if (alert.kind === 'voicemail') return { view: 'voicemail' };
  return alert.kind === 'missed-digest' ? { view: 'missed' } : { view: 'calls' };
}

function createSystemNotification({
  icon,
  ...options
}: NotificationConstructorOptions): SystemNotification {
  if (typeof icon !== 'string') return new Notification(options);
  return new Notification({ ...options, icon: join(app.getAppPath(), icon) });
}

function isOngoing({ kind }: Alert): boolean {
  return kind !== 'missed' && kind !== 'missed-digest' && kind !== 'voicemail';
}

function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
