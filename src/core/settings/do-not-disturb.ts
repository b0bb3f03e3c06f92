/** Do not disturb as set by hand: until an instant (ms since 1970), until turned off, or not. */
export type DoNotDisturb = number | 'until-turned-off' | null;

/** What the person can choose in a menu. */
export const DO_NOT_DISTURB_OPTIONS = [
  '30-minutes',
  '1-hour',
  'tomorrow',
  'until-turned-off',
  'off',
] as const;
/** One of the choices that the person has. */
export type DoNotDisturbOption = (typeof DO_NOT_DISTURB_OPTIONS)[number];

/**
 * A stretch of quiet that begins on one day, in minutes after midnight; one that does not end after
 * it begins runs into the next day, so equal ends are a whole day.
 */
export interface DaySchedule {
  readonly from: number;
  readonly to: number;
}

/** Quiet hours by weekday, Sunday first, as `Date.getDay` counts; `null` is a day without. */
export type WeeklySchedule = readonly (DaySchedule | null)[];

const MINUTE = 60_000;
/** When "until tomorrow" ends: the hour of the morning at which people are back. */
const MORNING_HOUR = 6;

/** Turns a choice into the silence it means at `now` (ms since 1970, in local time). */
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

/** Whether do not disturb is on at `now`, by hand or by quiet hours. */
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
