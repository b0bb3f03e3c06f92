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
import { EMPTY_STATE, createState } from './states';

/** Ids that objects inherit or that JavaScript sorts as integers. */
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

/** Returns the same object for the same id and revision, as the main process does. */
function getView(id: string, revision: number): SessionView {
  const key = JSON.stringify([id, revision]);
  const known = views.get(key) ?? { ...createView(), id, revision };
  views.set(key, known);
  return known;
}

const anyViews = fc.uniqueArray(
  fc.tuple(fc.oneof(fc.constantFrom(...HOSTILE_IDS), fc.string()), fc.nat(3)),
  { selector: ([id]) => id, maxLength: 8 },
);

const anyState = fc
  .tuple(anyViews, fc.nat(2), fc.boolean())
  .map(([listed, logRevision, isDoNotDisturb]): AppState => {
    const all = listed.map(([id, revision]) => getView(id, revision));
    const doNotDisturb = isDoNotDisturb ? { until: null, isScheduled: false } : null;
    return createState(all, { logRevision, doNotDisturb });
  });

function applyOptionalPatch(state: RendererState, patch: StatePatch | undefined): RendererState {
  return patch ? applyPatch(state, patch) : state;
}

describe('createPatch and applyPatch', () => {
  test('create no patch between equal states', () => {
    expect(createPatch(EMPTY_STATE, EMPTY_STATE)).toBeUndefined();
    expect(createPatch(EMPTY_STATE, { ...EMPTY_STATE, sessions: {} })).toBeUndefined();
  });

  test('include only changes', () => {
    const [first, second] = [getView('S-1', 1), getView('S-2', 1)];
    const before = createState([first, second]);
    const after = createState([first, getView('S-2', 2)], {
      sessionOrder: before.sessionOrder,
      logRevision: 3,
    });
    expect(createPatch(before, after)).toEqual({
      parts: { logRevision: 3 },
      upserted: { 'S-2': getView('S-2', 2) },
      removed: [],
    });
  });

  test('list removed sessions', () => {
    const before = createState([getView('S-1', 1), getView('S-2', 1)]);
    const after = createState([getView('S-2', 1)]);
    expect(createPatch(before, after)).toEqual({
      parts: { sessionOrder: ['S-2'] },
      upserted: {},
      removed: ['S-1'],
    });
  });

  test('turn any state into any other', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const patch = createPatch(before, after);
        expect(applyOptionalPatch(toRendererState(before), patch)).toEqual(toRendererState(after));
      }),
    );
  });

  test('work with structured clones', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const patch = structuredClone(createPatch(before, after));
        expect(applyOptionalPatch(toRendererState(structuredClone(before)), patch)).toEqual(
          toRendererState(after),
        );
      }),
    );
  });

  test('change nothing if a patch is applied twice', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const patch = createPatch(before, after);
        if (!patch) return;
        const once = applyPatch(toRendererState(before), patch);
        expect(applyPatch(once, patch)).toEqual(once);
        expect(applyPatch(once, patch).sessionOrder).toBe(once.sessionOrder);
      }),
    );
  });

  test('keep unchanged objects', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const patch = createPatch(before, after);
        const result = applyOptionalPatch(toRendererState(before), patch);
        for (const [id, view] of Object.entries(before.sessions)) {
          const isUnchanged = Object.hasOwn(after.sessions, id) && after.sessions[id] === view;
          if (isUnchanged) expect(result.sessions.get(id)).toBe(view);
        }
        expect(result.settings).toBe(before.settings);
      }),
    );
  });

  test('do not mutate the previous state', () => {
    const state = createState([getView('S-1', 1), getView('S-2', 1)]);
    const before = Object.freeze(toRendererState(state));
    const after = applyOptionalPatch(before, createPatch(state, createState([getView('S-1', 2)])));
    expect(after.sessions.get('S-1')?.revision).toBe(2);
    expect([...after.sessions.keys()]).toEqual(['S-1']);
    expect(before.sessions.get('S-1')?.revision).toBe(1);
    expect([...before.sessions.keys()]).toEqual(['S-1', 'S-2']);
  });
});
