import { describe, expect, test } from 'vitest';
import {
  rebaseTimestamp,
  getElapsedMs,
  getElapsedMsWithSleep,
  type Timestamp,
} from '../../src/core/timestamp';

const createTimestamp = (wall: number, monotonic: number, bootId = 'run 1'): Timestamp => ({
  wall,
  monotonic,
  bootId,
});

describe('getElapsedMs and getElapsedMsWithSleep', () => {
  test.each<[string, Timestamp, Timestamp, number, number]>([
    [
      'return what both clocks measured',
      createTimestamp(1_000, 100),
      createTimestamp(1_500, 600),
      500,
      500,
    ],
    [
      'only getElapsedMsWithSleep notices a clock that is set forward',
      createTimestamp(1_000, 100),
      createTimestamp(9_000, 600),
      500,
      8_000,
    ],
    [
      'ignore a clock that is set back',
      createTimestamp(1_000, 100),
      createTimestamp(0, 600),
      500,
      500,
    ],
    [
      'use the wall clock between two runs',
      createTimestamp(1_000, 900),
      createTimestamp(4_000, 5, 'run 2'),
      3_000,
      3_000,
    ],
    [
      'never return a negative time',
      createTimestamp(1_000, 900),
      createTimestamp(500, 5, 'run 2'),
      0,
      0,
    ],
  ])('%s', (_, from, to, elapsedMs, elapsedMsWithSleep) => {
    expect(getElapsedMs(from, to)).toBe(elapsedMs);
    expect(getElapsedMsWithSleep(from, to)).toBe(elapsedMsWithSleep);
  });

  test('use the monotonic clock for a timestamp that was rebased to this run', () => {
    const rebased = rebaseTimestamp(
      createTimestamp(1_000, 900),
      createTimestamp(4_000, 5, 'run 2'),
    );
    expect(getElapsedMs(rebased, createTimestamp(0, 105, 'run 2'))).toBe(3_100);
  });
});
