import { createInstance, type i18n } from 'i18next';
import type { Language } from '../core/settings/settings';
import { DateFormat, type SystemFormat } from '../shared/date-format';
import { formatDuration } from '../shared/duration';
import { getTextDirection, isolateText, type TextDirection } from '../shared/bidi';
import type { TranslateWindow } from '../shared/i18n/translate';

/** List separators that differ from the Latin comma. */
const LIST_SEPARATORS: Readonly<Partial<Record<Language, string>>> = { ar: '، ', ja: '、' };

type Messages = Record<string, unknown>;

/** One chunk per language, loaded on demand. */
const bundles = import.meta.glob<Messages>('../shared/i18n/*/window.json', {
  import: 'default',
});

/** The messages and formats of the window in one language. */
export class I18n {
  readonly #i18next: i18n;
  #language = $state.raw<Language>('en');
  #t: TranslateWindow;
  #requested: Language | undefined;
  #system = $state.raw<SystemFormat>({ locale: undefined, hourCycle: undefined });
  readonly #format = $derived(new DateFormat(this.#language, this.#system));

  private constructor(i18next: i18n) {
    this.#i18next = i18next;
    this.#t = $state.raw(createTranslate(i18next, 'en'));
  }

  static async load(language: Language): Promise<I18n> {
    const i18next = createInstance();
    await i18next.init({
      lng: 'en',
      fallbackLng: false,
      ns: ['window'],
      defaultNS: 'window',
      resources: {},
      // Svelte escapes markup. A right-to-left name still must not reorder the text around it.
      interpolation: { escape: (text) => instance.isolate(text) },
    });
    const instance = new I18n(i18next);
    i18next.services.formatter?.add('number', (value: number) => instance.number(value));
    await instance.setLanguage(language);
    return instance;
  }

  /** Translates a key. Reactive: changes with the language. */
  get t(): TranslateWindow {
    return this.#t;
  }

  get language(): Language {
    return this.#language;
  }

  /** The locale of dates, times, and numbers. */
  get formatLocale(): string {
    return this.#format.locale;
  }

  get direction(): TextDirection {
    return getTextDirection(this.#language);
  }

  /** Loads a language and switches to it, or to English if it has no messages. */
  async setLanguage(language: Language): Promise<void> {
    const supported = getBundle(language) ? language : 'en';
    if (supported === this.#requested) return;
    this.#requested = supported;
    const load = getBundle(supported);
    if (load) this.#i18next.addResourceBundle(supported, 'window', await load());
    // Another language may have been requested while this one loaded.
    if (supported !== this.#requested) return;
    this.#language = supported;
    this.#t = createTranslate(this.#i18next, supported);
  }

  /** Formats dates and times as the system does. */
  setSystem(system: SystemFormat): void {
    this.#system = system;
  }

  /** A duration in ms as short text: `2 min 10 s`. */
  duration(ms: number): string {
    return formatDuration(ms, this.#language);
  }

  /** A duration in ms in words: `1 hour 2 minutes`. */
  longDuration(ms: number): string {
    return formatDuration(ms, this.#language, 'long');
  }

  number(value: number): string {
    // The first `NumberFormat` takes several ms, which would delay the window's first paint.
    if (this.#language !== 'ar' && Number.isInteger(value) && value >= 0 && value < 1_000) {
      return String(value);
    }
    return new Intl.NumberFormat(this.formatLocale).format(value);
  }

  /** A value from 0 to 100 as a percentage. */
  percent(value: number): string {
    return new Intl.NumberFormat(this.formatLocale, { style: 'percent' }).format(value / 100);
  }

  /** The time of day of a timestamp, which stays on one line: `10:42 AM`. */
  time(at: number): string {
    return this.#format.time(at).replaceAll(' ', '\u00a0');
  }

  /** The time of day with seconds. */
  exactTime(at: number): string {
    return this.#format.time(at, 'medium');
  }

  /** The day of a timestamp: `Tuesday, March 4`. */
  day(at: number): string {
    return this.#format.day(at);
  }

  /** The day of the week of a timestamp. */
  weekday(at: number): string {
    return this.#format.weekday(at);
  }

  /** The day and time of a timestamp in short: `Fri 6:02 PM`. */
  shortDayTime(at: number, now: number): string {
    return `${this.#format.shortDay(at, now)} ${this.time(at)}`;
  }

  /** An hour of the day from 0 to 23: `2 PM`, `14`. */
  hour(hour: number): string {
    return this.#format.hour(hour);
  }

  /** Isolates a text that runs against the direction of the language. */
  isolate(text: string): string {
    return isolateText(text, this.direction);
  }

  /** Joins texts with a middle dot: `Front desk · Incoming call`. Skips undefined ones. */
  line(texts: readonly (string | undefined)[]): string {
    const present = texts.filter((text) => text !== undefined);
    return present.map((text) => this.isolate(text)).join(' · ');
  }

  /** Joins texts with commas, without "and": `Jamie Ives, agent, muted`. */
  list(texts: readonly string[]): string {
    return texts.join(LIST_SEPARATORS[this.#language] ?? ', ');
  }
}

function createTranslate(i18next: i18n, language: Language): TranslateWindow {
  const t = i18next.getFixedT(language, 'window');
  return (key, values = {}) => t(key, values);
}

function getBundle(language: Language): (() => Promise<Messages>) | undefined {
  return bundles[`../shared/i18n/${language}/window.json`];
}
