import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as v from 'valibot';
import { getElapsedMsWithSleep } from '../../core/timestamp';
import { parseJson } from '../../core/stored-json';
import { parseAlertState, toSavedAlertState } from '../../core/alerts/serialize';
import {
  INITIAL_ALERT_STATE,
  restoreAlertState,
  type AlertState,
} from '../../core/alerts/alert-state';
import type { LogEntry } from '../../core/log/entry';
import { parseEntry, toSavedEntry } from '../../core/log/serialize';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode, writeFileAtomic } from './atomic-write';
import { quarantine, removeTemporaryFiles } from './broken-file';
import { decodeText } from './decode-text';

/** How old the saved time of the last response may get. */
const MAX_RESPONSE_AGE_MS = 30_000;

/** More log entries than a power cut can take from the call log, which is written without `fsync`. */
const MAX_RECENT_ENTRIES = 50;

const extras = v.object({
  revision: v.fallback(v.optional(v.string()), undefined),
  recentEntries: v.fallback(v.array(v.unknown()), []),
});

/**
 * The alert state of an account on disk, with the latest log entries. The time of the last response
 * has its own small file, because it changes all the time.
 */
export class AlertStateFile {
  #saved: AlertState | undefined;
  /** Identifies the saved state, so that a time saved with another copy isn't used with it. */
  #revision = '';
  #savedResponse: AlertState['lastSnapshotAt'] = null;
  #isFailing = false;
  readonly #recentEntries = new Map<string, LogEntry>();

  constructor(
    private readonly path: string,
    private readonly report: (notice: SystemNotice) => void,
    /** Called when the file was saved after an earlier failure. */
    private readonly onSaved: (file: string) => void = () => undefined,
  ) {
    removeTemporaryFiles(path);
  }

  /** The latest log entries of the account, by session id. The call log may lack them. */
  get recentEntries(): readonly LogEntry[] {
    return [...this.#recentEntries.values()];
  }

  /** Returns the state of the previous run, or the initial state if none can be read. */
  load(): AlertState {
    let text: string;
    try {
      text = decodeText(readFileSync(this.path));
    } catch (error) {
      if (getErrorCode(error) !== 'ENOENT') this.report(quarantine(this.path));
      return INITIAL_ALERT_STATE;
    }
    const json = parseText(text);
    const read = parseAlertState(json);
    if (!read.ok) {
      this.report(quarantine(this.path));
      return INITIAL_ALERT_STATE;
    }
    const { revision, recentEntries } = v.parse(extras, json);
    this.addRecentEntries(recentEntries.flatMap((entry) => parseEntry(entry) ?? []));
    return restoreAlertState(this.#addResponseTime(read.state, revision));
  }

  /** Adds log entries to those that are saved with the next state. */
  addRecentEntries(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const { id } = entry.summary;
      this.#recentEntries.delete(id);
      this.#recentEntries.set(id, entry);
    }
    for (const id of this.#recentEntries.keys()) {
      if (this.#recentEntries.size <= MAX_RECENT_ENTRIES) break;
      this.#recentEntries.delete(id);
    }
  }

  /** Forgets the log entries, because the user cleared the log. */
  forgetRecentEntries(): void {
    const state = this.#saved ?? this.load();
    this.#recentEntries.clear();
    if (state !== INITIAL_ALERT_STATE) this.#write(state);
  }

  /** Saves the state if anything changed. */
  save(state: AlertState): void {
    if (!this.#saved || !isEquivalent(this.#saved, state)) this.#write(state);
    else if (isOld(this.#savedResponse, state.lastSnapshotAt)) this.#writeResponseTime(state);
  }

  /** Saves the state with the exact time of the last response before the app quits. */
  close(state: AlertState): void {
    if (!this.#saved || !isEquivalent(this.#saved, state)) this.#write(state);
    else if (this.#savedResponse !== state.lastSnapshotAt) this.#writeResponseTime(state);
  }

  #write(state: AlertState): void {
    const revision = randomUUID();
    const recentEntries = this.recentEntries.map(toSavedEntry);
    const file = basename(this.path);
    try {
      writeFileAtomic(
        this.path,
        JSON.stringify({ ...toSavedAlertState(state), revision, recentEntries }),
      );
      this.#saved = state;
      this.#revision = revision;
      this.#savedResponse = state.lastSnapshotAt;
      if (this.#isFailing) this.onSaved(file);
      this.#isFailing = false;
    } catch (error) {
      this.#isFailing = true;
      this.report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    }
  }

  #writeResponseTime({ lastSnapshotAt }: AlertState): void {
    try {
      writeFileSync(this.#responseTimePath, `${this.#revision} ${lastSnapshotAt?.wall}`, {
        mode: 0o600,
      });
      this.#savedResponse = lastSnapshotAt;
    } catch {
      // Only a restart would need it, and the next response is saved again.
    }
  }

  /** Adds the time of the last response if it came after the state was saved. */
  #addResponseTime(state: AlertState, revision: string | undefined): AlertState {
    const { lastSnapshotAt } = state;
    const [savedRevision, time] = this.#readResponseTime().split(' ');
    const wall = Number(time);
    if (!lastSnapshotAt || savedRevision !== revision || !(wall > lastSnapshotAt.wall))
      return state;
    return { ...state, lastSnapshotAt: { ...lastSnapshotAt, wall } };
  }

  #readResponseTime(): string {
    try {
      return readFileSync(this.#responseTimePath, 'utf8');
    } catch {
      return '';
    }
  }

  get #responseTimePath(): string {
    return `${this.path}.last-response`;
  }
}

function isOld(saved: AlertState['lastSnapshotAt'], last: AlertState['lastSnapshotAt']): boolean {
  if (saved === null || last === null) return saved !== last;
  return getElapsedMsWithSleep(saved, last) >= MAX_RESPONSE_AGE_MS;
}

function isEquivalent(saved: AlertState, state: AlertState): boolean {
  if (saved.calls !== state.calls || saved.missed !== state.missed) return false;
  if (saved.queued !== state.queued || saved.catchUp !== state.catchUp) return false;
  if (
    saved.ownership !== state.ownership ||
    saved.aliases !== state.aliases ||
    saved.voicemail !== state.voicemail
  )
    return false;
  return (saved.lastSnapshotAt === null) === (state.lastSnapshotAt === null);
}

function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
