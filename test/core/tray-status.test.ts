import { describe, expect, test } from 'vitest';
import { summarizeSession } from '../../src/core/calls/call-summary';
import { mergeAccountCalls, getTrayStatus, type TrayStatusInput } from '../../src/core/tray-status';
import type { Phase } from '../../src/core/calls/phase';
import { createSession } from './session-fixture';

const EMPTY: TrayStatusInput = { calls: [], problem: null, missedCount: 0, isDoNotDisturb: false };

function calls(...phases: readonly Phase[]): TrayStatusInput['calls'] {
  return phases.map((phase, at) => ({
    phase,
    summary: summarizeSession(createSession({ id: `S-${at}` })),
  }));
}

describe('the glance', () => {
  test('shows ringing above everything else', () => {
    const scene = {
      calls: calls('connected', 'ringing', 'ringing'),
      missedCount: 2,
      isDoNotDisturb: true,
    };
    expect(getTrayStatus({ ...scene, problem: 'offline' })).toMatchObject({
      kind: 'ringing',
      ringing: [{ id: 'S-1' }, { id: 'S-2' }],
      activeCount: 1,
      missedCount: 2,
      isDoNotDisturb: true,
    });
  });

  test.each(['sign-in', 'offline', 'forbidden'] as const)('shows trouble next: %s', (problem) => {
    const scene = { ...EMPTY, calls: calls('connected'), missedCount: 2, problem: problem };
    expect(getTrayStatus(scene)).toMatchObject({
      kind: 'connection-problem',
      problem: problem,
      activeCount: 1,
      missedCount: 2,
    });
  });

  test('shows active calls next, and how many', () => {
    const phases = ['dialing', 'held', 'connected', 'queued', 'passive', 'open', 'ended'] as const;
    const scene = { ...EMPTY, calls: calls(...phases), missedCount: 2 };
    expect(getTrayStatus(scene)).toMatchObject({ kind: 'active', activeCount: 6, missedCount: 2 });
  });

  test('shows unseen missed calls next', () => {
    expect(getTrayStatus({ ...EMPTY, calls: calls('ended'), missedCount: 2 })).toMatchObject({
      kind: 'missed',
      missedCount: 2,
    });
  });

  test('is idle otherwise, with do not disturb over it', () => {
    expect(getTrayStatus({ ...EMPTY, isDoNotDisturb: true })).toEqual({
      kind: 'idle',
      activeCount: 0,
      missedCount: 0,
      isDoNotDisturb: true,
    });
  });
});

describe('the calls of several accounts', () => {
  const phasesOf = (...parts: Parameters<typeof mergeAccountCalls>[0]): readonly Phase[] =>
    mergeAccountCalls(parts).map(({ phase }) => phase);

  test('are those of each', () => {
    const [first, second] = [inAccount('a', 'ringing'), inAccount('b', 'connected', 'held')];
    expect(phasesOf({ calls: first, isStale: false }, { calls: second, isStale: true })).toEqual([
      'ringing',
      'connected',
      'held',
    ]);
  });

  test('ring on where another one has come to mean nothing', () => {
    const [first, second] = [
      inAccount('a', 'ringing', 'connected'),
      inAccount('b', 'ringing', 'connected'),
    ];
    expect(phasesOf({ calls: first, isStale: true }, { calls: second, isStale: false })).toEqual([
      'connected',
      'ringing',
      'connected',
    ]);
  });

  test('count once if they have the same key', () => {
    const shared = inAccount('a', 'ringing', 'connected');
    expect(phasesOf({ calls: shared, isStale: true }, { calls: shared, isStale: false })).toEqual([
      'connected',
      'ringing',
    ]);
  });

  /** Calls with the session keys of an account. */
  function inAccount(account: string, ...phases: readonly Phase[]): ReturnType<typeof calls> {
    return calls(...phases).map((call, index) => {
      return { ...call, summary: { ...call.summary, id: `${account}/${index}` } };
    });
  }
});
