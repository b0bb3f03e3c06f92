import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, describeAlerts } from './fixtures';

describe('a long hold', () => {
  const held: SessionFixture = { id: 'H', held: true };

  test('alerts once when it has lasted two minutes', () => {
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

  test('takes its notification with it when it ends, and the next hold has its own', () => {
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

  test('takes its notification with it when the call vanishes', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: 10 * SECOND });
    harness.poll(held);
    harness.pollUntilNewRing(held);
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('of a call that was made alerts too', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: 10 * SECOND });
    harness.poll({ ...held, outgoing: true });
    harness.pollUntilNewRing({ ...held, outgoing: true });
    expect(describeAlerts(harness)).toEqual(['H held']);
  });

  test('never alerts when that is off', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ holdLimitMs: null });
    harness.poll(held);
    harness.pollUntilNewRing(held);
    expect(harness.raised).toEqual([]);
  });

  test('is not told again after a restart', () => {
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
