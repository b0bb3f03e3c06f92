import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/core/facts';
import { callsOf, glanceOf, type Scene } from '../../src/core/glance';
import type { Phase } from '../../src/core/phase';
import { aSession } from './build';

const EMPTY: Scene = { calls: [], trouble: null, missed: 0, silent: false };

function calls(...phases: readonly Phase[]): Scene['calls'] {
  return phases.map((phase, at) => ({ phase, facts: factsOf(aSession({ id: `S-${at}` })) }));
}

describe('the glance', () => {
  test('shows ringing above everything else', () => {
    const scene = { calls: calls('connected', 'ringing', 'ringing'), missed: 2, silent: true };
    expect(glanceOf({ ...scene, trouble: 'offline' })).toMatchObject({
      kind: 'ringing',
      ringing: [{ id: 'S-1' }, { id: 'S-2' }],
      active: 1,
      missed: 2,
      silent: true,
    });
  });

  test.each(['sign-in', 'offline', 'forbidden'] as const)('shows trouble next: %s', (trouble) => {
    const scene = { ...EMPTY, calls: calls('connected'), missed: 2, trouble };
    expect(glanceOf(scene)).toMatchObject({ kind: 'trouble', trouble, active: 1, missed: 2 });
  });

  test('shows active calls next, and how many', () => {
    const phases = ['dialing', 'held', 'connected', 'queued', 'passive', 'open', 'ended'] as const;
    const scene = { ...EMPTY, calls: calls(...phases), missed: 2 };
    expect(glanceOf(scene)).toMatchObject({ kind: 'active', active: 6, missed: 2 });
  });

  test('shows missed calls that nobody has looked at next', () => {
    expect(glanceOf({ ...EMPTY, calls: calls('ended'), missed: 2 })).toMatchObject({
      kind: 'missed',
      missed: 2,
    });
  });

  test('is idle otherwise, with do not disturb over it', () => {
    expect(glanceOf({ ...EMPTY, silent: true })).toEqual({
      kind: 'idle',
      active: 0,
      missed: 0,
      silent: true,
    });
  });
});

describe('the calls of several accounts', () => {
  const phasesOf = (...parts: Parameters<typeof callsOf>[0]): readonly Phase[] =>
    callsOf(parts).map(({ phase }) => phase);

  test('are those of each', () => {
    const [first, second] = [calls('ringing'), calls('connected', 'held')];
    expect(phasesOf({ calls: first, stale: false }, { calls: second, stale: true })).toEqual([
      'ringing',
      'connected',
      'held',
    ]);
  });

  test('ring on where another one has come to mean nothing', () => {
    const both = calls('ringing', 'connected');
    expect(phasesOf({ calls: both, stale: true }, { calls: both, stale: false })).toEqual([
      'connected',
      'ringing',
      'connected',
    ]);
  });
});
