const MINUTE_CHECK_MS = 5_000;

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

/**
 * Calls `onChange` when a new minute begins, because the day and the times in the menu may have
 * changed. Checks often, because clocks are set and computers sleep.
 */
export function watchMinute(onChange: () => void): NodeJS.Timeout {
  const timeZone = new TimeZone();
  const getMinute = (): number => Math.floor(Date.now() / 60_000);
  let minute = getMinute();
  return setInterval(() => {
    const current = getMinute();
    if (current === minute) return;
    minute = current;
    timeZone.refresh();
    onChange();
  }, MINUTE_CHECK_MS);
}
