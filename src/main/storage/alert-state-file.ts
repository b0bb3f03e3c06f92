import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { elapsedWithSleep } from '../../core/mark';
import { fromSaved, savedText } from '../../core/watch/saved';
import { NEW_WATCH, takenUpAgain, type Watch } from '../../core/watch/watch';
import type { Notice } from '../../shared/state';
import { getErrorCode, writeFileAtomic } from './atomic-write';
import { quarantine, removeTemporaryFiles } from './broken-file';

/** How old the saved time of the last response may get while nothing else changes. */
const MAX_RESPONSE_AGE_MS = 30_000;

/**
 * The alert state of an account on disk. Write the call log first, then this file, and only then
 * show alerts: a kill in between costs at most one notification, whose missed call the log still
 * counts. Any other order repeats or forgets something.
 */
export class AlertStateFile {
  #saved: Watch | undefined;

  constructor(
    private readonly path: string,
    private readonly report: (notice: Notice) => void,
  ) {
    removeTemporaryFiles(path);
  }

  /** Returns the state of the previous run, or the initial state if none can be read. */
  load(): Watch {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (getErrorCode(error) !== 'ENOENT') this.report(quarantine(this.path));
      return NEW_WATCH;
    }
    const read = fromSaved(parseJson(text));
    if (!read.ok) {
      this.report(quarantine(this.path));
      return NEW_WATCH;
    }
    return takenUpAgain(read.watch);
  }

  /** Saves the state if it differs from the saved one in more than the time of the response. */
  save(state: Watch): void {
    if (this.#saved && isEquivalent(this.#saved, state)) return;
    this.#write(state);
  }

  /** Saves the state with the exact time of the last response before the app quits. */
  close(state: Watch): void {
    if (this.#saved !== state) this.#write(state);
  }

  #write(state: Watch): void {
    try {
      writeFileAtomic(this.path, savedText(state));
      this.#saved = state;
    } catch (error) {
      const file = basename(this.path);
      this.report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    }
  }
}

function isEquivalent(saved: Watch, state: Watch): boolean {
  if (saved.calls !== state.calls || saved.told !== state.told) return false;
  if (saved.waiting !== state.waiting) return false;
  if (saved.seenAt === null || state.seenAt === null) return saved.seenAt === state.seenAt;
  return elapsedWithSleep(saved.seenAt, state.seenAt) < MAX_RESPONSE_AGE_MS;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
