/**
 * A moment on two clocks, in ms. The wall clock can be set or jump. The monotonic clock only runs
 * forward, but starts over with each run of the app.
 */
export interface Timestamp {
  /** Since 1970, by the system clock. */
  readonly wall: number;
  /** Since this run of the app started. */
  readonly monotonic: number;
  /** Identifies the run. Timestamps of different runs are compared by the wall clock. */
  readonly bootId: string;
}

/**
 * Returns the time between two timestamps. It's never negative and isn't affected by setting the
 * clock.
 */
export function getElapsedMs(from: Timestamp, to: Timestamp): number {
  const ms = from.bootId === to.bootId ? to.monotonic - from.monotonic : to.wall - from.wall;
  return Math.max(0, ms);
}

/** Moves a timestamp of an earlier run to the clocks of the current run. */
export function rebaseTimestamp(timestamp: Timestamp, now: Timestamp): Timestamp {
  return {
    ...timestamp,
    monotonic: now.monotonic - getElapsedMs(timestamp, now),
    bootId: now.bootId,
  };
}

/** Like {@link getElapsedMs}, but includes sleep, during which some monotonic clocks stop. */
export function getElapsedMsWithSleep(from: Timestamp, to: Timestamp): number {
  return Math.max(getElapsedMs(from, to), to.wall - from.wall);
}
