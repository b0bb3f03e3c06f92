import { Menu, systemPreferences, type Point, type Rectangle, type Tray } from 'electron';
import type { TrayStatus } from '../../core/tray-status';
import type { I18n } from '../i18n';
import { getDesktopEnvironment } from '../platform/platform-info';
import { canBlink, createTray, getTrayIconName, getTrayIconPath, getTrayTitle } from './tray-icons';
import { getTrayMenu, type MenuActions, type TrayMenuInput } from './tray-menu';
import { getTrayTooltip } from './tray-tooltip';

const BLINK_MS = 500;

/** The tray icon with its tooltip and menu. Applying the same state twice changes nothing. */
export class TrayManager {
  readonly #canBlink: boolean;
  #tray: Tray;
  /** Where the icon was clicked last. */
  #clickedAt: Point | undefined;
  #state: TrayMenuInput | undefined;
  #menu: Electron.Menu | undefined;
  #shownIcons = '';
  #shownTooltip = '';
  #shownTitle = '';
  #shownMenu = '';
  #blinkTimer: ReturnType<typeof setInterval> | undefined;

  constructor(
    tray: Tray,
    private readonly i18n: I18n,
    private readonly actions: MenuActions,
    private readonly onClick: () => void,
    private readonly platform: NodeJS.Platform = process.platform,
    desktop: 'gnome' | 'other' = getDesktopEnvironment(),
    /** Locates the pointer on a panel, where the icon's bounds are unknown. */
    private readonly locateClick?: () => Promise<Point | undefined>,
  ) {
    this.#tray = tray;
    const { prefersReducedMotion } = systemPreferences.getAnimationSettings();
    this.#canBlink = canBlink(platform, desktop, prefersReducedMotion);
    this.#addListeners();
  }

  /** Where the icon is; on Linux, where it was last clicked. */
  get bounds(): Rectangle | undefined {
    if (this.#tray.isDestroyed()) return undefined;
    const bounds = this.#tray.getBounds();
    if (bounds.width > 0 && bounds.height > 0) return bounds;
    return this.#clickedAt && { ...this.#clickedAt, width: 1, height: 1 };
  }

  update(state: TrayMenuInput): void {
    if (this.#tray.isDestroyed()) return;
    this.#state = state;
    this.#updateIcons(state.trayStatus);
    this.#updateTitle(state.trayStatus);
    this.#updateTooltip(getTrayTooltip(state, this.i18n));
    this.#updateMenu(state);
  }

  /** Replaces an icon that was created before there was a tray, which would never be shown. */
  recreate(): void {
    this.dispose();
    this.#tray = createTray();
    this.#clickedAt = undefined;
    this.#shownIcons = this.#shownTooltip = this.#shownTitle = this.#shownMenu = '';
    this.#addListeners();
    if (this.#state) this.update(this.#state);
  }

  dispose(): void {
    clearInterval(this.#blinkTimer);
    this.#tray.destroy();
  }

  #addListeners(): void {
    this.#tray.on('click', () => void this.#handleClick());
    // macOS opens a context menu on a plain click too, so it is shown explicitly there.
    if (this.platform !== 'darwin') return;
    this.#tray.on('right-click', () => {
      this.#tray.popUpContextMenu(this.#menu);
    });
  }

  async #handleClick(): Promise<void> {
    if (this.locateClick) this.#clickedAt = (await this.locateClick()) ?? this.#clickedAt;
    this.onClick();
  }

  #updateTitle(status: TrayStatus): void {
    if (this.platform !== 'darwin') return;
    const title = getTrayTitle(status, this.i18n.language);
    if (title === this.#shownTitle) return;
    this.#shownTitle = title;
    this.#tray.setTitle(title, { fontType: 'monospacedDigit' });
  }

  #updateIcons(status: TrayStatus): void {
    const isBlinking = status.kind === 'ringing' && this.#canBlink;
    const frames = ([0, 1] as const)
      .slice(0, isBlinking ? 2 : 1)
      .map((frame) => getTrayIconPath(getTrayIconName(status, frame), this.platform));
    if (frames.join() === this.#shownIcons) return;
    this.#shownIcons = frames.join();
    clearInterval(this.#blinkTimer);
    const [first = '', second] = frames;
    this.#tray.setImage(first);
    if (second === undefined) return;
    let isSecondFrame = false;
    this.#blinkTimer = setInterval(() => {
      isSecondFrame = !isSecondFrame;
      this.#tray.setImage(isSecondFrame ? second : first);
    }, BLINK_MS);
  }

  #updateTooltip(tooltip: string): void {
    if (tooltip === this.#shownTooltip) return;
    this.#shownTooltip = tooltip;
    this.#tray.setToolTip(tooltip);
  }

  /** Setting a menu closes it while the user has it open, so only changes are set. */
  #updateMenu(input: TrayMenuInput): void {
    const template = getTrayMenu(input, this.i18n, this.actions);
    const json = JSON.stringify(template);
    if (json === this.#shownMenu) return;
    this.#shownMenu = json;
    this.#menu = Menu.buildFromTemplate(template);
    if (this.platform !== 'darwin') this.#tray.setContextMenu(this.#menu);
  }
}
