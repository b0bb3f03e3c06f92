import { describe, expect, test, vi } from 'vitest';
import { LANGUAGES, type Language } from '../../src/core/settings/settings';
import { I18n } from '../../src/main/i18n';
import en from '../../src/shared/i18n/en/desktop.json';
import { ENGLISH, loadI18n, NO_SYSTEM } from './builders';

describe('translation', () => {
  test.each(LANGUAGES)('has every plural and phase in %s', async (language) => {
    const { t } = await loadI18n(language);
    for (const count of [1, 2, 5, 11, 100]) {
      expect(t('alert.missedAway', { count })).toMatch(/\S/);
      expect(t('tray.calls', { count })).not.toMatch(/tray\.|\{\{/);
    }
    for (const phase of Object.keys(en.phase) as (keyof typeof en.phase)[]) {
      expect(t(`phase.${phase}`)).not.toMatch(/phase\./);
    }
  });

  test('keeps markup and placeholders in a name as text', () => {
    const name = '<b>&amp;</b> {{count}} $t(menu.quit)';
    expect(ENGLISH.t('alert.missed', { name })).toBe(`Missed call from ${name}`);
  });

  test.each([
    ['ar', 1, 'مكالمة فائتة واحدة'],
    ['ar', 2, 'مكالمتان فائتتان'],
    ['ar', 3, '3 مكالمات فائتة'],
    ['ar', 11, '11 مكالمة فائتة'],
    ['ar', 100, '100 مكالمة فائتة'],
    ['ja', 0, '不在着信0件'],
    ['ja', 1, '不在着信1件'],
    ['ja', 21, '不在着信21件'],
    ['pt-BR', 0, '0 chamada perdida'],
    ['pt-BR', 2, '2 chamadas perdidas'],
    ['it', 1, '1 chiamata persa'],
    ['it', 1_000_000, '1000000 di chiamate perse'],
  ] as const)('in %s, %i missed calls are %s', async (language, count, text) => {
    expect((await loadI18n(language)).t('menu.missedCalls', { count })).toBe(text);
  });
});

describe('the language', () => {
  test('follows the settings, and is English until its messages are loaded', async () => {
    let language: Language = 'de';
    const onChange = vi.fn();
    const i18n = new I18n(
      () => ({ language, region: 'system' }),
      { ...NO_SYSTEM, region: 'DE' },
      onChange,
    );
    expect(i18n.t('menu.settings')).toBe('Settings');
    await i18n.load();
    expect([i18n.language, i18n.t('menu.settings')]).toEqual(['de', 'Einstellungen']);
    await i18n.load();
    expect(onChange).toHaveBeenCalledTimes(1);
    language = 'en';
    await i18n.load();
    expect([i18n.language, i18n.t('menu.settings')]).toEqual(['en', 'Settings']);
  });

  test('ignores messages that arrive after the language has changed again', async () => {
    let language: Language = 'de';
    const i18n = new I18n(() => ({ language, region: 'US' }), NO_SYSTEM);
    const loading = i18n.load();
    language = 'en';
    await loading;
    expect(i18n.language).toBe('en');
  });
});

test.each([
  ['system', 'GB', 'GB'],
  ['US', 'GB', 'US'],
  ['system', undefined, undefined],
] as const)('resolves the region setting %s on a system in %s to %s', (...regions) => {
  const [region, systemRegion, expected] = regions;
  const i18n = new I18n(() => ({ language: 'en', region }), {
    ...NO_SYSTEM,
    region: systemRegion,
  });
  expect(i18n.region).toBe(expected);
});
