import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DateFormat } from '../../src/shared/date-format';

beforeEach(() => {
  vi.stubEnv('TZ', 'UTC');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const AT = Date.UTC(2026, 10, 29, 17, 3);
/** Replaces the narrow spaces that ICU puts before AM and PM. */
const normalizeSpaces = (text: string): string => text.replaceAll(/\s/g, ' ');

test.each([
  ['en', 'en-US', '5:03 PM', 'Sunday, November 29'],
  ['en', undefined, '5:03 PM', 'Sunday, November 29'],
  ['en', 'en-GB', '17:03', 'Sunday 29 November'],
  ['en', 'en-AU', '5:03 pm', 'Sunday 29 November'],
  ['en', 'en-CA', '5:03 p.m.', 'Sunday, November 29'],
  ['en', 'de-DE', '17:03', 'Sunday, 29 November'],
  ['fr', 'fr-FR', '17:03', 'dimanche 29 novembre'],
  ['fr', 'fr-CA', '17 h 03', 'dimanche 29 novembre'],
  ['de', 'de-CH', '17:03', 'Sonntag, 29. November'],
  ['de', 'en-US', '05:03 PM', 'Sonntag, 29. November'],
  ['es', 'es-MX', '5:03 p.m.', 'domingo, 29 de noviembre'],
  ['nl', 'nl-BE', '17:03', 'zondag 29 november'],
  ['en', 'en-IE', '17:03', 'Sunday, 29 November'],
  ['en', 'en-ZA', '17:03', 'Sunday, 29 November'],
  ['en', 'en-NZ', '5:03 pm', 'Sunday, 29 November'],
  ['en', 'en-IN', '5:03 pm', 'Sunday, 29 November'],
  ['en', 'ja-JP', '17:03', 'Sunday, November 29'],
  ['de', 'de-AT', '17:03', 'Sonntag, 29. November'],
  ['pt-BR', 'pt-PT', '17:03', 'domingo, 29 de novembro'],
  ['it', 'it-CH', '17:03', 'domenica 29 novembre'],
  ['es', 'es-ES', '17:03', 'domingo, 29 de noviembre'],
  ['ja', 'ja-JP', '17:03', '11月29日日曜日'],
])('formats for the language %s and the locale %s: %s, %s', (...row) => {
  const [language, locale, time, day] = row;
  const format = new DateFormat(language, { locale, hourCycle: undefined });
  expect(normalizeSpaces(format.time(AT))).toBe(time);
  expect(normalizeSpaces(format.day(AT))).toBe(day);
});

test('prefers the hour cycle of the system settings to that of the locale', () => {
  const us = new DateFormat('en', { locale: 'en-US', hourCycle: 'h23' });
  expect(us.time(AT)).toBe('17:03');
  expect(us.hour(17)).toBe('17');
  const german = new DateFormat('de', { locale: 'de-DE', hourCycle: 'h12' });
  expect(normalizeSpaces(german.time(AT))).toBe('05:03 PM');
  expect(
    normalizeSpaces(new DateFormat('en', { locale: 'en-GB', hourCycle: undefined }).hour(14)),
  ).toBe('14');
});

test('writes a German hour with either “Uhr” or the half of the day', () => {
  const withClock = (hourCycle: 'h12' | 'h23'): DateFormat =>
    new DateFormat('de', { locale: 'de-DE', hourCycle });
  expect(normalizeSpaces(withClock('h12').hour(9))).toBe('9 AM');
  expect(normalizeSpaces(withClock('h23').hour(9))).toBe('09 Uhr');
});
