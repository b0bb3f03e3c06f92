/** What watching whoever shows notifications takes. */
export interface ServiceWatchNeeds<One> {
  /**
   * Who shows notifications, by a name that is another one after each start; empty where nobody
   * does, `undefined` where that cannot be told.
   */
  readonly service: () => Promise<string | undefined>;
  /** Whether it must not be lost: as long as such a one is on the screen, it is looked. */
  readonly matters: (one: One) => boolean;
  /** It was on a screen that is no more. */
  readonly onLost: (one: One) => void;
  /** Calls something after so many ms; returns how to call it off. */
  readonly after: (ms: number, what: () => void) => () => void;
}

/** How long (ms) until the next look: each starts a program. */
const LOOK = 3_000;

/**
 * Notices that whatever shows notifications has been started anew: all that it showed is gone, and
 * nobody tells of it.
 */
export class ServiceWatch<One> {
  readonly #needs: ServiceWatchNeeds<One>;
  /** Who shows what is on the screen, once that is known. */
  readonly #shownBy = new Map<One, string | undefined>();
  #finding = false;
  #stop: (() => void) | undefined;

  constructor(needs: ServiceWatchNeeds<One>) {
    this.#needs = needs;
  }

  /** It has just been shown, for the first time or again. */
  shown(one: One): void {
    this.#shownBy.set(one, undefined);
    void this.#find();
  }

  /** It is on the screen no more. */
  gone(one: One): void {
    this.#shownBy.delete(one);
    if (this.#isNeeded) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  get #isNeeded(): boolean {
    return [...this.#shownBy].some(([one, by]) => by !== undefined && this.#needs.matters(one));
  }

  /** Finds out who shows what has just been shown, once for all that was shown in one go. */
  async #find(): Promise<void> {
    if (this.#finding) return;
    this.#finding = true;
    await Promise.resolve();
    this.#finding = false;
    const news = [...this.#shownBy].filter(([, by]) => by === undefined);
    const service = await this.#needs.service();
    for (const [one] of news) if (this.#shownBy.has(one)) this.#shownBy.set(one, service);
    this.#lookLater();
  }

  #lookLater(): void {
    if (this.#stop || !this.#isNeeded) return;
    this.#stop = this.#needs.after(LOOK, () => {
      this.#stop = undefined;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const service = await this.#needs.service();
    if (service !== undefined) {
      for (const [one, by] of [...this.#shownBy]) {
        if (by === undefined || by === service) continue;
        this.#shownBy.delete(one);
        this.#needs.onLost(one);
      }
    }
    this.#lookLater();
  }
}
