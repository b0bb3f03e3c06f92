import { LANGUAGES, type Language } from './settings';

/**
 * The language to speak: the one that was set, else the first of the system's that Ringside
 * speaks, be it as another region does, else English.
 *
 * @param system BCP 47 tags, the preferred first
 */
export function resolveLanguage(set: Language | 'system', system: readonly string[]): Language {
  if (set !== 'system') return set;
  for (const tag of system) {
    const wanted = tag.toLowerCase();
    const found =
      LANGUAGES.find((language) => language.toLowerCase() === wanted) ??
      LANGUAGES.find((language) => getBaseLanguage(language) === getBaseLanguage(wanted));
    if (found) return found;
  }
  return 'en';
}

/** The language alone: `pt` of `pt-PT`. */
function getBaseLanguage(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}
