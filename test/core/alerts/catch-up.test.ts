import { describe, expect, test } from 'vitest';
import type { RawFields } from '../../../src/core/api/schema';
import { toApiSession, MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, describeAlerts, GRACE } from './fixtures';
import { AlertHarness } from './harness';

const HOUR = 60 * MINUTE;
/** The endpoint of the user. */
const OWN: RawFields = { endpointId: 'E-1' };

/** Creates a harness whose user had one earlier call. */
function createHarness(): AlertHarness {
  const harness = createSignedInHarness();
  harness.changeRules({ shouldCatchUp: true });
  harness.poll({ id: 'own', connected: true, wire: OWN });
  harness.poll();
  harness.advance(20 * SECOND);
  harness.poll();
  return harness;
}

/** Creates an ended call from `agoMs` ago. */
function createPastCall(harness: AlertHarness, agoMs: number, fixture: SessionFixture): RawFields {
  const created = harness.now.wall - agoMs;
  return toApiSession({
    ended: true,
    ...fixture,
    wire: {
      ...OWN,
      dateCreated: new Date(created).toISOString(),
      dateCompleted: new Date(created + 20 * SECOND).toISOString(),
      ...fixture.wire,
    },
  });
}

describe('reduce: after a gap', () => {
  test('announces the missed calls of the history as one digest with their actual times', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    expect(harness.state.catchUp).toMatchObject({ isFirstSignIn: false });
    const calls = ['A', 'B', 'C'].map((id, index) =>
      createPastCall(harness, (index + 1) * HOUR, { id, from: `Caller ${id}`, missed: true }),
    );
    harness.readHistory(calls.slice(0, 2), false);
    expect(harness.visibleAlerts).toEqual([]);
    harness.readHistory(calls.slice(1));
    expect(describeAlerts(harness)).toEqual(['3 missed, away']);
    expect(harness.log.get('A')).toMatchObject({
      outcome: { kind: 'missed', isInferred: false, wasAway: true },
      startedAt: harness.now.wall - HOUR,
      endedAt: harness.now.wall - HOUR + 20 * SECOND,
      isSeen: false,
    });
    expect(harness.state.catchUp).toBeNull();
  });

  test('logs the gap only with new calls', () => {
    const harness = createHarness();
    harness.poll({ id: 'B', connected: true, wire: OWN });
    const from = harness.now.wall;
    harness.restart(10 * HOUR);
    harness.poll();
    const gap = { from, to: harness.now.wall };
    harness.readHistory([
      createPastCall(harness, HOUR, { id: 'A', missed: true }),
      createPastCall(harness, 9 * HOUR, { id: 'B', answeredBy: 'Kim' }),
    ]);
    expect(harness.log.get('A')?.gap).toEqual(gap);
    expect(harness.log.get('B')?.gap).toBeUndefined();
  });

  test('uses the end of the gap for a call without dates', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    const wire = { dateCreated: null, dateCompleted: null };
    harness.readHistory([createPastCall(harness, HOUR, { id: 'A', missed: true, wire })]);
    expect(harness.log.get('A')?.startedAt).toBe(harness.now.wall);
  });

  test.each<[string, (harness: AlertHarness) => void]>([
    [
      'a sleep',
      (harness) => {
        harness.sleep(61 * SECOND);
      },
    ],
    [
      'an outage',
      (harness) => {
        harness.failPoll();
        harness.advance(70 * SECOND);
      },
    ],
    [
      'a quit',
      (harness) => {
        harness.restart(2 * MINUTE);
      },
    ],
  ])('reads the history after %s', (_, cause) => {
    const harness = createHarness();
    cause(harness);
    harness.poll();
    expect(harness.state.catchUp).not.toBeNull();
  });

  test('does not read the history after less than a minute', () => {
    const harness = createHarness();
    harness.restart(50 * SECOND);
    harness.poll();
    expect(harness.state.catchUp).toBeNull();
  });

  test('does not read the history if the user turned it off', () => {
    const harness = createHarness();
    harness.changeRules({ shouldCatchUp: false });
    harness.restart(10 * HOUR);
    harness.poll();
    expect(harness.state.catchUp).toBeNull();
  });

  test.each<[string, SessionFixture, string]>([
    ['answered', { answeredBy: 'Kim' }, 'answered'],
    ['answered and flagged as missed', { answeredBy: 'Kim', missed: true }, 'answered'],
    ['outgoing', { outgoing: true, missed: true }, 'outgoing'],
    ['abandoned', { queued: true }, 'abandoned'],
    ['ended without an answer or a flag', {}, 'ended'],
  ])('logs a call that was %s without announcing it', (_, fixture, outcome) => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([createPastCall(harness, HOUR, { id: 'A', ...fixture })]);
    expect(harness.log.get('A')).toMatchObject({ outcome: { kind: outcome }, isSeen: true });
    expect(harness.raised).toEqual([]);
  });

  test('ignores a call from before the gap that the log no longer has', () => {
    const harness = createHarness();
    harness.advance(5 * HOUR);
    harness.poll();
    harness.readHistory([]);
    harness.advance(2 * MINUTE);
    harness.poll();
    harness.readHistory([createPastCall(harness, HOUR, { id: 'A', missed: true })]);
    expect(harness.log.has('A')).toBe(false);
    expect(harness.raised).toEqual([]);
  });

  test('converts the server’s times to this computer’s clock', () => {
    const harness = createHarness();
    harness.restart(2 * HOUR);
    harness.poll();
    const ahead = createPastCall(harness, -4 * HOUR, { id: 'A', missed: true });
    harness.readHistory([ahead], true, 5 * HOUR);
    expect(harness.log.get('A')?.startedAt).toBe(harness.now.wall - HOUR);
  });

  test('ignores missed calls of other and unknown endpoints', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([
      createPastCall(harness, HOUR, { id: 'A', missed: true, wire: { endpointId: 'E-2' } }),
      createPastCall(harness, HOUR, { id: 'B', missed: true, wire: { endpointId: null } }),
    ]);
    expect(harness.raised).toEqual([]);
    expect(harness.log.has('A')).toBe(false);
  });

  test('announces missed calls after two minutes if the history never arrives', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll({ id: 'A', ended: true, missed: true });
    harness.advance(MINUTE);
    harness.poll({ id: 'A', ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    harness.advance(MINUTE);
    harness.poll({ id: 'A', ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['A missed']);
    expect(harness.state.catchUp).not.toBeNull();
  });

  test('logs missed calls during Do Not Disturb and announces them when it ends', () => {
    const harness = createHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([createPastCall(harness, HOUR, { id: 'A', missed: true })]);
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('A')?.isSeen).toBe(false);
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['A missed']);
  });
});

