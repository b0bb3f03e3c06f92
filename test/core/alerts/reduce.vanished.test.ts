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

  test('is looked up once if the answer is final', () => {
    const desk = vanished();
    expect(desk.asks).toEqual(['G']);
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, ended: true })]);
    desk.pollsOn();
    expect(desk.asks).toEqual([]);
  });

  test.each<[string, Wish]>([
    ['rings elsewhere', GRACE],
    ['rings elsewhere and is flagged as missed', { ...GRACE, missed: true }],
    ['waits in a queue', { ...GRACE, ringing: false, queued: true }],
    ['is passive', { ...GRACE, ringing: false, wire: { callState: 'Passive' } }],
    ['is in a state of its own', { ...GRACE, ringing: false, wire: { callState: 'Levitating' } }],
    ['is between two states', { ...GRACE, ringing: false }],
  ])('is not missed as long as it %s', (_, goesOn) => {
    const desk = vanished();
    for (let seconds = 0; seconds < 110; seconds += 1) {
      if (desk.asks.length > 0) desk.looksUp([onTheWire(goesOn)]);
      desk.passes(SECOND);
      desk.polls();
    }
    expect(desk.raised).toHaveLength(1);
    desk.passes(30 * SECOND);
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, ended: true, answeredBy: 'Dorothy' })]);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Dorothy', isOwn: false });
  });

  test('and goes on for over two minutes is missed by inference', () => {
    const desk = vanished();
    desk.looksUpToTheEnd([onTheWire(GRACE)]);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
    expect(desk.log.get('G')?.outcome).toMatchObject({ kind: 'missed', isInferred: true });
  });

  test('is looked up again after growing pauses', () => {
    const desk = vanished();
    const seconds: number[] = [];
    for (let second = 0; second < 120; second += 1) {
      if (desk.asks.length > 0) {
        seconds.push(second);
        desk.looksUp([onTheWire(GRACE)]);
      }
      desk.passes(SECOND);
    }
    expect(seconds).toEqual([0, 1, 3, 7, 15, 30, 60, 90]);
  });

  test('and is back after one response is the same ring', () => {
    const desk = vanished();
    desk.looksUp([]);
    desk.passes(2 * SECOND);
    desk.polls(GRACE);
    desk.passes(2 * SECOND);
    desk.polls({ ...GRACE, ringing: false, connected: true });
    expect(desk.raised.map(({ kind }) => kind)).toEqual(['ringing']);
  });

  test.each<['refused' | 'failed' | readonly Wish[], number]>([
    ['refused', 12],
    ['failed', 90],
    [[], 25],
  ])('and is back is not missed although the lookup said %j, even %i s later', (found, seconds) => {
    const desk = vanished();
    for (let second = 0; second < seconds; second += 1) {
      desk.passes(SECOND);
      desk.polls();
      if (desk.asks.length > 0) {
        desk.looksUp(typeof found === 'string' ? found : found.map(onTheWire));
      }
    }
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, connected: true });
    expect(desk.raised.filter(({ kind }) => kind !== 'ringing')).toEqual([]);
    expect(desk.log.get('G')?.outcome.kind).toBe('answered');
  });

  test('is looked up by the next run where this one ended', () => {
    const desk = vanished();
    desk.looksUp([onTheWire(GRACE)]);
    desk.restarts();
    desk.polls();
    expect(desk.asks).toEqual(['G']);
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, ended: true, missed: true })]);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
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

  test('and is said to be missed and connected now is not missed', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, connected: true, missed: true })]);
    expect(desk.log.get('G')?.outcome.kind).toBe('answered');
    expect(desk.raised).toHaveLength(1);
  });

  test.each<[string, Wish]>([
    ['is over', { ...GRACE, ringing: false, ended: true, missed: true }],
    ['is over, with a state left over', { ...GRACE, connected: true, ended: true, missed: true }],
    ['is in no state', { ...GRACE, ringing: false, missed: true }],
  ])('and is said to be missed and %s is missed, and nothing is inferred', (_, missed) => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...missed, ringing: false })]);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
    expect(desk.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: false,
    });
  });

  test.each<[string, readonly Wish[] | 'refused' | 'failed']>([
    ['the server refuses', 'refused'],
    ['the server fails', 'failed'],
    ['the server does not know it', []],
    ['the server tells of others only', [{ ...MARGARET, answeredBy: 'Dorothy' }]],
    ['the server says neither', [{ ...GRACE, ringing: false, ended: true }]],
  ])('is missed by inference when %s', (_, found) => {
    const desk = vanished();
    desk.looksUpToTheEnd(typeof found === 'string' ? found : found.map(onTheWire));
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
    desk.looksUpToTheEnd('refused');
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
    desk.looksUp('refused', asks);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'active' });
  });

  test('after somebody had answered it is not missed, even if the server says so', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, connected: true });
    desk.polls(GRACE);
    desk.polls();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, ended: true, missed: true })]);
    expect(desk.log.get('G')?.outcome.kind).toBe('answered');
    expect(shown(desk)).toEqual([]);
  });

  test('is one of several that are looked up together', () => {
    const desk = atWork();
    desk.polls(GRACE, MARGARET);
    desk.polls();
    expect(desk.asks).toEqual(['G', 'M']);
    desk.looksUpToTheEnd([onTheWire({ id: 'M', answeredBy: 'Dorothy' })]);
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
