import { describe, expect, test } from 'vitest';
import { MOST_LINES } from '../../src/demo/scenario';
import type { WireMember, WireSession } from '../../src/demo/wire';
import { breaches } from './contract';
import { playOf, watch, type Sighting } from './sightings';

const DAY = watch(1, 8 * 3600);
const sightings = [...DAY.sessions.values()];

const rings = ({ callState, queueState, direction }: WireSession): boolean =>
  direction === 'Incoming' && (callState === 'Ringing' || queueState === 'Ringing');
const members = ({ members: all = [] }: WireSession): readonly WireMember[] => all;
const first = ({ seen }: Sighting): WireSession | undefined => seen[0]?.session;
const last = ({ seen }: Sighting): WireSession | undefined => seen.at(-1)?.session;
const ever = ({ seen }: Sighting, what: (session: WireSession) => boolean): boolean =>
  seen.some(({ session }) => what(session));

/** True if the session was so first, and so later. */
function then(
  { seen }: Sighting,
  before: (session: WireSession) => boolean,
  after: (session: WireSession) => boolean,
): boolean {
  const start = seen.findIndex(({ session }) => before(session));
  return start >= 0 && seen.slice(start).some(({ session }) => after(session));
}

/** How many seconds the session was in a state, all in all. */
function secondsIn({ seen }: Sighting, what: (session: WireSession) => boolean): number {
  return seen.filter(({ session }) => what(session)).length;
}

const isHeld = ({ callState }: WireSession): boolean => callState === 'Hold';
const isTalking = ({ callState, ended }: WireSession): boolean =>
  callState === 'Connected' && ended !== true;
const isQueued = ({ queueState }: WireSession): boolean => queueState === 'Queued';
const answeredBy =
  (name: string) =>
  (session: WireSession): boolean =>
    session.answeredByName === name && isTalking(session);
const isAnsweredElsewhere = ({ answeredByName = 'Jamie Ives' }: WireSession): boolean =>
  answeredByName !== 'Jamie Ives';

