import { LANGUAGES, type Language } from './settings';

/**
 * Returns the language to use: the chosen one, else the first system language that is supported (in
 * any region), else English.
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

/** Returns `pt` for `pt-PT`. */
function getBaseLanguage(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}
