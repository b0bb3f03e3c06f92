/** Translates what Ringside shows outside its window: notifications, tray, and menus. */
import { createInstance } from 'i18next';
import { resolveLanguage } from '../core/settings/language';
import { formatPhoneNumber, type Region } from '../core/calls/phone';
import type { Language, Settings } from '../core/settings/settings';
import { DateFormat } from '../shared/date-format';
import { getTextDirection, isolateText } from '../shared/bidi';
import type { TranslateDesktop } from '../shared/i18n/translate';
import en from '../shared/i18n/en/desktop.json';
import type { Platform } from '../shared/state';

type Messages = typeof en;

/** The role that Evo Voice requires to see sessions. */
export const REQUIRED_ROLE = 'User';

/** One chunk per language. English is bundled as the fallback. */
const messageLoaders = import.meta.glob<Messages>(
  ['../shared/i18n/*/desktop.json', '!../shared/i18n/en/desktop.json'],
  { import: 'default' },
);

/** The user's language and region, as set or as the system has them. */
export class I18n {
  #language: Language = 'en';
  #t = createTranslate('en', en);
  #dateFormat: DateFormat;

  constructor(
    private readonly getSettings: () => Pick<Settings, 'language' | 'region'>,
    private readonly system: Pick<Platform, 'languages' | 'region' | 'locale' | 'hourCycle'>,
    private readonly onLanguageChange: () => void = () => undefined,
  ) {
    this.#dateFormat = new DateFormat('en', system);
  }

  /** Translates to English until {@link load} has loaded another language. */
  get t(): TranslateDesktop {
    return this.#t;
  }

  get language(): Language {
    return this.#language;
  }

  /** The region whose numbers are written without a country code, if known. */
  get region(): Region | undefined {
    const { region } = this.getSettings();
    return (region === 'system' ? this.system.region : region) as Region | undefined;
  }

  /** Loads the messages of the current language. */
  async load(): Promise<void> {
    const language = this.#getCurrentLanguage();
    if (language === this.#language) return;
    const messages = await messageLoaders[`../shared/i18n/${language}/desktop.json`]?.();
    if (language !== this.#getCurrentLanguage()) return;
    this.#language = language;
    this.#t = createTranslate(language, messages ?? en);
    this.#dateFormat = new DateFormat(language, this.system);
    this.onLanguageChange();
  }

  formatNumber(number: string): string {
    return formatPhoneNumber(number, this.region);
  }

  /** The locale of the system's own formats, regardless of the language. */
  get systemLocale(): string {
    return this.system.locale ?? this.#language;
  }

  /** Formats the day of the week of an instant in ms since 1970. */
  formatWeekday(instant: number): string {
    return this.#dateFormat.weekday(instant);
  }

  /** Formats the time of day of an instant in ms since 1970. */
  formatTime(instant: number): string {
    return this.#dateFormat.time(instant);
  }

  /** Keeps external text from reordering the words around it. */
  isolate(text: string): string {
    return isolateText(text, getTextDirection(this.#language));
  }

  #getCurrentLanguage(): Language {
    return resolveLanguage(this.getSettings().language, this.system.languages);
  }
}

function createTranslate(language: Language, messages: Messages): TranslateDesktop {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    fallbackLng: 'en',
    ns: 'desktop',
    defaultNS: 'desktop',
    resources: { en: { desktop: en }, [language]: { desktop: messages } },
    // Nothing is rendered as HTML, so values are isolated instead of escaped.
    interpolation: { escape: (text) => isolateText(text, getTextDirection(language)) },
    initAsync: false,
  });
  const t = i18n.getFixedT(language, 'desktop');
  return (key, values = {}) => t(key, values);
}
