/**
 * Makes dates follow the time zone of the system, which Node reads only once. A zone that the user
 * chose for Ringside alone, in the environment, stays.
 */
export class TimeZone {
  readonly #isFixed: boolean;

  constructor(private readonly env: NodeJS.ProcessEnv = process.env) {
    this.#isFixed = (env['TZ'] ?? '') !== '';
  }

  /** Reads the time zone of the system again. */
  refresh(): void {
    // V8 detects the system's zone again whenever this variable is set or deleted.
    if (!this.#isFixed) delete this.env['TZ'];
  }
}
