import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../session-fixture';
import { createSignedInHarness, GRACE, describeAlerts } from './fixtures';

describe('trouble', () => {
  test('is no connection for a minute, told once', () => {
    const harness = createSignedInHarness();
    harness.fails();
    harness.passes(59 * SECOND);
    harness.fails();
    expect(harness.raised).toEqual([]);
    harness.passes(SECOND);
    harness.fails();
    harness.passes(60 * MINUTE);
    harness.fails();
    expect(harness.raised).toMatchObject([{ kind: 'connection-problem', problem: 'offline' }]);
  });

  test.each(['sign-in', 'forbidden'] as const)('is %s at once', (problem) => {
    const harness = createSignedInHarness();
    harness.fails(problem);
    expect(describeAlerts(harness)).toEqual([problem]);
  });

  test('goes with the first answer', () => {
    const harness = createSignedInHarness();
    harness.fails('sign-in');
    harness.polls();
    expect(harness.shows).toEqual([]);
  });

  test('that returns after a good response is announced again', () => {
    const harness = createSignedInHarness();
    harness.fails('sign-in');
    harness.polls();
    harness.fails('sign-in');
    expect(harness.raised).toHaveLength(2);
  });

  test('that alternates between two kinds is announced once each', () => {
    const harness = createSignedInHarness();
    for (let turn = 0; turn < 5; turn += 1) {
      harness.fails('sign-in');
      harness.fails('offline');
      harness.passes(MINUTE);
      harness.fails('offline');
    }
    expect(harness.raised).toMatchObject([{ problem: 'sign-in' }, { problem: 'offline' }]);
  });

  test('of another kind takes the place of the first', () => {
    const harness = createSignedInHarness();
    harness.fails('offline');
    harness.passes(MINUTE);
    harness.fails('offline');
    harness.fails('sign-in');
    expect(describeAlerts(harness)).toEqual(['sign-in']);
  });

  test('is not told when that is off', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ shouldAlertProblems: false });
    harness.fails('sign-in');
    expect(harness.raised).toEqual([]);
  });

  test('leaves rings up for a minute, then takes down what may no longer ring', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE);
    harness.fails();
    harness.passes(59 * SECOND);
    harness.fails();
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
    harness.passes(SECOND);
    harness.fails();
    expect(describeAlerts(harness)).toEqual(['offline']);
    harness.polls(GRACE);
    expect(harness.raised).toHaveLength(2);
  });
});
