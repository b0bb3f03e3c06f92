import type { CallSummary } from '../../core/calls/call-summary';
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import { toCsv, type CsvFormat } from '../../core/log/csv';
import { selectForExport, type ExportSelection } from '../../core/log/export-selection';
import { summarizeDay, summarizeToday, type DaySummary, type Today } from '../../core/log/day';
import { normalizeEntry, serializeEntry, parseLine } from '../../core/log/serialize';
import { createCallSearch } from '../../core/calls/search';
import { getCallbacks, isUnanswered, type Callbacks } from '../../core/log/callbacks';
import { mergeEntry, type LogEntry } from '../../core/log/entry';
import { getCallerHistory, type CallerHistory } from '../../core/log/caller-history';
import type { NotesIndex } from '../../core/notes/notes';
import { deepEqual } from '../../core/deep-equal';
import { getAccountKey, getSessionId, createSessionKey } from '../../core/calls/session-key';
import type { RequestArgument } from '../../shared/ipc';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode, SAVE_RETRY_MS } from './atomic-write';
import { quarantine, quarantineCopy, removeCopies, removeTemporaryFiles } from './broken-file';
import { JsonlFile } from './jsonl-file';
import { NO_NOTES_STORE, type NotesStore } from './notes-store';
import type { SettingsStore } from './settings-store';

/** A page of the log, newest entries first. */
export interface LogPage {
  readonly entries: readonly LogEntry[];
  /** Total number of matching entries. */
  readonly total: number;
}

/** The account that entries without an account belong to. */
export interface EntryOwner {
  readonly key: string;
  readonly label: string | undefined;
}

interface CallLogEvents {
  /** The entries changed. */
  change: [];
}

/** Superfluous lines that the file may have before it's compacted. */
const MAX_SUPERFLUOUS_LINES = 500;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Every call that was seen, by session key: in memory for queries, and in a file to which each new
 * version of an entry is appended. The last line of a session counts.
 */
export class CallLog extends EventEmitter<CallLogEvents> {
  readonly #file: JsonlFile;
  #loaded: Map<string, LogEntry> | undefined;
  /** Lines written by a newer version, kept as they are. */
  #newerLines: readonly string[] = [];
  /** Whether the file lacks unsaved changes or has lines to remove. */
  #mustCompact = false;
  #isFailing = false;
  #callbacks: Callbacks | undefined;
  /** What the calls to return were found with. */
  #notesIndex: NotesIndex | undefined;
  #retryTimer: NodeJS.Timeout | undefined;

  constructor(
    path: string,
    private readonly settings: Pick<SettingsStore, 'get'>,
    private readonly report: (notice: SystemNotice) => void,
    /** Called when a file was saved after an earlier failure. */
    private readonly onSaved: (file: string) => void = () => undefined,
    private readonly notes: Pick<NotesStore, 'index'> = NO_NOTES_STORE,
  ) {
    super();
    this.#file = new JsonlFile(path);
    // This is the first listener, so that the others get the new list.
    this.on('change', () => {
      this.#callbacks = undefined;
    });
  }

  /** The calls that still have to be returned, and why the others no longer have to be. */
  get callbacks(): Callbacks {
    const { index } = this.notes;
    if (index !== this.#notesIndex) this.#callbacks = undefined;
    this.#notesIndex = index;
    return (this.#callbacks ??= getCallbacks(
      this.#entries.values(),
      index.getNumberKey,
      ({ summary }) => index.getPriority(summary) === 'nuisance',
    ));
  }

  /** Assigns entries from when there could be only one account to that account. */
  assignUnownedEntries(owner: EntryOwner): void {
    const unowned = [...this.#entries.values()].filter(
      ({ summary }) => getAccountKey(summary.id) === undefined,
    );
    if (unowned.length === 0) return;
    for (const entry of unowned) {
      const id = createSessionKey(owner.key, entry.summary.id);
      this.#entries.delete(entry.summary.id);
      const summary = { ...entry.summary, id };
      // An entry that arrived in the meantime is newer.
      const owned = { ...entry, summary, accountLabel: owner.label };
      const current = this.#entries.get(id);
      this.#entries.set(id, current ? mergeEntry(owned, current) : owned);
    }
    this.#compact();
    this.emit('change');
  }

  /** Adds the newest version of entries. They are on disk when this returns. */
  put(...entries: readonly LogEntry[]): void {
    const changed: LogEntry[] = [];
    for (const entry of entries) {
      const { id } = entry.summary;
      const previous = this.#entries.get(id);
      const current = mergeEntry(previous, normalizeEntry(entry));
      if (previous && deepEqual(previous, current)) continue;
      this.#entries.set(id, current);
      changed.push(current);
    }
    if (changed.length === 0) return;
    this.#append(changed);
    this.#removeWhere(this.#isBeyondLimit());
    this.emit('change');
  }

