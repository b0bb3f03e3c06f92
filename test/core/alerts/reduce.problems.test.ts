import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../session-fixture';
import { createSignedInHarness, GRACE, describeAlerts } from './fixtures';

describe('reduce: connection problems', () => {
  test('announces being offline once, after a minute', () => {
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

  test.each(['sign-in', 'forbidden'] as const)('announces %s immediately', (problem) => {
    const harness = createSignedInHarness();
    harness.failPoll(problem);
    expect(describeAlerts(harness)).toEqual([problem]);
  });

  test('withdraws the alert with the first good response', () => {
    const harness = createSignedInHarness();
    harness.failPoll('sign-in');
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('announces a problem again if it returns after a good response', () => {
    const harness = createSignedInHarness();
    harness.failPoll('sign-in');
    harness.poll();
    harness.failPoll('sign-in');
    expect(harness.raised).toHaveLength(2);
  });

  test('announces two alternating problems once each', () => {
    const harness = createSignedInHarness();
    for (let turn = 0; turn < 5; turn += 1) {
      harness.failPoll('sign-in');
      harness.failPoll('offline');
      harness.advance(MINUTE);
      harness.failPoll('offline');
    }
    expect(harness.raised).toMatchObject([{ problem: 'sign-in' }, { problem: 'offline' }]);
  });

  test('replaces the alert if the problem changes', () => {
    const harness = createSignedInHarness();
    harness.failPoll('offline');
    harness.advance(MINUTE);
    harness.failPoll('offline');
    harness.failPoll('sign-in');
    expect(describeAlerts(harness)).toEqual(['sign-in']);
  });

  test('announces nothing if problem alerts are off', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldAlertProblems: false });
    harness.failPoll('sign-in');
    expect(harness.raised).toEqual([]);
  });

  test('keeps ring alerts for a minute and then withdraws them', () => {
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
