import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, vi } from 'vitest';
import { keptEntry, lineOf } from '../../../src/core/log/saved-entry';
import type { LogEntry } from '../../../src/core/log-entry';
import { CallLog } from '../../../src/main/store/call-log';
import type { Notice } from '../../../src/shared/state';
import { anEntry } from '../../core/log/an-entry';

export const NOW = Date.UTC(2026, 2, 4, 18, 0);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const EVERYTHING = { search: '', only: 'all', offset: 0, limit: 10_000 } as const;

/** Where everything that a file of tests writes lies. */
export const root = mkdtempSync(join(tmpdir(), 'call-log-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** The profile of the test that runs, and the log in it. */
export let folder: string;
export let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'profile-'));
  path = join(folder, 'calls.jsonl');
});

/** A log, and what it has told. */
interface Opened {
  readonly log: CallLog;
  readonly notices: Notice[];
  readonly onChange: ReturnType<typeof vi.fn>;
  keep: { days: number; entries: number };
}

/** A log that does not know yet what is on file. */
export function open(file = path, keep = { days: 90, entries: 5_000 }): Opened {
  const notices: Notice[] = [];
  const onChange = vi.fn();
  const report = (notice: Notice) => void notices.push(notice);
  const opened: Opened = {
    notices,
    onChange,
    keep,
    log: new CallLog({ path: file, keep: () => opened.keep, report, onChange }),
  };
  return opened;
}

/** A log that has taken in what is on file, as after a start of the app. */
export async function loaded(file = path, keep?: Opened['keep']): Promise<Opened> {
  const opened = open(file, keep);
  await opened.log.load(NOW);
  return opened;
}

/** What a log and a file come to. */
export const all = (log: CallLog): readonly LogEntry[] => log.query(EVERYTHING).entries;
export const idsIn = (log: CallLog): readonly string[] => all(log).map(({ facts }) => facts.id);
export const linesOf = (entries: readonly LogEntry[]): string =>
  entries.map((entry) => `${lineOf(keptEntry(entry))}\n`).join('');
export const linesIn = (file = path): readonly string[] =>
  readFileSync(file, 'utf8').split('\n').filter(Boolean);
export const keptBeside = (): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('calls.jsonl.broken-'));
/** Calls that began a minute apart, the newest first. */
export const calls = (count: number, make = anEntry): readonly LogEntry[] =>
  Array.from({ length: count }, (_, at) => make({ id: `S${at}`, startedAt: NOW - at * MINUTE }));

export const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 5_000, interval: 5 });
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
