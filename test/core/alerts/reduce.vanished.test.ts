import { describe, expect, test } from 'vitest';
import { toApiSession, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, describeAlerts } from './fixtures';
import type { AlertHarness } from './harness';

describe('reduce: a call that vanishes while ringing', () => {
  function createHarnessWithVanishedCall(): AlertHarness {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.advance(8 * SECOND);
    harness.poll();
    return harness;
  }

  test('is looked up once if the response is final', () => {
    const harness = createHarnessWithVanishedCall();
    expect(harness.dueLookups).toEqual(['G']);
    harness.resolveLookups([toApiSession({ ...GRACE, ringing: false, ended: true })]);
    harness.pollUntilNewRing();
    expect(harness.dueLookups).toEqual([]);
  });

  test.each<[string, SessionFixture]>([
    ['rings elsewhere', GRACE],
    ['rings elsewhere and is flagged as missed', { ...GRACE, missed: true }],
    ['waits in a queue', { ...GRACE, ringing: false, queued: true }],
    ['is passive', { ...GRACE, ringing: false, wire: { callState: 'Passive' } }],
    ['is in an unknown state', { ...GRACE, ringing: false, wire: { callState: 'Levitating' } }],
    ['is between two states', { ...GRACE, ringing: false }],
    ['has no state at all', { id: 'G' }],
    ['rings in the queue', { ...GRACE, ringing: false, wire: { queueState: 'Ringing' } }],
    ['has left the queue', { ...GRACE, ringing: false, wire: { queueState: 'Disconnected' } }],
    [
      'is passive and still rings in the queue',
      { ...GRACE, wire: { callState: 'Passive', queueState: 'Ringing' } },
    ],
    [
      'rings and has no one who answered',
      {
        ...GRACE,
        wire: { answeredByName: ' ', answeredById: '00000000-0000-0000-0000-000000000000' },
      },
    ],
  ])('is not missed while it %s', (_, found) => {
    const harness = createHarnessWithVanishedCall();
    for (let seconds = 0; seconds < 110; seconds += 1) {
      if (harness.dueLookups.length > 0) harness.resolveLookups([toApiSession(found)]);
      harness.advance(SECOND);
      harness.poll();
    }
    expect(harness.raised).toHaveLength(1);
    harness.advance(30 * SECOND);
    harness.resolveLookups([
      toApiSession({ ...GRACE, ringing: false, ended: true, answeredBy: 'Dorothy' }),
    ]);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({
      kind: 'answered',
      by: 'Dorothy',
      isOwn: false,
    });
  });

  const OVER: SessionFixture = { ...GRACE, ringing: false, ended: true };
  const QUEUED: SessionFixture = { ...GRACE, ringing: false, queued: true };
  const ANSWERED: SessionFixture = { ...OVER, answeredBy: 'Dorothy' };

  test.each<[string, readonly (SessionFixture | 'failed' | 'refused' | 'unknown')[], string]>([
    ['rings on, the server fails, a colleague answers', [GRACE, 'failed', ANSWERED], 'answered'],
    [
      'the server fails twice, it waits, is connected',
      ['failed', 'failed', QUEUED, { ...GRACE, ringing: false, connected: true }],
      'answered',
    ],
    [
      'is unknown at first and rings again',
      ['unknown', GRACE, QUEUED, GRACE, ANSWERED],
      'answered',
    ],
    ['is refused once and then answered', ['refused', GRACE, ANSWERED], 'answered'],
    ['is answered and flagged as missed', [GRACE, { ...ANSWERED, missed: true }], 'answered'],
    [
      'is answered by an id and flagged',
      [QUEUED, { ...OVER, missed: true, wire: { answeredById: 'U-9' } }],
      'answered',
    ],
    ['waits and the caller hangs up', [GRACE, QUEUED, QUEUED, { ...OVER, missed: true }], 'missed'],
    ['fails, rings, and ends unanswered', ['failed', GRACE, OVER], 'missed'],
  ])('has the outcome of the last lookup if it %s', (_, lookups, kind) => {
    const harness = createHarnessWithVanishedCall();
    for (const found of lookups) {
      expect(harness.raised).toHaveLength(1);
      while (harness.dueLookups.length === 0) harness.advance(SECOND);
      if (found === 'unknown') harness.resolveLookups([]);
      else harness.resolveLookups(typeof found === 'string' ? found : [toApiSession(found)]);
    }
    expect(harness.isPending).toBe(false);
    expect(harness.log.get('G')?.outcome.kind).toBe(kind);
    expect(harness.raised).toHaveLength(kind === 'missed' ? 2 : 1);
  });

  test('is inferred to be missed if it rings elsewhere for over two minutes', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveAllLookups([toApiSession(GRACE)]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
    expect(harness.log.get('G')?.outcome).toMatchObject({ kind: 'missed', isInferred: true });
  });

  test('is looked up again after increasing delays', () => {
    const harness = createHarnessWithVanishedCall();
    const seconds: number[] = [];
    for (let second = 0; second < 120; second += 1) {
      if (harness.dueLookups.length > 0) {
        seconds.push(second);
        harness.resolveLookups([toApiSession(GRACE)]);
      }
      harness.advance(SECOND);
    }
    expect(seconds).toEqual([0, 1, 3, 7, 15, 30, 60, 90]);
  });

  test('is the same ring if it returns after one response', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([]);
    harness.advance(2 * SECOND);
    harness.poll(GRACE);
    harness.advance(2 * SECOND);
    harness.poll({ ...GRACE, ringing: false, connected: true });
    expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
  });

  test.each<['refused' | 'failed' | readonly SessionFixture[], number]>([
    ['refused', 12],
    ['failed', 90],
    [[], 25],
  ])(
    'is not missed if it returns, although the lookup returned %j, even after %i s',
    (found, seconds) => {
      const harness = createHarnessWithVanishedCall();
      for (let second = 0; second < seconds; second += 1) {
        harness.advance(SECOND);
        harness.poll();
        if (harness.dueLookups.length > 0) {
          harness.resolveLookups(typeof found === 'string' ? found : found.map(toApiSession));
        }
      }
      harness.poll(GRACE);
      harness.poll({ ...GRACE, ringing: false, connected: true });
      expect(harness.raised.filter(({ kind }) => kind !== 'ringing')).toEqual([]);
      expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    },
  );

  test('is looked up again after a restart', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([toApiSession(GRACE)]);
    harness.restart();
    harness.poll();
    expect(harness.dueLookups).toEqual(['G']);
    harness.resolveLookups([toApiSession({ ...GRACE, ringing: false, ended: true, missed: true })]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('is not announced if a colleague answered, and the log says who', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([
      toApiSession({ ...GRACE, ringing: false, ended: true, answeredBy: 'Dorothy' }),
    ]);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({
      kind: 'answered',
      by: 'Dorothy',
      isOwn: false,
    });
  });

  test('is logged as the user’s own if the name matches in any case', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([toApiSession({ id: 'G', answeredBy: 'ada lovelace' })]);
    expect(harness.log.get('G')?.outcome).toMatchObject({ kind: 'answered', isOwn: true });
  });

  test('is not missed if it is connected now', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([
      toApiSession({ ...GRACE, ringing: false, connected: true, ended: true }),
    ]);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({
      kind: 'answered',
      by: undefined,
      isOwn: false,
    });
  });

  test('is not missed if it is flagged but connected now', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([
      toApiSession({ ...GRACE, ringing: false, connected: true, missed: true }),
    ]);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(harness.raised).toHaveLength(1);
  });

  test.each<[string, SessionFixture]>([
    ['has ended', { ...GRACE, ringing: false, ended: true, missed: true }],
    ['has ended with an outdated state', { ...GRACE, connected: true, ended: true, missed: true }],
    ['has no state', { ...GRACE, ringing: false, missed: true }],
  ])('is missed without inference if it is flagged and %s', (_, missed) => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([toApiSession({ ...missed, ringing: false })]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
    expect(harness.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: false,
    });
  });

  test.each<[string, readonly SessionFixture[] | 'refused' | 'failed']>([
    ['the server refuses', 'refused'],
    ['the server fails', 'failed'],
    ['the server doesn’t know it', []],
    ['the server returns only other calls', [{ ...MARGARET, answeredBy: 'Dorothy' }]],
    [
      'the server reports neither an answer nor the flag',
      [{ ...GRACE, ringing: false, ended: true }],
    ],
  ])('is inferred to be missed if %s', (_, found) => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveAllLookups(typeof found === 'string' ? found : found.map(toApiSession));
    expect(harness.visibleAlerts).toMatchObject([
      {
        kind: 'missed',
        missedCall: { summary: { id: 'G' }, ringMs: 8 * SECOND, isInferred: true },
      },
    ]);
    expect(harness.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: true,
      wasAway: false,
    });
  });

  test('is not missed if it turns out to be outgoing', () => {
    const harness = createHarnessWithVanishedCall();
    harness.resolveLookups([toApiSession({ id: 'G', outgoing: true, missed: true })]);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('is still looked up if a restart lost the response', () => {
    const harness = createHarnessWithVanishedCall();
    harness.restart();
    harness.poll();
    expect(harness.dueLookups).toEqual(['G']);
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('is looked up by the next run if Ringside was not running', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.restart();
    harness.poll();
    expect(harness.dueLookups).toEqual(['G']);
  });

  test('is not missed if it returns before a late response', () => {
    const harness = createHarnessWithVanishedCall();
    const { dueLookups } = harness;
    harness.poll(GRACE);
    harness.resolveLookups('refused', dueLookups);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'active' });
  });

  test('is not missed if it was answered earlier, even if the server flags it', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, connected: true });
    harness.poll(GRACE);
    harness.poll();
    harness.resolveLookups([toApiSession({ ...GRACE, ringing: false, ended: true, missed: true })]);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(describeAlerts(harness)).toEqual([]);
  });

  test('is looked up together with others', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE, MARGARET);
    harness.poll();
    expect(harness.dueLookups).toEqual(['G', 'M']);
    harness.resolveAllLookups([toApiSession({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test.each<[string, SessionFixture]>([
    ['was answered', { ...GRACE, ringing: false, connected: true }],
    ['waited in a queue', { ...GRACE, ringing: false, queued: true }],
    ['was outgoing', { ...GRACE, ringing: false, dialing: true }],
  ])('is not looked up if it %s when it was last seen', (_, last) => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll(last);
    harness.poll();
    expect(harness.dueLookups).toEqual([]);
    expect(harness.raised).toHaveLength(1);
  });
});
