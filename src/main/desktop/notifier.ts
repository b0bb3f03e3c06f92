import { isRing, type Alert } from '../../core/alert';
import type { Effect } from '../../core/watch/decide';
import type { AlertWords } from '../alert-words';
import { ServiceWatch, type ServiceWatchNeeds } from './service-watch';

/** A notification of the system, as far as Ringside drives it: Electron's fits. */
export interface NotificationHandle {
  title: string;
  body: string;
  show(): void;
  close(): void;
  on(event: 'click' | 'close' | 'show' | 'failed', listener: () => void): unknown;
  on(event: 'action', listener: (event: unknown, index: number) => void): unknown;
  removeAllListeners(): unknown;
}

/** What is asked of the system for one notification. */
export interface NotificationWish extends AlertWords {
  /** Stays until it is taken down. */
  readonly lasting: boolean;
  readonly urgency: 'low' | 'normal' | 'critical';
  readonly actions: readonly AlertAction[];
}

/** What a button on a notification does; the notification itself always opens. */
export type AlertAction = 'call-back' | 'silence';

/** What the notifier needs. */
export interface NotifierNeeds extends Pick<ServiceWatchNeeds<unknown>, 'service' | 'after'> {
  readonly make: (wish: NotificationWish) => NotificationHandle;
  readonly words: (alert: Alert) => AlertWords;
  /** Makes text safe for a body that the system reads as markup, where it does. */
  readonly escape: (text: string) => string;
  readonly act: (action: AlertAction | 'open', alert: Alert) => void;
}

/** How soon (ms) a desktop that could not show something is asked again, at first and at last. */
const FIRST_TRY = 2_000;
const LAST_TRY = 60_000;

interface Shown {
  readonly handle: NotificationHandle;
  alert: Alert;
  words: AlertWords;
  /** The desktop could not show it: what shows notifications may start later than Ringside. */
  failed: boolean;
}

/**
 * Puts alerts on the screen and takes them down. Applying an effect twice changes nothing. Holds on
 * to every notification on the screen, for one that is garbage-collected loses its click; tries
 * again what the desktop could not show, as long as it holds; and shows again what goes on when the
 * desktop has lost it.
 */
export class Notifier {
  readonly #needs: NotifierNeeds;
  readonly #shown = new Map<string, Shown>();
  #nextTry = FIRST_TRY;
  #callOff: (() => void) | undefined;
  readonly #service: ServiceWatch<Shown>;

  constructor(needs: NotifierNeeds) {
    this.#needs = needs;
    this.#service = new ServiceWatch({
      ...needs,
      matters: ({ alert }) => isRing(alert),
      onLost: (shown) => {
        this.#lose(shown);
      },
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

  /** Takes everything down: notifications would outlive the app that can take them down. */
  closeAll(): void {
    for (const key of [...this.#shown.keys()]) this.#withdraw(key);
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #raise(alert: Alert): void {
    if (this.#shown.has(alert.key)) {
      this.#update(alert);
      return;
    }
    const words = this.#escaped(alert);
    const actions = actionsOf(alert);
    const handle = this.#needs.make({
      ...words,
      actions,
      lasting: alert.kind !== 'trouble',
      urgency: urgencyOf(alert),
    });
    const shown: Shown = { handle, alert, words, failed: false };
    this.#shown.set(alert.key, shown);
    handle.on('click', () => {
      this.#forget(shown);
      // Most desktops take down what was clicked, but not all of them.
      handle.close();
      this.#needs.act('open', shown.alert);
    });
    handle.on('action', (_, index) => {
      const action = actions[index];
      if (action) this.#needs.act(action, shown.alert);
    });
    handle.on('close', () => {
      this.#forget(shown);
    });
    handle.on('show', () => {
      this.#nextTry = FIRST_TRY;
      this.#service.shown(shown);
    });
    handle.on('failed', () => {
      shown.failed = true;
      this.#service.gone(shown);
      this.#tryLater();
    });
    handle.show();
  }

  #tryLater(): void {
    if (this.#callOff) return;
    this.#callOff = this.#needs.after(this.#nextTry, () => {
      this.#callOff = undefined;
      for (const shown of [...this.#shown.values()].filter(({ failed }) => failed)) {
        shown.failed = false;
        shown.handle.show();
      }
    });
    this.#nextTry = Math.min(2 * this.#nextTry, LAST_TRY);
  }

  /** Changes what one says; one that the person has closed stays closed. */
  #update(alert: Alert): void {
    const shown = this.#shown.get(alert.key);
    if (!shown) return;
    shown.alert = alert;
    const words = this.#escaped(alert);
    if (words.title === shown.words.title && words.body === shown.words.body) return;
    shown.words = words;
    shown.handle.title = words.title;
    shown.handle.body = words.body;
    shown.failed = false;
    shown.handle.show();
  }

  #withdraw(key: string): void {
    const shown = this.#shown.get(key);
    if (!shown) return;
    this.#forget(shown);
    shown.handle.close();
  }

  /** What goes on is shown again. What is over was told, and the tray still counts it. */
  #lose(shown: Shown): void {
    // By now its number may be that of another notification: it is neither heard nor closed.
    shown.handle.removeAllListeners();
    this.#forget(shown);
    if (goesOn(shown.alert)) this.#raise(shown.alert);
  }

  #forget(shown: Shown): void {
    this.#service.gone(shown);
    const { key } = shown.alert;
    if (this.#shown.get(key) === shown) this.#shown.delete(key);
  }

  #escaped(alert: Alert): AlertWords {
    const { title, body } = this.#needs.words(alert);
    return { title, body: this.#needs.escape(body) };
  }
}

/** Whether an alert tells of something that has not come to an end. */
function goesOn({ kind }: Alert): boolean {
  switch (kind) {
    case 'ringing':
    case 'ringing-many':
    case 'held-long':
    case 'trouble':
      return true;
    case 'missed':
    case 'missed-many':
      return false;
  }
}

function urgencyOf(alert: Alert): NotificationWish['urgency'] {
  switch (alert.kind) {
    case 'ringing':
    case 'ringing-many':
      return 'critical';
    case 'missed':
    case 'missed-many':
    case 'held-long':
    case 'trouble':
      return 'normal';
  }
}

function actionsOf(alert: Alert): readonly AlertAction[] {
  switch (alert.kind) {
    case 'ringing':
      return ['silence'];
    case 'missed':
      return ['call-back'];
    case 'ringing-many':
    case 'missed-many':
    case 'held-long':
    case 'trouble':
      return [];
  }
}
