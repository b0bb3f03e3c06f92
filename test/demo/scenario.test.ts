import { describe, expect, test } from 'vitest';
import type { SessionInfo } from '../../src/demo/api-types';
import { createRandom } from '../../src/demo/random';
import { JAMIE } from '../../src/demo/scenario/people';
import { MAX_SESSIONS, Scenario } from '../../src/demo/scenario/scenario';
import { Voicemails } from '../../src/demo/voicemails';
import { SessionStore } from '../../src/demo/session-store';
import { findViolations } from './session-contract';

const MORNING = Date.UTC(2026, 2, 3, 9, 0);

/** Creates a scenario and a function that plays it up to a second. */
function createScenario(seed: number) {
  const toTime = (second: number): number => Math.round(MORNING + second * 1000);
  const store = new SessionStore(createRandom(seed + 1));
  const scenario = new Scenario(store, new Voicemails(), createRandom(seed), toTime);
  const playTo = (second: number): readonly SessionInfo[] => {
    scenario.advanceTo(second);
    store.advanceTo(toTime(second));
    return store.active;
  };
  return { store, playTo };
}

/** The states of one session that a client sees when it polls every second. */
interface Observation {
  readonly first: number;
  readonly states: SessionInfo[];
  /** The result of a lookup after the session left the list. */
  after?: SessionInfo | undefined;
}

function observe(seed: number, seconds: number) {
  const { store, playTo } = createScenario(seed);
  const observations = new Map<string, Observation>();
  const lists = Array.from({ length: seconds + 1 }, (_, second) => {
    const active = playTo(second);
    for (const session of active) {
      const observation = observations.get(session.id) ?? { first: second, states: [] };
      observation.states.push(session);
      observations.set(session.id, observation);
    }
    return active;
  });
  const all = new Map(store.all.map((session) => [session.id, session]));
  for (const [id, observation] of observations) {
    if (!store.isActive(id)) observation.after = all.get(id);
  }
  return { lists, observations: [...observations.values()] };
}

type Check = (session: SessionInfo) => boolean;

const isRinging: Check = ({ callState, queueState, direction }) =>
  direction === 'Incoming' && (callState === 'Ringing' || queueState === 'Ringing');
const isHeld: Check = ({ callState }) => callState === 'Hold';
const isQueued: Check = ({ queueState }) => queueState === 'Queued';
const isConnected: Check = ({ callState, ended }) => callState === 'Connected' && ended !== true;
const isTransferring: Check = ({ holdReason }) => holdReason === 'Transferring';
const isMissed: Check = ({ wasMissed }) => wasMissed === true;
const isAnsweredByUser: Check = (session) =>
  isConnected(session) && session.answeredByName === JAMIE.name;
const isAnsweredByColleague: Check = ({ answeredByName = JAMIE.name }) =>
  answeredByName !== JAMIE.name;
const isDialing: Check = ({ direction, callState }) =>
  direction === 'Outgoing' && callState === 'Ringing';

/** Whether the session was in these states in order. */
function hasStates({ states }: Observation, ...checks: readonly Check[]): boolean {
  let from = 0;
  return checks.every((check) => {
    const index = states.findIndex((session, at) => at >= from && check(session));
    from = index;
    return index >= 0;
  });
}

const countSeconds = ({ states }: Observation, check: Check): number => states.filter(check).length;

/** Whether the session left the list in one state and a lookup finds it in another. */
function vanishesAs({ states, after }: Observation, last: Check, then: Check): boolean {
  const session = states.at(-1);
  return session !== undefined && last(session) && after !== undefined && then(after);
}