const CASES: Readonly<Record<string, (sighting: Sighting) => boolean>> = {
  'a call that rings and that I answer': (sighting) =>
    then(sighting, rings, answeredBy('Jamie Ives')),
  'a call that rings and that a colleague answers': (sighting) =>
    then(sighting, rings, (session) => isTalking(session) && isAnsweredElsewhere(session)),
  'a call that vanishes because a colleague took it': (sighting) => {
    const { after } = sighting;
    const ringing = last(sighting);
    return (
      ringing !== undefined &&
      rings(ringing) &&
      after !== undefined &&
      isAnsweredElsewhere(after) &&
      after.wasMissed === false
    );
  },
  'a call flagged as missed while listed': (sighting) =>
    then(sighting, rings, ({ wasMissed, ended }) => wasMissed === true && ended === true),
  'a call that vanishes and was missed': (sighting) => {
    const ringing = last(sighting);
    return ringing !== undefined && rings(ringing) && sighting.after?.wasMissed === true;
  },
  'a short hold': (sighting) => {
    const seconds = secondsIn(sighting, isHeld);
    return seconds > 5 && seconds < 60 && then(sighting, isHeld, isTalking);
  },
  'a hold of more than two minutes': (sighting) => secondsIn(sighting, isHeld) > 120,
  'a transfer that a colleague takes': (sighting) =>
    then(
      sighting,
      (session) =>
        session.holdReason === 'Transferring' &&
        members(session).some(
          ({ role, callState }) => role === 'Transfer' && callState === 'Ringing',
        ),
      (session) => isTalking(session) && isAnsweredElsewhere(session),
    ),
  'a transfer that is taken back': (sighting) =>
    then(
      sighting,
      ({ holdReason }) => holdReason === 'Transferring',
      (session) => answeredBy('Jamie Ives')(session) && session.holdReason === 'None',
    ),
  'a call out of a queue': (sighting) =>
    then(sighting, isQueued, (session) => session.queueState === 'Ringing') &&
    then(sighting, rings, ({ queueState }) => queueState === 'Connected'),
  'a call that bounces and rings again within ten seconds': ({ seen }) => {
    const ringing = seen.filter(({ session }) => rings(session)).map(({ second }) => second);
    return ringing.some((second, index) => {
      const pause = second - (ringing[index - 1] ?? second);
      return pause > 1 && pause <= 10;
    });
  },
  'a call abandoned in the queue, still listed': (sighting) =>
    then(sighting, isQueued, ({ outcome, ended }) => outcome === 'Abandoned' && ended === true),
  'a call abandoned in the queue, gone': (sighting) => {
    const waiting = last(sighting);
    return waiting !== undefined && isQueued(waiting) && sighting.after?.outcome === 'Abandoned';
  },
  'a caller whose name arrives two seconds into the ring': ({ seen }) => {
    const named = seen.findIndex(({ session }) => session.fromName !== undefined);
    const before = seen.slice(0, named);
    const session = seen[named]?.session;
    return before.length === 2 && session !== undefined && rings(session);
  },
  'an outgoing call that is picked up': (sighting) =>
    then(
      sighting,
      ({ callState, direction }) => direction === 'Outgoing' && callState === 'Ringing',
      isTalking,
    ),
  'an outgoing call that nobody picks up': (sighting) =>
    first(sighting)?.direction === 'Outgoing' && sighting.after?.outcome === 'No answer',
  'a chat that rings': (sighting) =>
    then(sighting, (session) => session.channel === 'Chat' && rings(session), isTalking),
  'a chat that lies open': (sighting) =>
    first(sighting)?.channel === 'Chat' && first(sighting)?.callState === 'Disconnected',
  'a fax': (sighting) => sighting.after?.channel === 'Fax' && sighting.after.outcome === 'Received',
  'a conference, some of it muted, nobody with a picture': (sighting) =>
    ever(sighting, (session) => {
      const all = members(session);
      const agents = all.filter(({ role }) => role === 'Agent');
      return (
        all.length >= 5 &&
        all.some(({ role }) => role === 'None') &&
        agents.some(({ muted }) => muted === true) &&
        agents.some(({ muted }) => muted === false) &&
        all.every(({ avatarUrl }) => avatarUrl === undefined)
      );
    }),
  'members who come and go': ({ seen }) => {
    const counts = seen.map(({ session }) => members(session).length);
    const most = counts.indexOf(Math.max(...counts));
    return most > 0 && counts.slice(most).some((count) => count < (counts[most] ?? 0));
  },
  'a passive call': (sighting) => ever(sighting, ({ callState }) => callState === 'Passive'),
  'a state nobody has heard of': (sighting) =>
    ever(sighting, ({ callState }) => callState === 'Whispering'),
  'a name written from right to left': (sighting) =>
    ever(sighting, ({ fromName = '' }) => /\p{Script=Arabic}/u.test(fromName)),
  'a very long name': (sighting) => ever(sighting, ({ fromName = '' }) => fromName.length > 150),
  'a caller without a name': ({ seen }) =>
    seen.every(
      ({ session }) => session.fromName === undefined && /^\+/.test(session.fromAddress ?? ''),
    ),
  'a caller without name and number': (sighting) =>
    ever(
      sighting,
      ({ displayName, fromAddress }) => displayName === undefined && fromAddress === 'anonymous',
    ),
  'a call that ends and stays listed': (sighting) =>
    then(sighting, isTalking, ({ ended, wasMissed }) => ended === true && wasMissed === false),
  'a call that ends and is gone': (sighting) => {
    const talking = last(sighting);
    return talking !== undefined && isTalking(talking) && sighting.after?.outcome === 'Completed';
  },
  'a log that grows': ({ seen }) => (seen.at(-1)?.session.log?.length ?? 0) > 6,
  'a path of two groups and a customer': (sighting) =>
    first(sighting)?.customerBreadcrumb?.length === 3,
  'a date that means none': (sighting) =>
    first(sighting)?.dateCompleted?.startsWith('0001-') === true,
};

