import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { normalizeEntry, serializeEntry } from '../../../src/core/log/serialize';
import type { LogEntry } from '../../../src/core/log/entry';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { CallLog } from '../../../src/main/storage/call-log';
import type { SystemNotice } from '../../../src/shared/state';
import { createLogEntry } from '../../core/log/log-entry-fixture';

export const NOW = Date.UTC(2026, 2, 4, 18, 0);
export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
export const ALL = { search: '', only: 'all', offset: 0, limit: 10_000 } as const;

/** Parent of all profiles of a test file. */
export const root = mkdtempSync(join(tmpdir(), 'call-log-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** The profile of the current test, and the log's path in it. */
export let folder: string;
export let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'profile-'));
  path = join(folder, 'calls.jsonl');
});

interface OpenLog {
  readonly log: CallLog;
  readonly notices: readonly SystemNotice[];
  limits: { logDays: number; logEntries: number };
}

/** Opens a call log as a new run of the app does. */
export function openLog(
  file = path,
  limits: OpenLog['limits'] = { logDays: 90, logEntries: 5_000 },
): OpenLog {
  const notices: SystemNotice[] = [];
  const settings = { get: () => ({ ...DEFAULT_SETTINGS, ...opened.limits }) };
  const log = new CallLog(file, settings, (notice) => void notices.push(notice));
  const opened: OpenLog = { log, notices, limits };
  log.prune(NOW);
  return opened;
}

export const getEntries = (log: CallLog): readonly LogEntry[] => log.query(ALL).entries;
export const getIds = (log: CallLog): readonly string[] =>
  getEntries(log).map(({ summary }) => summary.id);
export const countUnseen = (log: CallLog): number =>
  getEntries(log).filter(({ isSeen }) => !isSeen).length;
export const toLines = (entries: readonly LogEntry[]): string =>
  entries.map((entry) => `${serializeEntry(normalizeEntry(entry))}\n`).join('');
export const readLines = (file = path): readonly string[] =>
  readFileSync(file, 'utf8').split('\n').filter(Boolean);
export const getBrokenCopies = (): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('calls.jsonl.broken-'));
/** Creates calls that began a minute apart, newest first. */
export const createCalls = (count: number, create = createLogEntry): readonly LogEntry[] =>
  Array.from({ length: count }, (_, index) =>
    create({ id: `S${index}`, startedAt: NOW - index * MINUTE_MS }),
  );
