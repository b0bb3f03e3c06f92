import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, describeAlerts } from './fixtures';

describe('reduce: long holds', () => {
  const held: SessionFixture = { id: 'H', held: true };

  test('alerts once after two minutes', () => {
    const harness = createSignedInHarness();
    harness.poll(held);
    harness.advance(59 * SECOND);
    harness.poll(held);
    harness.advance(60 * SECOND);
    harness.poll(held);
    expect(harness.raised).toEqual([]);
    harness.advance(SECOND);
    harness.poll(held);
    harness.pollUntilNewRing(held);
    expect(harness.raised).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
  });

  test('withdraws the alert when the hold ends and raises another for the next hold', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: 10 * SECOND });
    harness.poll(held);
    harness.pollUntilNewRing(held);
    harness.poll({ id: 'H', connected: true });
    expect(harness.visibleAlerts).toEqual([]);
    harness.poll(held);
    harness.pollUntilNewRing(held);
    expect(harness.raised).toHaveLength(2);
  });

  test('withdraws the alert when the call vanishes', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: 10 * SECOND });
    harness.poll(held);
    harness.pollUntilNewRing(held);
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('alerts for an outgoing call', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: 10 * SECOND });
    harness.poll({ ...held, outgoing: true });
    harness.pollUntilNewRing({ ...held, outgoing: true });
    expect(describeAlerts(harness)).toEqual(['H held']);
  });

  test('never alerts if the limit is off', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: null });
    harness.poll(held);
    harness.pollUntilNewRing(held);
    expect(harness.raised).toEqual([]);
  });

  test('does not alert again after a restart', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: 10 * SECOND });
    harness.poll(held);
    harness.pollUntilNewRing(held);
    harness.restart();
    harness.poll(held);
    harness.pollUntilNewRing(held);
    expect(harness.raised).toHaveLength(1);
  });
});
