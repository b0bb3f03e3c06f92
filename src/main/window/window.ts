import { BrowserWindow, screen } from 'electron';
import type { Settings } from '../../core/settings/settings';
import type { TaskbarWindow } from '../platform/badge';
import { groundOf, type Look } from './ground';
import { placeWindow, stayInside, type Box } from './placement';

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
  readonly look: () => Look;
  readonly onResized: (width: number, height: number) => void;
  readonly onVisible: (visible: boolean) => void;
  /** The page is gone: whoever sends to it must stop. */
  readonly onReleased: () => void;
}

/** How soon (ms) after a click on the tray a blur counts as caused by it. */
const SAME_CLICK = 200;

/** How long (ms) the edges stand still before the size counts as chosen: Linux tells no end. */
const SETTLED = 400;

/** A difference (px) that comes of scaling and not of the person. */
const ROUNDING = 2;

/**
 * The one window: made when it is first asked for and let go some time after it was hidden, so that
 * a closed window costs nothing. At the tray it has no frame and goes when it loses the focus; the
 * person may want it as a window like any other, and without a tray it is one.
 */
export class Window {
  readonly #needs: WindowNeeds;
  #window: BrowserWindow | undefined;
  #release: NodeJS.Timeout | undefined;
  #resized: NodeJS.Timeout | undefined;
  #hiddenAt = -Infinity;
  #ending = false;
  #isRendererReady = false;
  /** How to show the window once its page listens; a key pressed before would be lost. */
  #showWhenReady: ((window: BrowserWindow) => void) | undefined;
  /** Questions that the system asks in windows of its own. */
  #asking = 0;
  /** Whether the window that there is was made to go at the tray. */
  #atTray = true;
  /** Where it was last put by Ringside: a size that nobody chose. */
  #placed: Box | undefined;
  /** Where the person left it, as a window like any other. */
  #left: Box | undefined;

  constructor(needs: WindowNeeds) {
    this.#needs = needs;
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false;
  }

  /** Whether the page listens to keys and to main. */
  get isRendererReady(): boolean {
    return this.#isRendererReady;
  }

  /** The page, for sending to it and for checking who asks. */
  get contents(): Electron.WebContents | undefined {
    return this.#window?.webContents;
  }

