import { expect, test } from 'vitest';
import {
  getFormatLocale,
  parsePosixLocale,
  resolveLanguage,
} from '../../../src/core/settings/language';

test.each([
  ['de', ['en-US'], 'de'],
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['pt'], 'pt-BR'],
  ['system', ['pt-PT'], 'pt-BR'],
  ['system', ['pt-BR'], 'pt-BR'],
  ['system', ['ja-JP'], 'ja'],
  ['system', ['ja-Jpan-JP'], 'ja'],
  ['system', ['it-CH', 'de-CH'], 'it'],
  ['system', ['nl-BE', 'fr-BE'], 'nl'],
  ['system', ['DE'], 'de'],
  ['system', ['tlh', 'fr-CA'], 'fr'],
  ['system', ['tlh'], 'en'],
  ['system', [], 'en'],
] as const)(
  'the language is, for the setting %s and the system’s %o, %s',
  (set, system, language) => {
    expect(resolveLanguage(set, system)).toBe(language);
  },
);

test.each([
  ['en_GB.UTF-8', 'en-GB'],
  ['de_CH.UTF-8@euro', 'de-CH'],
  ['fr_CA', 'fr-CA'],
  ['en_DK.utf8', 'en-DK'],
  ['pt_BR.ISO-8859-1', 'pt-BR'],
  ['C', undefined],
  ['C.UTF-8', undefined],
  ['POSIX', undefined],
  ['', undefined],
  ['not a locale', undefined],
  [undefined, undefined],
])('the POSIX locale %s is %s', (posix, tag) => {
  expect(parsePosixLocale(posix)).toBe(tag);
});

test.each([
  ['en', 'en-GB', 'en-GB'],
  ['en', 'en-AU', 'en-AU'],
  ['fr', 'fr-CA', 'fr-CA'],
  ['de', 'de-CH', 'de-CH'],
  ['pt-BR', 'pt-PT', 'pt-PT'],
  ['en', 'de-DE', 'en-DE'],
  ['fr', 'en-GB', 'fr-GB'],
  ['en', 'de', 'en-DE'],
  ['ja', undefined, 'ja'],
  ['ja', 'nonsense-locale-x-', 'ja'],
])('in %s on a system in %s, dates are formatted as in %s', (language, system, locale) => {
  expect(getFormatLocale(language, system)).toBe(locale);
});
