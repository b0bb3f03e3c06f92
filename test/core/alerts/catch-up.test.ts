import { describe, expect, test } from 'vitest';
import type { RawFields } from '../../../src/core/api/schema';
import { toApiSession, MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, describeAlerts, GRACE } from './fixtures';
import { AlertHarness } from './harness';

const HOUR = 60 * MINUTE;
/** The endpoint of the user. */
const OWN: RawFields = { endpointId: 'E-1' };

/** A harness of a user with one earlier call. */
function createHarness(): AlertHarness {
  const harness = createSignedInHarness();
  harness.changeRules({ shouldCatchUp: true });
  harness.poll({ id: 'own', connected: true, wire: OWN });
  harness.poll();
  harness.advance(20 * SECOND);
  harness.poll();
  return harness;
}

/** A call that is over, created some time ago. */
function past(harness: AlertHarness, agoMs: number, fixture: SessionFixture): RawFields {
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

describe('after a gap', () => {
  test('the missed calls of the history come as one digest, with their real times', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    expect(harness.state.catchUp).toMatchObject({ isFirstSignIn: false });
    const calls = ['A', 'B', 'C'].map((id, index) =>
      past(harness, (index + 1) * HOUR, { id, from: `Caller ${id}`, missed: true }),
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
  ])('the history is read after %s', (_, cause) => {
    const harness = createHarness();
    cause(harness);
    harness.poll();
    expect(harness.state.catchUp).not.toBeNull();
  });

  test('of less than a minute it is not read', () => {
    const harness = createHarness();
    harness.restart(50 * SECOND);
    harness.poll();
    expect(harness.state.catchUp).toBeNull();
  });

  test('it is not read if the user turned that off', () => {
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
    ['over without an answer or a flag', {}, 'ended'],
  ])('a call that was %s is logged as that and not announced', (_, fixture, outcome) => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([past(harness, HOUR, { id: 'A', ...fixture })]);
    expect(harness.log.get('A')).toMatchObject({ outcome: { kind: outcome }, isSeen: true });
    expect(harness.raised).toEqual([]);
  });

  test('a call from before it that the log lost is neither logged nor announced', () => {
    const harness = createHarness();
    harness.advance(5 * HOUR);
    harness.poll();
    harness.readHistory([]);
    harness.advance(2 * MINUTE);
    harness.poll();
    harness.readHistory([past(harness, HOUR, { id: 'A', missed: true })]);
    expect(harness.log.has('A')).toBe(false);
    expect(harness.raised).toEqual([]);
  });

  test('a call is measured by this computer’s clock, however the server’s differs', () => {
    const harness = createHarness();
    harness.restart(2 * HOUR);
    harness.poll();
    const ahead = past(harness, -4 * HOUR, { id: 'A', missed: true });
    harness.readHistory([ahead], true, 5 * HOUR);
    expect(harness.log.get('A')?.startedAt).toBe(harness.now.wall - HOUR);
  });

  test('missed calls of others and of nobody known are not the user’s', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([
      past(harness, HOUR, { id: 'A', missed: true, wire: { endpointId: 'E-2' } }),
      past(harness, HOUR, { id: 'B', missed: true, wire: { endpointId: null } }),
    ]);
    expect(harness.raised).toEqual([]);
    expect(harness.log.has('A')).toBe(false);
  });

  test('missed calls are still announced within two minutes if the history never arrives', () => {
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

  test('the calls of Do Not Disturb and muted calls are logged only', () => {
    const harness = createHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([past(harness, HOUR, { id: 'A', missed: true })]);
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('A')?.isSeen).toBe(false);
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['A missed']);
  });
});

