import { deepEqual } from '../core/deep-equal';
import type { AppState, SessionView } from './state';

/** The difference between two states: changed parts, and sessions one by one. */
export interface StatePatch {
  readonly parts: Partial<Omit<AppState, 'sessions'>>;
  readonly upserted: Readonly<Record<string, SessionView>>;
  readonly removed: readonly string[];
}

/**
 * Creates the patch that turns `before` into `after`, or `undefined` if nothing changed. An
 * unchanged session is the same object; the other parts are compared by value.
 */
export function createPatch(before: AppState, after: AppState): StatePatch | undefined {
  const names = (Object.keys(after) as (keyof AppState)[]).filter(
    (name) => name !== 'sessions' && !deepEqual(before[name], after[name]),
  );
  const put = Object.entries(after.sessions).filter(([id, view]) => before.sessions[id] !== view);
  const gone = Object.keys(before.sessions).filter((id) => !Object.hasOwn(after.sessions, id));
  if (names.length === 0 && put.length === 0 && gone.length === 0) return undefined;
  return {
    parts: Object.fromEntries(names.map((name) => [name, after[name]])),
    upserted: Object.fromEntries(put),
    removed: gone,
  };
}

/** The state in the renderer. A map makes patching thousands of sessions fast. */
export interface RendererState extends Omit<AppState, 'sessions'> {
  readonly sessions: ReadonlyMap<string, SessionView>;
}

/** Converts the initial state for the renderer. */
export function toRendererState(state: AppState): RendererState {
  return { ...state, sessions: new Map(Object.entries(state.sessions)) };
}

/** Applies a patch. Applying it twice changes nothing more. */
export function applyPatch(
  state: RendererState,
  { parts, upserted, removed }: StatePatch,
): RendererState {
  const changed = Object.entries(upserted);
  if (changed.length === 0 && removed.length === 0) return { ...state, ...parts };
  const sessions = new Map(state.sessions);
  for (const id of removed) sessions.delete(id);
  for (const [id, view] of changed) sessions.set(id, view);
  return { ...state, ...parts, sessions };
}
