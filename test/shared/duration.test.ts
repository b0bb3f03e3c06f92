import { describe, expect, test } from 'vitest';
import { formatClock, formatDuration } from '../../src/shared/duration';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000] as const;

describe('formatDuration', () => {
  test.each([
    [0, '0 s'],
    [999, '0 s'],
    [18 * SECOND, '18 s'],
    [MINUTE, '1 min'],
    [2 * MINUTE + 10 * SECOND, '2 min 10 s'],
    [HOUR, '1 h'],
    [HOUR + 4 * MINUTE + 59 * SECOND, '1 h 4 min'],
    [30 * HOUR, '30 h'],
  ])('formats %i ms as "%s"', (ms, words) => {
    expect(formatDuration(ms, 'en').replaceAll(' ', ' ')).toBe(words);
  });

  test.each(['de', 'fr', 'es', 'pt-BR', 'it', 'nl', 'ja', 'ar'])('supports %s', (language) => {
    expect(formatDuration(130 * SECOND, language)).toMatch(/\p{Nd}/u);
  });

  test.each([
    [18 * SECOND, '18秒'],
    [2 * MINUTE + 10 * SECOND, '2分10秒'],
    [HOUR + 4 * MINUTE, '1時間4分'],
  ])('formats %i ms as "%s" in Japanese, without spaces', (ms, words) => {
    expect(formatDuration(ms, 'ja')).toBe(words);
  });
});

describe('formatClock', () => {
  test.each([
    [-5 * SECOND, '0:00'],
    [0, '0:00'],
    [7 * SECOND, '0:07'],
    [12 * MINUTE + 41 * SECOND, '12:41'],
    [HOUR + 2 * MINUTE + 3 * SECOND, '1:02:03'],
    [100 * HOUR, '100:00:00'],
  ])('formats %i ms as %s', (ms, text) => {
    expect(formatClock(ms)).toBe(text);
  });
});