describe('reduce: a known call in the history', () => {
  test('is never announced twice, even if the app is killed', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    const call = createPastCall(harness, HOUR, { id: 'A', missed: true });
    harness.readHistory([call], false);
    harness.restart(2 * MINUTE);
    harness.poll();
    harness.readHistory([call, call], false);
    harness.readHistory([call]);
    expect(harness.raised).toHaveLength(1);
    harness.restart(2 * MINUTE);
    harness.poll({ id: 'A', ended: true, missed: true });
    harness.readHistory([call]);
    expect(harness.raised).toHaveLength(1);
  });

  test('is announced with the snapshot or the history, whichever arrives first', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll({ id: 'A', ended: true, missed: true, wire: OWN });
    harness.readHistory([createPastCall(harness, HOUR, { id: 'A', missed: true })]);
    harness.poll();
    expect(harness.raised).toHaveLength(1);
  });

  test('is not changed while it is active or looked up', () => {
    const harness = createHarness();
    harness.poll({ ...GRACE, wire: OWN }, { id: 'H', ringing: true, wire: OWN });
    harness.sleep(2 * MINUTE);
    harness.poll({ ...GRACE, wire: OWN });
    const before = harness.raised.length;
    harness.readHistory(
      ['G', 'H'].map((id) => createPastCall(harness, HOUR, { id, missed: true })),
    );
    expect(harness.raised).toHaveLength(before);
    expect(harness.log.get('G')?.outcome.kind).toBe('active');
  });

  test('gets its actual end and who answered it', () => {
    const harness = createHarness();
    harness.poll({ id: 'A', connected: true, wire: OWN });
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([createPastCall(harness, 9 * HOUR, { id: 'A', answeredBy: 'Kim' })]);
    expect(harness.log.get('A')).toMatchObject({
      outcome: { kind: 'answered', by: 'Kim' },
      endedAt: harness.now.wall - 9 * HOUR + 20 * SECOND,
    });
    harness.pollUntilNewRing();
    expect(harness.log.get('A')?.endedAt).toBe(harness.now.wall - 9 * HOUR - 10 * SECOND);
  });

  test('is not missed if the log says it was answered', () => {
    const harness = createHarness();
    harness.poll({ id: 'A', connected: true, wire: OWN });
    harness.poll();
    harness.pollUntilNewRing();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([createPastCall(harness, 10 * HOUR, { id: 'A', missed: true })]);
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('A')?.outcome.kind).toBe('answered');
  });

  test('is withdrawn if the history says it was answered', () => {
    const harness = createHarness();
    harness.poll({ id: 'A', ended: true, missed: true });
    harness.poll();
    harness.sleep(2 * MINUTE);
    harness.poll();
    expect(harness.visibleAlerts).toHaveLength(1);
    harness.readHistory([
      createPastCall(harness, HOUR, { id: 'A', answeredBy: 'Kim', missed: true }),
    ]);
    expect(harness.visibleAlerts).toEqual([]);
    expect(harness.log.get('A')).toMatchObject({ outcome: { kind: 'answered' }, isSeen: true });
  });

  test('is recognized by the last id the server used', () => {
    const harness = createHarness();
    const wire = { ...OWN, callSid: 'CA-1' };
    harness.poll({ ...GRACE, wire });
    harness.poll({ ...GRACE, id: 'H', ringing: false, connected: true, wire });
    harness.poll();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([createPastCall(harness, 10 * HOUR, { id: 'H', missed: true, wire })]);
    expect([...harness.log.keys()].sort()).toEqual(['G', 'own']);
    expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
  });
});

