import { createInstance, type i18n, type TFunction } from 'i18next';
import type { Language } from '../core/settings';
import { durationWords } from '../shared/duration';
import { directionOf, isolated, type Direction } from '../shared/isolate';

/** Commas other than those of Latin script. */
const COMMAS: Readonly<Partial<Record<Language, string>>> = { ar: '، ', ja: '、' };

type Messages = Record<string, unknown>;

/** One chunk a language: only the one in use is loaded. */
const bundles = import.meta.glob<Messages>('../shared/messages/*/window.json', {
  import: 'default',
});

/** The messages of the window in one language, and its way of writing times and numbers. */
export class Words {
  readonly #i18n: i18n;
  #language = $state.raw<Language>('en');
  #t: TFunction;
  #wanted: Language | undefined;

  private constructor(i18n: i18n) {
    this.#i18n = i18n;
    this.#t = $state.raw(i18n.getFixedT('en', 'window'));
  }

  static async speaking(language: Language): Promise<Words> {
    const instance = createInstance();
    await instance.init({
      lng: 'en',
      fallbackLng: false,
      ns: ['window'],
      defaultNS: 'window',
      resources: {},
      // Svelte escapes markup; what is left is that a name may not reorder the words around it.
      interpolation: { escape: (text) => words.isolate(text) },
    });
    const words = new Words(instance);
    await words.speak(language);
    return words;
  }

  /** Looks a message up; read in a template it is looked up again when the language changes. */
  get t(): TFunction {
    return this.#t;
  }

  get language(): Language {
    return this.#language;
  }

  get direction(): Direction {
    return directionOf(this.#language);
  }

  /** Loads a language and speaks it; English in the place of one without messages. */
  async speak(language: Language): Promise<void> {
    const spoken = messagesOf(language) ? language : 'en';
    // Everything would be looked up and drawn all over again.
    if (spoken === this.#wanted) return;
    this.#wanted = spoken;
    const load = messagesOf(spoken);
    if (load) this.#i18n.addResourceBundle(spoken, 'window', await load());
    // Another one may be wanted by now.
    if (spoken !== this.#wanted) return;
    this.#language = spoken;
    this.#t = this.#i18n.getFixedT(spoken, 'window');
  }

  /** A duration in ms in short words: `2 min 10 s`. */
  duration(ms: number): string {
    return durationWords(ms, this.#language);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#language).format(value);
  }

  /** The time of day of an instant (ms since 1970): `10:42`. */
  time(at: number): string {
    return new Intl.DateTimeFormat(this.#language, { timeStyle: 'short' }).format(at);
  }

  /** The time of day to the second. */
  exactTime(at: number): string {
    return new Intl.DateTimeFormat(this.#language, { timeStyle: 'medium' }).format(at);
  }

  /** The day of an instant: `Tuesday, 4 March`. */
  day(at: number): string {
    const format: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
    return new Intl.DateTimeFormat(this.#language, format).format(at);
  }

  /** An hour of the day, 0 to 23, as clocks of the language count: `2 PM`, `14`. */
  hour(hour: number): string {
    const format: Intl.DateTimeFormatOptions = { hour: 'numeric', timeZone: 'UTC' };
    return new Intl.DateTimeFormat(this.#language, format).format(Date.UTC(2000, 0, 1, hour));
  }

  /** A text from outside, set apart where it runs against the direction of the language. */
  isolate(text: string): string {
    return isolated(text, this.direction);
  }

  /** Several things on one line: `Front desk · Incoming call`; what is not known is left out. */
  line(things: readonly (string | undefined)[]): string {
    const known = things.filter((thing) => thing !== undefined);
    return known.map((thing) => this.isolate(thing)).join(' · ');
  }

  /** Several things in a row, without an "and" before the last: `Jamie Ives, agent, muted`. */
  list(things: readonly string[]): string {
    return things.join(COMMAS[this.#language] ?? ', ');
  }
}

function messagesOf(language: Language): (() => Promise<Messages>) | undefined {
  return bundles[`../shared/messages/${language}/window.json`];
}
