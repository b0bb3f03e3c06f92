import type { Session } from '../api/schema';

/** What changed between two snapshots. Unchanged sessions are left out. */
export interface SnapshotDiff {
  readonly appeared: readonly Session[];
  readonly changed: readonly Session[];
  /** Ids of sessions that the server no longer lists. */
  readonly vanished: readonly string[];
}

/**
 * Compares the known sessions with a new snapshot. A known id without a session comes from an
 * earlier run and counts as changed. Unchanged sessions must be the same objects, which the decoder
 * guarantees.
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
