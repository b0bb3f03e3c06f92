import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../session-fixture';
import { createSignedInHarness, GRACE, describeAlerts } from './fixtures';

describe('trouble', () => {
  test('is no connection for a minute, told once', () => {
    const harness = createSignedInHarness();
    harness.failPoll();
    harness.advance(59 * SECOND);
    harness.failPoll();
    expect(harness.raised).toEqual([]);
    harness.advance(SECOND);
    harness.failPoll();
    harness.advance(60 * MINUTE);
    harness.failPoll();
    expect(harness.raised).toMatchObject([{ kind: 'connection-problem', problem: 'offline' }]);
  });

  test.each(['sign-in', 'forbidden'] as const)('is %s at once', (problem) => {
    const harness = createSignedInHarness();
    harness.failPoll(problem);
    expect(describeAlerts(harness)).toEqual([problem]);
  });

  test('goes with the first answer', () => {
    const harness = createSignedInHarness();
    harness.failPoll('sign-in');
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('that returns after a good response is announced again', () => {
    const harness = createSignedInHarness();
    harness.failPoll('sign-in');
    harness.poll();
    harness.failPoll('sign-in');
    expect(harness.raised).toHaveLength(2);
  });

  test('that alternates between two kinds is announced once each', () => {
    const harness = createSignedInHarness();
    for (let turn = 0; turn < 5; turn += 1) {
      harness.failPoll('sign-in');
      harness.failPoll('offline');
      harness.advance(MINUTE);
      harness.failPoll('offline');
    }
    expect(harness.raised).toMatchObject([{ problem: 'sign-in' }, { problem: 'offline' }]);
  });

  test('of another kind takes the place of the first', () => {
    const harness = createSignedInHarness();
    harness.failPoll('offline');
    harness.advance(MINUTE);
    harness.failPoll('offline');
    harness.failPoll('sign-in');
    expect(describeAlerts(harness)).toEqual(['sign-in']);
  });

  test('is not told when that is off', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldAlertProblems: false });
    harness.failPoll('sign-in');
    expect(harness.raised).toEqual([]);
  });

  test('leaves rings up for a minute, then takes down what may no longer ring', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.failPoll();
    harness.advance(59 * SECOND);
    harness.failPoll();
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
    harness.advance(SECOND);
    harness.failPoll();
    expect(describeAlerts(harness)).toEqual(['offline']);
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(2);
  });
});
