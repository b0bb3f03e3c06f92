import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

let harness: AlertHarness;

beforeEach(() => {
  harness = new AlertHarness();
  harness.poll();
});

describe('reduce: the content of a missed-call alert', () => {
  const ringing: SessionFixture = { id: 'G', ringing: true };

  test('has the time the call started ringing, not the time it was queued', () => {
    harness.poll({ id: 'G', queued: true });
    harness.advance(40 * SECOND);
    const { wall } = harness.now;
    harness.poll(ringing);
    harness.advance(20 * SECOND);
    harness.poll({ id: 'G', ended: true, missed: true });
    expect(harness.raised).toMatchObject([
      { kind: 'ringing' },
      { kind: 'missed', missedCall: { ringingSince: wall, ringMs: 20 * SECOND } },
    ]);
  });

  test('has the time the call started if no poll saw it ringing', () => {
    const wall = harness.now.wall - 90 * SECOND;
    const dateCreated = new Date(wall).toISOString();
    harness.poll({ id: 'G', ended: true, missed: true, wire: { dateCreated } });
    expect(harness.raised).toMatchObject([{ kind: 'missed', missedCall: { ringingSince: wall } }]);
    expect(harness.raised).toHaveProperty('0.missedCall.ringMs', undefined);
  });

  test('does not count the time of the lookup as ringing', () => {
    harness.poll(ringing);
    harness.advance(10 * SECOND);
    harness.poll();
    harness.advance(5 * SECOND);
    harness.resolveAllLookups('refused');
    expect(harness.raised.at(-1)).toMatchObject({
      kind: 'missed',
      missedCall: { ringMs: 10 * SECOND },
    });
  });
});

describe('reduce: the content of a long-hold alert', () => {
  const held: SessionFixture = { id: 'H', held: true };

  test('has the limit that was exceeded, even if the setting changes later', () => {
    harness.poll(held);
    harness.advance(2 * MINUTE);
    harness.poll(held);
    expect(harness.visibleAlerts).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
    expect(harness.changeRules({ holdLimitMs: 5 * MINUTE })).toEqual([]);
    expect(harness.visibleAlerts).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
  });

  test('is withdrawn when long-hold alerts are turned off and not raised again', () => {
    harness.poll(held);
    harness.advance(2 * MINUTE);
    harness.poll(held);
    harness.changeRules({ holdLimitMs: null });
    expect(harness.visibleAlerts).toEqual([]);
    harness.changeRules({ holdLimitMs: MINUTE });
    expect(harness.raised).toHaveLength(1);
  });

  test('is raised once the call is no longer muted', () => {
    const chat: SessionFixture = { ...held, wire: { channel: 'Chat' } };
    const { muted } = harness.rules;
    harness.changeRules({ muted: { ...muted, channels: ['Chat'] } });
    harness.poll(chat);
    harness.advance(2 * MINUTE);
    harness.poll(chat);
    expect(harness.raised).toEqual([]);
    harness.changeRules({ muted });
    expect(harness.raised).toMatchObject([{ kind: 'long-hold' }]);
  });
});
