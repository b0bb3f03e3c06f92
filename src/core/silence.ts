/** Do not disturb as set by hand: until an instant (ms since 1970), until turned off, or not. */
export type Silence = number | 'until-turned-off' | null;

/** What the person can choose in a menu. */
export const SILENCE_CHOICES = [
  '30-minutes',
  '1-hour',
  'tomorrow',
  'until-turned-off',
  'off',
] as const;
/** One of the choices that the person has. */
export type SilenceChoice = (typeof SILENCE_CHOICES)[number];

/**
 * A stretch of quiet that begins on one day, in minutes after midnight; one that does not end after
 * it begins runs into the next day, so equal ends are a whole day.
 */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Quiet hours by weekday, Sunday first, as `Date.getDay` counts; `null` is a day without. */
export type QuietWeek = readonly (QuietHours | null)[];

const MINUTE = 60_000;
/** When "until tomorrow" ends: the hour of the morning at which people are back. */
const MORNING = 6;

/** Turns a choice into the silence it means at `now` (ms since 1970, in local time). */
export function silenceFor(choice: SilenceChoice, now: number): Silence {
  switch (choice) {
    case '30-minutes':
      return now + 30 * MINUTE;
    case '1-hour':
      return now + 60 * MINUTE;
    case 'tomorrow': {
      const morning = new Date(now);
      morning.setDate(morning.getDate() + 1);
      morning.setHours(MORNING, 0, 0, 0);
      return morning.getTime();
    }
    case 'until-turned-off':
      return choice;
    case 'off':
      return null;
  }
}

/** Whether do not disturb is on at `now`, by hand or by quiet hours. */
export function isSilent(silence: Silence, quiet: QuietWeek, now: number): boolean {
  if (silence === 'until-turned-off') return true;
  if (silence !== null && now < silence) return true;
  return isQuiet(quiet, now);
}

function isQuiet(quiet: QuietWeek, now: number): boolean {
  const date = new Date(now);
  const day = date.getDay();
  const minute = date.getHours() * 60 + date.getMinutes();
  const today = quiet[day];
  const yesterday = quiet[(day + 6) % 7];
  if (today && minute >= today.from && (runsOver(today) || minute < today.to)) return true;
  return Boolean(yesterday && runsOver(yesterday) && minute < yesterday.to);
}

function runsOver({ from, to }: QuietHours): boolean {
  return from >= to;
}
