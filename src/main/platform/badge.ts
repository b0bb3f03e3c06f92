import { app, nativeImage, type App, type BrowserWindow } from 'electron';
import { isRingAlert, type Alert } from '../../core/alerts/alert';
import type { X11Client } from './x11';

/** The parts of the window that a taskbar shows. */
export type TaskbarWindow = Pick<
  BrowserWindow,
  'isVisible' | 'isFocused' | 'flashFrame' | 'setOverlayIcon' | 'getNativeWindowHandle'
>;

/** The app icon in the dock or on the taskbar: counts missed calls and signals rings. */
export class Badge {
  #missedCount = 0;
  #badgedWindow: TaskbarWindow | undefined;
  #ringKeys: ReadonlySet<string> = new Set();
  #bounceId: number | undefined;

  constructor(
    private readonly getWindow: () => TaskbarWindow | undefined,
    private readonly platform: NodeJS.Platform = process.platform,
    private readonly electronApp: Pick<App, 'dock' | 'setBadgeCount'> = app,
    private readonly createDot: typeof createDotImage = createDotImage,
    /** The X server, if the windows are on one. */
    private readonly x11?: Pick<X11Client, 'clearAttention'>,
  ) {}

  /** Shows the count of unseen missed calls; the description is for screen readers. */
  setMissedCount(count: number, description: string): void {
    // On Windows the badge belongs to the window, and a new window has none.
    const window = this.platform === 'win32' ? this.getWindow() : undefined;
    if (count === this.#missedCount && window === this.#badgedWindow) return;
    this.#missedCount = count;
    this.#badgedWindow = window;
    if (this.platform !== 'win32') this.electronApp.setBadgeCount(count);
    else if (count > 0) window?.setOverlayIcon(this.createDot(), description);
    else window?.setOverlayIcon(null, '');
  }

  /** Requests attention once per ring, without taking focus, and stops when nothing rings. */
  setAlerts(alerts: readonly Alert[]): void {
    const previous = this.#ringKeys;
    this.#ringKeys = new Set(alerts.filter(isRingAlert).map(({ key }) => key));
    if ([...this.#ringKeys].some((key) => !previous.has(key))) this.#requestAttention();
    else if (this.#ringKeys.size === 0 && previous.size > 0) this.#cancelAttention();
  }

  dispose(): void {
    this.setAlerts([]);
  }

  #requestAttention(): void {
    if (this.platform === 'darwin') {
      // `critical` would bounce until the user reacts, long after the ring is over.
      this.#bounceId = this.electronApp.dock?.bounce('informational');
      return;
    }
    const window = this.getWindow();
    if (window?.isVisible() === true && !window.isFocused()) window.flashFrame(true);
  }

  #cancelAttention(): void {
    if (this.platform !== 'darwin') {
      const window = this.getWindow();
      window?.flashFrame(false);
      // KDE and Cinnamon highlight the window until it has the focus, even after Electron takes
      // back the request.
      if (window) void this.x11?.clearAttention(window.getNativeWindowHandle().readUInt32LE());
    } else if (this.#bounceId !== undefined) {
      this.electronApp.dock?.cancelBounce(this.#bounceId);
    }
    this.#bounceId = undefined;
  }
}

/** Draws the red dot that Windows overlays on the taskbar icon. */
function createDotImage(): Electron.NativeImage {
  const size = 16;
  const pixels = Array.from({ length: size ** 2 }, (_, index) => {
    const distance = Math.hypot((index % size) - 7.5, Math.floor(index / size) - 7.5);
    const alpha = Math.min(Math.max(6.5 - distance, 0), 1);
    // Electron expects premultiplied blue, green, red, and alpha.
    return [0x3d, 0x3a, 0xd8, 0xff].map((channel) => Math.round(channel * alpha));
  });
  return nativeImage.createFromBitmap(Buffer.from(pixels.flat()), { width: size, height: size });
}
