import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../../src/core/settings';
import { rulesOf } from '../../../src/core/rules';
import { decide } from '../../../src/core/watch/decide';
import { NEW_WATCH } from '../../../src/core/watch/watch';
import { CallLog } from '../../../src/main/store/call-log';
import { SettingsFile } from '../../../src/main/store/settings-file';
import { WatchFile } from '../../../src/main/store/watch-file';
import type { Notice } from '../../../src/shared/state';
import { anEntry } from '../../core/log/an-entry';
import { aSession, markAt, SOMEBODY } from '../builders';

const NOW = Date.UTC(2026, 2, 3, 9, 30);
/** Calls that are told in each round, and calls in all: each is told anew every 20 rounds. */
const PER_ROUND = 5;
const CALLS = 100;
/** Sessions in the memory of alerts: as many as make it large. */
const SESSIONS = 100;

/** The round that each file of a profile is from; undefined before the first. */
export interface Rounds {
  readonly settings: number | undefined;
  readonly calls: number | undefined;
  readonly watch: number | undefined;
  /** What was told of broken files and of failures. */
  readonly notices: readonly Notice[];
}

/** All that a profile keeps, in which every round writes something new to every file. */
export class Kept {
  readonly #notices: Notice[] = [];
  readonly #settings: SettingsFile;
  readonly #calls: CallLog;
  readonly #watch: WatchFile;

  private constructor(profile: string) {
    const report = (notice: Notice) => void this.#notices.push(notice);
    this.#settings = new SettingsFile(profile, report, {});
    this.#watch = new WatchFile(join(profile, 'accounts', 'a1b2', 'watch.json'), report);
    this.#calls = new CallLog({
      path: join(profile, 'calls.jsonl'),
      keep: () => ({ days: 9_000, entries: 5_000 }),
      report,
      onChange: () => undefined,
    });
  }

  /** Opens a profile as a start of the app does. */
  static async open(profile: string): Promise<Kept> {
    const kept = new Kept(profile);
    await kept.#calls.load(NOW);
    return kept;
  }

  write(round: number): void {
    this.#settings.settings = { ...DEFAULT_SETTINGS, mutedChannels: [String(round)] };
    const calls = Array.from({ length: PER_ROUND }, (_, at) => (PER_ROUND * round + at) % CALLS);
    this.#calls.put(...calls.map((call) => anEntry({ id: `S${call}`, rang: round })));
    const sessions = Array.from({ length: SESSIONS }, (_, at) =>
      aSession({ id: `${round} ${at}` }),
    );
    const changes = { appeared: sessions, changed: [], vanished: [] };
    const input = { kind: 'answer', changes } as const;
    const rules = rulesOf(DEFAULT_SETTINGS, false);
    this.#watch.save(decide(NEW_WATCH, input, rules, SOMEBODY, markAt(NOW)).watch);
  }

  /** What is in the files; throws where a round is there in part. */
  read(): Rounds {
    return {
      settings: numberIn(this.#settings.settings.mutedChannels[0]),
      calls: this.#roundOfCalls(),
      watch: this.#roundOfWatch(),
      notices: this.#notices,
    };
  }

  #roundOfCalls(): number | undefined {
    const { entries } = this.#calls.query({ search: '', only: 'all', offset: 0, limit: 500 });
    if (entries.length === 0) return undefined;
    const rounds = entries.map(({ rang }) => rang);
    const last = Math.max(...rounds);
    for (let round = Math.max(0, last - CALLS / PER_ROUND + 1); round <= last; round += 1) {
      const known = rounds.filter((rang) => rang === round).length;
      if (known !== PER_ROUND) throw new Error(`${known} calls of round ${round} of ${last}`);
    }
    return last;
  }

  #roundOfWatch(): number | undefined {
    const ids = [...this.#watch.load(NOW).calls.keys()];
    const rounds = new Set(ids.map((id) => numberIn(id.split(' ')[0])));
    if (rounds.size > 1) throw new Error('sessions of several rounds');
    if (rounds.size === 1 && ids.length !== SESSIONS) throw new Error(`${ids.length} sessions`);
    return [...rounds][0];
  }
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
