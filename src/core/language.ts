import { LANGUAGES, type Language } from './settings';

/**
 * The language to speak: the one that was set, else the first of the system's that Ringside
 * speaks, be it as another region does, else English.
 *
 * @param system BCP 47 tags, the preferred first
 */
export function chooseLanguage(set: Language | 'system', system: readonly string[]): Language {
  if (set !== 'system') return set;
  for (const tag of system) {
    const wanted = tag.toLowerCase();
    const found =
      LANGUAGES.find((language) => language.toLowerCase() === wanted) ??
      LANGUAGES.find((language) => baseOf(language) === baseOf(wanted));
    if (found) return found;
  }
  return 'en';
}

/** The language alone: `pt` of `pt-PT`. */
function baseOf(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}
