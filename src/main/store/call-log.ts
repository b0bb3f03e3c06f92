import { csvOf, type CsvWords } from '../../core/log/csv';
import { dayPicture, todaySoFar } from '../../core/log/day';
import { keptEntry } from '../../core/log/saved-entry';
import { searchFor } from '../../core/log/search';
import { carriedOn, isMiss } from '../../core/log/seen';
import type { LogEntry } from '../../core/log-entry';
import { accountIn, idIn, sessionKey } from '../../core/session-key';
import { sameJson } from '../../core/same-json';
import type { Argument, DayView } from '../../shared/contract';
import type { Notice, Today } from '../../shared/state';
import { CallFile } from './call-file';

/** What a call log needs. */
export interface CallLogOptions {
  /** The file of JSON lines; its folder is made when there is something to save. */
  readonly path: string;
  /** How many days and entries are kept at most. */
  readonly keep: () => { readonly days: number; readonly entries: number };
  readonly report: (notice: Notice) => void;
  /** The log is no longer what it was. */
  readonly onChange: () => void;
}

/** A part of the log, the newest first. */
export interface LogPart {
  readonly entries: readonly LogEntry[];
  /** How many entries match in all. */
  readonly total: number;
  readonly unseen: number;
}

/** The account that entries are of. */
export interface Owner {
  readonly key: string;
  readonly label: string | undefined;
}

/** Keys of calls that the person has looked at. */
type LookedAt = readonly string[] | 'all';

/** Entries that are taken in at a time: a few ms of work, however new the code is. */
const MOST_AT_ONCE = 100;

const DAY = 24 * 60 * 60 * 1_000;

/** Every session that was seen, by key: in memory for every question, on disk for the next run. */
export class CallLog {
  readonly #entries = new Map<string, LogEntry>();
  readonly #file: CallFile;
  /** What earlier runs kept is not known yet. */
  #blind = true;
  /** What came, and what the person looked at, in the meantime. */
  #meanwhile: (LogEntry | LookedAt)[] = [];
  /** What is to be taken in, the oldest first. */
  readonly #waiting: LogEntry[] = [];
  #closed = false;
  /** Accounts whose calls are not wanted any more. */
  readonly #forgotten = new Set<string>();

  constructor(private readonly options: CallLogOptions) {
    this.#file = new CallFile(options.path, this.#entries, options.report);
  }

