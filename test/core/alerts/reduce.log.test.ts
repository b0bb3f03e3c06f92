import { describe, expect, test } from 'vitest';
import { SECOND, type Wish } from '../session-fixture';
import { atWork, GRACE } from './fixtures';

describe('the call log', () => {
  test('tells of a call from its ring to its end', () => {
    const desk = atWork();
    const { wall } = desk.now;
    desk.polls(GRACE);
    expect(desk.log.get('G')).toMatchObject({ outcome: { kind: 'active' }, endedAt: undefined });
    desk.passes(10 * SECOND);
    desk.polls({ ...GRACE, ringing: false, connected: true, answeredBy: 'Ada Lovelace' });
    desk.passes(60 * SECOND);
    desk.polls({ ...GRACE, ringing: false, held: true, answeredBy: 'Ada Lovelace' });
    desk.passes(30 * SECOND);
    desk.polls({ ...GRACE, ringing: false, connected: true, answeredBy: 'Ada Lovelace' });
    desk.passes(5 * SECOND);
    desk.polls();
    expect(desk.log.get('G')).toMatchObject({
      outcome: { kind: 'answered', by: 'Ada Lovelace', isOwn: true },
      startedAt: wall,
      answeredAt: wall + 10 * SECOND,
      endedAt: wall + 105 * SECOND,
      ringMs: 10 * SECOND,
      talkMs: 65 * SECOND,
      holdMs: 30 * SECOND,
      isSeen: true,
      segments: [
        { phase: 'ringing', from: wall },
        { phase: 'connected', from: wall + 10 * SECOND },
        { phase: 'held', from: wall + 70 * SECOND },
        { phase: 'connected', from: wall + 100 * SECOND },
      ],
    });
  });

  test('takes the times of the server where it gives them', () => {
    const desk = atWork();
    const { wall } = desk.now;
    const dateCreated = new Date(wall - 60 * SECOND).toISOString();
    const dateCompleted = new Date(wall - SECOND).toISOString();
    desk.polls({ id: 'G', ended: true, wire: { dateCreated, dateCompleted } });
    expect(desk.log.get('G')).toMatchObject({
      startedAt: wall - 60 * SECOND,
      endedAt: wall - SECOND,
    });
  });

  test('does not believe that a call began in the future', () => {
    const desk = atWork();
    const { wall } = desk.now;
    desk.polls({ ...GRACE, wire: { dateCreated: '2999-01-01T00:00:00Z' } });
    expect(desk.log.get('G')?.startedAt).toBe(wall);
  });

  test.each<[string, Wish, string]>([
    ['a call that was made', { id: 'X', outgoing: true, connected: true }, 'outgoing'],
    ['a caller who gave up in the queue', { id: 'X', queued: true }, 'abandoned'],
    ['a chat that is over', { id: 'X', wire: { channel: 'Chat' } }, 'ended'],
    ['a call that was found connected', { id: 'X', connected: true }, 'answered'],
  ])('knows how %s ended', (_, call, outcome) => {
    const desk = atWork();
    desk.polls(call);
    desk.polls();
    expect(desk.log.get('X')?.outcome.kind).toBe(outcome);
  });

  test('is written to only when something about a call changed', () => {
    const desk = atWork();
    desk.polls(GRACE);
    expect(desk.polls(GRACE)).toEqual([]);
    expect(desk.polls({ ...GRACE, wire: { consoleData: 'news' } })).toEqual([]);
  });

  test('holds a bounded history of a call that never comes to rest', () => {
    const desk = atWork();
    for (let turn = 0; turn < 200; turn += 1) {
      desk.polls({ id: 'G', connected: turn % 2 === 0, held: turn % 2 === 1 });
    }
    expect(desk.log.get('G')?.segments).toHaveLength(100);
  });
});
