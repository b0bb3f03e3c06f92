/** What waiting for a tray takes. */
export interface LateTrayNeeds {
  /** Whether something shows tray icons by now. */
  readonly hasTray: () => Promise<boolean>;
  /** There is one now. */
  readonly onTray: () => void;
  /** None has come with the session; should one still come, it is found a while later. */
  readonly onNone: () => void;
  /** Calls something after so many ms; returns how to call it off. */
  readonly after: (ms: number, what: () => void) => () => void;
}

/** How long (ms) until the next look: each starts a program. */
const LOOK = 3_000;

/** How often it is looked: for two minutes, by when the slowest desktop has its panel. */
const LOOKS = 40;

/** How long (ms) until the next look from then on: for whoever adds a panel much later. */
const SELDOM = 5 * 60_000;

/**
 * Waits for a tray that is not there yet. A desktop starts its panel and what starts with the
 * session side by side, and an icon that comes before the panel is never shown.
 */
export class LateTray {
  readonly #needs: LateTrayNeeds;
  #looks = 0;
  #looking = false;
  #stop: (() => void) | undefined;

  constructor(needs: LateTrayNeeds) {
    this.#needs = needs;
  }

  /** Looks from now on, until there is a tray: often at first, then seldom. */
  wait(): void {
    this.#stop?.();
    this.#looks = 0;
    this.#lookAfter(LOOK);
  }

  /** Looks at once where somebody waits: the person is here, and so may be what they added. */
  hurry(): void {
    if (this.#stop === undefined || this.#looking) return;
    this.#stop();
    void this.#look();
  }

  /** Looks no more, and tells nothing. */
  end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #lookAfter(ms: number): void {
    this.#stop = this.#needs.after(ms, () => {
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const { hasTray, onTray, onNone } = this.#needs;
    this.#looks += 1;
    this.#looking = true;
    const found = await hasTray();
    this.#looking = false;
    if (this.#stop === undefined) return;
    if (found) {
      this.#stop = undefined;
      onTray();
      return;
    }
    this.#lookAfter(this.#looks < LOOKS ? LOOK : SELDOM);
    if (this.#looks === LOOKS) onNone();
  }
}
