import { expect, test } from 'vitest';
import { resolveLanguage } from '../../../src/core/settings/language';

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
