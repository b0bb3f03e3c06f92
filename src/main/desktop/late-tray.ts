/** What waiting for a tray takes. */
export interface LateTrayNeeds {
  /** Whether something shows tray icons by now. */
  readonly hasTray: () => Promise<boolean>;
  /** There is one now. */
  readonly onTray: () => void;
  /** None has come, and nobody waits any longer. */
  readonly onNone: () => void;
  /** Calls something after so many ms; returns how to call it off. */
  readonly after: (ms: number, what: () => void) => () => void;
}

/** How long (ms) until the next look: each starts a program. */
const LOOK = 3_000;

/** How often it is looked: for two minutes, by when the slowest desktop has its panel. */
const LOOKS = 40;

/**
 * Waits for a tray that is not there yet. A desktop starts its panel and what starts with the
 * session side by side, and an icon that comes before the panel is never shown.
 */
export class LateTray {
  readonly #needs: LateTrayNeeds;
  #looks = 0;
  #stop: (() => void) | undefined;

  constructor(needs: LateTrayNeeds) {
    this.#needs = needs;
  }

  /** Looks from now on, until there is a tray or it has been long enough. */
  wait(): void {
    this.#stop?.();
    this.#looks = 0;
    this.#lookLater();
  }

  /** Looks no more, and tells nothing. */
  end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #lookLater(): void {
    this.#stop = this.#needs.after(LOOK, () => {
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const { hasTray, onTray, onNone } = this.#needs;
    this.#looks += 1;
    const found = await hasTray();
    if (this.#stop === undefined) return;
    if (!found && this.#looks < LOOKS) {
      this.#lookLater();
      return;
    }
    this.#stop = undefined;
    if (found) onTray();
    else onNone();
  }
}
