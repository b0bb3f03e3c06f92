import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

let harness: AlertHarness;

beforeEach(() => {
  harness = new AlertHarness();
  harness.poll();
});

describe('a missed call', () => {
  const ringing: SessionFixture = { id: 'G', ringing: true };

  test('reports the time it started ringing, not the time it was queued', () => {
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

  test('reports the time it started if its ringing wasn’t seen', () => {
    const wall = harness.now.wall - 90 * SECOND;
    const dateCreated = new Date(wall).toISOString();
    harness.poll({ id: 'G', ended: true, missed: true, wire: { dateCreated } });
    expect(harness.raised).toMatchObject([{ kind: 'missed', missedCall: { ringingSince: wall } }]);
    expect(harness.raised).toHaveProperty('0.missedCall.ringMs', undefined);
  });

  test('did not ring on while the server was asked what had become of it', () => {
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

describe('a long hold', () => {
  const held: SessionFixture = { id: 'H', held: true };

  test('reports the limit it exceeded, even if the setting changes later', () => {
    harness.poll(held);
    harness.advance(2 * MINUTE);
    harness.poll(held);
    expect(harness.visibleAlerts).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
    expect(harness.changeRules({ holdLimitMs: 5 * MINUTE })).toEqual([]);
    expect(harness.visibleAlerts).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
  });

  test('goes from the screen when such alerts are turned off, and is not told once they are on', () => {
    harness.poll(held);
    harness.advance(2 * MINUTE);
    harness.poll(held);
    harness.changeRules({ holdLimitMs: null });
    expect(harness.visibleAlerts).toEqual([]);
    harness.changeRules({ holdLimitMs: MINUTE });
    expect(harness.raised).toHaveLength(1);
  });

  test('isn’t announced while it’s muted, and is announced once it isn’t', () => {
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
