import type { App, BrowserWindow, Dock } from 'electron';

/** The window as a taskbar knows it; Electron's fits. */
export type Frame = Pick<
  BrowserWindow,
  'isVisible' | 'isFocused' | 'flashFrame' | 'setOverlayIcon'
>;

/** What the icon in a dock, on a taskbar or in a launcher says. */
export interface IconFace {
  /** Missed calls that nobody has looked at. */
  readonly missed: number;
  /** The same in words, for people who do not see the badge. */
  readonly words: string;
}

/** The icon of the app where programs have theirs: not the one in the tray. */
export interface AppIcon {
  /** Shows how many calls were missed. Showing the same thing twice changes nothing. */
  show(face: IconFace): void;
  /** Asks for a look, and takes nothing away from what the person is doing. */
  beckon(): void;
  /** Asks no longer. */
  rest(): void;
}

/** What such an icon is made of. */
export interface IconParts {
  readonly app: Pick<App, 'setBadgeCount'>;
  /** There on macOS only. */
  readonly dock: Pick<Dock, 'bounce' | 'cancelBounce'> | undefined;
  /** `undefined` while there is no window. */
  readonly frame: () => Frame | undefined;
  /** Lays the spot over a window's icon on the taskbar of Windows; without words takes it away. */
  readonly overlay: (frame: Frame, words: string | undefined) => void;
}

/** The icon as the platform has it. */
export function appIconOn(platform: NodeJS.Platform, parts: IconParts): AppIcon {
  switch (platform) {
    case 'darwin':
      return new DockIcon(parts);
    case 'win32':
      return new TaskbarIcon(parts);
    default:
      return new LauncherIcon(parts);
  }
}

/** In the dock of macOS, whether or not there is a window. */
class DockIcon implements AppIcon {
  #missed = 0;
  #bounce: number | undefined;

  constructor(private readonly parts: IconParts) {}

  show({ missed }: IconFace): void {
    if (missed === this.#missed) return;
    this.#missed = missed;
    this.parts.app.setBadgeCount(missed);
  }

  beckon(): void {
    // Once: `critical` would go on until somebody looks, and the ring may be over long before.
    this.#bounce = this.parts.dock?.bounce('informational');
  }

  rest(): void {
    if (this.#bounce !== undefined) this.parts.dock?.cancelBounce(this.#bounce);
    this.#bounce = undefined;
  }
}

/** On the taskbar of Windows, which belongs to the window and comes and goes with it. */
class TaskbarIcon implements AppIcon {
  #shown: { readonly frame: Frame | undefined; readonly missed: number } | undefined;

  constructor(private readonly parts: IconParts) {}

  show({ missed, words }: IconFace): void {
    const frame = this.parts.frame();
    if (this.#shown?.frame === frame && this.#shown?.missed === missed) return;
    this.#shown = { frame, missed };
    if (frame) this.parts.overlay(frame, missed > 0 ? words : undefined);
  }

  beckon(): void {
    flash(this.parts.frame());
  }

  rest(): void {
    this.parts.frame()?.flashFrame(false);
  }
}

/** In the launchers of Linux that count, and in its window lists. */
class LauncherIcon implements AppIcon {
  #missed = 0;

  constructor(private readonly parts: IconParts) {}

  show({ missed }: IconFace): void {
    if (missed === this.#missed) return;
    this.#missed = missed;
    // Does nothing where the desktop has no such launcher.
    this.parts.app.setBadgeCount(missed);
  }

  beckon(): void {
    flash(this.parts.frame());
  }

  rest(): void {
    this.parts.frame()?.flashFrame(false);
  }
}

/** A window that nobody sees has no place to flash in; one that is worked in needs no flash. */
function flash(frame: Frame | undefined): void {
  if (frame?.isVisible() === true && !frame.isFocused()) frame.flashFrame(true);
}
