import { describe, expect, test } from 'vitest';
import { broughtOver, elapsed, elapsedWithSleep, type Mark } from '../../src/core/mark';

const mark = (wall: number, steady: number, run = 'run 1'): Mark => ({ wall, steady, run });

describe('the time between two moments', () => {
  test.each<[string, Mark, Mark, number, number]>([
    ['is what both clocks say', mark(1_000, 100), mark(1_500, 600), 500, 500],
    ['ignores a clock that is set forward', mark(1_000, 100), mark(9_000, 600), 500, 8_000],
    ['ignores a clock that is set back', mark(1_000, 100), mark(0, 600), 500, 500],
    ['between runs is told by the wall', mark(1_000, 900), mark(4_000, 5, 'run 2'), 3_000, 3_000],
    ['is never less than nothing', mark(1_000, 900), mark(500, 5, 'run 2'), 0, 0],
  ])('%s', (_, from, to, awake, asleep) => {
    expect(elapsed(from, to)).toBe(awake);
    expect(elapsedWithSleep(from, to)).toBe(asleep);
  });

  test('goes on steadily once a moment is brought over into this run', () => {
    const over = broughtOver(mark(1_000, 900), mark(4_000, 5, 'run 2'));
    expect(elapsed(over, mark(0, 105, 'run 2'))).toBe(3_100);
  });
});
