/** Do Not Disturb as set manually: until an instant (ms since 1970), until turned off, or off. */
export type DoNotDisturb = number | 'until-turned-off' | null;

/** The options in the menu. */
export const DO_NOT_DISTURB_OPTIONS = [
  '30-minutes',
  '1-hour',
  'tomorrow',
  'until-turned-off',
  'off',
] as const;
/** One of the menu options. */
export type DoNotDisturbOption = (typeof DO_NOT_DISTURB_OPTIONS)[number];

/**
 * Scheduled quiet time that starts on one day, in minutes after midnight. If it doesn't end after
 * it starts, it runs into the next day; equal times are a whole day.
 */
export interface DaySchedule {
  readonly from: number;
  readonly to: number;
}

/**
 * The schedule by weekday, Sunday first as in `Date.getDay`; `null` is a day without quiet time.
 */
export type WeeklySchedule = readonly (DaySchedule | null)[];

const MINUTE = 60_000;
const DURATIONS_MS = { '30-minutes': 30 * MINUTE, '1-hour': 60 * MINUTE } as const;
/** Smaller differences between two clocks are rounding. */
const CLOCK_TOLERANCE_MS = 2_000;
/** The hour at which "until tomorrow" ends. */
const MORNING_HOUR = 6;

/** Returns the state that a menu option means at `now`, in local time. */
export function resolveDoNotDisturb(choice: DoNotDisturbOption, now: number): DoNotDisturb {
  switch (choice) {
    case '30-minutes':
    case '1-hour':
      return now + DURATIONS_MS[choice];
    case 'tomorrow': {
      const morning = new Date(now);
      morning.setHours(MORNING_HOUR, 0, 0, 0);
      // After midnight, "tomorrow" means the coming morning.
      if (morning.getTime() <= now) morning.setDate(morning.getDate() + 1);
      return morning.getTime();
    }
    case 'until-turned-off':
      return choice;
    case 'off':
      return null;
  }
}

/** How long a choice lasts in ms; `undefined` if it ends at a time of day, or when turned off. */
export function getDoNotDisturbDuration(choice: DoNotDisturbOption): number | undefined {
  return choice === '30-minutes' || choice === '1-hour' ? DURATIONS_MS[choice] : undefined;
}

/**
 * The end of a duration of which `remainingMs` are left: `until`, unless the wall clock was set in
 * the meantime.
 */
export function getDurationEnd(until: number, remainingMs: number, now: number): number {
  const end = now + remainingMs;
  return Math.abs(end - until) < CLOCK_TOLERANCE_MS ? until : end;
}

/** Whether an instant is the next occurrence of its time of day, so no date has to be shown. */
export function isNextOccurrence(instant: number, now: number): boolean {
  const date = new Date(instant);
  const next = new Date(now);
  const setTime = (): void => {
    const seconds = [date.getMinutes(), date.getSeconds(), date.getMilliseconds()] as const;
    next.setHours(date.getHours(), ...seconds);
  };
  setTime();
  if (next.getTime() <= now) {
    next.setDate(next.getDate() + 1);
    setTime();
  }
  return next.getTime() === instant;
}

/** Do Not Disturb while it's on. */
export interface ActiveDoNotDisturb {
  /** When it ends, in ms since 1970; `null` until it's turned off. */
  readonly until: number | null;
  /** Only the schedule turned it on. */
  readonly isScheduled: boolean;
}

/**
 * Do Not Disturb at `now`, turned on manually or by the schedule; `null` if it's off. The schedule
 * doesn't count before `suspendedUntil`.
 */
export function getActiveDoNotDisturb(
  doNotDisturb: DoNotDisturb,
  schedule: WeeklySchedule,
  now: number,
  suspendedUntil: number | null = null,
): ActiveDoNotDisturb | null {
  if (doNotDisturb === 'until-turned-off') return { until: null, isScheduled: false };
  const isByHand = doNotDisturb !== null && now < doNotDisturb;
  const start = isByHand ? doNotDisturb : now;
  // A scheduled period that is active when the manual choice ends extends it.
  const until =
    suspendedUntil !== null && start < suspendedUntil ? start : getScheduleEnd(schedule, start);
  return isByHand || until !== now ? { until, isScheduled: !isByHand } : null;
}

/**
 * When a schedule that was turned off "for today" applies again: after the period that is on now
 * and those that start today.
 */
export function getSuspensionEnd(schedule: WeeklySchedule, now: number): number {
  const midnight = getLocalTime(now, 1, 0);
  return Math.max(getPeriodEnd(schedule, now), getPeriodEnd(schedule, midnight));
}

/** More consecutive periods than this count as never ending. */
const MAX_PERIODS = 14;

/** When the scheduled quiet time at `start` ends; `start` if there is none, `null` if it never ends. */
function getScheduleEnd(schedule: WeeklySchedule, start: number): number | null {
  let end = start;
  for (let count = 0; count <= MAX_PERIODS; count += 1) {
    const next = getPeriodEnd(schedule, end);
    if (next === end) return end;
    end = next;
  }
  return null;
}

/** When the last of the periods that cover an instant ends; the instant if none does. */
function getPeriodEnd(schedule: WeeklySchedule, at: number): number {
  const today = new Date(at).getDay();
  const ends = [0, -1].map((day) => {
    const period = schedule[(today + day + 7) % 7];
    if (!period) return at;
    const from = getLocalTime(at, day, period.from);
    const to = getLocalTime(at, crossesMidnight(period) ? day + 1 : day, period.to);
    return from <= at && at < to ? to : at;
  });
  return Math.max(...ends);
}

/** A local time of day, some days after the day of `at`. */
function getLocalTime(at: number, days: number, minute: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, minute).getTime();
}

function crossesMidnight({ from, to }: DaySchedule): boolean {
  return from >= to;
}
