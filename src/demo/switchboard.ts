import type { Arrival } from './arrivals';
import type { Event, Mint } from './changes';
import { writeDate, type DateForm } from './dates';
import type { Random } from './random';
import { withFields, type WireFields, type WireLogEntry, type WireSession } from './wire';

/** Sessions that are gone and can still be looked up; the oldest are forgotten first. */
const REMEMBERED = 1000;

/** Who makes something happen: the scenario, or a person at the controls. */
export type Hand = 'scenario' | 'person';

interface Line {
  session: WireSession;
  readonly dates: DateForm;
  /** Set once a person took the session in hand: from then on the scenario lets go of it. */
  inHand?: true;
  /** When the session leaves the list; absent while it is to stay. */
  leavesAt?: number;
}

/** How a session is put on the switchboard. */
export interface Opening {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How this session's dates are written. */
  readonly dates?: DateForm;
  /** Fields that win over what the arrival says. */
  readonly fields?: WireFields;
}

/**
 * The store of sessions: those that are listed as active, and those that are gone but remembered.
 * It knows no rules of its own; what happens to a session is told by events.
 */
export class Switchboard {
  readonly #listed = new Map<string, Line>();
  readonly #gone = new Map<string, WireSession>();
  readonly #random: Random;
  readonly #mint: Mint;
  #opened = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#mint = { sid: (kind) => kind + random.hex(32) };
  }

  /** Puts a new session on the list and returns its id. */
  open(arrival: Arrival, { at, dates = 'iso7', fields = {} }: Opening): string {
    const { fields: arrived, notes = [] } = arrival(this.#mint);
    const date = writeDate(at, dates);
    const bare: WireSession = {
      id: typeof fields.id === 'string' ? fields.id : this.#newId(at),
      dateCreated: date,
      dateLastModified: date,
      createdBy: 'system',
      lastModifiedBy: 'system',
      log: notes.map((message) => ({ date, message })),
    };
    const session = withFields(withFields(bare, arrived), fields);
    this.#gone.delete(session.id);
    this.#listed.set(session.id, { session, dates });
    return session.id;
  }

  /** Lets something happen to a listed session. */
  happen(id: string, event: Event, at: number, hand: Hand): void {
    const line = this.#line(id, hand);
    if (line === undefined) return;
    const { fields, notes = [], completes = false } = event(line.session, this.#mint);
    const date = writeDate(at, line.dates);
    line.session = withFields(line.session, {
      dateLastModified: date,
      ...(completes && { dateCompleted: date }),
      ...(notes.length > 0 && { log: logOf(line.session, notes, date) }),
      ...fields,
    });
  }

  /** Takes a session off the list at the given moment; it can be looked up until forgotten. */
  dismiss(id: string, at: number, hand: Hand): void {
    const line = this.#line(id, hand);
    if (line !== undefined) line.leavesAt = at;
  }

  /** Takes off the list what was to have left it by now, in the order of leaving. */
  sweep(now: number): void {
    const leaving = [...this.#listed.values()]
      .filter(({ leavesAt = Infinity }) => leavesAt <= now)
      .sort((one, other) => (one.leavesAt ?? 0) - (other.leavesAt ?? 0));
    for (const { session } of leaving) {
      this.#listed.delete(session.id);
      this.#remember(session);
    }
  }

  /** Empties the list and forgets everything. */
  clear(): void {
    this.#listed.clear();
    this.#gone.clear();
  }

  /** Forgets a session that is gone: a look-up will not find it. */
  forget(id: string): void {
    this.#gone.delete(id);
  }

  /** The active sessions, oldest first. */
  listed(): readonly WireSession[] {
    return [...this.#listed.values()].map(({ session }) => session);
  }

  /** Every session that is known, listed or gone, oldest first. */
  known(): readonly WireSession[] {
    return [...this.#gone.values(), ...this.listed()];
  }

  /** A session that is listed or remembered. */
  find(id: string): WireSession | undefined {
    return this.#listed.get(id)?.session ?? this.#gone.get(id);
  }

  /** True while the session is on the list. */
  isListed(id: string): boolean {
    return this.#listed.has(id);
  }

  #line(id: string, hand: Hand): Line | undefined {
    const line = this.#listed.get(id);
    if (line !== undefined && hand === 'person') line.inHand = true;
    return hand === 'scenario' && line?.inHand === true ? undefined : line;
  }

  #remember(session: WireSession): void {
    this.#gone.set(session.id, session);
    for (const id of this.#gone.keys()) {
      if (this.#gone.size <= REMEMBERED) break;
      this.#gone.delete(id);
    }
  }

  /** Seconds, chance and a counter, so that no two sessions share an id, not even across starts. */
  #newId(at: number): string {
    this.#opened += 1;
    const seconds = Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0');
    const count = this.#opened.toString(16).padStart(6, '0');
    return `${seconds}${this.#random.hex(10)}${count}`;
  }
}

function logOf(
  { log }: WireSession,
  notes: readonly string[],
  date: string,
): readonly WireLogEntry[] {
  const earlier = Array.isArray(log) ? (log as readonly WireLogEntry[]) : [];
  return [...earlier, ...notes.map((message) => ({ date, message }))];
}
