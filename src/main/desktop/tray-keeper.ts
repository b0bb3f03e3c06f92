import type { Rectangle } from 'electron';
import type { Notice } from '../../shared/state';
import { getDesktopEnvironment } from '../platform/platform-info';
import { after, every } from '../timers';
import type { ElectronTray } from './electron-tray';
import { LateTray } from './late-tray';
import { hasTray } from './session-bus';
import { Tray, type TrayFace } from './tray';
import type { MenuAction } from './tray-menu';

/** What keeping an icon in the tray takes. */
export interface TrayKeeperNeeds {
  readonly face: () => TrayFace;
  /** What a plain click does. */
  readonly onClick: () => void;
  readonly act: (action: MenuAction) => void;
  /** Makes another icon, for a tray that came late. */
  readonly anotherIcon: () => ElectronTray;
  /** Whether the person is still to be told that there is no tray; from then on they were. */
  readonly tellOnce: () => boolean;
  readonly notices: {
    readonly add: (notice: Notice) => void;
    readonly remove: (kind: Notice['kind']) => void;
  };
  /** There is no tray, and the person was told just now. */
  readonly onTold: () => void;
  /** A tray came late. */
  readonly onLate: () => void;
}

/** Keeps an icon in the tray, wherever there is one, and from whenever there is one. */
export class TrayKeeper {
  readonly #needs: TrayKeeperNeeds;
  readonly #late = new LateTray({
    hasTray,
    onTray: () => {
      this.#showInLateTray();
    },
    onNone: () => {
      if (this.tellOfNone()) this.#needs.onTold();
    },
    after,
  });
  #tray: Tray | undefined;
  #bounds: () => Rectangle | undefined = () => undefined;
  #hasTray = true;

  constructor(needs: TrayKeeperNeeds) {
    this.#needs = needs;
  }

  /** Whether something shows the icon; as long as nobody has told, yes. */
  get hasTray(): boolean {
    return this.#hasTray;
  }

  /** Where the icon is; `undefined` where the platform does not tell. */
  get bounds(): Rectangle | undefined {
    return this.#bounds();
  }

  /** Makes an icon the one that tells how things stand. */
  take(handle: ElectronTray): void {
    const { face, onClick, act } = this.#needs;
    handle.onClick(onClick);
    this.#bounds = () => {
      const bounds = handle.bounds();
      return bounds.width > 0 && bounds.height > 0 ? bounds : undefined;
    };
    this.#tray = new Tray({ handle, act, every });
    this.#tray.show(face());
  }

  /** Shows how things stand. Showing the same thing twice changes nothing. */
  show(): void {
    this.#tray?.show(this.#needs.face());
  }

  /** The desktop has told that it has no tray: one may come yet. */
  waitForTray(): void {
    this.#hasTray = false;
    this.#late.wait();
  }

  /** Looks at once where there is no tray: whoever is here may have added one. */
  lookForTray(): void {
    this.#late.hurry();
  }

  /** Tells a person once that there is no tray; gives whether they were told. */
  tellOfNone(): boolean {
    const must = !this.#hasTray && this.#needs.tellOnce();
    if (must) this.#needs.notices.add({ kind: 'no-tray', desktop: getDesktopEnvironment() });
    return must;
  }

  /** Takes the icon away. */
  end(): void {
    this.#late.end();
    this.#tray?.destroy();
  }

  /** The icon that was made for no tray is never shown; a new one is. */
  #showInLateTray(): void {
    const { notices, anotherIcon, onLate } = this.#needs;
    this.#hasTray = true;
    notices.remove('no-tray');
    this.#tray?.destroy();
    this.take(anotherIcon());
    onLate();
  }
}
