import { describe, expect, test } from 'vitest';
import {
  isUrgentPhase,
  computePollDelayMs,
  type PollIntervalInput,
} from '../../src/core/poll-interval';
import { PHASES } from '../../src/core/calls/phase';
import { MINUTE, SECOND } from './session-fixture';

const CALM: PollIntervalInput = {
  intervalMs: 2 * SECOND,
  isUrgent: false,
  isWindowVisible: false,
  isScreenLocked: false,
  failureCount: 0,
  retryAfterMs: undefined,
};

/** The shortest, the middle and the longest delay that chance can make of a pace. */
function delays(pace: Partial<PollIntervalInput>): readonly number[] {
  return [0, 0.5, 1].map((random) => computePollDelayMs({ ...CALM, ...pace }, random));
}

describe('the time until the next poll', () => {
  test.each<[string, Partial<PollIntervalInput>, number]>([
    ['is what the person set', { intervalMs: 30 * SECOND }, 30 * SECOND],
    ['is a second while a call is under way', { isUrgent: true }, SECOND],
    ['is a second while the window is visible', { isWindowVisible: true }, SECOND],
    ['is a second at an interval of thirty', { intervalMs: 30 * SECOND, isUrgent: true }, SECOND],
    ['is ten seconds while the screen is locked', { isScreenLocked: true }, 10 * SECOND],
    [
      'is ten seconds while locked, call or not',
      { isScreenLocked: true, isUrgent: true },
      10 * SECOND,
    ],
    [
      'is no less than the person set while locked',
      { isScreenLocked: true, intervalMs: 30_000 },
      30_000,
    ],
    ['is a second after a failure', { failureCount: 1 }, SECOND],
    ['doubles with each failure', { failureCount: 4 }, 8 * SECOND],
    ['forgets what the server asked for once it answers', { retryAfterMs: 50_000 }, 2 * SECOND],
  ])('%s, a tenth more or less', (_, pace, expected) => {
    const [shortest, middle, longest] = delays(pace);
    expect(shortest).toBeCloseTo(expected * 0.9);
    expect(middle).toBeCloseTo(expected);
    expect(longest).toBeCloseTo(expected * 1.1);
  });

  test.each([7, 20, 1e9])('is a minute at most after %d failures', (failures) => {
    const [shortest, , longest] = delays({ failureCount: failures });
    expect(shortest).toBeCloseTo(MINUTE * 0.9);
    expect(longest).toBe(MINUTE);
  });

  test.each<[string, number, number]>([
    ['is what the server asks for', 17 * SECOND, 17 * SECOND],
    ['is a second where the server asks for none', 0, SECOND],
    ['is a second where the server asks for the past', -5 * SECOND, SECOND],
    ['is a quarter of an hour where the server asks for a year', 3e10, 15 * MINUTE],
  ])('%s, never less and a tenth more at most', (_, retryAfter, expected) => {
    const [shortest, , longest] = delays({ failureCount: 5, retryAfterMs: retryAfter });
    expect(shortest).toBeCloseTo(expected);
    expect(longest).toBeCloseTo(expected * 1.1);
  });
});

test('what rings, is dialled or queued is urgent, and nothing else', () => {
  expect(PHASES.filter(isUrgentPhase)).toEqual(['ringing', 'dialing', 'queued']);
});