describe('reduce: the owner of a call in the history', () => {
  const agent = (identity: string): RawFields => ({ identity, role: 'Agent' });
  const caller: RawFields = { identity: '+12025550147', role: 'Caller' };

  function isCallOfUser(harness: AlertHarness, wire: RawFields): boolean {
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([
      createPastCall(harness, HOUR, {
        id: 'A',
        missed: true,
        wire: { endpointId: 'E-9', ...wire },
      }),
    ]);
    return harness.log.has('A');
  }

  test.each<[string, RawFields]>([
    ['an agent with the user’s id', { members: [caller, agent('U-1')] }],
    ['an agent with the user’s e-mail', { members: [agent('ADA@example.org')] }],
    ['an agent with the user’s name', { members: [{ displayName: 'Ada Lovelace' }] }],
    ['the user as the one who answered', { answeredById: 'U-1' }],
  ])('is recognized by %s', (_, wire) => {
    const harness = createHarness();
    harness.user = { id: 'U-1', name: 'Ada Lovelace', email: 'ada@example.org' };
    expect(isCallOfUser(harness, wire)).toBe(true);
  });

  test('is recognized by the member that all of the user’s sessions share', () => {
    const harness = createHarness();
    const members = [caller, agent('client:7'), agent('kim')];
    harness.poll({ id: 'X', connected: true, wire: { members } });
    harness.poll({ id: 'Y', connected: true, wire: { members: [caller, agent('client:7')] } });
    expect(isCallOfUser(harness, { members: [agent('client:7')] })).toBe(true);
  });

  test.each<[string, RawFields]>([
    ['another agent', { members: [agent('kim')] }],
    ['the same caller', { members: [caller, agent('lee')] }],
    [
      'a caller with the user’s name',
      { members: [{ displayName: 'Ada Lovelace', role: 'Caller' }] },
    ],
  ])('is not recognized by %s', (_, wire) => {
    const harness = createHarness();
    harness.poll({ id: 'X', connected: true, wire: { members: [caller, agent('client:7')] } });
    harness.poll({ id: 'Y', connected: true, wire: { members: [caller, agent('client:7')] } });
    expect(isCallOfUser(harness, wire)).toBe(false);
  });

  test('is not recognized by the members of a single session', () => {
    const harness = createHarness();
    harness.poll({ id: 'X', connected: true, wire: { members: [agent('kim')] } });
    harness.poll({ id: 'X', held: true, wire: { members: [agent('kim')] } });
    expect(isCallOfUser(harness, { members: [agent('kim')] })).toBe(false);
  });

  test('is not recognized if the user is unknown', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldCatchUp: true });
    harness.user = { id: undefined, name: undefined };
    expect(isCallOfUser(harness, { members: [agent('kim')] })).toBe(false);
  });
});

