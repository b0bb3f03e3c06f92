import { describe, expect, test } from 'vitest';
import { MINUTE, onTheWire, SECOND, type Wish } from '../build';
import { Desk } from './desk';

const GRACE: Wish = { id: 'G', ringing: true, from: 'Grace Hopper', number: '+12025550147' };
const MARGARET: Wish = { id: 'M', ringing: true, from: 'Margaret Hamilton' };

/** A desk at which somebody has been signed in for a while, with nothing going on. */
function atWork(): Desk {
  const desk = new Desk();
  desk.polls();
  desk.passes(2 * SECOND);
  return desk;
}

function rings(count: number): readonly Wish[] {
  return Array.from({ length: count }, (_, at) => ({ id: `R-${at}`, ringing: true }));
}

/** What the alerts on the screen are about, in short. */
function shown(desk: Desk): readonly string[] {
  return desk.shows.map((alert) => {
    switch (alert.kind) {
      case 'ringing':
        return `${alert.facts.party.name ?? alert.facts.id} rings`;
      case 'ringing-many':
        return `${alert.count} ring`;
      case 'missed':
        return `${alert.miss.facts.party.name ?? alert.miss.facts.id} missed`;
      case 'missed-many':
        return `${alert.misses.length} missed, ${alert.because}`;
      case 'held-long':
        return `${alert.facts.id} held`;
      case 'trouble':
        return alert.trouble;
    }
  });
}

describe('a ring', () => {
  test('raises one notification that says who calls, for whom, and where', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, customer: 'Bright Dental', endpoint: 'Front desk' });
    expect(desk.raised).toMatchObject([
      {
        kind: 'ringing',
        facts: {
          id: 'G',
          party: { name: 'Grace Hopper', number: '+12025550147' },
          place: { customer: 'Bright Dental', path: ['Bright Dental'], endpoint: 'Front desk' },
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
      { kind: 'update', alert: { facts: { party: { name: 'Grace Hopper' } } } },
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

describe('a missed call', () => {
  test('raises one notification when the server says that it was missed', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.passes(20 * SECOND);
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.shows).toMatchObject([
      {
        kind: 'missed',
        miss: { facts: { id: 'G' }, rang: 20 * SECOND, inferred: false, found: 'now' },
      },
    ]);
  });

  test('raises one even if Ringside never saw it ring', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test('says how long it has rung while it still does', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.passes(12 * SECOND);
    desk.polls({ ...GRACE, missed: true });
    expect(desk.raised).toContainEqual(
      expect.objectContaining({
        kind: 'missed',
        miss: expect.objectContaining({ rang: 12 * SECOND }) as unknown,
      }),
    );
  });

  test('is told once, however often the server changes its mind and whatever restarts', () => {
    const desk = atWork();
    const missed = { ...GRACE, ringing: false, ended: true, missed: true };
    desk.polls(missed);
    desk.polls({ ...missed, missed: false });
    desk.polls(missed);
    desk.polls();
    desk.pollsOn();
    desk.polls(missed);
    desk.restarts(60 * MINUTE);
    desk.polls(missed);
    desk.polls();
    desk.restarts(60 * MINUTE);
    desk.polls(GRACE);
    desk.polls();
    desk.looksUp(null);
    expect(desk.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(1);
  });

  test('stays missed in the log when it comes back without the flag', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.polls();
    desk.pollsOn();
    desk.polls({ ...GRACE, ringing: false, ended: true });
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'missed', inferred: false, away: false });
    expect(desk.log.get('G')?.seen).toBe(false);
  });

  test('is never an outgoing one', () => {
    const desk = atWork();
    desk.polls({ id: 'X', dialing: true });
    desk.polls({ id: 'X', outgoing: true, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('X')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('goes from the screen when the person has looked at it', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.looks('G');
    expect(desk.shows).toEqual([]);
  });

  test('sixty at once are sixty notifications; the oldest make room for the next', () => {
    const desk = atWork();
    const missed = rings(60).map((ring) => ({ ...ring, ringing: false, missed: true }));
    desk.polls(...missed);
    expect(desk.raised).toHaveLength(60);
    desk.polls(...missed, { id: 'last', missed: true });
    expect(desk.raised).toHaveLength(61);
    expect(desk.screen.size).toBeLessThanOrEqual(51);
    expect(shown(desk)).toContain('last missed');
  });

  test('whose ring is answered afterwards is answered in the log', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, missed: true });
    desk.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(desk.log.get('G')?.outcome.kind).toBe('answered');
    expect(desk.log.get('G')?.seen).toBe(true);
  });

  test('goes from the screen when somebody takes the call after all', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, missed: true });
    desk.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(desk.shows).toEqual([]);
  });

  test('is not told when do not disturb ends if somebody took the call meanwhile', () => {
    const desk = atWork();
    desk.setsRules({ silent: true });
    desk.polls({ ...GRACE, missed: true });
    desk.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    desk.setsRules({ silent: false });
    expect(desk.raised).toEqual([]);
    expect(desk.watch.waiting).toEqual([]);
  });
});

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
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Dorothy', byMe: false });
  });

  test('and was answered by me is mine in the log, whatever the case of the name', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ id: 'G', answeredBy: 'ada lovelace' })]);
    expect(desk.log.get('G')?.outcome).toMatchObject({ kind: 'answered', byMe: true });
  });

  test('and is connected now was not missed', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, connected: true, ended: true })]);
    expect(desk.raised).toHaveLength(1);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'answered', by: undefined, byMe: false });
  });

  test('and is said to be missed is missed, and nothing is inferred', () => {
    const desk = vanished();
    desk.looksUp([onTheWire({ ...GRACE, ringing: false, connected: true, missed: true })]);
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'missed', inferred: false, away: false });
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
      { kind: 'missed', miss: { facts: { id: 'G' }, rang: 8 * SECOND, inferred: true } },
    ]);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'missed', inferred: true, away: false });
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

