import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Language } from '../../src/core/settings/settings';
import { I18n } from '../../src/renderer/i18n.svelte';
import { createMember, createSessionView, createAppState } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

async function renderIn(language: Language) {
  const sessions = [
    createSessionView({ phase: 'ringing', direction: 'incoming', members: [createMember()] }),
    createSessionView({ phase: 'held', name: undefined, number: '+44 20 7946 0823' }),
  ];
  const settings = { ...DEFAULT_SETTINGS, language };
  return renderApp(new FakeBridge(createAppState({ sessions, settings })));
}

describe('languages', () => {
  it('shows German', async () => {
    const { page, user } = await renderIn('de');
    expect(document.documentElement).toHaveAttribute('lang', 'de');
    expect(document.documentElement).toHaveAttribute('dir', 'ltr');
    expect(page.getAllByRole('button', { name: /für Bright Dental/ })).toHaveLength(2);
    expect(page.getByText('Gehalten')).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Einstellungen' }));
    expect(await page.findByRole('heading', { name: 'Darstellung' })).toBeInTheDocument();
  });

  it('shows Arabic from right to left and isolates names and numbers', async () => {
    const { page } = await renderIn('ar');
    expect(document.documentElement).toHaveAttribute('lang', 'ar');
    expect(document.documentElement).toHaveAttribute('dir', 'rtl');
    expect(page.getByRole('tab', { name: 'المكالمات، اثنتان نشطتان' })).toBeInTheDocument();
    expect(page.getAllByRole('button', { name: /لـ Bright Dental/ })).toHaveLength(2);
    for (const customer of page.getAllByText('Bright Dental')) {
      expect(customer).toHaveAttribute('dir', 'auto');
    }
    expect(page.getByText('+44 20 7946 0823').closest('bdi, [dir="auto"]')).not.toBeNull();
  });

  it('shows Japanese with its own separators and counters', async () => {
    const { page, user } = await renderIn('ja');
    expect(document.documentElement).toHaveAttribute('lang', 'ja');
    expect(page.getByRole('tab', { name: '通話、進行中2件' })).toBeInTheDocument();
    expect(page.getAllByRole('button', { name: /Bright Dental宛て(?!の)/ })).toHaveLength(2);
    expect(page.getByText('参加者：Jamie Ives、担当者、通話中')).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: '設定' }));
    expect(await page.findByRole('heading', { name: '外観' })).toBeInTheDocument();
  });

  it.each([
    ['en', 'en-US', '7', '1,234', 'Calls, 12 active'],
    ['de', 'de-DE', '7', '1.234', 'Anrufe, 12 aktiv'],
    ['ar', 'ar-EG', '٧', '١٬٢٣٤', 'المكالمات، ١٢ نشطة'],
  ] as const)('writes numbers in %s as the region of the system does', async (...row) => {
    const [language, locale, small, large, label] = row;
    const i18n = await I18n.load(language);
    i18n.setSystem({ locale, hourCycle: undefined });
    expect(i18n.number(7)).toBe(small);
    expect(i18n.number(1234)).toBe(large);
    expect(i18n.t('tab.callsLabel', { count: 12 })).toBe(label);
  });

  it('keeps a time of day on one line', async () => {
    const i18n = await I18n.load('en');
    i18n.setSystem({ locale: 'en-US', hourCycle: undefined });
    const at = new Date(2026, 10, 27, 18, 2).getTime();
    expect(i18n.time(at)).toMatch(/^6:02[\u00a0\u202f]PM$/);
    expect(i18n.shortDayTime(at, at)).toMatch(/^Fri 6:02[\u00a0\u202f]PM$/);
  });

  it('lists each language under its own name', async () => {
    const { page, user } = await renderIn('ja');
    await user.click(page.getByRole('button', { name: '設定' }));
    const choice = await page.findByRole('combobox', { name: '言語' });
    expect([...choice.querySelectorAll('option')].map((option) => option.text)).toEqual([
      'システムに合わせる',
      'English',
      'Deutsch',
      'Français',
      'Español',
      'Português (Brasil)',
      'Italiano',
      'Nederlands',
      '日本語',
      'العربية',
    ]);
  });

  it('uses the first supported language of the system', async () => {
    const app = createAppState();
    const platform = { ...app.platform, languages: ['tlh', 'pt-PT', 'de'] };
    const { page } = await renderApp(new FakeBridge({ ...app, platform }));
    expect(document.documentElement).toHaveAttribute('lang', 'pt-BR');
    expect(page.getByText('Nenhuma chamada agora')).toBeInTheDocument();
  });

  it('changes the language immediately', async () => {
    const bridge = new FakeBridge();
    const { page } = await renderApp(bridge);
    expect(page.getByText('No calls right now')).toBeInTheDocument();
    bridge.change({ settings: { ...DEFAULT_SETTINGS, language: 'fr' } });
    expect(await page.findByText('Aucun appel en ce moment')).toBeInTheDocument();
  });
});
