import type { QuietHours, QuietWeek } from '../../core/silence';

/** The days of the week in the order of a language, 0 for Sunday. */
export function weekOf(language: string): readonly number[] {
  const locale = new Intl.Locale(language) as Intl.Locale & {
    getWeekInfo?: () => { readonly firstDay: number };
  };
  // Monday is 1 and Sunday 7 there; where nobody knows, the week begins as most of the world's do.
  const first = (locale.getWeekInfo?.().firstDay ?? 1) % 7;
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7);
}

/** The name of a day of the week, 0 for Sunday. */
export function dayName(day: number, language: string): string {
  const sunday = Date.UTC(2023, 0, 1);
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return format.format(sunday + day * 86_400_000);
}

/** Minutes after midnight as a time field takes them: `08:30`. */
export function fieldTime(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** What a time field holds as minutes after midnight; `undefined` while it is incomplete. */
export function minutesOf(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** The week with the hours of one day replaced. */
export function withDay(week: QuietWeek, day: number, hours: QuietHours | null): QuietWeek {
  return week.map((before, index) => (index === day ? hours : before));
}
