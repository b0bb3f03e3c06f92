const INTERVAL_MS = 15 * 60_000;
const FIRST_RETRY_MS = 60_000;
/** A message takes some time to arrive after the call that it belongs to. */
const DELAYS_AFTER_MISSED_CALL_MS = [20_000, 60_000, 180_000];
/** Many missed calls in a row cause no more requests than this. */
const MIN_INTERVAL_MS = 15_000;

/** Determines when to ask for voicemail. Times are in ms by a monotonic clock. */
export class VoicemailSchedule {
  #dueAt: readonly number[] = [0];
  #failureCount = 0;

  isDue(now: number): boolean {
    return this.#dueAt.some((dueAt) => dueAt <= now);
  }

  /** Call this when a request starts. */
  startRequest(now: number): void {
    this.#dueAt = this.#dueAt.filter((dueAt) => dueAt > now + MIN_INTERVAL_MS);
  }

  /** Call this when a request has ended. `random` is from 0 to 1. */
  endRequest(now: number, isSuccessful: boolean, random: number): void {
    this.#failureCount = isSuccessful ? 0 : this.#failureCount + 1;
    const delay = isSuccessful
      ? INTERVAL_MS * (0.9 + 0.2 * random)
      : Math.min(INTERVAL_MS, FIRST_RETRY_MS * 2 ** (this.#failureCount - 1));
    this.#dueAt = [...this.#dueAt, now + delay];
  }

  /** A call was missed, so its message may arrive soon. */
  expectMessage(now: number): void {
    for (const dueAt of DELAYS_AFTER_MISSED_CALL_MS.map((delay) => now + delay)) {
      const isCovered = this.#dueAt.some((other) => Math.abs(other - dueAt) < MIN_INTERVAL_MS);
      if (!isCovered) this.#dueAt = [...this.#dueAt, dueAt];
    }
  }
}