  /**
   * Takes in what earlier runs kept, without holding up other work; the log can be used all the
   * while. `now` is ms since 1970. Entries from when there could be only one account name none:
   * they are those of `only`. Where the file needs to be put in order, that goes on in the
   * background. Never throws.
   */
  async load(now: number, only?: Owner): Promise<void> {
    const found = await this.#file.read();
    // Cleared in the meantime: what was read is not wanted any more.
    if (!this.#blind || this.#closed) return;
    this.#blind = false;
    const { damage } = found;
    const owned = only ? [...found.entries.values()].map((entry) => ownedBy(only, entry)) : [];
    const entries = only ? new Map(owned.map((entry) => [entry.facts.id, entry])) : found.entries;
    const isRewritten = owned.some(({ facts }) => !found.entries.has(facts.id));
    const marked = this.#meanwhile.splice(0).flatMap((step) => followed(entries, step));
    for (const [id, entry] of entries) this.#entries.set(id, entry);
    for (const account of this.#forgotten) this.#drop(account);
    const forgotten = this.#forget(this.#oldest(now)) || isRewritten || this.#forgotten.size > 0;
    this.options.onChange();
    this.#file.save(marked);
    void this.#file.putInOrder(damage, forgotten, now);
  }

  /**
   * Takes in the newest version of entries; whether they were looked at is carried over. With the
   * return the system has them on file, and a kill of the app costs nothing.
   */
  put(...entries: readonly LogEntry[]): void {
    this.#take([...this.#waiting.splice(0), ...entries]);
  }

  /**
   * The same for however many. Of more than a hundred, which only come with the first answer of a
   * lively server, the rest follows by and by: all at once they would hold up other work.
   */
  putAll(entries: readonly LogEntry[]): void {
    const isWaiting = this.#waiting.length > 0;
    for (const entry of entries) this.#waiting.push(entry);
    if (!isWaiting) this.#takeNext();
  }

  #takeNext(): void {
    if (this.#waiting.length === 0) return;
    this.#take(this.#waiting.splice(0, MOST_AT_ONCE));
    setImmediate(() => {
      this.#takeNext();
    });
  }

  #take(entries: readonly LogEntry[]): void {
    const changed = entries.flatMap((entry) => {
      const { id } = entry.facts;
      const before = this.#entries.get(id);
      const kept = keptEntry(entry);
      if (this.#blind) this.#meanwhile.push(kept);
      const after = carriedOn(before, kept);
      if (before && sameJson(before, after)) return [];
      this.#entries.set(id, after);
      return [id];
    });
    this.#forget(-Infinity);
    this.#file.save(changed, { blind: this.#blind });
    if (changed.length > 0) this.options.onChange();
  }

  /** Notes that the person has looked at calls, and returns the ids of those that were unseen. */
  markSeen(ids: LookedAt): readonly string[] {
    if (this.#blind) this.#meanwhile.push(ids);
    const changed = markIn(this.#entries, ids);
    this.#file.save(changed);
    if (changed.length > 0) this.options.onChange();
    return changed;
  }

  /** Forgets what is too old, or too much, by the limits as they are now (ms since 1970). */
  prune(now: number): void {
    if (!this.#forget(this.#oldest(now))) return;
    this.#file.purge();
    this.options.onChange();
  }

  /** The entry of a session, by its key; by its id alone that of whichever account had it. */
  get(key: string): LogEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry || accountIn(key) !== undefined) return entry;
    return [...this.#entries.values()].find(({ facts }) => idIn(facts.id) === key);
  }

  /** The part of the log that a list shows; `byAccount` finds calls by their account too. */
  query({ search, only, offset, limit }: Argument<'log:query'>, byAccount = false): LogPart {
    const finds = searchFor(search);
    const found = this.#newestFirst().filter(
      (entry) =>
        (only === 'all' || isMiss(entry)) &&
        finds(entry.facts, byAccount ? entry.account : undefined),
    );
    const entries = found.slice(offset, offset + limit);
    return { entries, total: found.length, unseen: this.unseen };
  }

  /** How many missed calls nobody has looked at. */
  get unseen(): number {
    let unseen = 0;
    for (const { seen } of this.#entries.values()) if (!seen) unseen += 1;
    return unseen;
  }

  /** The day that `now` (ms since 1970) lies in, in short. */
  today(now: number): Today {
    return todaySoFar(this.#entries.values(), now);
  }

  /** The day that `now` (ms since 1970) lies in, hour by hour. */
  day(now: number): DayView {
    return dayPicture(this.#entries.values(), now);
  }

  /** The whole log as the text of a CSV file. */
  csv(words: CsvWords): string {
    return csvOf(this.#newestFirst(), words);
  }

  /** Forgets the calls of one account. */
  forget(account: string): void {
    // What is not read yet is not wanted either.
    if (this.#blind) this.#forgotten.add(account);
    const isOurs = ({ facts }: LogEntry): boolean => accountIn(facts.id) === account;
    const waiting = this.#waiting.splice(0).filter((entry) => !isOurs(entry));
    this.#drop(account);
    this.putAll(waiting);
    this.#file.removeCopies();
    this.#file.purge();
    this.options.onChange();
  }

  /** Forgets every call, and removes every file that tells of one. */
  clear(): void {
    this.#blind = false;
    this.#meanwhile = [];
    this.#waiting.length = 0;
    this.#entries.clear();
    this.#file.remove();
    this.options.onChange();
  }

  /** Makes sure that everything is on the disk, before the app ends. */
  close(): void {
    this.#take(this.#waiting.splice(0));
    this.#closed = true;
    this.#file.close();
  }

  /** Forgets what was last heard of before an instant, or is beyond the number that is kept. */
  #forget(oldest: number): boolean {
    const before = this.#entries.size;
    const most = this.options.keep().entries;
    if (oldest === -Infinity && before <= most) return false;
    for (const [at, entry] of this.#newestFirst().entries()) {
      if (at >= most || lastHeardOf(entry) < oldest) this.#entries.delete(entry.facts.id);
    }
    return this.#entries.size < before;
  }

  #drop(account: string): void {
    for (const key of this.#entries.keys()) {
      if (accountIn(key) === account) this.#entries.delete(key);
    }
  }

  #oldest(now: number): number {
    return now - this.options.keep().days * DAY;
  }

  #newestFirst(): LogEntry[] {
    return [...this.#entries.values()].sort(newerFirst);
  }
}

/** When it began is the server's word, and may be nonsense: then a new call is no old one. */
function lastHeardOf({ startedAt, endedAt, segments }: LogEntry): number {
  return Math.max(startedAt, endedAt ?? -Infinity, segments.at(-1)?.from ?? -Infinity);
}

/** Of two that began at once the order is that of their ids, so that it is always the same. */
function newerFirst(a: LogEntry, b: LogEntry): number {
  return b.startedAt - a.startedAt || (a.facts.id < b.facts.id ? 1 : -1);
}

/** An entry that names no account, as one of this account. */
function ownedBy({ key, label }: Owner, entry: LogEntry): LogEntry {
  const { facts } = entry;
  if (accountIn(facts.id) !== undefined) return entry;
  return { ...entry, facts: { ...facts, id: sessionKey(key, facts.id) }, account: label };
}

/** Does to entries what was done before they were known, and returns the ids newly looked at. */
function followed(entries: Map<string, LogEntry>, step: LogEntry | LookedAt): readonly string[] {
  if (typeof step === 'string' || 'length' in step) return markIn(entries, step);
  const { id } = step.facts;
  entries.set(id, carriedOn(entries.get(id), step));
  return [];
}

function markIn(entries: Map<string, LogEntry>, ids: LookedAt): readonly string[] {
  const changed = [...(ids === 'all' ? entries.keys() : new Set(ids))].flatMap((id) => {
    const entry = entries.get(id);
    return entry && !entry.seen ? [{ ...entry, seen: true }] : [];
  });
  for (const entry of changed) entries.set(entry.facts.id, entry);
  return changed.map(({ facts }) => facts.id);
}
