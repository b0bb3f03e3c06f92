import { expect, test } from 'vitest';
import type { Language } from '../../src/core/settings';
import { alertWords, type Voice } from '../../src/main/alert-words';
import { desktopMessages, desktopWords } from '../../src/main/desktop-words';
import { trayMenu } from '../../src/main/desktop/tray-menu';
import { aView, ENGLISH, someFacts } from './builders';

const BRIGHT = { customerBreadcrumb: [{ id: 'bright', name: 'Bright Dental' }] };

test('a notification in German', async () => {
  const voice = await voiceOf('de');
  const facts = someFacts(BRIGHT);
  expect(alertWords({ kind: 'held-long', key: 'k', facts, limit: 120_000 }, voice)).toEqual({
    title: 'Grace Hopper wird seit 2 Min. gehalten',
    body: 'für Bright Dental · Front desk · +1 202-555-0147',
  });
});

test('a notification in Arabic: what runs from left to right does not reorder the rest', async () => {
  const voice = await voiceOf('ar');
  const facts = someFacts({ ...BRIGHT, endpointName: 'الاستقبال' });
  const { body } = alertWords({ kind: 'ringing', key: 'k', facts }, voice);
  expect(body).toBe(
    '\u2068لـ \u2068Bright Dental\u2069\u2069 · الاستقبال · \u2068+1 202-555-0147\u2069',
  );
});

test.each([
  [1, 'مكالمة فائتة واحدة'],
  [2, 'مكالمتان فائتتان'],
  [3, '3 مكالمات فائتة'],
  [11, '11 مكالمة فائتة'],
  [100, '100 مكالمة فائتة'],
])('%s missed calls in Arabic', async (count, text) => {
  expect((await voiceOf('ar')).say('menu.missedCalls', { count })).toBe(text);
});

test('a notification in Japanese: full-width marks, and no spaces around names and numbers', async () => {
  const voice = await voiceOf('ja');
  const facts = someFacts({ ...BRIGHT, endpointName: '受付', fromName: '山田　太郎' });
  expect(alertWords({ kind: 'held-long', key: 'k', facts, limit: 130_000 }, voice)).toEqual({
    title: '山田　太郎の保留が2分10秒続いています',
    body: 'Bright Dental宛て · 受付 · +1 202-555-0147',
  });
});

test.each([
  ['ja', '山田　太郎（Bright Dental宛て） · 着信中'],
  ['pt-BR', '山田　太郎 para Bright Dental · tocando'],
  ['nl', '山田　太郎 voor Bright Dental · gaat over'],
] as const)('who calls for whom, in a menu in %s', async (language, label) => {
  expect(entryOf('山田　太郎', await voiceOf(language))).toBe(label);
});

test.each([
  ['ja', 0, '不在着信0件'],
  ['ja', 1, '不在着信1件'],
  ['ja', 21, '不在着信21件'],
  ['pt-BR', 0, '0 chamada perdida'],
  ['pt-BR', 2, '2 chamadas perdidas'],
  ['it', 1, '1 chiamata persa'],
  ['it', 1_000_000, '1000000 di chiamate perse'],
] as const)('in %s, %i missed calls', async (language, count, text) => {
  expect((await voiceOf(language)).say('menu.missedCalls', { count })).toBe(text);
});

test('a name from right to left in an English menu keeps to its place', () => {
  expect(entryOf('غريس هوبر')).toBe('\u2068غريس هوبر\u2069 for Bright Dental · ringing');
});

test('and one that is too long ends before what the call is doing', () => {
  const entry = entryOf('غريس '.repeat(60));
  expect(entry).toMatch(/^\u2068[غريس ]+…\u2069 · ringing$/);
});

async function voiceOf(language: Language): Promise<Voice> {
  const say = desktopWords(language, await desktopMessages(language));
  return { ...ENGLISH, say, language };
}

function entryOf(fromName: string, { say, language } = ENGLISH): string | undefined {
  const view = aView({ id: 'S-1', fromName });
  const scene = {
    sessions: { [view.id]: view },
    order: [view.id],
    silence: null,
    glance: { kind: 'idle', silent: false, active: 1, missed: 0 },
  } as const;
  const entry = trayMenu(scene, say, language)[2];
  return entry?.kind === 'action' ? entry.label : undefined;
}
