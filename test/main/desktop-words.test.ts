import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/settings';
import { chooseLanguage, desktopMessages, desktopWords } from '../../src/main/desktop-words';
import en from '../../src/shared/messages/en/desktop.json';

describe('the language', () => {
  test.each([
    ['de', ['en-US'], 'de'],
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['pt-PT'], 'pt-BR'],
    ['system', ['pt-BR'], 'pt-BR'],
    ['system', ['DE'], 'de'],
    ['system', ['tlh', 'fr-CA'], 'fr'],
    ['system', ['tlh'], 'en'],
    ['system', [], 'en'],
  ] as const)('is, for the setting %s and the system’s %o, %s', (setting, system, language) => {
    expect(chooseLanguage(setting, system)).toBe(language);
  });
});

describe('the words of the desktop', () => {
  test.each(LANGUAGES)('can be said in %s, with nothing left unsaid', async (language) => {
    const say = desktopWords(language, await desktopMessages(language));
    for (const count of [1, 2, 5, 11, 100]) {
      expect(say('alert.missedAway', { count })).toMatch(/\S/);
      expect(say('tray.calls', { count })).not.toMatch(/tray\.|\{\{/);
    }
    for (const kind of Object.keys(en.phase) as (keyof typeof en.phase)[]) {
      expect(say(`phase.${kind}`)).not.toMatch(/phase\./);
    }
  });

  test('take a name as it is', () => {
    const name = '<b>&amp;</b> {{count}} $t(menu.quit)';
    expect(desktopWords('en')('alert.missed', { name })).toBe(`Missed call from ${name}`);
  });
});
