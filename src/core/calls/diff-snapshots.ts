import type { Session } from '../api/schema';

/** What a poll changed. Sessions that stayed as they were are not in it. */
export interface SnapshotDiff {
  readonly appeared: readonly Session[];
  readonly changed: readonly Session[];
  /** Ids of sessions that the server no longer lists. */
  readonly vanished: readonly string[];
}

/**
 * Compares what was known with what the server lists now. A known id whose session is `undefined`
 * comes from an earlier run: it was there, what it looked like is not at hand, so it is `changed`.
 * Relies on the decoder to hand on the very object of a session that says the same.
 */
export function diffSnapshots(
  known: ReadonlyMap<string, Session | undefined>,
  next: ReadonlyMap<string, Session>,
): SnapshotDiff {
  const appeared: Session[] = [];
  const changed: Session[] = [];
  for (const session of next.values()) {
    if (!known.has(session.id)) appeared.push(session);
    else if (known.get(session.id) !== session) changed.push(session);
  }
  return { appeared, changed, vanished: [...known.keys()].filter((id) => !next.has(id)) };
}
