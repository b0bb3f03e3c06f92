import { decodeSessions } from '../../core/api/decode';
import type { Session } from '../../core/api/schema';
import { getListedIds, type AlertState } from '../../core/alerts/alert-state';
import { diffSnapshots, type SnapshotDiff } from '../../core/calls/diff-snapshots';
import { resolveIdentities } from '../../core/calls/session-identity';
import type { Timestamp } from '../../core/timestamp';
import { parseJson } from './api-client';

/** The sessions of a good response. */
export interface Snapshot {
  /** By id, in the server's order. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** Entries of the response that couldn't be read. */
  readonly skippedCount: number;
}

/** Decodes the responses of an account, and finds what changed from one to the next. */
export class Snapshots {
  #last: Snapshot | undefined;
  #lastBody: Buffer | undefined;
  /** The sessions that the last response no longer had. */
  #vanished: ReadonlyMap<string, Session> = new Map();

  /** `undefined` until the first good response. */
  get last(): Snapshot | undefined {
    return this.#last;
  }

  /** A session of the last response, or one that the response no longer had. */
  findSession(id: string): Session | undefined {
    return this.#last?.sessions.get(id) ?? this.#vanished.get(id);
  }

  /** Decodes a response; `undefined` if it's no list of sessions. */
  update(body: Buffer, alertState: AlertState, now: Timestamp): SnapshotDiff | undefined {
    const isSame = this.#lastBody?.equals(body) === true;
    const snapshot = isSame ? this.#last : this.#decode(body, alertState, now);
    if (!snapshot) return undefined;
    // After a restart, only the ids of the sessions are known.
    const known: ReadonlyMap<string, Session | undefined> =
      this.#last?.sessions ?? new Map(getListedIds(alertState).map((id) => [id, undefined]));
    const diff = diffSnapshots(known, snapshot.sessions);
    this.#vanished = new Map(
      diff.vanished.flatMap((id) => {
        const session = known.get(id);
        return session ? [[id, session]] : [];
      }),
    );
    this.#last = snapshot;
    this.#lastBody = body;
    return diff;
  }

  clear(): void {
    this.#last = this.#lastBody = undefined;
  }

  #decode(body: Buffer, { calls }: AlertState, now: Timestamp): Snapshot | undefined {
    const decoded = decodeSessions(parseJson(body), this.#last?.sessions);
    if (!decoded.ok) return undefined;
    const sessions = resolveIdentities(decoded.sessions, calls, now);
    return { sessions, skippedCount: decoded.skippedCount };
  }
}