describe('what was over before the first sign-in', () => {
  test('raises nothing, and is in the log as seen', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, seen: true });
  });

  test('raises nothing when the server flags it a moment later', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true });
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
  });

  test('raises nothing in the next run either', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.restarts();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
  });

  test('is not over if it rings again', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true });
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });
});

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
    expect(desk.log.get('A')?.outcome).toEqual({ kind: 'missed', inferred: false, away: true });
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
    desk.looksUp(null);
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
    expect(desk.shows).toMatchObject([{ kind: 'missed', miss: { found: 'away' } }]);
  });

  test('the digest waits for the look-ups that belong to it', () => {
    const desk = atWork();
    desk.polls(GRACE, MARGARET);
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'));
    expect(desk.shows).toEqual([]);
    desk.looksUp([onTheWire({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(desk.shows).toMatchObject([
      { kind: 'missed-many', misses: [{ facts: { id: 'A' } }, { facts: { id: 'G' } }] },
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
    desk.looksUp(null);
    expect(shown(desk)).toEqual(['B missed', '2 missed, away']);
  });

  test('the digest survives a kill while it waits', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.sleeps(10 * MINUTE);
    desk.polls(missed('A'));
    desk.restarts();
    desk.polls(missed('A'));
    desk.looksUp(null);
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

describe('a long hold', () => {
  const held: Wish = { id: 'H', held: true };

  test('alerts once when it has lasted two minutes', () => {
    const desk = atWork();
    desk.polls(held);
    desk.passes(59 * SECOND);
    desk.polls(held);
    desk.passes(60 * SECOND);
    desk.polls(held);
    expect(desk.raised).toEqual([]);
    desk.passes(SECOND);
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toMatchObject([{ kind: 'held-long', limit: 2 * MINUTE }]);
  });

  test('takes its notification with it when it ends, and the next hold has its own', () => {
    const desk = atWork();
    desk.setsRules({ holdLimit: 10 * SECOND });
    desk.polls(held);
    desk.pollsOn(held);
    desk.polls({ id: 'H', connected: true });
    expect(desk.shows).toEqual([]);
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toHaveLength(2);
  });

  test('takes its notification with it when the call vanishes', () => {
    const desk = atWork();
    desk.setsRules({ holdLimit: 10 * SECOND });
    desk.polls(held);
    desk.pollsOn(held);
    desk.polls();
    expect(desk.shows).toEqual([]);
  });

  test('of a call that was made alerts too', () => {
    const desk = atWork();
    desk.setsRules({ holdLimit: 10 * SECOND });
    desk.polls({ ...held, outgoing: true });
    desk.pollsOn({ ...held, outgoing: true });
    expect(shown(desk)).toEqual(['H held']);
  });

  test('never alerts when that is off', () => {
    const desk = atWork();
    desk.setsRules({ holdLimit: null });
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toEqual([]);
  });

  test('is not told again after a restart', () => {
    const desk = atWork();
    desk.setsRules({ holdLimit: 10 * SECOND });
    desk.polls(held);
    desk.pollsOn(held);
    desk.restarts();
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toHaveLength(1);
  });
});

describe('trouble', () => {
  test('is no connection for a minute, told once', () => {
    const desk = atWork();
    desk.fails();
    desk.passes(59 * SECOND);
    desk.fails();
    expect(desk.raised).toEqual([]);
    desk.passes(SECOND);
    desk.fails();
    desk.passes(60 * MINUTE);
    desk.fails();
    expect(desk.raised).toMatchObject([{ kind: 'trouble', trouble: 'offline' }]);
  });

  test.each(['sign-in', 'forbidden'] as const)('is %s at once', (trouble) => {
    const desk = atWork();
    desk.fails(trouble);
    expect(shown(desk)).toEqual([trouble]);
  });

  test('goes with the first answer', () => {
    const desk = atWork();
    desk.fails('sign-in');
    desk.polls();
    expect(desk.shows).toEqual([]);
  });

  test('that comes back after an answer is told again', () => {
    const desk = atWork();
    desk.fails('sign-in');
    desk.polls();
    desk.fails('sign-in');
    expect(desk.raised).toHaveLength(2);
  });

  test('that wavers between two kinds is told once of each', () => {
    const desk = atWork();
    for (let turn = 0; turn < 5; turn += 1) {
      desk.fails('sign-in');
      desk.fails('offline');
      desk.passes(MINUTE);
      desk.fails('offline');
    }
    expect(desk.raised).toMatchObject([{ trouble: 'sign-in' }, { trouble: 'offline' }]);
  });

  test('of another kind takes the place of the first', () => {
    const desk = atWork();
    desk.fails('offline');
    desk.passes(MINUTE);
    desk.fails('offline');
    desk.fails('sign-in');
    expect(shown(desk)).toEqual(['sign-in']);
  });

  test('is not told when that is off', () => {
    const desk = atWork();
    desk.setsRules({ trouble: false });
    desk.fails('sign-in');
    expect(desk.raised).toEqual([]);
  });

  test('leaves rings up for a minute, then takes down what may no longer ring', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.fails();
    desk.passes(59 * SECOND);
    desk.fails();
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
    desk.passes(SECOND);
    desk.fails();
    expect(shown(desk)).toEqual(['offline']);
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(2);
  });
});

describe('do not disturb', () => {
  test('silences rings; one that is still ringing when it ends is told then', () => {
    const desk = atWork();
    desk.setsRules({ silent: true });
    desk.polls(GRACE);
    expect(desk.raised).toEqual([]);
    desk.setsRules({ silent: false });
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
  });

  test('takes down what rings and does not put it up again', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.setsRules({ silent: true });
    expect(desk.shows).toEqual([]);
    desk.setsRules({ silent: false });
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(1);
  });

  test('still logs misses, and reports them together when it ends', () => {
    const desk = atWork();
    desk.setsRules({ silent: true });
    desk.polls(GRACE, MARGARET);
    desk.polls();
    desk.looksUp(null);
    expect(desk.shows).toEqual([]);
    expect(desk.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, seen: false });
    desk.setsRules({ silent: false });
    expect(shown(desk)).toEqual(['2 missed, silence']);
  });

  test('reports a single miss by itself', () => {
    const desk = atWork();
    desk.setsRules({ silent: true });
    desk.polls({ ...GRACE, missed: true, ringing: false });
    desk.setsRules({ silent: false });
    expect(desk.shows).toMatchObject([{ kind: 'missed', miss: { found: 'silence' } }]);
  });

  test('that outlives the run reports in the next one', () => {
    const desk = atWork();
    desk.setsRules({ silent: true });
    desk.polls({ id: 'A', missed: true }, { id: 'B', missed: true });
    desk.restarts(60 * MINUTE);
    desk.polls();
    expect(desk.shows).toEqual([]);
    desk.setsRules({ silent: false });
    expect(shown(desk)).toEqual(['2 missed, silence']);
  });

  test('reports an inferred miss as certain when the server has confirmed it meanwhile', () => {
    const desk = atWork();
    desk.setsRules({ silent: true });
    desk.polls(GRACE);
    desk.polls();
    desk.looksUp(null);
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.setsRules({ silent: false });
    expect(desk.shows).toMatchObject([{ kind: 'missed', miss: { inferred: false } }]);
  });

  test('silences holds and trouble', () => {
    const desk = atWork();
    desk.setsRules({ silent: true, holdLimit: 0 });
    desk.polls({ id: 'H', held: true });
    desk.fails('sign-in');
    expect(desk.raised).toEqual([]);
  });
});

describe('the rules that the person sets', () => {
  const muted = { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Back office'] };

  test.each<[string, Wish]>([
    ['channel', { id: 'X', ringing: true, wire: { channel: 'Chat' } }],
    ['customer', { id: 'X', ringing: true, customer: 'Bright Dental' }],
    ['endpoint', { id: 'X', ringing: true, endpoint: 'Back office' }],
    [
      'customer above',
      {
        id: 'X',
        ringing: true,
        customer: 'Reception',
        wire: { customerBreadcrumb: [{ id: 'C', name: 'Bright Dental' }] },
      },
    ],
  ])('mute a %s: neither ring nor miss alerts, and both are logged', (_, call) => {
    const desk = atWork();
    desk.setsRules({ muted });
    desk.polls(call);
    desk.polls({ ...call, ringing: false, missed: true });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('X')?.outcome.kind).toBe('missed');
  });

  test('turn rings off and misses not', () => {
    const desk = atWork();
    desk.setsRules({ ringing: false });
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, missed: true });
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test('turn misses off and rings not', () => {
    const desk = atWork();
    desk.setsRules({ missed: false });
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, missed: true });
    expect(desk.raised).toMatchObject([{ kind: 'ringing' }]);
    desk.setsRules({ missed: true });
    expect(desk.raised).toHaveLength(1);
  });

  test('tell of a ring that goes on when rings are turned on again', () => {
    const desk = atWork();
    desk.setsRules({ ringing: false });
    desk.polls(GRACE);
    desk.setsRules({ ringing: true });
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
  });
});

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
      outcome: { kind: 'answered', by: 'Ada Lovelace', byMe: true },
      startedAt: wall,
      answeredAt: wall + 10 * SECOND,
      endedAt: wall + 105 * SECOND,
      rang: 10 * SECOND,
      talked: 65 * SECOND,
      held: 30 * SECOND,
      seen: true,
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