describe('a call of the history that is known', () => {
  test('is never announced twice, whatever is killed in between', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll();
    const call = past(harness, HOUR, { id: 'A', missed: true });
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

  test('is announced with the snapshot or the history, whichever comes first', () => {
    const harness = createHarness();
    harness.restart(10 * HOUR);
    harness.poll({ id: 'A', ended: true, missed: true, wire: OWN });
    harness.readHistory([past(harness, HOUR, { id: 'A', missed: true })]);
    harness.poll();
    expect(harness.raised).toHaveLength(1);
  });

  test('is left alone while it is active or looked up', () => {
    const harness = createHarness();
    harness.poll({ ...GRACE, wire: OWN }, { id: 'H', ringing: true, wire: OWN });
    harness.sleep(2 * MINUTE);
    harness.poll({ ...GRACE, wire: OWN });
    const before = harness.raised.length;
    harness.readHistory(['G', 'H'].map((id) => past(harness, HOUR, { id, missed: true })));
    expect(harness.raised).toHaveLength(before);
    expect(harness.log.get('G')?.outcome.kind).toBe('active');
  });

  test('gets the time when it really ended, and who answered', () => {
    const harness = createHarness();
    harness.poll({ id: 'A', connected: true, wire: OWN });
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([past(harness, 9 * HOUR, { id: 'A', answeredBy: 'Kim' })]);
    expect(harness.log.get('A')).toMatchObject({
      outcome: { kind: 'answered', by: 'Kim' },
      endedAt: harness.now.wall - 9 * HOUR + 20 * SECOND,
    });
    harness.pollUntilNewRing();
    expect(harness.log.get('A')?.endedAt).toBe(harness.now.wall - 9 * HOUR - 10 * SECOND);
  });

  test('is not missed if the log knows who answered it', () => {
    const harness = createHarness();
    harness.poll({ id: 'A', connected: true, wire: OWN });
    harness.poll();
    harness.pollUntilNewRing();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([past(harness, 10 * HOUR, { id: 'A', missed: true })]);
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('A')?.outcome.kind).toBe('answered');
  });

  test('is withdrawn if the history says who answered it after all', () => {
    const harness = createHarness();
    harness.poll({ id: 'A', ended: true, missed: true });
    harness.poll();
    harness.sleep(2 * MINUTE);
    harness.poll();
    expect(harness.visibleAlerts).toHaveLength(1);
    harness.readHistory([past(harness, HOUR, { id: 'A', answeredBy: 'Kim', missed: true })]);
    expect(harness.visibleAlerts).toEqual([]);
    expect(harness.log.get('A')).toMatchObject({ outcome: { kind: 'answered' }, isSeen: true });
  });

  test('is recognized by the id that the server used last', () => {
    const harness = createHarness();
    const wire = { ...OWN, callSid: 'CA-1' };
    harness.poll({ ...GRACE, wire });
    harness.poll({ ...GRACE, id: 'H', ringing: false, connected: true, wire });
    harness.poll();
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([past(harness, 10 * HOUR, { id: 'H', missed: true, wire })]);
    expect([...harness.log.keys()].sort()).toEqual(['G', 'own']);
    expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
  });
});

describe('whose a call is', () => {
  const agent = (identity: string): RawFields => ({ identity, role: 'Agent' });
  const caller: RawFields = { identity: '+12025550147', role: 'Caller' };

  function findsMissed(harness: AlertHarness, wire: RawFields): boolean {
    harness.restart(10 * HOUR);
    harness.poll();
    harness.readHistory([
      past(harness, HOUR, { id: 'A', missed: true, wire: { endpointId: 'E-9', ...wire } }),
    ]);
    return harness.log.has('A');
  }

  test.each<[string, RawFields]>([
    ['an agent with the user’s id', { members: [caller, agent('U-1')] }],
    ['an agent with the user’s e-mail', { members: [agent('ADA@example.org')] }],
    ['an agent with the user’s name', { members: [{ displayName: 'Ada Lovelace' }] }],
    ['an answer of the user', { answeredById: 'U-1' }],
  ])('is told by %s', (_, wire) => {
    const harness = createHarness();
    harness.user = { id: 'U-1', name: 'Ada Lovelace', email: 'ada@example.org' };
    expect(findsMissed(harness, wire)).toBe(true);
  });

  test('is told by the member that all sessions of the user share', () => {
    const harness = createHarness();
    const members = [caller, agent('client:7'), agent('kim')];
    harness.poll({ id: 'X', connected: true, wire: { members } });
    harness.poll({ id: 'Y', connected: true, wire: { members: [caller, agent('client:7')] } });
    expect(findsMissed(harness, { members: [agent('client:7')] })).toBe(true);
  });

  test.each<[string, RawFields]>([
    ['another agent', { members: [agent('kim')] }],
    ['the same caller', { members: [caller, agent('lee')] }],
    [
      'a caller with the user’s name',
      { members: [{ displayName: 'Ada Lovelace', role: 'Caller' }] },
    ],
  ])('is not told by %s', (_, wire) => {
    const harness = createHarness();
    harness.poll({ id: 'X', connected: true, wire: { members: [caller, agent('client:7')] } });
    harness.poll({ id: 'Y', connected: true, wire: { members: [caller, agent('client:7')] } });
    expect(findsMissed(harness, wire)).toBe(false);
  });

  test('is not told by the members of a single session', () => {
    const harness = createHarness();
    harness.poll({ id: 'X', connected: true, wire: { members: [agent('kim')] } });
    harness.poll({ id: 'X', held: true, wire: { members: [agent('kim')] } });
    expect(findsMissed(harness, { members: [agent('kim')] })).toBe(false);
  });

  test('is not told by anything where nothing is known', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldCatchUp: true });
    harness.user = { id: undefined, name: undefined };
    expect(findsMissed(harness, { members: [agent('kim')] })).toBe(false);
  });
});

test('the first sign-in logs today’s calls as seen and announces none', () => {
  const harness = new AlertHarness();
  harness.rules = { ...harness.rules, shouldCatchUp: true };
  harness.poll({ id: 'own', connected: true, wire: OWN });
  const yesterday = past(harness, 24 * HOUR, { id: 'old', missed: true });
  harness.readHistory([past(harness, MINUTE, { id: 'A', missed: true }), yesterday]);
  expect(harness.log.get('A')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  expect(harness.log.has('old')).toBe(false);
  expect(harness.raised).toEqual([]);
  harness.restart(10 * HOUR);
  harness.poll();
  harness.readHistory([past(harness, 10 * HOUR + MINUTE, { id: 'A', missed: true })]);
  expect(harness.raised).toEqual([]);
});
