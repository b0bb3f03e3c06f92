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

function entryOf(fromName: string): string | undefined {
  const view = aView({ id: 'S-1', fromName });
  const scene = {
    sessions: { [view.id]: view },
    order: [view.id],
    silence: null,
    glance: { kind: 'idle', silent: false, active: 1, missed: 0 },
  } as const;
  const entry = trayMenu(scene, ENGLISH.say, 'en')[2];
  return entry?.kind === 'action' ? entry.label : undefined;
}
