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

/** Converts a POSIX locale to a BCP 47 tag: `en_GB.UTF-8@euro` to `en-GB`, `C` to `undefined`. */
export function parsePosixLocale(locale: string | undefined): string | undefined {
  const tag = (locale ?? '').replace(/[.@].*$/, '').replaceAll('_', '-');
  return tag === '' || tag === 'C' || tag === 'POSIX' ? undefined : parseLocale(tag)?.baseName;
}

/**
 * The locale for dates and times: the words are those of the language, the formats those of the
 * system's region. English on a British system is British; on a German one it's `en-DE`.
 */
export function getFormatLocale(language: string, systemLocale: string | undefined): string {
  const system = parseLocale(systemLocale);
  if (!system) return language;
  if (getBaseLanguage(system.baseName) === getBaseLanguage(language)) return system.baseName;
  const { region } = system.maximize();
  return region === undefined ? language : new Intl.Locale(language, { region }).baseName;
}

/** A BCP 47 tag as a locale; `undefined` if `Intl` would refuse it. */
export function parseLocale(tag: string | undefined): Intl.Locale | undefined {
  try {
    return tag === undefined ? undefined : new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
