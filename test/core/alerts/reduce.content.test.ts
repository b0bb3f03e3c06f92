import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type Wish } from '../session-fixture';
import { Desk } from './harness';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
  desk.polls();
});

describe('a missed call', () => {
  const ringing: Wish = { id: 'G', ringing: true };

  test('is told by when it began to ring, however long it had waited in a queue', () => {
    desk.polls({ id: 'G', queued: true });
    desk.passes(40 * SECOND);
    const { wall } = desk.now;
    desk.polls(ringing);
    desk.passes(20 * SECOND);
    desk.polls({ id: 'G', ended: true, missed: true });
    expect(desk.raised).toMatchObject([
      { kind: 'ringing' },
      { kind: 'missed', missedCall: { ringingSince: wall, ringMs: 20 * SECOND } },
    ]);
  });

  test('is told by when it began, where nobody saw it ring', () => {
    const wall = desk.now.wall - 90 * SECOND;
    const dateCreated = new Date(wall).toISOString();
    desk.polls({ id: 'G', ended: true, missed: true, wire: { dateCreated } });
    expect(desk.raised).toMatchObject([{ kind: 'missed', missedCall: { ringingSince: wall } }]);
    expect(desk.raised).toHaveProperty('0.missedCall.ringMs', undefined);
  });

  test('did not ring on while the server was asked what had become of it', () => {
    desk.polls(ringing);
    desk.passes(10 * SECOND);
    desk.polls();
    desk.passes(5 * SECOND);
    desk.looksUpToTheEnd('refused');
    expect(desk.raised.at(-1)).toMatchObject({
      kind: 'missed',
      missedCall: { ringMs: 10 * SECOND },
    });
  });
});

describe('a long hold', () => {
  const held: Wish = { id: 'H', held: true };

  test('is told by the limit that it passed, whatever becomes of the setting', () => {
    desk.polls(held);
    desk.passes(2 * MINUTE);
    desk.polls(held);
    expect(desk.shows).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
    expect(desk.setsRules({ holdLimitMs: 5 * MINUTE })).toEqual([]);
    expect(desk.shows).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
  });

  test('goes from the screen when such alerts are turned off, and is not told once they are on', () => {
    desk.polls(held);
    desk.passes(2 * MINUTE);
    desk.polls(held);
    desk.setsRules({ holdLimitMs: null });
    expect(desk.shows).toEqual([]);
    desk.setsRules({ holdLimitMs: MINUTE });
    expect(desk.raised).toHaveLength(1);
  });

  test('that is muted is not told, and is told when it is muted no more', () => {
    const chat: Wish = { ...held, wire: { channel: 'Chat' } };
    const { muted } = desk.rules;
    desk.setsRules({ muted: { ...muted, channels: ['Chat'] } });
    desk.polls(chat);
    desk.passes(2 * MINUTE);
    desk.polls(chat);
    expect(desk.raised).toEqual([]);
    desk.setsRules({ muted });
    expect(desk.raised).toMatchObject([{ kind: 'long-hold' }]);
  });
});
