/** How long answers took, in figures for the report. All in ms. */
export interface Figures {
  readonly answers: number;
  readonly failed: number;
  /** From the start of the app to the first answer; `undefined` while there was none. */
  readonly first: number | undefined;
  /** Of the latest answers. */
  readonly median: number;
  readonly slowest: number;
}

/** Answers whose times are remembered. */
const MOST = 100;

/** Keeps the times of the latest answers. */
export class Timings {
  readonly #latest: number[] = [];
  #answers = 0;
  #failed = 0;
  #first: number | undefined;

  /** An answer took so long, and was good or not; `sinceStart` is the age of the app. */
  add(took: number, ok: boolean, sinceStart: number): void {
    this.#answers += 1;
    if (ok) this.#first ??= sinceStart;
    else this.#failed += 1;
    this.#latest.push(took);
    if (this.#latest.length > MOST) this.#latest.shift();
  }

  get figures(): Figures {
    const sorted = this.#latest.toSorted((a, b) => a - b);
    return {
      answers: this.#answers,
      failed: this.#failed,
      first: this.#first,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      slowest: sorted.at(-1) ?? 0,
    };
  }
}
