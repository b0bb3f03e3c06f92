import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  nativeTheme,
  screen,
  type Display,
  type Rectangle,
  type Size,
  type WebContents,
} from 'electron';
import type { IpcEvents, Navigation } from '../../shared/ipc';
import type { SettingsStore } from '../storage/settings-store';
import { getBackgroundColor } from './background-color';
import { fitSize, moveInside, placeAtTray } from './placement';
import { getPageUrl } from './protocol';

/** The part of the tray that the window depends on. */
export interface TrayAnchor {
  /** Returns whether there is a tray. Without one, the window is a normal one. */
  isAvailable(): boolean;
  /** Returns where the icon is, or `undefined` if the platform doesn't report it. */
  getBounds(): Rectangle | undefined;
}

interface MainWindowEvents {
  visibilityChange: [isVisible: boolean];
  /** The window was destroyed. The next time it opens, it loads a new page. */
  destroyed: [];
}

/** A blur this soon before a click on the tray was caused by that click. */
const TRAY_CLICK_MS = 200;
/** Wayland reports a window that was just shown as inactive before it becomes active. */
const ACTIVATION_MS = 500;
/** The input that shows that the user is using the window. */
const USER_INPUT: ReadonlySet<string> = new Set([
  'mouseDown',
  'mouseWheel',
  'rawKeyDown',
  'keyDown',
]);
/** How long a window that popped up stays after the last ring. */
const POP_UP_STAY_MS = 5_000;
/** How long a size must stay the same to be saved; Linux doesn't report the end of a resize. */
const RESIZE_SETTLE_MS = 400;
/** The smallest size that shows everything, on screens that have room for it. */
const MIN_SIZE = { width: 340, height: 420 };
/** Display scaling changes a size by up to this many pixels. */
const ROUNDING_PX = 2;

/**
 * The only window: created when first opened, and destroyed a while after it was hidden, so that a
 * closed window costs nothing. By default it's a frameless popover at the tray that hides when it
 * loses focus. If the user prefers, or without a tray, it's a normal window.
 */
export class MainWindow extends EventEmitter<MainWindowEvents> {
  #window: BrowserWindow | undefined;
  /** Whether the current window was created as a popover. */
  #isPopover = true;
  #isRendererReady = false;
  /** Keys pressed before the page listens would be lost, so the window is shown only then. */
  #showWhenReady: ((window: BrowserWindow) => void) | undefined;
  /** Where the page navigates as soon as it listens. */
  #destination: Navigation | undefined;
  #destroyTimer: NodeJS.Timeout | undefined;
  #resizeTimer: NodeJS.Timeout | undefined;
  #hiddenAt = -Infinity;
  #shownAt = -Infinity;
  /** The window popped up for a ring, and the user has neither clicked nor typed in it. */
  #isUntouchedPopUp = false;
  #popUpTimer: NodeJS.Timeout | undefined;
  #openDialogs = 0;
  /** Whether the user is filling in a form, which often requires another window. */
  #isKeptOpen = false;
  #isQuitting = false;
  /** The bounds that Ringside set last, to tell them from a size that the user chose. */
  #appliedBounds: Rectangle | undefined;
  /** Where the user left the normal window. */
  #lastBounds: Rectangle | undefined;

  constructor(
    private readonly settings: Pick<SettingsStore, 'get' | 'update'>,
    private readonly tray: TrayAnchor,
    /** Whether the display server lets windows choose their position. */
    private readonly canPosition: boolean,
  ) {
    super();
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false;
  }

  /** The current window, if there is one. */
  get browserWindow(): BrowserWindow | undefined {
    return this.#window;
  }

  get webContents(): WebContents | undefined {
    return this.#window?.webContents;
  }

  /** Sends an event to the page, if there is one. */
  send<Name extends keyof IpcEvents>(name: Name, event: IpcEvents[Name]): void {
    const contents = this.webContents;
    if (contents && !contents.isDestroyed()) contents.send(name, event);
  }