  /** Marks missed calls as seen, and returns the keys of those that weren't. */
  markSeen(keys: readonly string[] | 'all'): readonly string[] {
    const wanted = keys === 'all' ? this.#entries.keys() : new Set(keys);
    const changed = [...wanted].flatMap((key) => {
      const entry = this.#entries.get(key);
      return entry && !entry.isSeen ? [{ ...entry, isSeen: true }] : [];
    });
    if (changed.length === 0) return [];
    this.#change(changed);
    return changed.map(({ summary }) => summary.id);
  }

  /** Takes calls off the list of calls to return, or puts them back, at `now` (ms since 1970). */
  markCallbacks(keys: readonly string[], isDone: boolean, now: number): void {
    const { resolutions } = this.callbacks;
    const changed = keys.flatMap((key): LogEntry[] => {
      const entry = this.#entries.get(key);
      if (!entry || !isUnanswered(entry)) return [];
      if (isDone) return [{ ...entry, isSeen: true, callbackMark: { kind: 'done', at: now } }];
      const isMarkedDone = resolutions.get(key)?.kind === 'marked-done';
      return [{ ...entry, callbackMark: isMarkedDone ? null : { kind: 'reopened', at: now } }];
    });
    if (changed.length > 0) this.#change(changed);
  }

  /** Removes entries that are too old or too many. `now` is in ms since 1970. */
  prune(now: number): void {
    const oldest = now - this.settings.get().logDays * DAY_MS;
    const isBeyondLimit = this.#isBeyondLimit();
    this.#removeForGood((entry) => isBeyondLimit(entry) || getLastActivity(entry) < oldest);
    if (this.#mustCompact) this.#compact();
  }

  /** Removes the calls of an account, including those in copies of broken files. */
  forget(account: string): void {
    removeCopies(this.#file.path);
    this.#removeForGood(({ summary }) => getAccountKey(summary.id) === account);
  }

  /** Removes every call, and every file that holds one. */
  clear(): void {
    this.#loaded = new Map();
    this.#newerLines = [];
    this.#save(() => {
      this.#file.remove();
    });
    this.emit('change');
  }

  /** Tries once more to save what couldn't be saved, before the app quits. */
  dispose(): void {
    clearTimeout(this.#retryTimer);
    if (this.#mustCompact) this.#compact();
  }

  /** Returns the entry with a session key. An id without an account matches that of any account. */
  get(key: string): LogEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry || getAccountKey(key) !== undefined) return entry;
    return [...this.#entries.values()].find(({ summary }) => getSessionId(summary.id) === key);
  }

  /** Returns the entries of several accounts. */
  getAccountEntries(accounts: readonly string[]): readonly LogEntry[] {
    return [...this.#entries.values()].filter(({ summary }) => {
      const account = getAccountKey(summary.id);
      return account !== undefined && accounts.includes(account);
    });
  }