  /** The window as a taskbar knows it; `undefined` while there is none. */
  get frame(): TaskbarWindow | undefined {
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
    if (this.isVisible || this.#showWhenReady) return;
    this.#show((window) => {
      window.showInactive();
    });
  }

  /** As a click on the tray does: opens, or hides what is open. */
  toggle(): void {
    // The click that hides the window by taking its focus is the click that would open it again.
    if (performance.now() - this.#hiddenAt < SAME_CLICK) return;
    // A window like any other may lie behind others: then it is wanted, not in the way.
    const inFront = this.isVisible && (this.#atTray || this.#window?.isFocused() === true);
    if (inFront) this.hide();
    else this.open();
  }

  hide(): void {
    this.#window?.hide();
  }

  /** Does something that takes the focus for a while, such as asking where to: the window stays. */
  async whileOpen<Result>(what: () => Promise<Result>): Promise<Result> {
    this.#asking += 1;
    try {
      return await what();
    } finally {
      this.#asking -= 1;
    }
  }

  /** Applies what changed in the settings. */
  applySettings(): void {
    const window = this.#window;
    if (!window) return;
    const { pinned } = this.#needs.settings();
    if (window.isAlwaysOnTop() !== pinned) {
      window.setAlwaysOnTop(pinned);
      window.setSkipTaskbar(this.#isOffTaskbar());
    }
    window.setBackgroundColor(groundOf(this.#needs.look()));
    if (this.#atTray !== this.#goesAtTray) this.#remake();
  }

  get #goesAtTray(): boolean {
    return this.#needs.hasTray() && !this.#needs.settings().normalWindow;
  }

  /** A frame cannot be put on or taken off: another window takes the place of this one. */
  #remake(): void {
    const wasWanted = this.isVisible || this.#showWhenReady !== undefined;
    this.#letGo();
    if (wasWanted) this.open();
  }

  /** The page listens from now on: shows the window if it is wanted. */
  rendererReady(): void {
    this.#isRendererReady = true;
    const present = this.#showWhenReady;
    this.#showWhenReady = undefined;
    if (present) this.#show(present);
  }

  /** Lets the window go for good: the app is about to end. */
  end(): void {
    this.#ending = true;
    this.#letGo();
  }

  #show(present: (window: BrowserWindow) => void): void {
    clearTimeout(this.#release);
    // What was made for a desktop without a tray is not what goes at one that came since.
    if (!this.isVisible && this.#atTray !== this.#goesAtTray) this.#letGo();
    const window = this.#window ?? this.#make();
    if (!this.#isRendererReady) {
      this.#showWhenReady = present;
      return;
    }
    if (!window.isVisible()) this.#place(window);
    present(window);
  }

  #make(): BrowserWindow {
    const { preload, url, icon, settings, look } = this.#needs;
    const { windowWidth, windowHeight, pinned } = settings();
    const atTray = this.#goesAtTray;
    this.#atTray = atTray;
    const window = new BrowserWindow({
      width: windowWidth,
      height: windowHeight,
      minWidth: 340,
      minHeight: 420,
      show: false,
      frame: !atTray,
      title: 'Ringside',
      skipTaskbar: this.#isOffTaskbar(),
      alwaysOnTop: pinned,
      fullscreenable: !atTray,
      maximizable: !atTray,
      backgroundColor: groundOf(look()),
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
    return this.#atTray && !this.#needs.settings().pinned;
  }

  #listen(window: BrowserWindow): void {
    const { settings, onVisible } = this.#needs;
    window.on('blur', () => {
      const stays = settings().pinned || !this.#atTray || this.#asking > 0;
      if (!stays && !window.webContents.isDevToolsOpened()) window.hide();
    });
    window.on('show', () => {
      onVisible(true);
    });
    window.on('hide', () => {
      this.#hiddenAt = performance.now();
      if (!this.#atTray) this.#left = window.getNormalBounds();
      onVisible(false);
      this.#release = setTimeout(() => {
        this.#letGo();
      }, settings().releaseMinutes * 60_000);
    });
    window.on('resize', () => {
      clearTimeout(this.#resized);
      this.#resized = setTimeout(() => {
        this.#keepSize(window);
      }, SETTLED);
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

  /** Remembers the size that the person gave the window. */
  #keepSize(window: BrowserWindow): void {
    if (window.isDestroyed() || !window.isVisible() || window.isMaximized()) return;
    const { width, height } = window.getBounds();
    const { windowWidth, windowHeight } = this.#needs.settings();
    const isSize = (a: number, b: number): boolean =>
      Math.abs(width - a) <= ROUNDING && Math.abs(height - b) <= ROUNDING;
    if (isSize(windowWidth, windowHeight)) return;
    // What a small screen made of it is not what the person wants on a large one.
    if (this.#placed && isSize(this.#placed.width, this.#placed.height)) return;
    this.#needs.onResized(width, height);
  }

  #letGo(): void {
    clearTimeout(this.#release);
    clearTimeout(this.#resized);
    const window = this.#window;
    this.#window = undefined;
    this.#isRendererReady = false;
    this.#showWhenReady = undefined;
    if (!window || window.isDestroyed()) return;
    window.destroy();
    this.#needs.onReleased();
  }

  #place(window: BrowserWindow): void {
    if (!this.#needs.canPlace) return;
    this.#placed = this.#atTray ? this.#placeAtTray() : this.#placeOnDesktop();
    window.setBounds(this.#placed);
  }

  #placeAtTray(): Box {
    const { trayBounds, settings } = this.#needs;
    const { windowWidth: width, windowHeight: height } = settings();
    const pointer = screen.getCursorScreenPoint();
    const tray = trayBounds();
    const display = tray ? screen.getDisplayMatching(tray) : screen.getDisplayNearestPoint(pointer);
    return placeWindow({ width, height }, display.workArea, tray, pointer);
  }

  /** Where the person left it, as long as there is a screen; at first in the middle of theirs. */
  #placeOnDesktop(): Box {
    const { windowWidth: width, windowHeight: height } = this.#needs.settings();
    if (this.#left) return stayInside(this.#left, screen.getDisplayMatching(this.#left).workArea);
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const x = workArea.x + (workArea.width - width) / 2;
    const y = workArea.y + (workArea.height - height) / 2;
    return stayInside({ x, y, width, height }, workArea);
  }
}
