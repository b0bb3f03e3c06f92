import { join } from 'node:path';
import { createAlertRules } from '../../../src/core/alerts/alert-rules';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { reduce } from '../../../src/core/alerts/reduce';
import { INITIAL_ALERT_STATE } from '../../../src/core/alerts/alert-state';
import { AlertStateFile } from '../../../src/main/storage/alert-state-file';
import { CallLog } from '../../../src/main/storage/call-log';
import { SettingsStore } from '../../../src/main/storage/settings-store';
import type { SystemNotice } from '../../../src/shared/state';
import { createLogEntry } from '../../core/log/log-entry-fixture';
import { createSession, createTimestamp, UNKNOWN_USER } from '../builders';

const NOW = Date.UTC(2026, 2, 3, 9, 30);
const CALLS_PER_ROUND = 5;
/** Each call is updated every 20 rounds. */
const TOTAL_CALLS = 100;
/** How many sessions make the alert state large. */
const SESSIONS = 100;

/** The round saved in each file; `undefined` before the first. */
export interface SavedRounds {
  readonly settings: number | undefined;
  readonly calls: number | undefined;
  readonly alertState: number | undefined;
}

/** A profile in which every round changes all files. */
export class RoundProfile {
  readonly notices: SystemNotice[] = [];
  readonly #settings: SettingsStore;
  readonly #calls: CallLog;
  readonly #alertState: AlertStateFile;

  constructor(profile: string) {
    const report = (notice: SystemNotice) => void this.notices.push(notice);
    this.#settings = new SettingsStore(profile, report);
    this.#alertState = new AlertStateFile(join(profile, 'accounts', 'a1b2', 'watch.json'), report);
    const limits = { ...DEFAULT_SETTINGS, logDays: 9_000 };
    this.#calls = new CallLog(join(profile, 'calls.jsonl'), { get: () => limits }, report);
  }

  write(round: number): void {
    this.#settings.update({ mutedChannels: [String(round)] });
    const first = CALLS_PER_ROUND * round;
    const calls = Array.from({ length: CALLS_PER_ROUND }, (_, at) => (first + at) % TOTAL_CALLS);
    this.#calls.put(...calls.map((call) => createLogEntry({ id: `S${call}`, ringMs: round })));
    const appeared = Array.from({ length: SESSIONS }, (_, at) =>
      createSession({ id: `${round} ${at}` }),
    );
    const input = { kind: 'snapshot', diff: { appeared, changed: [], vanished: [] } } as const;
    const rules = createAlertRules(DEFAULT_SETTINGS, false);
    this.#alertState.save(
      reduce(INITIAL_ALERT_STATE, input, rules, UNKNOWN_USER, createTimestamp(NOW)).state,
    );
  }

  /** Returns the round of each file. Throws if a file holds only part of a round. */
  read(): SavedRounds {
    return {
      settings: toNumber(this.#settings.get().mutedChannels[0]),
      calls: this.#readCallsRound(),
      alertState: this.#readAlertStateRound(),
    };
  }

  #readCallsRound(): number | undefined {
    const { entries } = this.#calls.query({ search: '', only: 'all', offset: 0, limit: 500 });
    if (entries.length === 0) return undefined;
    const rounds = entries.map(({ ringMs }) => ringMs);
    const last = Math.max(...rounds);
    const oldest = Math.max(0, last - TOTAL_CALLS / CALLS_PER_ROUND + 1);
    for (let round = oldest; round <= last; round += 1) {
      const found = rounds.filter((rang) => rang === round).length;
      if (found !== CALLS_PER_ROUND) throw new Error(`${found} calls of round ${round} of ${last}`);
    }
    return last;
  }

  #readAlertStateRound(): number | undefined {
    const ids = [...this.#alertState.load().calls.keys()];
    const rounds = new Set(ids.map((id) => toNumber(id.split(' ')[0])));
    if (rounds.size > 1) throw new Error('sessions of several rounds');
    if (rounds.size === 1 && ids.length !== SESSIONS) throw new Error(`${ids.length} sessions`);
    return [...rounds][0];
  }
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
