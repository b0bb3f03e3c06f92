import { BrowserWindow, screen } from 'electron';
import type { Settings } from '../../core/settings';
import type { Frame } from '../desktop/app-icon';
import { placeWindow, type Box } from './placement';

/** What the window needs. */
export interface WindowNeeds {
  readonly preload: string;
  readonly url: string;
  readonly icon: string | undefined;
  readonly settings: () => Settings;
  /** Whether there is a tray to go back to. Without one it is a window like any other. */
  readonly hasTray: () => boolean;
  /** Where the icon in the tray is; `undefined` where the platform does not tell. */
  readonly trayBounds: () => Box | undefined;
  /** Whether a window may say where it goes; where it may not, the desktop places it well. */
  readonly canPlace: boolean;
  readonly isDark: () => boolean;
  readonly onResized: (width: number, height: number) => void;
  readonly onVisible: (visible: boolean) => void;
  /** The page is gone: whoever sends to it must stop. */
  readonly onReleased: () => void;
}

/** How soon (ms) after a click on the tray a blur counts as caused by it. */
const SAME_CLICK = 200;

/** Ground colours of the page, so that nothing flashes before it is drawn. */
const GROUND = { light: '#f7f7f5', dark: '#1b1c1f' };

/**
 * The one window: made when it is first asked for, hidden when it loses the focus, let go some
 * time after, so that a closed window costs nothing.
 */
export class Window {
  readonly #needs: WindowNeeds;
  #window: BrowserWindow | undefined;
  #release: NodeJS.Timeout | undefined;
  #hiddenAt = -Infinity;
  #ending = false;

  constructor(needs: WindowNeeds) {
    this.#needs = needs;
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false;
  }

  /** The page, for sending to it and for checking who asks. */
  get contents(): Electron.WebContents | undefined {
    return this.#window?.webContents;
  }

  /** The window as a taskbar knows it; `undefined` while there is none. */
  get frame(): Frame | undefined {
    return this.#window;
  }

  /** Shows the window and gives it the focus. */
  open(): void {
    this.#show((window) => {
      window.show();
      window.focus();
    });
  }

  /** Shows the window without taking the focus from what the person is doing. */
  peek(): void {
    if (this.isVisible) return;
    this.#show((window) => {
      window.showInactive();
    });
  }

  /** As a click on the tray does: opens, or hides what is open. */
  toggle(): void {
    // The click that hides the window by taking its focus is the click that would open it again.
    if (performance.now() - this.#hiddenAt < SAME_CLICK) return;
    if (this.isVisible) this.hide();
    else this.open();
  }

  hide(): void {
    this.#window?.hide();
  }

  /** Applies what changed in the settings. */
  applySettings(): void {
    const { pinned } = this.#needs.settings();
    if (this.#window?.isAlwaysOnTop() === pinned) return;
    this.#window?.setAlwaysOnTop(pinned);
    this.#window?.setSkipTaskbar(this.#isOffTaskbar());
  }

  /** Lets the window go for good: the app is about to end. */
  end(): void {
    this.#ending = true;
    this.#letGo();
  }

  #show(present: (window: BrowserWindow) => void): void {
    clearTimeout(this.#release);
    const existing = this.#window;
    if (existing) {
      if (!existing.isVisible()) this.#place(existing);
      present(existing);
      return;
    }
    const window = this.#make();
    window.once('ready-to-show', () => {
      this.#place(window);
      present(window);
    });
  }

  #make(): BrowserWindow {
    const { preload, url, icon, settings, isDark } = this.#needs;
    const { windowWidth, windowHeight, pinned } = settings();
    const window = new BrowserWindow({
      width: windowWidth,
      height: windowHeight,
      minWidth: 340,
      minHeight: 420,
      show: false,
      frame: false,
      title: 'Ringside',
      skipTaskbar: this.#isOffTaskbar(),
      alwaysOnTop: pinned,
      fullscreenable: false,
      maximizable: false,
      backgroundColor: isDark() ? GROUND.dark : GROUND.light,
      ...(icon === undefined ? {} : { icon }),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        enableWebSQL: false,
        v8CacheOptions: 'bypassHeatCheck',
      },
    });
    this.#window = window;
    this.#listen(window);
    void window.loadURL(url);
    return window;
  }

  /** One that goes away by itself is no window to switch to; one that stays is. */
  #isOffTaskbar(): boolean {
    return this.#needs.hasTray() && !this.#needs.settings().pinned;
  }

  #listen(window: BrowserWindow): void {
    const { settings, hasTray, onResized, onVisible } = this.#needs;
    window.on('blur', () => {
      if (!settings().pinned && hasTray() && !window.webContents.isDevToolsOpened()) window.hide();
    });
    window.on('show', () => {
      onVisible(true);
    });
    window.on('hide', () => {
      this.#hiddenAt = performance.now();
      onVisible(false);
      this.#release = setTimeout(() => {
        this.#letGo();
      }, settings().releaseMinutes * 60_000);
    });
    window.on('resized', () => {
      const { width, height } = window.getBounds();
      onResized(width, height);
    });
    window.on('close', (event) => {
      if (this.#ending) return;
      event.preventDefault();
      window.hide();
    });
    window.webContents.on('render-process-gone', () => {
      // The next opening makes a new one; alerts and polling never depended on it.
      const wasVisible = window.isVisible();
      this.#letGo();
      if (wasVisible) this.open();
    });
  }

  #letGo(): void {
    clearTimeout(this.#release);
    const window = this.#window;
    this.#window = undefined;
    if (!window || window.isDestroyed()) return;
    window.destroy();
    this.#needs.onReleased();
  }

  #place(window: BrowserWindow): void {
    const { hasTray, trayBounds, canPlace, settings } = this.#needs;
    if (!canPlace) return;
    const { windowWidth: width, windowHeight: height } = settings();
    const pointer = screen.getCursorScreenPoint();
    const tray = trayBounds();
    const display = tray ? screen.getDisplayMatching(tray) : screen.getDisplayNearestPoint(pointer);
    if (!hasTray()) {
      window.center();
      return;
    }
    window.setBounds(placeWindow({ width, height }, display.workArea, tray, pointer));
  }
}
