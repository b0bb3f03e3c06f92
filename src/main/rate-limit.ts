/** Allows a number of actions per minute. */
export class RateLimit {
  #times: readonly number[] = [];

  constructor(private readonly maxPerMinute: number) {}

  /** Returns whether one more action is allowed now, and counts it. */
  allow(now = performance.now()): boolean {
    this.#times = this.#times.filter((time) => now - time < 60_000);
    if (this.#times.length >= this.maxPerMinute) return false;
    this.#times = [...this.#times, now];
    return true;
  }
}