const CASES: Readonly<Record<string, (observation: Observation) => boolean>> = {
  'a call that the user answers': (call) => hasStates(call, isRinging, isAnsweredByUser),
  'a call that a colleague answers': (call) => hasStates(call, isRinging, isAnsweredByColleague),
  'a call that vanishes because a colleague answered it': (call) =>
    vanishesAs(call, isRinging, isAnsweredByColleague),
  'a missed call that stays listed': (call) => hasStates(call, isRinging, isMissed),
  'a missed call that vanishes': (call) => vanishesAs(call, isRinging, isMissed),
  'a short hold': (call) => {
    const seconds = countSeconds(call, isHeld);
    return seconds > 5 && seconds < 60 && hasStates(call, isHeld, isConnected);
  },
  'a hold of more than two minutes': (call) => countSeconds(call, isHeld) > 120,
  'a transfer to a colleague': (call) =>
    hasStates(
      call,
      (session) =>
        isTransferring(session) &&
        session.members?.some(({ role }) => role === 'Transfer') === true,
      (session) => isConnected(session) && isAnsweredByColleague(session),
    ),
  'a call from a queue': (call) => hasStates(call, isQueued, isRinging, isConnected),
  'a call that rings again within ten seconds': ({ states }) => {
    const first = states.findIndex(isRinging);
    const end = states.findIndex((session, at) => at > first && !isRinging(session));
    const again = states.findIndex((session, at) => at > end && isRinging(session));
    return first >= 0 && end >= 0 && again >= 0 && again - end < 10;
  },
  'an abandoned call that stays listed': (call) =>
    hasStates(call, isQueued, ({ outcome, ended }) => outcome === 'Abandoned' && ended === true),
  'an abandoned call that vanishes': (call) =>
    vanishesAs(call, isQueued, ({ outcome }) => outcome === 'Abandoned'),
  'a caller whose name arrives two seconds later': ({ states }) =>
    states.findIndex(({ fromName }) => fromName !== undefined) === 2,
  'an outgoing call that is answered': (call) => hasStates(call, isDialing, isConnected),
  'an outgoing call without an answer': (call) =>
    vanishesAs(call, isDialing, ({ outcome }) => outcome === 'No answer'),
  'a ringing chat': (call) =>
    hasStates(call, (session) => session.channel === 'Chat' && isRinging(session), isConnected),
  'an open chat': ({ states: [first] }) =>
    first?.channel === 'Chat' && first.callState === 'Disconnected',
  'a fax': ({ after }) => after?.channel === 'Fax' && after.outcome === 'Received',
  'a conference with muted members, some of whom leave': (call) =>
    hasStates(
      call,
      ({ members = [] }) => members.length >= 5 && members.some(({ muted }) => muted === true),
      ({ members = [] }) => members.length < 5,
    ),
  'a passive call': ({ states }) => states.some(({ callState }) => callState === 'Passive'),
  'an undocumented state': ({ states }) =>
    states.some(({ callState }) => callState === 'Whispering'),
  'a right-to-left name': ({ states: [first] }) => /\p{Script=Arabic}/u.test(first?.fromName ?? ''),
  'a very long name': ({ states: [first] }) => (first?.fromName?.length ?? 0) > 150,
  'a caller without a name': ({ states }) =>
    states.every(({ fromName, fromAddress }) => !fromName && fromAddress?.startsWith('+')),
  'a withheld number': ({ states: [first] }) => first?.fromAddress === 'anonymous',
  'a date that means none': ({ states: [first] }) =>
    first?.dateCompleted?.startsWith('0001-') === true,
};

