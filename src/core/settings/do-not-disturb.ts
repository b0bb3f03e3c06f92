/** Do Not Disturb as set by hand: until an instant (ms since 1970), until turned off, or off. */
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
      // After midnight, the morning that people mean is that of the same date.
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
 * The end of a duration of which `remainingMs` are left: `until`, unless the wall clock was set
 * meanwhile.
 */
export function getDurationEnd(until: number, remainingMs: number, now: number): number {
  const end = now + remainingMs;
  return Math.abs(end - until) < CLOCK_TOLERANCE_MS ? until : end;
}

/** Whether an instant is the next after `now` at its time of day, so that the time alone names it. */
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

/** Whether Do Not Disturb is on at `now`, by hand or by schedule. */
export function isDoNotDisturbActive(
  doNotDisturb: DoNotDisturb,
  quiet: WeeklySchedule,
  now: number,
): boolean {
  if (doNotDisturb === 'until-turned-off') return true;
  if (doNotDisturb !== null && now < doNotDisturb) return true;
  return isScheduled(quiet, now);
}

function isScheduled(quiet: WeeklySchedule, now: number): boolean {
  const date = new Date(now);
  const day = date.getDay();
  const minute = date.getHours() * 60 + date.getMinutes();
  const today = quiet[day];
  const yesterday = quiet[(day + 6) % 7];
  if (today && minute >= today.from && (crossesMidnight(today) || minute < today.to)) return true;
  return Boolean(yesterday && crossesMidnight(yesterday) && minute < yesterday.to);
}

function crossesMidnight({ from, to }: DaySchedule): boolean {
  return from >= to;
}
