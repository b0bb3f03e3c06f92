import type { DaySchedule, WeeklySchedule } from '../../../core/settings/do-not-disturb';

const DAY_MS = 86_400_000;

/** Returns the days of the week in the order of a locale; 0 is Sunday. */
export function getWeekdays(localeTag: string): readonly number[] {
  const locale = new Intl.Locale(localeTag) as Intl.Locale & {
    getWeekInfo?: () => { readonly firstDay: number };
  };
  // In `firstDay`, Monday is 1 and Sunday is 7.
  const firstDay = (locale.getWeekInfo?.().firstDay ?? 1) % 7;
  return Array.from({ length: 7 }, (_, index) => (firstDay + index) % 7);
}

/** Returns the days that aren't the weekend of a locale, in its order; 0 is Sunday. */
export function getWorkdays(localeTag: string): readonly number[] {
  const locale = new Intl.Locale(localeTag) as Intl.Locale & {
    getWeekInfo?: () => { readonly weekend: readonly number[] };
  };
  const weekend = locale.getWeekInfo?.().weekend ?? [6, 7];
  return getWeekdays(localeTag).filter((day) => !weekend.includes(day === 0 ? 7 : day));
}

/** Returns the name of a day of the week; 0 is Sunday. */
export function getWeekdayName(day: number, language: string): string {
  const sunday = Date.UTC(2023, 0, 1);
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return format.format(sunday + day * DAY_MS);
}

/** Formats minutes after midnight for a time input: `08:30`. */
export function formatTimeValue(minutes: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Parses the value of a time input as minutes after midnight; `undefined` while incomplete. */
export function parseTimeValue(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** Returns the week with the hours of one day replaced. */
export function replaceDay(
  week: WeeklySchedule,
  day: number,
  hours: DaySchedule | null,
): WeeklySchedule {
  return week.map((before, index) => (index === day ? hours : before));
}
