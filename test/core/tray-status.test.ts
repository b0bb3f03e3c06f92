import { describe, expect, test } from 'vitest';
import { summarizeSession } from '../../src/core/calls/call-summary';
import { mergeAccountCalls, getTrayStatus, type TrayStatusInput } from '../../src/core/tray-status';
import type { Phase } from '../../src/core/calls/phase';
import { createSession } from './session-fixture';

const EMPTY: TrayStatusInput = { calls: [], problem: null, missedCount: 0, isDoNotDisturb: false };

function createCalls(...phases: readonly Phase[]): TrayStatusInput['calls'] {
  return phases.map((phase, index) => ({
    phase,
    summary: summarizeSession(createSession({ id: `S-${index}` })),
  }));
}

describe('getTrayStatus', () => {
  test('shows ringing calls first', () => {
    const input = {
      calls: createCalls('connected', 'ringing', 'ringing'),
      missedCount: 2,
      isDoNotDisturb: true,
    };
    expect(getTrayStatus({ ...input, problem: 'offline' })).toMatchObject({
      kind: 'ringing',
      ringing: [{ id: 'S-1' }, { id: 'S-2' }],
      activeCount: 1,
      missedCount: 2,
      isDoNotDisturb: true,
    });
  });

  test.each(['sign-in', 'offline', 'forbidden'] as const)(
    'shows the connection problem %s next',
    (problem) => {
      const input = { ...EMPTY, calls: createCalls('connected'), missedCount: 2, problem };
      expect(getTrayStatus(input)).toMatchObject({
        kind: 'connection-problem',
        problem,
        activeCount: 1,
        missedCount: 2,
      });
    },
  );

  test('shows the number of active calls next', () => {
    const phases = ['dialing', 'held', 'connected', 'queued', 'passive', 'open', 'ended'] as const;
    const input = { ...EMPTY, calls: createCalls(...phases), missedCount: 2 };
    expect(getTrayStatus(input)).toMatchObject({ kind: 'active', activeCount: 6, missedCount: 2 });
  });

  test('shows unseen missed calls next', () => {
    expect(getTrayStatus({ ...EMPTY, calls: createCalls('ended'), missedCount: 2 })).toMatchObject({
      kind: 'missed',
      missedCount: 2,
    });
  });

  test('is idle otherwise and reports Do Not Disturb', () => {
    expect(getTrayStatus({ ...EMPTY, isDoNotDisturb: true })).toEqual({
      kind: 'idle',
      activeCount: 0,
      missedCount: 0,
      isDoNotDisturb: true,
    });
  });
});

describe('mergeAccountCalls', () => {
  const getPhases = (...parts: Parameters<typeof mergeAccountCalls>[0]): readonly Phase[] =>
    mergeAccountCalls(parts).map(({ phase }) => phase);

  test('combines the calls of all accounts', () => {
    const [first, second] = [
      createAccountCalls('a', 'ringing'),
      createAccountCalls('b', 'connected', 'held'),
    ];
    expect(getPhases({ calls: first, isStale: false }, { calls: second, isStale: true })).toEqual([
      'ringing',
      'connected',
      'held',
    ]);
  });

  test('drops ringing calls of an account whose data is stale', () => {
    const [first, second] = [
      createAccountCalls('a', 'ringing', 'connected'),
      createAccountCalls('b', 'ringing', 'connected'),
    ];
    expect(getPhases({ calls: first, isStale: true }, { calls: second, isStale: false })).toEqual([
      'connected',
      'ringing',
      'connected',
    ]);
  });

  test('counts calls with the same key once', () => {
    const shared = createAccountCalls('a', 'ringing', 'connected');
    expect(getPhases({ calls: shared, isStale: true }, { calls: shared, isStale: false })).toEqual([
      'connected',
      'ringing',
    ]);
  });

  /** Creates calls with the session keys of an account. */
  function createAccountCalls(
    account: string,
    ...phases: readonly Phase[]
  ): ReturnType<typeof createCalls> {
    return createCalls(...phases).map((call, index) => {
      return { ...call, summary: { ...call.summary, id: `${account}/${index}` } };
    });
  }
});
