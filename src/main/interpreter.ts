import { chooseLanguage } from '../core/language';
import { formatNumber, type Region } from '../core/phone';
import type { Language, Settings } from '../core/settings';
import type { Platform } from '../shared/state';
import type { Voice } from './alert-words';
import { desktopMessages, desktopWords } from './desktop-words';

/** The role that the vendor asks of who wants to see sessions. */
const ROLE = 'User';

/** What speaking a person's language takes. */
export interface InterpreterNeeds {
  readonly settings: () => Pick<Settings, 'language' | 'region'>;
  readonly platform: Pick<Platform, 'languages' | 'region'>;
  /** Everything is said in another language from now on. */
  readonly onChange: () => void;
}

/** Speaks the person's language and writes numbers as their region does. */
export class Interpreter {
  readonly #needs: InterpreterNeeds;
  #voice: Voice;

  constructor(needs: InterpreterNeeds) {
    this.#needs = needs;
    this.#voice = this.#voiceIn('en');
  }

  /** Speaks English until {@link speak} has found another language. */
  get voice(): Voice {
    return this.#voice;
  }

  /** The region whose numbers are written without the country; `undefined` where none is known. */
  get region(): Region | undefined {
    const { settings, platform } = this.#needs;
    const { region } = settings();
    return (region === 'system' ? platform.region : region) as Region | undefined;
  }

  /** Speaks the language of the settings, once its messages are there. */
  async speak(): Promise<void> {
    const language = this.#language;
    if (language === this.#voice.language) return;
    const messages = await desktopMessages(language);
    if (language !== this.#language) return;
    this.#voice = this.#voiceIn(language, messages);
    this.#needs.onChange();
  }

  get #language(): Language {
    return chooseLanguage(this.#needs.settings().language, this.#needs.platform.languages);
  }

  #voiceIn(language: Language, messages?: Awaited<ReturnType<typeof desktopMessages>>): Voice {
    return {
      say: desktopWords(language, messages),
      language,
      formatNumber: (number) => formatNumber(number, this.region),
      role: ROLE,
    };
  }
}
