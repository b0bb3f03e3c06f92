import { describe, expect, test } from 'vitest';
import { toApiSession, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, describeAlerts } from './fixtures';
import type { AlertHarness } from './harness';

describe('a call that vanishes while it rings', () => {
  function vanished(): AlertHarness {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.advance(8 * SECOND);
    harness.poll();
    return harness;
  }

  test('is looked up once if the answer is final', () => {
    const harness = vanished();
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
    ['is in a state of its own', { ...GRACE, ringing: false, wire: { callState: 'Levitating' } }],
    ['is between two states', { ...GRACE, ringing: false }],
  ])('is not missed as long as it %s', (_, goesOn) => {
    const harness = vanished();
    for (let seconds = 0; seconds < 110; seconds += 1) {
      if (harness.dueLookups.length > 0) harness.resolveLookups([toApiSession(goesOn)]);
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

  test('and goes on for over two minutes is missed by inference', () => {
    const harness = vanished();
    harness.resolveAllLookups([toApiSession(GRACE)]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
    expect(harness.log.get('G')?.outcome).toMatchObject({ kind: 'missed', isInferred: true });
  });

  test('is looked up again after growing pauses', () => {
    const harness = vanished();
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

  test('and is back after one response is the same ring', () => {
    const harness = vanished();
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
  ])('and is back is not missed although the lookup said %j, even %i s later', (found, seconds) => {
    const harness = vanished();
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
  });

  test('is looked up by the next run where this one ended', () => {
    const harness = vanished();
    harness.resolveLookups([toApiSession(GRACE)]);
    harness.restart();
    harness.poll();
    expect(harness.dueLookups).toEqual(['G']);
    harness.resolveLookups([toApiSession({ ...GRACE, ringing: false, ended: true, missed: true })]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('and was answered by a colleague raises nothing, and the log says by whom', () => {
    const harness = vanished();
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

  test('and was answered by me is mine in the log, whatever the case of the name', () => {
    const harness = vanished();
    harness.resolveLookups([toApiSession({ id: 'G', answeredBy: 'ada lovelace' })]);
    expect(harness.log.get('G')?.outcome).toMatchObject({ kind: 'answered', isOwn: true });
  });

  test('and is connected now was not missed', () => {
    const harness = vanished();
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

  test('and is said to be missed and connected now is not missed', () => {
    const harness = vanished();
    harness.resolveLookups([
      toApiSession({ ...GRACE, ringing: false, connected: true, missed: true }),
    ]);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(harness.raised).toHaveLength(1);
  });

  test.each<[string, SessionFixture]>([
    ['is over', { ...GRACE, ringing: false, ended: true, missed: true }],
    ['is over, with a state left over', { ...GRACE, connected: true, ended: true, missed: true }],
    ['is in no state', { ...GRACE, ringing: false, missed: true }],
  ])('and is said to be missed and %s is missed, and nothing is inferred', (_, missed) => {
    const harness = vanished();
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
    ['the server does not know it', []],
    ['the server tells of others only', [{ ...MARGARET, answeredBy: 'Dorothy' }]],
    ['the server says neither', [{ ...GRACE, ringing: false, ended: true }]],
  ])('is missed by inference when %s', (_, found) => {
    const harness = vanished();
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

  test('and turns out to be outgoing is not missed', () => {
    const harness = vanished();
    harness.resolveLookups([toApiSession({ id: 'G', outgoing: true, missed: true })]);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('is still to be looked up after a restart that lost the answer', () => {
    const harness = vanished();
    harness.restart();
    harness.poll();
    expect(harness.dueLookups).toEqual(['G']);
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('while Ringside was not running is looked up by the next run', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.restart();
    harness.poll();
    expect(harness.dueLookups).toEqual(['G']);
  });

  test('but returns before the answer is not missed by an answer that is too late', () => {
    const harness = vanished();
    const { dueLookups } = harness;
    harness.poll(GRACE);
    harness.resolveLookups('refused', dueLookups);
    expect(harness.raised).toHaveLength(1);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'active' });
  });

  test('isn’t missed if it was answered, even if the server says so', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, connected: true });
    harness.poll(GRACE);
    harness.poll();
    harness.resolveLookups([toApiSession({ ...GRACE, ringing: false, ended: true, missed: true })]);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(describeAlerts(harness)).toEqual([]);
  });

  test('is one of several that are looked up together', () => {
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
