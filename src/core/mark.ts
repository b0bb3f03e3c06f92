/**
 * A moment on two clocks. The wall clock can be set, jump and sleep; the steady one only runs, but
 * starts anew with each run of the app. All numbers are ms.
 */
export interface Mark {
  /** Since 1970, as the machine believes. */
  readonly wall: number;
  /** Since this run of the app began. */
  readonly steady: number;
  /** Which run: marks of two runs compare by the wall clock only. */
  readonly run: string;
}

/** The time from one mark to another in ms, never negative, untouched by a clock that was set. */
export function elapsed(from: Mark, to: Mark): number {
  const ms = from.run === to.run ? to.steady - from.steady : to.wall - from.wall;
  return Math.max(0, ms);
}

/**
 * A mark of an earlier run on the clocks of the one that `now` belongs to: from here on only the
 * steady clock counts, whatever becomes of the other.
 */
export function broughtOver(mark: Mark, now: Mark): Mark {
  return { ...mark, steady: now.steady - elapsed(mark, now), run: now.run };
}

/** As {@link elapsed}, but a sleep counts too: some steady clocks stand still while asleep. */
export function elapsedWithSleep(from: Mark, to: Mark): number {
  return Math.max(elapsed(from, to), to.wall - from.wall);
}