describe('a working day', () => {
  test.each(Object.entries(CASES))('has %s', (_name, occurs) => {
    expect(sightings.filter(occurs).length).toBeGreaterThan(0);
  });

  test('has more than three phones ringing at once, now and then', () => {
    const busy = DAY.lists.filter((list) => list.filter(rings).length > 3);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.length).toBeLessThan(DAY.lists.length / 10);
  });

  test('is never too much for one screen', () => {
    expect(Math.max(...DAY.lists.map((list) => list.length))).toBeLessThanOrEqual(MOST_LINES);
  });

  test('rings every minute or so', () => {
    expect(sightings.filter((sighting) => ever(sighting, rings)).length).toBeGreaterThan(8 * 60);
  });

  test('writes dates in every form, most of them with seven digits', () => {
    const dates = sightings.map((sighting) => first(sighting)?.dateCreated ?? '');
    const forms = [
      /T[\d:]+\.\d{7}Z$/,
      /T[\d:]+\.\d{3}Z$/,
      /T[\d:]+\.\d{3}$/,
      /\+02:00$/,
      /^\/Date\(\d+\)\/$/,
      /^\/Date\(\d+-0000\)\/$/,
    ].map((form) => dates.filter((date) => form.test(date)).length);
    expect(Math.min(...forms)).toBeGreaterThan(0);
    expect(forms[0]).toBeGreaterThan(dates.length / 2);
  });

  test('keeps to the page of the vendor, but for the news it plays with', () => {
    const odd = DAY.lists
      .flat()
      .filter(({ callState }) => callState !== 'Whispering')
      .flatMap((session) => breaches(session));
    expect(odd).toEqual([]);
    const after = sightings.flatMap((sighting) => breaches(sighting.after ?? {}));
    expect(after).toEqual([]);
  });

  test('says for every session what a client needs', () => {
    for (const list of DAY.lists) {
      for (const session of list) {
        expect(session).toMatchObject({
          direction: expect.any(String) as string,
          channel: expect.any(String) as string,
          customerName: expect.any(String) as string,
          dateCreated: expect.any(String) as string,
        });
      }
    }
  });

  test('never uses an id twice', () => {
    for (const { seen } of sightings) {
      const seconds = seen.map(({ second }) => second);
      const span = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0) + 1;
      expect(seconds).toHaveLength(span);
    }
  });

  test('has nobody on two lines at once', () => {
    for (const list of DAY.lists) {
      const names = list.map(({ displayName, id }) => displayName ?? id);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('uses numbers only that are set aside for fiction', () => {
    const fiction =
      /^(\+120255501\d\d|\+442079460\d{3}|\+447700900\d{3}|\+493023125\d{3}|\+3319900\d{4})$/;
    for (const { seen } of sightings) {
      const { fromAddress, toAddress } = seen[0]?.session ?? {};
      for (const address of [fromAddress, toAddress]) {
        if (address !== 'anonymous') expect(address).toMatch(fiction);
      }
    }
  });
});

describe('the same seed', () => {
  test('plays the same day, however seldom it is looked at', () => {
    const often = playOf(7);
    for (let second = 0; second <= 3600; second += 0.7) often.at(second);
    const seldom = playOf(7);
    expect(seldom.at(3600)).toEqual(often.at(3600));
    expect(seldom.board.known()).toEqual(often.board.known());
  });

  test('is another day than another seed', () => {
    expect(playOf(1).at(600)).not.toEqual(playOf(2).at(600));
  });
});

describe('the first half minute', () => {
  const { lists, sessions } = watch(1, 30);
  const until = (second: number): readonly WireSession[] => lists.slice(0, second + 1).flat();

  test('begins in the middle of things', () => {
    expect(lists[0]?.length).toBeGreaterThanOrEqual(4);
    expect(lists[0]?.some(isTalking)).toBe(true);
    expect(lists[0]?.some(isHeld)).toBe(true);
    expect(lists[0]?.some(isQueued)).toBe(true);
    expect(lists[0]?.some(rings)).toBe(false);
  });

  test('has a ring after two seconds', () => {
    expect(until(2).some(rings)).toBe(true);
  });

  test('has it answered, held and resumed', () => {
    const ring = until(2).find(rings)?.id ?? '';
    const sighting = sessions.get(ring) ?? { seen: [] };
    expect(then(sighting, rings, answeredBy('Jamie Ives'))).toBe(true);
    expect(then(sighting, isHeld, isTalking)).toBe(true);
  });

  test('has a miss, and a call a colleague took', () => {
    expect(until(30).some(({ wasMissed }) => wasMissed === true)).toBe(true);
    expect(
      [...sessions.values()].some(({ after }) => after !== undefined && isAnsweredElsewhere(after)),
    ).toBe(true);
  });

  test.each([2, 3, 4, 5])('is the same story with seed %i', (seed) => {
    const story = (list: readonly WireSession[]): unknown =>
      list.map(({ fromName, callState, queueState }) => ({ fromName, callState, queueState }));
    expect(watch(seed, 30).lists.map(story)).toEqual(lists.map(story));
  });
});
