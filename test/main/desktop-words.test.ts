import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/settings';
import { desktopMessages, desktopWords } from '../../src/main/desktop-words';
import en from '../../src/shared/messages/en/desktop.json';

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
