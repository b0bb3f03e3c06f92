import { describe, expect, test } from 'vitest';
import { MINUTE, onTheWire, SECOND, type Wish } from '../session-fixture';
import { atWork, GRACE, MARGARET, shown } from './fixtures';
import type { Desk } from './harness';

describe('after a gap of over a minute', () => {
  const missed = (id: string): Wish => ({ id, ended: true, missed: true });

  test.each<[string, (desk: Desk) => void]>([
    [
      'a sleep',
      (desk) => {
        desk.sleeps(60 * MINUTE);
      },
    ],
    [
      'an outage',
      (desk) => {
        desk.fails();
        desk.passes(5 * MINUTE);
        desk.fails();
      },
    ],
    [
      'a quit',
      (desk) => {
        desk.restarts(60 * MINUTE);
      },
    ],
  ])('misses found after %s come as one digest', (_, goes) => {
    const desk = atWork();
    desk.polls();
    goes(desk);
    desk.polls(missed('A'), missed('B'), missed('C'));
    expect(shown(desk)).toEqual(['3 missed, away']);
    expect(desk.log.get('A')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: true,
    });
  });

  test('a digest goes on without the calls that somebody takes after all', () => {
    const desk = atWork();
    desk.sleeps(60 * MINUTE);
    desk.polls(missed('A'), missed('B'), missed('C'));
    const taken = (id: string): Wish => ({ id, connected: true, missed: true });
    desk.polls(taken('A'), missed('B'), missed('C'));
    expect(shown(desk)).toEqual(['2 missed, away']);
    desk.polls(taken('A'), missed('B'), taken('C'));
    expect(shown(desk)).toEqual(['B missed']);
    desk.polls(taken('A'), taken('B'), taken('C'));
    expect(shown(desk)).toEqual([]);
    expect(desk.raised).toHaveLength(1);
  });

  test('a call that comes back is followed anew, without the answer it once had', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, connected: true });
    desk.polls();
    desk.passes(5 * MINUTE);
    desk.polls(GRACE);
    desk.passes(2 * SECOND);
    desk.polls();
    desk.looksUpToTheEnd('refused');
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test('of a minute exactly they come one by one', () => {
    const desk = atWork();
    desk.polls();
    desk.passes(MINUTE);
    desk.polls(missed('A'), missed('B'));
    expect(shown(desk)).toEqual(['A missed', 'B missed']);
  });

  test('a single miss is told by itself, as one from while nobody looked', () => {
    const desk = atWork();
    desk.polls();
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'));
    expect(desk.shows).toMatchObject([{ kind: 'missed', missedCall: { foundDuring: 'away' } }]);
  });

  test('the digest waits for the look-ups that belong to it', () => {
    const desk = atWork();
    desk.polls(GRACE, MARGARET);
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'));
    expect(desk.shows).toEqual([]);
    desk.looksUp([onTheWire({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(desk.shows).toMatchObject([
      { kind: 'missed-digest', missedCalls: [{ summary: { id: 'A' } }, { summary: { id: 'G' } }] },
    ]);
  });

  test('a miss after it does not wait for them', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'));
    desk.passes(2 * SECOND);
    desk.polls(missed('A'), missed('B'));
    expect(shown(desk)).toEqual(['B missed']);
    desk.looksUpToTheEnd('refused');
    expect(shown(desk)).toEqual(['B missed', '2 missed, away']);
  });

  test('the digest survives a kill while it waits', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'));
    desk.restarts();
    desk.polls(missed('A'));
    desk.looksUpToTheEnd('refused');
    expect(shown(desk)).toEqual(['2 missed, away']);
  });

  test('a digest goes from the screen once each of its calls was looked at', () => {
    const desk = atWork();
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'), missed('B'));
    desk.looks('A');
    expect(desk.screen.size).toBe(1);
    desk.looks('A', 'B');
    expect(desk.shows).toEqual([]);
  });

  test('two digests at the same moment of a clock that was set back are two', () => {
    const desk = atWork();
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'), missed('B'));
    desk.passes(10 * MINUTE);
    desk.setsClock(-10 * MINUTE);
    desk.polls(missed('C'), missed('D'));
    expect(shown(desk)).toEqual(['2 missed, away', '2 missed, away']);
  });

  test('nothing is raised from the picture before it', () => {
    const desk = atWork();
    desk.polls({ id: 'H', held: true });
    desk.sleeps(60 * MINUTE);
    desk.passes(3 * MINUTE);
    desk.waits(0);
    expect(desk.raised).toEqual([]);
  });

  test('a ring is told at once as ever', () => {
    const desk = atWork();
    desk.sleeps(60 * MINUTE);
    desk.polls(GRACE, missed('A'), missed('B'));
    expect(shown(desk)).toEqual(['Grace Hopper rings', '2 missed, away']);
  });
});
