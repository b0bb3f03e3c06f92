import { deepEqual } from '../core/deep-equal';
import type { AppState, SessionView } from './state';

/** What changed between two states: whole parts of it, but single sessions. */
export interface StatePatch {
  readonly parts: Partial<Omit<AppState, 'sessions'>>;
  readonly upserted: Readonly<Record<string, SessionView>>;
  readonly removed: readonly string[];
}

/**
 * The patch that turns `before` into `after`, or `undefined` if nothing changed. An unchanged
 * session is the same object; the other parts are compared by value.
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

/** The state as whoever draws it keeps it: a map of thousands is copied and gone through at once. */
export interface RendererState extends Omit<AppState, 'sessions'> {
  readonly sessions: ReadonlyMap<string, SessionView>;
}

/** The state to be drawn that main's first answer makes. */
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
