import { sameJson } from '../core/same-json';
import type { AppState, SessionView } from './state';

/** What changed between two states: whole parts of it, but single sessions. */
export interface StatePatch {
  readonly parts: Partial<Omit<AppState, 'sessions'>>;
  readonly put: Readonly<Record<string, SessionView>>;
  readonly gone: readonly string[];
}

/**
 * The patch that turns `before` into `after`, or `undefined` if nothing changed. An unchanged
 * session is the same object; the other parts are compared by value.
 */
export function patchBetween(before: AppState, after: AppState): StatePatch | undefined {
  const names = (Object.keys(after) as (keyof AppState)[]).filter(
    (name) => name !== 'sessions' && !sameJson(before[name], after[name]),
  );
  const put = Object.entries(after.sessions).filter(([id, view]) => before.sessions[id] !== view);
  const gone = Object.keys(before.sessions).filter((id) => !Object.hasOwn(after.sessions, id));
  if (names.length === 0 && put.length === 0 && gone.length === 0) return undefined;
  return {
    parts: Object.fromEntries(names.map((name) => [name, after[name]])),
    put: Object.fromEntries(put),
    gone,
  };
}

/** The state as whoever draws it keeps it: a map of thousands is copied and gone through at once. */
export interface Drawn extends Omit<AppState, 'sessions'> {
  readonly sessions: ReadonlyMap<string, SessionView>;
}

/** The state to be drawn that main's first answer makes. */
export function drawnFrom(state: AppState): Drawn {
  return { ...state, sessions: new Map(Object.entries(state.sessions)) };
}

/** Applies a patch. Applying it twice changes nothing more. */
export function applyPatch(state: Drawn, { parts, put, gone }: StatePatch): Drawn {
  const changed = Object.entries(put);
  if (changed.length === 0 && gone.length === 0) return { ...state, ...parts };
  const sessions = new Map(state.sessions);
  for (const id of gone) sessions.delete(id);
  for (const [id, view] of changed) sessions.set(id, view);
  return { ...state, ...parts, sessions };
}