test('reduce logs today’s calls as seen at the first sign-in and announces none', () => {
  const harness = new AlertHarness();
  harness.rules = { ...harness.rules, shouldCatchUp: true };
  harness.poll({ id: 'own', connected: true, wire: OWN });
  const yesterday = createPastCall(harness, 24 * HOUR, { id: 'old', missed: true });
  harness.readHistory([createPastCall(harness, MINUTE, { id: 'A', missed: true }), yesterday]);
  expect(harness.log.get('A')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  expect(harness.log.has('old')).toBe(false);
  expect(harness.raised).toEqual([]);
  harness.restart(10 * HOUR);
  harness.poll();
  harness.readHistory([createPastCall(harness, 10 * HOUR + MINUTE, { id: 'A', missed: true })]);
  expect(harness.raised).toEqual([]);
});

describe('reduce: earlier calls that the user requests', () => {
  test('are logged as seen at any age and never announced', () => {
    const harness = createHarness();
    const call = createPastCall(harness, 400 * HOUR, { id: 'A', missed: true });
    harness.loadEarlierCalls([
      call,
      createPastCall(harness, 401 * HOUR, { id: 'B', answeredBy: 'Kim' }),
    ]);
    expect(harness.log.get('A')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
    expect(harness.log.get('A')?.gap).toBeUndefined();
    expect(harness.log.get('B')).toMatchObject({ outcome: { kind: 'answered', by: 'Kim' } });
    harness.restart(401 * HOUR);
    harness.poll({ id: 'A', ended: true, missed: true });
    harness.readHistory([call]);
    expect(harness.raised).toEqual([]);
  });

  test('are ignored if they are of others or have no date', () => {
    const harness = createHarness();
    harness.loadEarlierCalls([
      createPastCall(harness, HOUR, { id: 'A', wire: { endpointId: 'E-2' } }),
      createPastCall(harness, HOUR, { id: 'B', wire: { dateCreated: null, dateCompleted: null } }),
    ]);
    expect([...harness.log.keys()]).toEqual(['own']);
  });

  test('are logged again after they were removed from the log', () => {
    const harness = createHarness();
    const call = createPastCall(harness, HOUR, { id: 'A', missed: true });
    harness.loadEarlierCalls([call]);
    harness.log.delete('A');
    harness.loadEarlierCalls([call]);
    expect(harness.log.get('A')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  });

  test('are ignored until the calls of a gap are announced', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    const call = createPastCall(harness, HOUR, { id: 'A', missed: true });
    harness.loadEarlierCalls([call]);
    expect(harness.log.has('A')).toBe(false);
    harness.readHistory([call]);
    expect(describeAlerts(harness)).toEqual(['A missed']);
  });
});
