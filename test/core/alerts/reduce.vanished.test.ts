import { describe, expect, test } from 'vitest';
import { onTheWire, SECOND, type Wish } from '../session-fixture';
import { atWork, GRACE, MARGARET, shown } from './fixtures';
import type { Desk } from './harness';

describe('a call that vanishes while it rings', () => {
  function vanished(): Desk {
    const desk = atWork();
    desk.polls(GRACE);
    desk.passes(8 * SECOND);
    desk.polls();
    return desk;
  }

  test('is looked up once', () => {
    const desk = vanished();
    expect(desk.asks).toEqual(['G']);
    desk.looksUp([]);
    desk.pollsOn();
    expect(desk.asks).toEqual([]);
  });

  test('and was answered by a colleague raises nothing, and the log says by whom', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, ended: true, answeredBy: 'Dorothy' })]);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Dorothy', isOwn: false });
  });

  test('and was answered by me is mine in the log, whatever the case of the name', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ id: 'G', answeredBy: 'ada lovelace' })]);
    expect(desk.log.get('G')?.outcome).toMatchObject({ kind: 'answered', isOwn: true });
  });

  test('and is connected now was not missed', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, connected: true, ended: true })]);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'answered', by: undefined, isOwn: false });
  });

  test('and is said to be missed is missed, and nothing is inferred', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, connected: true, missed: true })]);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
    expect(desk.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: false,
    });
  });

  test.each<[string, readonly Wish[] | null]>([
    ['the server will not say', null],
    ['the server does not know it', []],
    ['the server tells of others only', [{ ...MARGARET, answeredBy: 'Dorothy' }]],
    ['the server says neither', [{ ...GRACE, ringing: false, ended: true }]],
  ])('is missed by inference when %s', (_, found) => {
    const desk = vanished();
    desk.looksUp(found && found.map(onTheWire));
    expect(desk.shows).toMatchObject([
      {
        kind: 'missed',
        missedCall: { summary: { id: 'G' }, ringMs: 8 * SECOND, isInferred: true },
      },
    ]);
    expect(desk.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: true,
      wasAway: false,
    });
  });

  test('and turns out to be outgoing is not missed', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ id: 'G', outgoing: true, missed: true })]);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('is still to be looked up after a restart that lost the answer', () => {
    const desk = vanished();
    desk.restarts();
    desk.polls();
    expect(desk.asks).toEqual(['G']);
    desk.looksUp(null);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test('while Ringside was not running is looked up by the next run', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.restarts();
    desk.polls();
    expect(desk.asks).toEqual(['G']);
  });

  test('but returns before the answer is not missed by an answer that is too late', () => {
    const desk = vanished();
    const { asks } = desk;
    desk.polls(GRACE);
    desk.looksUp(null, asks);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'active' });
  });

  test('after somebody had answered it is not missed unless the server says so', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, connected: true });
    desk.polls(GRACE);
    desk.polls();
    desk.looksUp(null);
    expect(desk.log.get('G')?.outcome.kind).toBe('answered');
    expect(shown(desk)).toEqual([]);
  });

  test('is one of several that are looked up together', () => {
    const desk = atWork();
    desk.polls(GRACE, MARGARET);
    desk.polls();
    expect(desk.asks).toEqual(['G', 'M']);
    desk.looksUp([onTheWire({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test.each<[string, Wish]>([
    ['was answered', { ...GRACE, ringing: false, connected: true }],
    ['waited in a queue', { ...GRACE, ringing: false, queued: true }],
    ['was outgoing', { ...GRACE, ringing: false, dialing: true }],
  ])('is not looked up if it %s when it was last seen', (_, last) => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls(last);
    desk.polls();
    expect(desk.asks).toEqual([]);
    expect(desk.raised).toHaveLength(1);
  });
});
