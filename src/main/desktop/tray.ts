import type { MenuAction, MenuEntry } from './tray-menu';

/** The tray icon of the system, as far as Ringside drives it. */
export interface TrayHandle {
  setImage(path: string): void;
  setToolTip(text: string): void;
  setMenu(entries: readonly MenuEntry[], act: (action: MenuAction) => void): void;
  destroy(): void;
}

/** What the tray shows. */
export interface TrayFace {
  /** One icon, or two that alternate. */
  readonly icons: readonly [string] | readonly [string, string];
  readonly tooltip: string;
  readonly menu: readonly MenuEntry[];
}

/** What the tray needs. */
export interface TrayNeeds {
  readonly handle: TrayHandle;
  readonly act: (action: MenuAction) => void;
  /** Calls something every so many ms; returns how to stop it. */
  readonly every: (ms: number, what: () => void) => () => void;
}

/** How long (ms) each of two alternating icons shows: twice a second. */
const BEAT = 500;

/** Shows the glance in the tray. Showing the same thing twice changes nothing. */
export class Tray {
  readonly #needs: TrayNeeds;
  #face: TrayFace | undefined;
  #menuText = '';
  #image = '';
  #stopBeat: (() => void) | undefined;

  constructor(needs: TrayNeeds) {
    this.#needs = needs;
  }

  show(face: TrayFace): void {
    const { handle, act } = this.#needs;
    const before = this.#face;
    this.#face = face;
    if (before?.tooltip !== face.tooltip) handle.setToolTip(face.tooltip);
    // A menu that is open closes when it is set again, so it is set only to say something else.
    const menuText = JSON.stringify(face.menu);
    if (menuText !== this.#menuText) handle.setMenu(face.menu, act);
    this.#menuText = menuText;
    if (before?.icons.join() !== face.icons.join()) this.#showIcons(face.icons);
  }

  destroy(): void {
    this.#stopBeat?.();
    this.#needs.handle.destroy();
  }

  #showIcons([first, second]: TrayFace['icons']): void {
    this.#stopBeat?.();
    this.#stopBeat = undefined;
    this.#setImage(first);
    if (second === undefined) return;
    this.#stopBeat = this.#needs.every(BEAT, () => {
      this.#setImage(this.#image === first ? second : first);
    });
  }

  #setImage(path: string): void {
    if (path === this.#image) return;
    this.#image = path;
    this.#needs.handle.setImage(path);
  }
}
