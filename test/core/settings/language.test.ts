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
] as const)('resolves the setting %s on a system with %o to %s', (setting, system, language) => {
  expect(resolveLanguage(setting, system)).toBe(language);
});

test.each([
  ['en_GB.UTF-8', 'en-GB'],
  ['de_CH.UTF-8@euro', 'de-CH'],
  ['fr_CA', 'fr-CA'],
  ['en_DK.utf8', 'en-DK'],
  ['sr_RS@latin', 'sr-RS'],
  ['ca_ES.UTF-8@valencia', 'ca-ES'],
  ['zh_TW.Big5', 'zh-TW'],
  ['en_001', 'en-001'],
  ['pt_BR.ISO-8859-1', 'pt-BR'],
  ['C', undefined],
  ['C.UTF-8', undefined],
  ['POSIX', undefined],
  ['', undefined],
  ['not a locale', undefined],
  [undefined, undefined],
])('parses the POSIX locale %s as %s', (posix, tag) => {
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
  ['en', 'en-IE', 'en-IE'],
  ['es', 'es-419', 'es-419'],
  ['ja', 'en-US', 'ja-US'],
  ['de', 'zh-Hant-TW', 'de-TW'],
  ['it', 'C', 'it'],
  ['ja', undefined, 'ja'],
  ['ja', 'nonsense-locale-x-', 'ja'],
])(
  'formats dates for the language %s on a system with the locale %s as %s',
  (language, system, locale) => {
    expect(getFormatLocale(language, system)).toBe(locale);
  },
);
