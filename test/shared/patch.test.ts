import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyPatch,
  drawnFrom,
  patchBetween,
  type Drawn,
  type StatePatch,
} from '../../src/shared/patch';
import type { AppState, SessionView } from '../../src/shared/state';
import { aView } from '../main/builders';
import { QUIET_STATE, stateWith } from './states';

/** Ids that every object seems to have, or that sort themselves. */
const HOSTILE_IDS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '2',
  '10',
  '',
  'S-1',
];

const views = new Map<string, SessionView>();

/** The same object for the same id and revision, as main hands on what did not change. */
function viewOf(id: string, revision: number): SessionView {
  const key = JSON.stringify([id, revision]);
  const known = views.get(key) ?? { ...aView(), id, revision };
  views.set(key, known);
  return known;
}

const someViews = fc.uniqueArray(
  fc.tuple(fc.oneof(fc.constantFrom(...HOSTILE_IDS), fc.string()), fc.nat(3)),
  { selector: ([id]) => id, maxLength: 8 },
);

const someState = fc
  .tuple(someViews, fc.nat(2), fc.boolean())
  .map(([listed, logRevision, silent]): AppState => {
    const all = listed.map(([id, revision]) => viewOf(id, revision));
    const silence = silent ? 'until-turned-off' : null;
    return stateWith(all, { logRevision, silence });
  });

function patched(state: Drawn, patch: StatePatch | undefined): Drawn {
  return patch ? applyPatch(state, patch) : state;
}

describe('a patch', () => {
  test('between a state and itself is none', () => {
    expect(patchBetween(QUIET_STATE, QUIET_STATE)).toBeUndefined();
    expect(patchBetween(QUIET_STATE, { ...QUIET_STATE, sessions: {} })).toBeUndefined();
  });

  test('carries what changed and nothing else', () => {
    const [one, other] = [viewOf('S-1', 1), viewOf('S-2', 1)];
    const before = stateWith([one, other]);
    const after = stateWith([one, viewOf('S-2', 2)], { order: before.order, logRevision: 3 });
    expect(patchBetween(before, after)).toEqual({
      parts: { logRevision: 3 },
      put: { 'S-2': viewOf('S-2', 2) },
      gone: [],
    });
  });

  test('names the sessions that are gone', () => {
    const before = stateWith([viewOf('S-1', 1), viewOf('S-2', 1)]);
    const after = stateWith([viewOf('S-2', 1)]);
    expect(patchBetween(before, after)).toEqual({
      parts: { order: ['S-2'] },
      put: {},
      gone: ['S-1'],
    });
  });

  test('makes the one state of the other, whatever the sessions are called', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = patchBetween(before, after);
        expect(patched(drawnFrom(before), patch)).toEqual(drawnFrom(after));
      }),
    );
  });

  test('survives the way to the window', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = structuredClone(patchBetween(before, after));
        expect(patched(drawnFrom(structuredClone(before)), patch)).toEqual(drawnFrom(after));
      }),
    );
  });

  test('applied twice changes nothing more', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = patchBetween(before, after);
        if (!patch) return;
        const once = applyPatch(drawnFrom(before), patch);
        expect(applyPatch(once, patch)).toEqual(once);
        expect(applyPatch(once, patch).order).toBe(once.order);
      }),
    );
  });

  test('leaves the objects of what did not change as they are', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = patchBetween(before, after);
        const drawn = patched(drawnFrom(before), patch);
        for (const [id, view] of Object.entries(before.sessions)) {
          const kept = Object.hasOwn(after.sessions, id) && after.sessions[id] === view;
          if (kept) expect(drawn.sessions.get(id)).toBe(view);
        }
        expect(drawn.settings).toBe(before.settings);
      }),
    );
  });

  test('does not touch the state that it is applied to', () => {
    const state = stateWith([viewOf('S-1', 1), viewOf('S-2', 1)]);
    const before = Object.freeze(drawnFrom(state));
    const after = patched(before, patchBetween(state, stateWith([viewOf('S-1', 2)])));
    expect(after.sessions.get('S-1')?.revision).toBe(2);
    expect([...after.sessions.keys()]).toEqual(['S-1']);
    expect(before.sessions.get('S-1')?.revision).toBe(1);
    expect([...before.sessions.keys()]).toEqual(['S-1', 'S-2']);
  });
});
