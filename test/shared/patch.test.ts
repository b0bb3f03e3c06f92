import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyPatch,
  toRendererState,
  createPatch,
  type RendererState,
  type StatePatch,
} from '../../src/shared/patch';
import type { AppState, SessionView } from '../../src/shared/state';
import { createView } from '../main/builders';
import { QUIET_STATE, createState } from './states';

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
  const known = views.get(key) ?? { ...createView(), id, revision };
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
    const doNotDisturb = silent ? { until: null, isScheduled: false } : null;
    return createState(all, { logRevision, doNotDisturb });
  });

function patched(state: RendererState, patch: StatePatch | undefined): RendererState {
  return patch ? applyPatch(state, patch) : state;
}

describe('a patch', () => {
  test('between a state and itself is none', () => {
    expect(createPatch(QUIET_STATE, QUIET_STATE)).toBeUndefined();
    expect(createPatch(QUIET_STATE, { ...QUIET_STATE, sessions: {} })).toBeUndefined();
  });

  test('carries what changed and nothing else', () => {
    const [one, other] = [viewOf('S-1', 1), viewOf('S-2', 1)];
    const before = createState([one, other]);
    const after = createState([one, viewOf('S-2', 2)], {
      sessionOrder: before.sessionOrder,
      logRevision: 3,
    });
    expect(createPatch(before, after)).toEqual({
      parts: { logRevision: 3 },
      upserted: { 'S-2': viewOf('S-2', 2) },
      removed: [],
    });
  });

  test('names the sessions that are gone', () => {
    const before = createState([viewOf('S-1', 1), viewOf('S-2', 1)]);
    const after = createState([viewOf('S-2', 1)]);
    expect(createPatch(before, after)).toEqual({
      parts: { sessionOrder: ['S-2'] },
      upserted: {},
      removed: ['S-1'],
    });
  });

  test('makes the one state of the other, whatever the sessions are called', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = createPatch(before, after);
        expect(patched(toRendererState(before), patch)).toEqual(toRendererState(after));
      }),
    );
  });

  test('survives the way to the window', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = structuredClone(createPatch(before, after));
        expect(patched(toRendererState(structuredClone(before)), patch)).toEqual(
          toRendererState(after),
        );
      }),
    );
  });

  test('applied twice changes nothing more', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = createPatch(before, after);
        if (!patch) return;
        const once = applyPatch(toRendererState(before), patch);
        expect(applyPatch(once, patch)).toEqual(once);
        expect(applyPatch(once, patch).sessionOrder).toBe(once.sessionOrder);
      }),
    );
  });

  test('leaves the objects of what did not change as they are', () => {
    fc.assert(
      fc.property(someState, someState, (before, after) => {
        const patch = createPatch(before, after);
        const drawn = patched(toRendererState(before), patch);
        for (const [id, view] of Object.entries(before.sessions)) {
          const kept = Object.hasOwn(after.sessions, id) && after.sessions[id] === view;
          if (kept) expect(drawn.sessions.get(id)).toBe(view);
        }
        expect(drawn.settings).toBe(before.settings);
      }),
    );
  });

  test('does not touch the state that it is applied to', () => {
    const state = createState([viewOf('S-1', 1), viewOf('S-2', 1)]);
    const before = Object.freeze(toRendererState(state));
    const after = patched(before, createPatch(state, createState([viewOf('S-1', 2)])));
    expect(after.sessions.get('S-1')?.revision).toBe(2);
    expect([...after.sessions.keys()]).toEqual(['S-1']);
    expect(before.sessions.get('S-1')?.revision).toBe(1);
    expect([...before.sessions.keys()]).toEqual(['S-1', 'S-2']);
  });
});
