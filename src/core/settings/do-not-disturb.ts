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
/** The hour at which "until tomorrow" ends. */
const MORNING_HOUR = 6;

/** Returns the state that a menu option means at `now`, in local time. */
export function resolveDoNotDisturb(choice: DoNotDisturbOption, now: number): DoNotDisturb {
  switch (choice) {
    case '30-minutes':
      return now + 30 * MINUTE;
    case '1-hour':
      return now + 60 * MINUTE;
    case 'tomorrow': {
      const morning = new Date(now);
      morning.setDate(morning.getDate() + 1);
      morning.setHours(MORNING_HOUR, 0, 0, 0);
      return morning.getTime();
    }
    case 'until-turned-off':
      return choice;
    case 'off':
      return null;
  }
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
