import { describe, expect, test } from 'vitest';
import {
  rebaseTimestamp,
  getElapsedMs,
  getElapsedMsWithSleep,
  type Timestamp,
} from '../../src/core/timestamp';

const timestamp = (wall: number, monotonic: number, run = 'run 1'): Timestamp => ({
  wall,
  monotonic: monotonic,
  bootId: run,
});

describe('the time between two moments', () => {
  test.each<[string, Timestamp, Timestamp, number, number]>([
    ['is what both clocks say', timestamp(1_000, 100), timestamp(1_500, 600), 500, 500],
    [
      'ignores a clock that is set forward',
      timestamp(1_000, 100),
      timestamp(9_000, 600),
      500,
      8_000,
    ],
    ['ignores a clock that is set back', timestamp(1_000, 100), timestamp(0, 600), 500, 500],
    [
      'between runs comes from the wall clock',
      timestamp(1_000, 900),
      timestamp(4_000, 5, 'run 2'),
      3_000,
      3_000,
    ],
    ['is never less than nothing', timestamp(1_000, 900), timestamp(500, 5, 'run 2'), 0, 0],
  ])('%s', (_, from, to, awake, asleep) => {
    expect(getElapsedMs(from, to)).toBe(awake);
    expect(getElapsedMsWithSleep(from, to)).toBe(asleep);
  });

  test('goes on steadily once a moment is brought over into this run', () => {
    const over = rebaseTimestamp(timestamp(1_000, 900), timestamp(4_000, 5, 'run 2'));
    expect(getElapsedMs(over, timestamp(0, 105, 'run 2'))).toBe(3_100);
  });
});
