/**
 * A moment on two clocks. The wall clock can be set, jump and sleep; the steady one only runs, but
 * starts anew with each run of the app. All numbers are ms.
 */
export interface Timestamp {
  /** Since 1970, as the machine believes. */
  readonly wall: number;
  /** Since this run of the app began. */
  readonly monotonic: number;
  /** Which run: marks of two runs compare by the wall clock only. */
  readonly bootId: string;
}

/** The time from one mark to another in ms, never negative, untouched by a clock that was set. */
export function getElapsedMs(from: Timestamp, to: Timestamp): number {
  const ms = from.bootId === to.bootId ? to.monotonic - from.monotonic : to.wall - from.wall;
  return Math.max(0, ms);
}

/**
 * A mark of an earlier run on the clocks of the one that `now` belongs to: from here on only the
 * steady clock counts, whatever becomes of the other.
 */
export function rebaseTimestamp(timestamp: Timestamp, now: Timestamp): Timestamp {
  return {
    ...timestamp,
    monotonic: now.monotonic - getElapsedMs(timestamp, now),
    bootId: now.bootId,
  };
}

/** As {@link getElapsedMs}, but a sleep counts too: some steady clocks stand still while asleep. */
export function getElapsedMsWithSleep(from: Timestamp, to: Timestamp): number {
  return Math.max(getElapsedMs(from, to), to.wall - from.wall);
}
