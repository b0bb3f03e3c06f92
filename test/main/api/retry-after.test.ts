import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterOf } from '../../../src/main/api/retry-after';

const NOW = Date.UTC(2026, 2, 3, 9, 30);

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['999999999', 999_999_999_000],
  ])('"%s" is seconds', (header, ms) => {
    expect(retryAfterOf(header, NOW)).toBe(ms);
  });

  test.each([
    ['Tue, 03 Mar 2026 09:30:10 GMT', 10_000],
    ['Tue, 03 Mar 2026 10:30:00 GMT', 3_600_000],
  ])('"%s" is a moment', (header, ms) => {
    expect(retryAfterOf(header, NOW)).toBe(ms);
  });

  test.each([
    undefined,
    '',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '12345678901',
    '2026-03-03T10:00:00Z',
    'Tue, 03 Mar 2026 09:29:59 GMT',
    'Tue, 99 Mar 2026 99:99:99 GMT',
  ])('%o is no wish', (header) => {
    expect(retryAfterOf(header, NOW)).toBeUndefined();
  });

  test('is a number of ms from now on, or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const wish = retryAfterOf(header, NOW);
        expect(wish === undefined || (Number.isFinite(wish) && wish >= 0)).toBe(true);
      }),
    );
  });
});
