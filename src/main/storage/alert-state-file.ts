import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { getElapsedMsWithSleep } from '../../core/timestamp';
import { parseJson } from '../../core/stored-json';
import { parseAlertState, serializeAlertState } from '../../core/alerts/serialize';
import {
  INITIAL_ALERT_STATE,
  restoreAlertState,
  type AlertState,
} from '../../core/alerts/alert-state';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode, writeFileAtomic } from './atomic-write';
import { quarantine, removeTemporaryFiles } from './broken-file';

/** How old the saved time of the last response may get while nothing else changes. */
const MAX_RESPONSE_AGE_MS = 30_000;

/** The alert state of an account on disk. */
export class AlertStateFile {
  #saved: AlertState | undefined;

  constructor(
    private readonly path: string,
    private readonly report: (notice: SystemNotice) => void,
  ) {
    removeTemporaryFiles(path);
  }

  /** Returns the state of the previous run, or the initial state if none can be read. */
  load(): AlertState {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (getErrorCode(error) !== 'ENOENT') this.report(quarantine(this.path));
      return INITIAL_ALERT_STATE;
    }
    const read = parseAlertState(parseText(text));
    if (!read.ok) {
      this.report(quarantine(this.path));
      return INITIAL_ALERT_STATE;
    }
    return restoreAlertState(read.state);
  }

  /** Saves the state if it differs from the saved one in more than the time of the response. */
  save(state: AlertState): void {
    if (this.#saved && isEquivalent(this.#saved, state)) return;
    this.#write(state);
  }

  /** Saves the state with the exact time of the last response before the app quits. */
  close(state: AlertState): void {
    if (this.#saved !== state) this.#write(state);
  }

  #write(state: AlertState): void {
    try {
      writeFileAtomic(this.path, serializeAlertState(state));
      this.#saved = state;
    } catch (error) {
      const file = basename(this.path);
      this.report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    }
  }
}

function isEquivalent(saved: AlertState, state: AlertState): boolean {
  if (saved.calls !== state.calls || saved.missed !== state.missed) return false;
  if (saved.queued !== state.queued || saved.catchUp !== state.catchUp) return false;
  if (saved.ownership !== state.ownership || saved.aliases !== state.aliases) return false;
  if (saved.lastSnapshotAt === null || state.lastSnapshotAt === null)
    return saved.lastSnapshotAt === state.lastSnapshotAt;
  return getElapsedMsWithSleep(saved.lastSnapshotAt, state.lastSnapshotAt) < MAX_RESPONSE_AGE_MS;
}

function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