  /** Shows the window with focus, and navigates to the destination. */
  open(destination?: Navigation): void {
    this.#isUntouchedPopUp = false;
    this.#destination = destination ?? this.#destination;
    this.#show((window) => {
      window.show();
      window.focus();
    });
    if (this.#isRendererReady) this.#sendDestination();
  }

  /**
   * Shows the window without taking focus, and navigates to the destination. A form that's open
   * stays open: any web page can open a link.
   */
  showInactive(destination?: Navigation): void {
    this.#isUntouchedPopUp = false;
    if (!this.#isKeptOpen) this.#destination = destination ?? this.#destination;
    if (!this.isVisible && !this.#showWhenReady) {
      this.#show((window) => {
        window.showInactive();
      });
    }
    if (this.#isRendererReady) this.#sendDestination();
  }

  /** Shows the window for a ring, unless it's visible already. */
  popUp(destination: Navigation): void {
    if (this.isVisible || this.#showWhenReady) return;
    this.showInactive(destination);
    this.#isUntouchedPopUp = true;
  }

  /** Hides a window that popped up and wasn't used, a while after the last ring. */
  setRinging(isRinging: boolean): void {
    if (isRinging || !this.#isUntouchedPopUp) {
      clearTimeout(this.#popUpTimer);
      this.#popUpTimer = undefined;
      return;
    }
    this.#popUpTimer ??= setTimeout(() => {
      this.#popUpTimer = undefined;
      if (this.#isUntouchedPopUp) this.hide();
    }, POP_UP_STAY_MS);
  }

  /**
   * Handles a click on the tray or the shortcut: opens the window with the destination, or hides it
   * if it's in front. A form that's open stays open.
   */
  toggle(destination?: Navigation): void {
    // The click took the focus from the popover, which hid it.
    if (performance.now() - this.#hiddenAt < TRAY_CLICK_MS) return;
    // A normal window may be behind others.
    const isAlwaysInFront = this.#isPopover && !this.#isKeptOpen;
    const isInFront = this.isVisible && (isAlwaysInFront || this.#window?.isFocused() === true);
    if (isInFront) this.hide();
    else this.open(this.#isKeptOpen ? undefined : destination);
  }

  hide(): void {
    // Linux tells screen readers that a window is active again only if it was deactivated before.
    this.#window?.blur();
    this.#window?.hide();
  }

  /** Keeps the window, and what the user typed in it, while another window has the focus. */
  setKeptOpen(isKeptOpen: boolean): void {
    this.#isKeptOpen = isKeptOpen;
    if (!isKeptOpen && this.#window && !this.isVisible) this.#destroyLater();
  }

  /** Keeps the popover open while a system dialog has the focus. */
  async keepOpenWhile<Result>(action: () => Promise<Result>): Promise<Result> {
    this.#openDialogs += 1;
    try {
      return await action();
    } finally {
      this.#openDialogs -= 1;
    }
  }

  /** Applies changed settings and the theme. */
  applySettings(): void {
    const window = this.#window;
    if (!window) return;
    const { pinned, contrast } = this.settings.get();
    if (window.isAlwaysOnTop() !== pinned) {
      window.setAlwaysOnTop(pinned);
      window.setSkipTaskbar(this.#isHiddenFromTaskbar);
    }
    window.setBackgroundColor(getBackgroundColor(contrast, nativeTheme));
    if (this.#isPopover !== this.#shouldBePopover) this.#recreate();
  }

  /**
   * Called when the page listens. It gets its destination before the window is shown, so that the
   * destination can't undo anything the user does.
   */
  rendererReady(): void {
    this.#isRendererReady = true;
    this.#sendDestination();
    const show = this.#showWhenReady;
    this.#showWhenReady = undefined;
    if (show) this.#show(show);
  }

  /** Destroys the window for good. */
  dispose(): void {
    this.#isQuitting = true;
    this.#destroy();
  }

  get #shouldBePopover(): boolean {
    return this.tray.isAvailable() && !this.settings.get().normalWindow;
  }

  /** A popover doesn't belong in the taskbar; a pinned window does. */
  get #isHiddenFromTaskbar(): boolean {
    return this.#isPopover && !this.settings.get().pinned;
  }

  #sendDestination(): void {
    if (this.#destination) this.send('window:navigate', this.#destination);
    this.#destination = undefined;
  }

  #show(show: (window: BrowserWindow) => void): void {
    clearTimeout(this.#destroyTimer);
    // A tray may have appeared since the window was created.
    if (!this.isVisible && this.#isPopover !== this.#shouldBePopover) this.#destroy();
    const window = this.#window ?? this.#create();
    if (!this.#isRendererReady) {
      this.#showWhenReady = show;
      return;
    }
    if (!window.isVisible()) this.#position(window);
    this.#shownAt = performance.now();
    show(window);
  }

  #create(): BrowserWindow {
    const { windowWidth, windowHeight, pinned, contrast } = this.settings.get();
    const isPopover = this.#shouldBePopover;
    this.#isPopover = isPopover;
    const { workArea } = this.#getDisplay();
    const size = fitSize({ width: windowWidth, height: windowHeight }, workArea);
    const minSize = fitSize(MIN_SIZE, workArea);
    const window = new BrowserWindow({
      ...size,
      minWidth: minSize.width,
      minHeight: minSize.height,
      show: false,
      frame: !isPopover,
      // Keeps a popover out of the taskbar, and tiling window managers from tiling it.
      ...(isPopover && process.platform === 'linux' && { type: 'toolbar' }),
      title: 'Ringside',
      icon: join(app.getAppPath(), 'resources/icons/256x256.png'),
      skipTaskbar: this.#isHiddenFromTaskbar,
      alwaysOnTop: pinned,
      fullscreenable: !isPopover,
      maximizable: !isPopover,
      backgroundColor: getBackgroundColor(contrast, nativeTheme),
      webPreferences: {
        preload: join(app.getAppPath(), 'out/preload/index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        // The pickers for files and folders open without asking for a permission.
        disableBlinkFeatures: 'FileSystemAccessLocal',
        enableWebSQL: false,
        v8CacheOptions: 'bypassHeatCheck',
      },
    });
    this.#window = window;
    this.#listen(window);
    void window.loadURL(getPageUrl('index.html'));
    return window;
  }

  #listen(window: BrowserWindow): void {
    window.on('blur', () => {
      const isActivating = !this.canPosition && performance.now() - this.#shownAt < ACTIVATION_MS;
      if (isActivating) return;
      const isBusy = this.#openDialogs > 0 || this.#isKeptOpen;
      const staysOpen = this.settings.get().pinned || !this.#isPopover || isBusy;
      if (!staysOpen && !window.webContents.isDevToolsOpened()) window.hide();
    });
    window.webContents.on('input-event', (_, { type }) => {
      if (USER_INPUT.has(type)) this.#isUntouchedPopUp = false;
    });
    window.on('show', () => {
      this.emit('visibilityChange', true);
    });
    window.on('hide', () => {
      this.#hiddenAt = performance.now();
      this.#isUntouchedPopUp = false;
      if (!this.#isPopover) this.#lastBounds = window.getNormalBounds();
      this.emit('visibilityChange', false);
      if (!this.#isKeptOpen) this.#destroyLater();
    });
    window.on('resize', () => {
      clearTimeout(this.#resizeTimer);
      this.#resizeTimer = setTimeout(() => {
        this.#saveSize(window);
      }, RESIZE_SETTLE_MS);
    });
    window.on('close', (event) => {
      if (this.#isQuitting) return;
      event.preventDefault();
      this.hide();
    });
    window.webContents.on('did-navigate', (_event, url) => {
      // Chromium doesn't ask before it shows an empty page.
      if (url.startsWith('about:'))
        setImmediate(() => {
          if (!window.isDestroyed()) void window.loadURL(getPageUrl('index.html'));
        });
    });
    window.webContents.on('render-process-gone', () => {
      this.#recreate();
    });
  }

  #destroyLater(): void {
    clearTimeout(this.#destroyTimer);
    this.#destroyTimer = setTimeout(() => {
      this.#destroy();
    }, this.settings.get().releaseMinutes * 60_000);
  }

  #saveSize(window: BrowserWindow): void {
    if (window.isDestroyed() || !window.isVisible() || window.isMaximized()) return;
    const { width, height } = window.getBounds();
    const { windowWidth, windowHeight } = this.settings.get();
    const isSame = (otherWidth: number, otherHeight: number): boolean =>
      Math.abs(width - otherWidth) <= ROUNDING_PX && Math.abs(height - otherHeight) <= ROUNDING_PX;
    if (isSame(windowWidth, windowHeight)) return;
    // A size that was reduced to fit a small screen isn't what the user wants on a large one.
    if (this.#appliedBounds && isSame(this.#appliedBounds.width, this.#appliedBounds.height))
      return;
    this.settings.update({ windowWidth: width, windowHeight: height });
  }

  /** Replaces the window, whose frame can't be changed, and shows the new one if it was shown. */
  #recreate(): void {
    const wasWanted = this.isVisible || this.#showWhenReady !== undefined;
    this.#destroy();
    if (wasWanted) this.open();
  }

  #destroy(): void {
    clearTimeout(this.#destroyTimer);
    clearTimeout(this.#resizeTimer);
    const window = this.#window;
    this.#window = undefined;
    this.#isRendererReady = false;
    this.#isKeptOpen = false;
    this.#showWhenReady = undefined;
    if (!window || window.isDestroyed()) return;
    window.destroy();
    this.emit('destroyed');
  }

  #position(window: BrowserWindow): void {
    const { windowWidth: width, windowHeight: height } = this.settings.get();
    const display = this.#getDisplay();
    const { workArea } = display;
    // A minimum larger than the screen would push the edge of the window off it.
    const minSize = fitSize(MIN_SIZE, workArea);
    window.setMinimumSize(minSize.width, minSize.height);
    const size = fitSize({ width, height }, workArea);
    if (this.canPosition) {
      this.#appliedBounds = this.#getBounds(size, display);
      window.setBounds(this.#appliedBounds);
    } else {
      this.#appliedBounds = { ...window.getBounds(), ...size };
      window.setSize(size.width, size.height);
    }
  }

  /** Returns the display that the window opens on. */
  #getDisplay(): Display {
    const target = this.#isPopover ? this.tray.getBounds() : this.#lastBounds;
    if (target) return screen.getDisplayMatching(target);
    // On X11, the cursor's position is known only while it's in a window of this app.
    return this.#isPopover
      ? screen.getPrimaryDisplay()
      : screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  }

  #getBounds({ width, height }: Size, display: Display): Rectangle {
    if (this.#isPopover) return placeAtTray({ width, height }, display, this.tray.getBounds());
    const { workArea } = display;
    // Where the user left the window, or the center of the screen.
    const x = workArea.x + (workArea.width - width) / 2;
    const y = workArea.y + (workArea.height - height) / 2;
    return moveInside(this.#lastBounds ?? { x, y, width, height }, workArea);
  }
}
