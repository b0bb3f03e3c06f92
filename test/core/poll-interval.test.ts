import { describe, expect, test } from 'vitest';
import {
  isUrgentPhase,
  computePollDelayMs,
  type PollIntervalInput,
} from '../../src/core/poll-interval';
import { PHASES } from '../../src/core/calls/phase';
import { MINUTE, SECOND } from './session-fixture';

const IDLE: PollIntervalInput = {
  intervalMs: 2 * SECOND,
  isUrgent: false,
  isWindowVisible: false,
  isScreenLocked: false,
  failureCount: 0,
  retryAfterMs: undefined,
};

/** Returns the shortest, the average, and the longest delay for an input. */
function getDelays(input: Partial<PollIntervalInput>): readonly number[] {
  return [0, 0.5, 1].map((random) => computePollDelayMs({ ...IDLE, ...input }, random));
}

describe('computePollDelayMs', () => {
  test.each<[string, Partial<PollIntervalInput>, number]>([
    ['is the user’s interval', { intervalMs: 30 * SECOND }, 30 * SECOND],
    ['is a second during an urgent call', { isUrgent: true }, SECOND],
    ['is a second while the window is visible', { isWindowVisible: true }, SECOND],
    [
      'is a second during an urgent call, even at a 30-second interval',
      { intervalMs: 30 * SECOND, isUrgent: true },
      SECOND,
    ],
    ['is ten seconds while the screen is locked', { isScreenLocked: true }, 10 * SECOND],
    [
      'is ten seconds while the screen is locked, even during an urgent call',
      { isScreenLocked: true, isUrgent: true },
      10 * SECOND,
    ],
    [
      'is at least the user’s interval while the screen is locked',
      { isScreenLocked: true, intervalMs: 30_000 },
      30_000,
    ],
    ['is a second after a failure', { failureCount: 1 }, SECOND],
    ['doubles with each failure', { failureCount: 4 }, 8 * SECOND],
    ['ignores Retry-After after a successful poll', { retryAfterMs: 50_000 }, 2 * SECOND],
  ])('%s, plus or minus 10%%', (_, input, expected) => {
    const [shortest, middle, longest] = getDelays(input);
    expect(shortest).toBeCloseTo(expected * 0.9);
    expect(middle).toBeCloseTo(expected);
    expect(longest).toBeCloseTo(expected * 1.1);
  });

  test.each([7, 20, 1e9])('is at most a minute after %d failures', (failures) => {
    const [shortest, , longest] = getDelays({ failureCount: failures });
    expect(shortest).toBeCloseTo(MINUTE * 0.9);
    expect(longest).toBe(MINUTE);
  });

  test.each<[string, number, number]>([
    ['is the server’s Retry-After', 17 * SECOND, 17 * SECOND],
    ['is a second for a Retry-After of zero', 0, SECOND],
    ['is a second for a Retry-After in the past', -5 * SECOND, SECOND],
    ['is 15 minutes for a Retry-After of a year', 3e10, 15 * MINUTE],
  ])('%s, plus at most 10%%', (_, retryAfter, expected) => {
    const [shortest, , longest] = getDelays({ failureCount: 5, retryAfterMs: retryAfter });
    expect(shortest).toBeCloseTo(expected);
    expect(longest).toBeCloseTo(expected * 1.1);
  });
});

test('isUrgentPhase accepts only ringing, dialing, and queued calls', () => {
  expect(PHASES.filter(isUrgentPhase)).toEqual(['ringing', 'dialing', 'queued']);
});
