/** How long polls took, for diagnostics. */
export interface RequestStatsSummary {
  readonly polls: number;
  readonly failed: number;
  /** From the start of the app to the first good response; `undefined` before it. */
  readonly firstMs: number | undefined;
  /** Of the latest polls. */
  readonly medianMs: number;
  readonly slowestMs: number;
}

const MAX_DURATIONS = 100;

/** Collects the durations of the latest polls. */
export class RequestStats {
  readonly #durationsMs: number[] = [];
  #polls = 0;
  #failed = 0;
  #firstMs: number | undefined;

  /** Adds a poll that ended `sinceStartMs` after the start of the app. */
  add(durationMs: number, ok: boolean, sinceStartMs: number): void {
    this.#polls += 1;
    if (ok) this.#firstMs ??= sinceStartMs;
    else this.#failed += 1;
    this.#durationsMs.push(durationMs);
    if (this.#durationsMs.length > MAX_DURATIONS) this.#durationsMs.shift();
  }

  get summary(): RequestStatsSummary {
    const sorted = this.#durationsMs.toSorted((a, b) => a - b);
    return {
      polls: this.#polls,
      failed: this.#failed,
      firstMs: this.#firstMs,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      slowestMs: sorted.at(-1) ?? 0,
    };
  }
}
