/** Puts together what Ringside shows outside its window. */
import { join } from 'node:path';
import { app, nativeTheme, systemPreferences, type Rectangle } from 'electron';
import type { Alert } from '../../core/alert';
import type { Effect } from '../../core/watch/decide';
import { alertWords, type Voice } from '../alert-words';
import type { Companion } from '../companion';
import type { Notices } from '../notices';
import { Badge, type TaskbarWindow } from '../platform/badge';
import { after } from '../timers';
import { electronNotification } from './electron-notification';
import { electronQuickMenu } from './electron-quick-menu';
import type { ElectronTray } from './electron-tray';
import { idleIcon } from './idle-icon';
import { escapeMarkup } from './markup';
import { Notifier, type AlertAction } from './notifier';
import { desktopAbilities, notificationService, type DesktopAbilities } from './session-bus';
import { trayFace } from './tray-face';
import { TrayKeeper } from './tray-keeper';
import type { MenuAction } from './tray-menu';

/** What being on the desktop takes. */
export interface DesktopNeeds {
  readonly companion: Pick<
    Companion,
    'connection' | 'glance' | 'order' | 'rings' | 'silence' | 'view'
  >;
  readonly voice: () => Voice;
  readonly window: {
    readonly frame: TaskbarWindow | undefined;
    toggle(): void;
    peek(): void;
  };
  readonly notices: Notices;
  /** Whether the person is still to be told that there is no tray; from then on they were. */
  readonly tellOnce: () => boolean;
  readonly onMenu: (action: MenuAction) => void;
  readonly onAlert: (action: AlertAction | 'open', alert: Alert) => void;
  /** The desktop can do something that it could not. */
  readonly onChange: () => void;
}

/** The tray, the icon of the app and its menu, and the notifications. */
export class Desktop {
  readonly #needs: DesktopNeeds;
  #abilities: DesktopAbilities = { readsMarkup: true, tray: true };
  readonly #tray: TrayKeeper;
  readonly #badge = new Badge(() => this.#needs.window.frame);
  readonly #quickMenu = electronQuickMenu((action) => {
    this.#needs.onMenu(action);
  });
  readonly #notifier: Notifier;
  /** Nothing alternates for people who asked their system for less motion. */
  readonly #still = systemPreferences.getAnimationSettings().prefersReducedMotion;

  constructor(needs: DesktopNeeds) {
    this.#needs = needs;
    this.#tray = new TrayKeeper({
      face: () => this.#face(),
      onClick: () => {
        needs.window.toggle();
      },
      act: needs.onMenu,
      anotherIcon: () => idleIcon(app, nativeTheme.shouldUseDarkColors, process.platform),
      tellOnce: needs.tellOnce,
      notices: needs.notices,
      onTold: () => {
        needs.window.peek();
      },
      onLate: needs.onChange,
    });
    this.#notifier = new Notifier({
      make: (wish) => electronNotification(needs.voice().say)(wish),
      words: (alert) => alertWords(alert, needs.voice()),
      escape: (text) => (this.#abilities.readsMarkup ? escapeMarkup(text) : text),
      act: needs.onAlert,
      service: () => notificationService(process.platform),
      after,
    });
  }

  /** What the desktop can do, as far as it has told. */
  get abilities(): DesktopAbilities {
    return { ...this.#abilities, tray: this.#tray.hasTray };
  }

  /** Where the icon in the tray is; `undefined` where the platform does not tell. */
  get trayBounds(): Rectangle | undefined {
    return this.#tray.bounds;
  }

  /** Takes over the icon of the first moment. */
  take(icon: ElectronTray): void {
    this.#tray.take(icon);
  }

  /** Asks the desktop what it can do. Starts programs, which holds everything up for 10 ms. */
  async ask(): Promise<void> {
    this.#abilities = await desktopAbilities(process.platform);
    if (!this.#abilities.tray) this.#tray.waitForTray();
  }

  /** Tells a person once that there is no tray. */
  tellOfNoTray(): void {
    this.#tray.tellOfNone();
  }

  /** Puts notifications on the screen and takes them down. */
  apply(effects: readonly Effect[]): void {
    this.#notifier.apply(effects);
  }

  /** Shows how things stand. Showing the same thing twice changes nothing. */
  show(): void {
    this.#tray.show();
    this.#badge.setAlerts(this.#needs.companion.rings);
    this.#showAtIcon();
  }

  /** The person has the window before them, which has come to the taskbar with its badge. */
  windowShown(): void {
    this.#tray.lookForTray();
    this.#showAtIcon();
  }

  /** Takes everything off the desktop. */
  end(): void {
    this.#notifier.closeAll();
    this.#badge.setAlerts([]);
    this.#tray.end();
  }

  #showAtIcon(): void {
    const { companion, voice } = this.#needs;
    const { missed } = companion.glance;
    const { say, language } = voice();
    this.#badge.setMissedCount(missed, say('tray.missed', { count: missed }));
    this.#quickMenu.show(companion, say, language);
  }

  #face() {
    return trayFace({
      companion: this.#needs.companion,
      voice: this.#needs.voice(),
      resources: join(app.getAppPath(), 'resources'),
      os: process.platform,
      dark: nativeTheme.shouldUseDarkColors,
      still: this.#still,
    });
  }
}
