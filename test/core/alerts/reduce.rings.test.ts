import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type Wish } from '../session-fixture';
import { atWork, GRACE, MARGARET, rings, shown } from './fixtures';
import { Desk } from './harness';

describe('a ring', () => {
  test('raises one notification that says who calls, for whom, and where', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, customer: 'Bright Dental', endpoint: 'Front desk' });
    expect(desk.raised).toMatchObject([
      {
        kind: 'ringing',
        summary: {
          id: 'G',
          party: { name: 'Grace Hopper', number: '+12025550147' },
          customer: 'Bright Dental',
          customerPath: ['Bright Dental'],
          endpoint: 'Front desk',
        },
      },
    ]);
  });

  test('raises nothing more while it goes on', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.pollsOn(GRACE);
    expect(desk.raised).toHaveLength(1);
  });

  test('that was going on before the first poll alerts too', () => {
    const desk = new Desk();
    desk.polls(GRACE);
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
  });

  test('of a queue alerts', () => {
    const desk = atWork();
    desk.polls({ id: 'Q', wire: { callState: 'Passive', queueState: 'Ringing' } });
    expect(shown(desk)).toEqual(['Q rings']);
  });

  test('of a call that does not say its direction alerts', () => {
    const desk = atWork();
    desk.polls({ id: 'X', ringing: true, wire: { direction: undefined } });
    expect(shown(desk)).toEqual(['X rings']);
  });

  test('of an outgoing call never alerts', () => {
    const desk = atWork();
    desk.polls({ id: 'X', dialing: true });
    desk.polls({ id: 'X', outgoing: true, wire: { queueState: 'Ringing' } });
    expect(desk.raised).toEqual([]);
  });

  test.each<[string, Wish]>([
    ['is answered', { ...GRACE, ringing: false, connected: true }],
    ['is put on hold', { ...GRACE, ringing: false, held: true }],
    ['goes back to the queue', { ...GRACE, ringing: false, queued: true }],
    ['ends', { ...GRACE, ringing: false, ended: true }],
    ['turns out to be outgoing', { ...GRACE, ringing: false, dialing: true }],
    ['goes into a state nobody knows', { ...GRACE, ringing: false, wire: { callState: 'Moon' } }],
  ])('that %s takes its notification with it', (_, then) => {
    const desk = atWork();
    desk.polls(GRACE);
    const effects = desk.polls(then);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'withdraw' }));
    expect(desk.shows).toEqual([]);
  });

  test('that vanishes takes its notification with it, before anything is looked up', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls();
    expect(desk.shows).toEqual([]);
    expect(desk.asks).toEqual(['G']);
  });

  test('is updated in place when the name of the caller becomes known', () => {
    const desk = atWork();
    desk.polls({ id: 'G', ringing: true, number: '+12025550147' });
    const effects = desk.polls(GRACE);
    expect(effects.filter(({ kind }) => kind !== 'log')).toMatchObject([
      { kind: 'update', alert: { summary: { party: { name: 'Grace Hopper' } } } },
    ]);
    expect(desk.screen.size).toBe(1);
  });

  test('that leaves and returns within ten seconds is the same ring', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.passes(2 * SECOND);
    desk.polls({ ...GRACE, ringing: false, queued: true });
    desk.passes(10 * SECOND);
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(1);
  });

  test('that vanishes and returns within ten seconds is the same ring', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls();
    desk.passes(10 * SECOND);
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(1);
    expect(desk.asks).toEqual([]);
  });

  test('that returns after more than ten seconds is another one', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, queued: true });
    desk.passes(10 * SECOND + 1);
    desk.polls(GRACE);
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
    expect(desk.raised).toHaveLength(2);
  });

  test('is the same one whatever the clock on the wall is set to in between', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, queued: true });
    desk.setsClock(60 * MINUTE);
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, queued: true });
    desk.setsClock(-120 * MINUTE);
    desk.passes(11 * SECOND);
    desk.polls(GRACE);
    expect(desk.raised.filter(({ kind }) => kind === 'ringing')).toHaveLength(2);
  });

  test('is not raised again by a restart, and not by a second one', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.restarts();
    desk.polls(GRACE);
    desk.restarts();
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(1);
  });

  test('that began while Ringside was not running is raised by the next run', () => {
    const desk = atWork();
    desk.restarts();
    desk.polls(GRACE);
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
  });

  test('is told anew after a restart when the clock was set back while nobody looked', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, queued: true });
    desk.restarts(-60 * MINUTE);
    desk.polls({ ...GRACE, ringing: false, queued: true });
    desk.passes(11 * SECOND);
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(2);
  });
});

describe('more than three rings at once', () => {
  test('are three notifications as long as they are three', () => {
    const desk = atWork();
    desk.polls(...rings(3));
    expect(shown(desk)).toEqual(['R-0 rings', 'R-1 rings', 'R-2 rings']);
  });

  test('become one notification that counts them', () => {
    const desk = atWork();
    desk.polls(...rings(3));
    desk.polls(...rings(4));
    expect(shown(desk)).toEqual(['4 ring']);
  });

  test('are counted together from the start, twelve of them', () => {
    const desk = atWork();
    desk.polls(...rings(12));
    expect(shown(desk)).toEqual(['12 ring']);
    expect(desk.raised).toHaveLength(1);
  });

  test('are counted down in place as they are answered, the last one by name', () => {
    const desk = atWork();
    desk.polls(GRACE, ...rings(4));
    desk.polls(GRACE, ...rings(2));
    expect(shown(desk)).toEqual(['3 ring']);
    desk.polls(GRACE);
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
    expect(desk.raised).toHaveLength(1);
    desk.polls({ ...GRACE, ringing: false, connected: true });
    expect(desk.shows).toEqual([]);
  });

  test('a new one beside the few that are left has a notification of its own', () => {
    const desk = atWork();
    desk.polls(...rings(4));
    desk.polls(...rings(2));
    desk.polls(...rings(2), MARGARET);
    expect(shown(desk)).toEqual(['2 ring', 'Margaret Hamilton rings']);
  });

  test('those that are muted do not count', () => {
    const desk = atWork();
    desk.setsRules({ muted: { channels: ['Chat'], customers: [], endpoints: [] } });
    desk.polls(...rings(3), { id: 'C', ringing: true, wire: { channel: 'Chat' } });
    expect(desk.screen.size).toBe(3);
  });
});
