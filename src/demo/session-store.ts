import type { SessionFields, SessionInfo } from './api-types';
import { formatDate, type DateFormat } from './dates';
import type { Random } from './random';

const MAX_HISTORY = 5_000;

/** What a session gets: new fields, and lines of its log. */
export interface SessionChange {
  readonly fields: SessionFields;
  readonly log?: readonly string[];
  /** The session is over: the time of the change becomes its completion date. */
  readonly completed?: boolean;
}

/** Describes what happens to a session. */
export type SessionUpdate = (session: SessionInfo) => SessionChange;

export interface NewSessionOptions {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How the dates of this session are written. */
  readonly dateFormat?: DateFormat;
  /** Fields that override those of the new session. */
  readonly fields?: SessionFields;
}

interface StoredSession {
  session: SessionInfo;
  readonly dateFormat: DateFormat;
  /** When it leaves the list of active sessions. */
  leavesAt: number;
}

/** The active sessions, and the history of those that are over. */
export class SessionStore {
  readonly #active = new Map<string, StoredSession>();
  readonly #history = new Map<string, SessionInfo>();
  #count = 0;

  constructor(private readonly random: Random) {}

  /** The active sessions, oldest first. */
  get active(): readonly SessionInfo[] {
    return [...this.#active.values()].map(({ session }) => session);
  }

  /** All sessions, those of the history first. */
  get all(): readonly SessionInfo[] {
    return [...this.#history.values(), ...this.active];
  }

  isActive(id: string): boolean {
    return this.#active.has(id);
  }

  /** Adds an active session and returns its id. */
  add(created: SessionChange, { at, dateFormat = 'iso7', fields = {} }: NewSessionOptions): string {
    const date = formatDate(at, dateFormat);
    const session = setFields(
      {
        id: typeof fields.id === 'string' ? fields.id : this.#createId(at),
        dateCreated: date,
        dateLastModified: date,
        createdBy: 'system',
        lastModifiedBy: 'system',
        ...(created.fields.channel === 'Voice' && { callSid: `CA${this.random.hex(32)}` }),
        log: (created.log ?? []).map((message) => ({ date, message })),
      },
      { ...created.fields, ...fields },
    );
    this.#history.delete(session.id);
    this.#active.set(session.id, { session, dateFormat, leavesAt: Infinity });
    return session.id;
  }

  /** Changes an active session. */
  update(id: string, update: SessionUpdate, at: number): void {
    const stored = this.#active.get(id);
    if (stored === undefined) return;
    const { session, dateFormat } = stored;
    const { fields, log = [], completed = false } = update(session);
    const date = formatDate(at, dateFormat);
    // A test may have put anything there.
    const previousLog = session.log instanceof Array ? session.log : [];
    const entries = log.map((message) => ({ date, message }));
    stored.session = setFields(session, {
      dateLastModified: date,
      ...(completed && { dateCompleted: date }),
      ...(entries.length > 0 && { log: [...previousLog, ...entries] }),
      ...fields,
    });
  }

  /** Lets a session leave the list of active ones at this time. */
  removeAt(id: string, time: number): void {
    const stored = this.#active.get(id);
    if (stored !== undefined) stored.leavesAt = time;
  }

  /** Moves the sessions that have left the list by now to the history. */
  advanceTo(now: number): void {
    const leaving = [...this.#active.values()]
      .filter(({ leavesAt }) => leavesAt <= now)
      .sort((a, b) => a.leavesAt - b.leavesAt);
    for (const { session } of leaving) {
      this.#active.delete(session.id);
      this.#history.set(session.id, session);
    }
    for (const id of this.#history.keys()) {
      if (this.#history.size <= MAX_HISTORY) break;
      this.#history.delete(id);
    }
  }

  /** Removes a session from the history. */
  forget(id: string): void {
    this.#history.delete(id);
  }

  clear(): void {
    this.#active.clear();
    this.#history.clear();
  }

  /** The time is part of the id, so that none is used again after a restart. */
  #createId(at: number): string {
    this.#count += 1;
    const [time, count] = [Math.floor(at / 1000).toString(16), this.#count.toString(16)];
    return time.padStart(8, '0') + this.random.hex(10) + count.padStart(6, '0');
  }
}

/** Sets fields of a session. The id never changes, and `null` removes a field. */
function setFields(session: SessionInfo, fields: SessionFields): SessionInfo {
  const entries = Object.entries({ ...session, ...fields, id: session.id });
  const present = entries.filter(([, value]) => (value ?? null) !== null);
  return Object.fromEntries(present) as unknown as SessionInfo;
}
