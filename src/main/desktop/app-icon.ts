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

/** A number at the icon. */
interface Counter {
  /** Shows how many calls were missed. Showing the same thing twice changes nothing. */
  show(face: IconFace): void;
}

/** A way in which the icon asks for a look. */
interface Beckoner {
  /** Asks for a look, and takes nothing away from what the person is doing. */
  beckon(): void;
  /** Asks no longer. */
  rest(): void;
}

/** The icon of the app where programs have theirs: not the one in the tray. */
export interface AppIcon extends Counter, Beckoner {}

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
      return iconOf(new Badge(parts), new Bounce(parts));
    case 'win32':
      return iconOf(new Overlay(parts), new Flash(parts));
    default:
      return iconOf(new Badge(parts), new Flash(parts));
  }
}

function iconOf(counter: Counter, beckoner: Beckoner): AppIcon {
  return {
    show: (face) => {
      counter.show(face);
    },
    beckon: () => {
      beckoner.beckon();
    },
    rest: () => {
      beckoner.rest();
    },
  };
}

/** In the dock of macOS and in the launchers of Linux that count, whether or not there is a window. */
class Badge implements Counter {
  #missed = 0;

  constructor(private readonly parts: Pick<IconParts, 'app'>) {}

  show({ missed }: IconFace): void {
    if (missed === this.#missed) return;
    this.#missed = missed;
    // Does nothing where the desktop has no such launcher.
    this.parts.app.setBadgeCount(missed);
  }
}

/** On the taskbar of Windows, which belongs to the window and comes and goes with it. */
class Overlay implements Counter {
  #shown: { readonly frame: Frame | undefined; readonly missed: number } | undefined;

  constructor(private readonly parts: Pick<IconParts, 'frame' | 'overlay'>) {}

  show({ missed, words }: IconFace): void {
    const frame = this.parts.frame();
    if (this.#shown?.frame === frame && this.#shown?.missed === missed) return;
    this.#shown = { frame, missed };
    if (frame) this.parts.overlay(frame, missed > 0 ? words : undefined);
  }
}

/** In the dock of macOS. */
class Bounce implements Beckoner {
  #bounce: number | undefined;

  constructor(private readonly parts: Pick<IconParts, 'dock'>) {}

  beckon(): void {
    // Once: `critical` would go on until somebody looks, and the ring may be over long before.
    this.#bounce = this.parts.dock?.bounce('informational');
  }

  rest(): void {
    if (this.#bounce !== undefined) this.parts.dock?.cancelBounce(this.#bounce);
    this.#bounce = undefined;
  }
}

/** On the taskbar of Windows and in the window lists of Linux. */
class Flash implements Beckoner {
  constructor(private readonly parts: Pick<IconParts, 'frame'>) {}

  /** A window that nobody sees has no place to flash in; one that is worked in needs no flash. */
  beckon(): void {
    const frame = this.parts.frame();
    if (frame?.isVisible() === true && !frame.isFocused()) frame.flashFrame(true);
  }

  rest(): void {
    this.parts.frame()?.flashFrame(false);
  }
}
