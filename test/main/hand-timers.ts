/** A clock that moves when it is told to, and what waits for it. All in ms. */
export class HandTimers {
  now: number;
  readonly #waiting = new Set<{ readonly at: number; readonly what: () => void }>();

  constructor(now = Date.UTC(2026, 2, 3, 9, 30)) {
    this.now = now;
  }

  /** Calls something later; returns how to call it off. */
  readonly after = (ms: number, what: () => void): (() => void) => {
    const entry = { at: this.now + ms, what };
    this.#waiting.add(entry);
    return () => {
      this.#waiting.delete(entry);
    };
  };

  /** How long it is until each of what waits is due. */
  get delays(): readonly number[] {
    return [...this.#waiting].map(({ at }) => at - this.now);
  }

  /** Lets time go by, and what is due happen with all that follows from it. */
  async passes(ms: number): Promise<void> {
    const end = this.now + ms;
    await settled();
    for (;;) {
      const next = [...this.#waiting].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > end) break;
      this.#waiting.delete(next);
      this.now = next.at;
      next.what();
      await settled();
    }
    this.now = end;
  }
}

/** Resolves when everything is done that waits for nothing but promises. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
