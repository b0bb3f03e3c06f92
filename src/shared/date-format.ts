import { getFormatLocale } from '../core/settings/language';

/** A 12-hour or a 24-hour clock. */
export type HourCycle = 'h12' | 'h23';

/** How the system writes dates and times. */
export interface SystemFormat {
  /** BCP 47 tag with the region. */
  readonly locale: string | undefined;
  /** Set if the user chose a clock other than the usual one of the locale. */
  readonly hourCycle: HourCycle | undefined;
}

/** Dates and times in the words of a language and the formats of the system. */
export class DateFormat {
  readonly locale: string;
  readonly #system: SystemFormat;
  #hourCycle: HourCycle | undefined;

  constructor(language: string, system: SystemFormat) {
    this.locale = getFormatLocale(language, system.locale);
    this.#system = system;
  }

  /** The time of day of an instant in ms since 1970: `10:42 AM`. */
  time(at: number, timeStyle: 'short' | 'medium' = 'short'): string {
    return this.#format(at, { timeStyle, ...this.#clock });
  }

  /** The day of an instant: `Tuesday, March 4`. */
  day(at: number): string {
    return this.#format(at, { weekday: 'long', day: 'numeric', month: 'long' });
  }

  /** The day of the week of an instant. */
  weekday(at: number): string {
    return this.#format(at, { weekday: 'long' });
  }

  /**
   * The day of an instant, abbreviated: `Fri`, or `Feb 29` if it isn't in the week before `now`.
   */
  shortDay(at: number, now: number): string {
    const isRecent = now - at < 6 * DAY_MS;
    return this.#format(at, isRecent ? { weekday: 'short' } : { month: 'short', day: 'numeric' });
  }

  /** An hour of the day from 0 to 23: `2 PM`, `14`. */
  hour(hour: number): string {
    const at = Date.UTC(2000, 0, 1, hour);
    const text = this.#format(at, { hour: 'numeric', timeZone: 'UTC', ...this.#clock });
    // German says `9 Uhr` or `9 AM`, but Intl says `9 Uhr AM`.
    return text.replace(' Uhr ', ' ');
  }

  /** Set explicitly because the language's default may be the other clock. Slow the first time. */
  get #clock(): { readonly hourCycle?: HourCycle } {
    this.#hourCycle ??= this.#system.hourCycle ?? getHourCycle(this.#system.locale);
    return this.#hourCycle === undefined ? {} : { hourCycle: this.#hourCycle };
  }

  #format(at: number, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, options).format(at);
  }
}

const DAY_MS = 86_400_000;

/** The local midnight at the start of an instant's day. */
export function getStartOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function getHourCycle(locale: string | undefined): HourCycle | undefined {
  if (locale === undefined) return undefined;
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  return hourCycle === 'h11' || hourCycle === 'h12' ? 'h12' : 'h23';
}