describe('a scenario', () => {
  const { lists, observations } = observe(1, 8 * 3600);

  test.each(Object.entries(CASES))('includes %s', (_name, check) => {
    expect(observations.some(check)).toBe(true);
  });

  test('sometimes has more than three ringing calls at once', () => {
    const busy = lists.filter((list) => list.filter(isRinging).length > 3);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.length).toBeLessThan(lists.length / 10);
  });

  test('has a ring about every minute', () => {
    expect(observations.filter(({ states }) => states.some(isRinging)).length).toBeGreaterThan(480);
  });

  test('never has more sessions than fit on a screen or two from one caller', () => {
    expect(Math.max(...lists.map((list) => list.length))).toBeLessThanOrEqual(MAX_SESSIONS);
    for (const list of lists) {
      const names = list.map(({ displayName, id }) => displayName ?? id);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('never uses an id twice', () => {
    for (const { first, states } of observations) {
      expect(lists[first + states.length] ?? []).not.toContain(states.at(-1));
    }
    const ids = observations.map(({ states: [session] }) => session?.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('writes dates in every format, mostly with seven digits', () => {
    const dates = observations.map(({ states: [session] }) => session?.dateCreated ?? '');
    const counts = [
      /\.\d{7}Z$/,
      /\.\d{3}Z$/,
      /\.\d{3}$/,
      /\+02:00$/,
      /^\/Date\(\d+\)/,
      /-0000\)/,
    ].map((format) => dates.filter((date) => format.test(date)).length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts[0]).toBeGreaterThan(dates.length / 2);
  });

  test('matches the contract except for the undocumented values', () => {
    const sessions = [...lists.flat(), ...observations.flatMap(({ after }) => after ?? [])];
    const documented = sessions.filter(({ callState }) => callState !== 'Whispering');
    expect(documented.flatMap((session) => findViolations(session))).toEqual([]);
  });

  test('only uses phone numbers that are reserved for fiction', () => {
    const fiction =
      /^(\+120255501\d\d|\+442079460\d{3}|\+447700900\d{3}|\+493023125\d{3}|\+3319900\d{4}|anonymous)$/;
    for (const { states } of observations) {
      expect(states[0]?.fromAddress).toMatch(fiction);
      expect(states[0]?.toAddress).toMatch(fiction);
    }
  });
});

test('the same seed plays the same scenario regardless of how often it is advanced', () => {
  const often = createScenario(7);
  for (let second = 0; second <= 3600; second += 0.7) often.playTo(second);
  const rarely = createScenario(7);
  expect(rarely.playTo(3600)).toEqual(often.playTo(3600));
  expect(rarely.store.all).toEqual(often.store.all);
  expect(createScenario(8).playTo(3600)).not.toEqual(rarely.playTo(3600));
});

test('the history of the previous day has missed, answered, outgoing, and colleagues’ calls', () => {
  const { store, playTo } = createScenario(1);
  playTo(0);
  const night = store.all.filter(({ id }) => !store.isActive(id));
  expect(night.length).toBeGreaterThan(10);
  const checks: readonly Check[] = [
    isMissed,
    ({ answeredByName }) => answeredByName === JAMIE.name,
    isAnsweredByColleague,
    ({ direction }) => direction === 'Outgoing',
    ({ outcome }) => outcome === 'Abandoned',
    (session) => isMissed(session) && session.endpointId !== JAMIE.endpointId,
  ];
  for (const check of checks) expect(night.some(check)).toBe(true);
  for (const session of night) {
    expect(findViolations(session)).toEqual([]);
    expect(session.ended).toBe(true);
    const hoursAgo = (MORNING - Date.parse(session.dateCreated ?? '')) / 3_600_000;
    expect(hoursAgo).toBeGreaterThan(0);
    expect(hoursAgo).toBeLessThan(15);
  }
});

describe('the first 30 seconds of a scenario', () => {
  const { lists, observations } = observe(1, 30);

  test('start with connected, held, and queued calls', () => {
    for (const check of [isConnected, isHeld, isQueued]) expect(lists[0]?.some(check)).toBe(true);
    expect(lists[0]?.some(isRinging)).toBe(false);
  });

  test('have a ring within two seconds that is answered, held, and resumed', () => {
    expect(lists[2]?.some(isRinging)).toBe(true);
    const ring = observations.find(({ states: [first] }) => first && isRinging(first));
    expect(ring && hasStates(ring, isAnsweredByUser, isHeld, isConnected)).toBe(true);
  });

  test('have a missed call and one that a colleague answers', () => {
    expect(lists.flat().some(isMissed)).toBe(true);
    expect(observations.some((call) => vanishesAs(call, isRinging, isAnsweredByColleague))).toBe(
      true,
    );
  });

  test.each([2, 3, 4])('are the same with seed %i', (seed) => {
    const describeList = (list: readonly SessionInfo[]): unknown =>
      list.map(({ fromName, callState, queueState }) => ({ fromName, callState, queueState }));
    expect(observe(seed, 30).lists.map(describeList)).toEqual(lists.map(describeList));
  });
});