  /**
   * Returns a page of the log. `byAccount` includes the account's name in the search, and
   * `nameCaller` the names that callers are shown with.
   */
  query(
    { search, only, offset, limit }: RequestArgument<'log:query'>,
    byAccount = false,
    nameCaller = (summary: CallSummary): CallSummary => summary,
  ): LogPage {
    const matches = createCallSearch(search);
    const { resolutions } = this.callbacks;
    const { index } = this.notes;
    const hasNotes = search !== '';
    const found = this.#newestFirst().filter(
      (entry) =>
        (only === 'all' || resolutions.has(entry.summary.id)) &&
        matches(
          toSearchable(entry),
          byAccount ? entry.accountLabel : undefined,
          hasNotes
            ? `${index.getSearchText(entry.summary)}\n${nameCaller(entry.summary).party.name ?? ''}`
            : undefined,
        ),
    );
    const entries = found.slice(offset, offset + limit);
    return { entries, total: found.length };
  }

  /** What the log knows about the number of a call before it. */
  getCallerHistory(call: Parameters<typeof getCallerHistory>[1]): CallerHistory | null {
    return getCallerHistory(this.#entries.values(), call, this.notes.index.getNumberKey);
  }

  /** When the earliest call of an account began, in ms since 1970. */
  getEarliestStart(account: string): number | undefined {
    let earliest: number | undefined;
    for (const { summary, startedAt } of this.#entries.values()) {
      if (getAccountKey(summary.id) !== account) continue;
      if (earliest === undefined || startedAt < earliest) earliest = startedAt;
    }
    return earliest;
  }

  /** Returns the totals of the day of `now` (ms since 1970). */
  today(now: number): Today {
    return summarizeToday(this.#entries.values(), now);
  }

  /** Returns the local day of an instant (ms since 1970). */
  day(at: number): DaySummary {
    return summarizeDay(this.#entries.values(), at);
  }

  /** Returns the selected calls as CSV. `now` is in ms since 1970. */
  csv(format: CsvFormat, selection: ExportSelection, now: number): string {
    return toCsv(selectForExport(this.#newestFirst(), selection, this.callbacks, now), format);
  }

  /** Loaded on first use, after the first poll has started. */
  get #entries(): Map<string, LogEntry> {
    return (this.#loaded ??= this.#load());
  }

  #load(): Map<string, LogEntry> {
    const entries = new Map<string, LogEntry>();
    const newerLines: string[] = [];
    const { path } = this.#file;
    let isDamaged = false;
    removeTemporaryFiles(path);
    try {
      for (const text of this.#file.read()) {
        const line = parseLine(text);
        if (line.kind === 'newer') newerLines.push(text);
        else if (line.kind === 'invalid') isDamaged = true;
        else {
          const { id } = line.entry.summary;
          entries.set(
            id,
            line.isProvisional ? mergeEntry(entries.get(id), line.entry) : line.entry,
          );
        }
      }
    } catch {
      this.report(quarantine(path));
    }
    this.#newerLines = newerLines;
    if (isDamaged) {
      const notice = quarantineCopy(path);
      this.report(notice);
      // Without a copy, the damaged lines stay in the file until it's compacted.
      this.#mustCompact = notice.keptAs !== undefined;
    }
    return entries;
  }

  #change(changed: readonly LogEntry[]): void {
    for (const entry of changed) this.#entries.set(entry.summary.id, entry);
    this.#append(changed);
    this.emit('change');
  }

  #append(changed: readonly LogEntry[]): void {
    const needed = this.#entries.size + this.#newerLines.length;
    const lines = changed.map((entry) => serializeEntry(entry));
    const isOvergrown = this.#file.lineCount + lines.length > 2 * needed + MAX_SUPERFLUOUS_LINES;
    if (this.#mustCompact || isOvergrown) this.#compact();
    else {
      this.#save(() => {
        this.#file.append(lines);
      });
    }
  }

  #removeForGood(isUnwanted: (entry: LogEntry) => boolean): void {
    if (!this.#removeWhere(isUnwanted)) return;
    this.#compact();
    this.emit('change');
  }

  #removeWhere(isUnwanted: (entry: LogEntry) => boolean): boolean {
    const unwanted = [...this.#entries.values()].filter(isUnwanted);
    for (const { summary } of unwanted) this.#entries.delete(summary.id);
    return unwanted.length > 0;
  }

  /**
   * Returns whether an entry is older than as many others of its account as the log may hold. One
   * account can't displace the calls of another.
   */
  #isBeyondLimit(): (entry: LogEntry) => boolean {
    const { logEntries } = this.settings.get();
    if (this.#entries.size <= logEntries) return () => false;
    const counts = new Map<string | undefined, number>();
    const beyond = new Set<LogEntry>();
    for (const entry of this.#newestFirst()) {
      const account = getAccountKey(entry.summary.id);
      const count = (counts.get(account) ?? 0) + 1;
      counts.set(account, count);
      if (count > logEntries) beyond.add(entry);
    }
    return (entry) => beyond.has(entry);
  }

  /** Replaces the file by one line for each entry. */
  #compact(): void {
    const lines = [...this.#entries.values()].map((entry) => serializeEntry(entry));
    this.#save(() => {
      this.#file.replace([...this.#newerLines, ...lines]);
    });
  }

  /** Saves a change. After a failure, the whole file is replaced as soon as that's possible. */
  #save(write: () => void): void {
    const file = basename(this.#file.path);
    clearTimeout(this.#retryTimer);
    try {
      write();
      this.#mustCompact = false;
      if (this.#isFailing) this.onSaved(file);
      this.#isFailing = false;
    } catch (error) {
      this.#mustCompact = true;
      this.#retryTimer = setTimeout(() => {
        this.#compact();
      }, SAVE_RETRY_MS);
      if (this.#isFailing) return;
      this.#isFailing = true;
      this.report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    }
  }

  #newestFirst(): LogEntry[] {
    return [...this.#entries.values()].sort(compareNewestFirst);
  }
}

/** The server's start time may be wrong; a call that has just ended isn't an old one. */
function getLastActivity({ startedAt, endedAt, segments }: LogEntry): number {
  return Math.max(startedAt, endedAt ?? -Infinity, segments.at(-1)?.from ?? -Infinity);
}

/** Calls that started at the same time are ordered by id, so that the order is stable. */
function compareNewestFirst(a: LogEntry, b: LogEntry): number {
  return b.startedAt - a.startedAt || (a.summary.id < b.summary.id ? 1 : -1);
}

/** The parts of an entry that a search looks at. */
function toSearchable({ summary, outcome, record }: LogEntry) {
  const by = outcome.kind === 'answered' ? [outcome.by] : [];
  return { ...summary, people: [...by, ...(record?.members ?? []).map(({ name }) => name)] };
}
