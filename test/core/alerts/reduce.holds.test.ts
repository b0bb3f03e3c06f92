import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, describeAlerts } from './fixtures';

describe('a long hold', () => {
  const held: SessionFixture = { id: 'H', held: true };

  test('alerts once when it has lasted two minutes', () => {
    const harness = createSignedInHarness();
    harness.polls(held);
    harness.passes(59 * SECOND);
    harness.polls(held);
    harness.passes(60 * SECOND);
    harness.polls(held);
    expect(harness.raised).toEqual([]);
    harness.passes(SECOND);
    harness.polls(held);
    harness.pollsOn(held);
    expect(harness.raised).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
  });

  test('takes its notification with it when it ends, and the next hold has its own', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ holdLimitMs: 10 * SECOND });
    harness.polls(held);
    harness.pollsOn(held);
    harness.polls({ id: 'H', connected: true });
    expect(harness.shows).toEqual([]);
    harness.polls(held);
    harness.pollsOn(held);
    expect(harness.raised).toHaveLength(2);
  });

  test('takes its notification with it when the call vanishes', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ holdLimitMs: 10 * SECOND });
    harness.polls(held);
    harness.pollsOn(held);
    harness.polls();
    expect(harness.shows).toEqual([]);
  });

  test('of a call that was made alerts too', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ holdLimitMs: 10 * SECOND });
    harness.polls({ ...held, outgoing: true });
    harness.pollsOn({ ...held, outgoing: true });
    expect(describeAlerts(harness)).toEqual(['H held']);
  });

  test('never alerts when that is off', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ holdLimitMs: null });
    harness.polls(held);
    harness.pollsOn(held);
    expect(harness.raised).toEqual([]);
  });

  test('is not told again after a restart', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ holdLimitMs: 10 * SECOND });
    harness.polls(held);
    harness.pollsOn(held);
    harness.restarts();
    harness.polls(held);
    harness.pollsOn(held);
    expect(harness.raised).toHaveLength(1);
  });
});
