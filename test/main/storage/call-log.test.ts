import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import type { CsvFormat } from '../../../src/core/log/csv';
import type { LogEntry } from '../../../src/core/log/entry';
import { createSessionKey } from '../../../src/core/calls/session-key';
import { createMissedEntry, createLogEntry } from '../../core/log/log-entry-fixture';
import {
  ALL,
  countUnseen,
  createCalls,
  DAY_MS,
  getBrokenCopies,
  getEntries,
  getIds,
  MINUTE_MS,
  NOW,
  openLog,
  path,
  readLines,
  toLines,
} from './call-log-fixture';

describe('CallLog entries', () => {
  test('lists the newest entries first, a page at a time', () => {
    const { log } = openLog();
    log.put(...createCalls(10).toReversed());
    expect(getIds(log)).toEqual(Array.from({ length: 10 }, (_, index) => `S${index}`));
    const page = log.query({ ...ALL, offset: 8, limit: 5 });
    expect(page.entries.map(({ summary }) => summary.id)).toEqual(['S8', 'S9']);
    expect(page.total).toBe(10);
  });

  test('keeps the newest version of each call', () => {
    const { log } = openLog();
    log.put(createLogEntry({ outcome: { kind: 'active' }, endedAt: undefined }));
    log.put(createLogEntry());
    expect(getEntries(log)).toHaveLength(1);
    expect(log.get('S1')?.outcome.kind).toBe('answered');
    expect(log.get('S2')).toBeUndefined();
  });

  test('applies several versions of a call in one batch in order', () => {
    const { log } = openLog();
    log.put(createMissedEntry({ ringMs: 1 }), createMissedEntry({ ringMs: 2, isSeen: true }));
    expect(log.get('S1')).toMatchObject({ ringMs: 2, isSeen: false });
  });

  test('filters by resolved calls and searches', () => {
    const { log } = openLog();
    const done = { kind: 'done', at: NOW } as const;
    log.put(
      createLogEntry({ id: 'A', startedAt: NOW - DAY_MS }),
      createMissedEntry({ id: 'B', callbackMark: done }),
      createMissedEntry({ id: 'C', party: { name: 'Ada' }, callbackMark: done }),
      createMissedEntry({ id: 'D', party: { name: 'Ada' } }),
    );
    const missed = log.query({ ...ALL, only: 'resolved', search: 'ada' });
    expect(missed.entries.map(({ summary }) => summary.id)).toEqual(['C']);
    expect(missed).toMatchObject({ total: 1 });
  });

  test('accepts any text as a session id', () => {
    const ids = ['__proto__', 'constructor', 'hasOwnProperty', 'a\nb', '"', '\u2028', '漢字'];
    const { log } = openLog();
    for (const id of ids) log.put(createMissedEntry({ id }));
    log.markSeen(['__proto__', 'toString']);
    const next = openLog();
    for (const id of ids) expect(next.log.get(id)?.isSeen).toBe(id === '__proto__');
    expect(next.log.get('toString')).toBeUndefined();
    expect(next.notices).toEqual([]);
  });

  test('returns the totals of a day and a CSV export', () => {
    const { log } = openLog();
    log.put(
      createLogEntry({ startedAt: NOW }),
      createMissedEntry({
        id: 'S2',
        startedAt: NOW - DAY_MS,
        party: { number: '+442079460018' },
      }),
    );
    expect(log.today(NOW)).toMatchObject({ answered: 1, missed: 0 });
    expect(log.today(NOW).lastCall).toMatchObject({ at: NOW, party: { name: 'Grace Hopper' } });
    expect(log.day(NOW).own.talkMs).toBe(60_000);
    expect(log.day(NOW - DAY_MS)).toMatchObject({ answered: 0, missed: 1 });
    const columns = { started: 'Started', answered: 'Answered', ended: 'Ended', direction: '' };
    const people = { outcome: '', answeredBy: '', name: '', number: '', customer: '' };
    const rest = { endpoint: '', channel: '', rang: '', talked: '', held: '', account: '' };
    const format: CsvFormat = {
      columns: { ...columns, ...people, ...rest },
      outcome: ({ kind }) => kind,
      direction: (direction) => direction,
      formatNumber: (number) => number,
      separator: ',',
    };
    const all = { period: 'all', onlyCallbacks: false } as const;
    const csv = log.csv(format, all, NOW);
    const today = log.csv(format, { ...all, period: 'today' }, NOW);
    expect(today.split('\r\n')).toHaveLength(3);
    const callbacks = log.csv(format, { ...all, onlyCallbacks: true }, NOW);
    expect(callbacks.split('\r\n')).toHaveLength(3);
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain('Grace Hopper');
  });

  test('emits one change event per change and none without a change', () => {
    const { log } = openLog();
    const onChange = vi.fn();
    log.on('change', onChange);
    const takeCount = (): number => {
      const count = onChange.mock.calls.length;
      onChange.mockClear();
      return count;
    };
    log.put(createMissedEntry(), createLogEntry({ id: 'S2' }));
    expect(takeCount()).toBe(1);
    log.put(createMissedEntry());
    log.put();
    expect(takeCount()).toBe(0);
    log.markSeen('all');
    expect(takeCount()).toBe(1);
    log.markSeen('all');
    log.prune(NOW);
    expect(takeCount()).toBe(0);
    log.prune(NOW + 91 * DAY_MS);
    expect(takeCount()).toBe(1);
    log.clear();
    expect(takeCount()).toBe(1);
  });

  test('writes nothing if an entry is unchanged', () => {
    const { log } = openLog();
    log.put(createLogEntry());
    const { size } = statSync(path);
    log.put(createLogEntry());
    expect(statSync(path).size).toBe(size);
  });
});

describe('CallLog missed calls', () => {
  test('stay unseen until the user looks at them, across restarts', () => {
    const { log } = openLog();
    log.put(
      createMissedEntry({ id: 'A' }),
      createMissedEntry({ id: 'B' }),
      createLogEntry({ id: 'C' }),
    );
    expect(countUnseen(log)).toBe(2);
    expect(log.markSeen(['A', 'C', 'A', 'unknown'])).toEqual(['A']);
    const next = openLog();
    expect(countUnseen(next.log)).toBe(1);
    expect(next.log.markSeen('all')).toEqual(['B']);
    expect(next.log.markSeen('all')).toEqual([]);
    expect(countUnseen(openLog().log)).toBe(0);
  });

  test('stay seen when they are updated after a restart', () => {
    const { log } = openLog();
    log.put(createMissedEntry());
    log.markSeen('all');
    const next = openLog();
    next.log.put(
      createMissedEntry({ outcome: { kind: 'missed', isInferred: true, wasAway: false } }),
    );
    expect(next.log.get('S1')).toMatchObject({ isSeen: true, outcome: { isInferred: true } });
  });

  test('are unseen again if the call is missed a second time', () => {
    const { log } = openLog();
    log.put(createMissedEntry());
    log.markSeen(['S1']);
    log.put(createLogEntry({ outcome: { kind: 'active' } }));
    log.put(createMissedEntry());
    expect(countUnseen(log)).toBe(1);
    expect(countUnseen(openLog().log)).toBe(1);
  });

  test('are unseen if they return after the log was cleared', () => {
    const { log } = openLog();
    log.put(createMissedEntry());
    log.markSeen('all');
    log.clear();
    log.put(createMissedEntry());
    expect(countUnseen(log)).toBe(1);
    expect(countUnseen(openLog().log)).toBe(1);
  });
});

describe('CallLog limits', () => {
  test('many calls of one account remove none of another', () => {
    const [quiet, flooded] = ['a'.repeat(16), 'b'.repeat(16)];
    const limits = { logDays: 90, logEntries: 3 };
    const { log } = openLog(path, limits);
    const important = createSessionKey(quiet, 'Irene');
    log.put(createMissedEntry({ id: important, startedAt: NOW - DAY_MS }));
    for (const call of createCalls(10)) {
      const { summary } = call;
      log.put({ ...call, summary: { ...summary, id: createSessionKey(flooded, summary.id) } });
    }
    for (const kept of [log, openLog(path, limits).log]) {
      expect(kept.get(important)?.isSeen).toBe(false);
      expect(getEntries(kept)).toHaveLength(4);
    }
  });

  test('keep the newest entries in any order of arrival', () => {
    const limits = { logDays: 90, logEntries: 3 };
    const { log } = openLog(path, limits);
    const entries = createCalls(6);
    log.put(...[4, 0, 5, 2, 1, 3].flatMap((index) => entries[index] ?? []));
    expect(getIds(log)).toEqual(['S0', 'S1', 'S2']);
    log.put(createLogEntry({ id: 'S9', startedAt: NOW - 9 * MINUTE_MS }));
    expect(getIds(log)).toEqual(['S0', 'S1', 'S2']);
    expect(getIds(openLog(path, limits).log)).toEqual(['S0', 'S1', 'S2']);
  });

  test('apply to the saved entries and to the file at the next start', () => {
    const old = createLogEntry({ startedAt: NOW - 91 * DAY_MS });
    writeFileSync(path, toLines([old, ...createCalls(1, createMissedEntry)]));
    const { log, notices } = openLog();
    expect(getIds(log)).toEqual(['S0']);
    expect(readLines()).toHaveLength(1);
    expect(notices).toEqual([]);
  });

  test('keep a call that has just ended although the server dates its start to 1970', () => {
    const { log } = openLog();
    log.put(createMissedEntry({ id: 'odd', startedAt: 0, endedAt: NOW, segments: [] }));
    log.prune(NOW + 89 * DAY_MS);
    expect(getIds(log)).toEqual(['odd']);
    log.prune(NOW + 91 * DAY_MS);
    expect(getIds(log)).toEqual([]);
  });

  test('apply when the user lowers them', () => {
    const opened = openLog();
    opened.log.put(...createCalls(10), createLogEntry({ id: 'old', startedAt: NOW - 40 * DAY_MS }));
    opened.limits = { logDays: 30, logEntries: 5 };
    opened.log.prune(NOW);
    expect(getIds(opened.log)).toEqual(['S0', 'S1', 'S2', 'S3', 'S4']);
    expect(readLines()).toHaveLength(5);
  });
});

describe('CallLog with several accounts', () => {
  const MAYA = { key: '0123456789abcdef', label: 'maya' };
  const PRIYA = { key: 'fedcba9876543210', label: 'priya' };
  const createEntry = (
    { key, label }: typeof MAYA,
    id: string,
    create = createLogEntry,
  ): LogEntry => create({ id: createSessionKey(key, id), accountLabel: label });

  test('keeps an entry per account for the same session', () => {
    const { log } = openLog();
    log.put(createEntry(MAYA, 'S-1'), createEntry(PRIYA, 'S-1', createMissedEntry));
    expect(log.get(createSessionKey(MAYA.key, 'S-1'))?.outcome.kind).toBe('answered');
    expect(log.get(createSessionKey(PRIYA.key, 'S-1'))?.outcome.kind).toBe('missed');
    expect(log.get('S-1')?.accountLabel).toBe('maya');
    expect(log.get('S-2')).toBeUndefined();
    expect(getEntries(openLog().log)).toHaveLength(2);
  });

  test('removes the calls of one account from the file and from copies of broken files', () => {
    const lines = toLines([createEntry(MAYA, 'S-1'), createEntry(PRIYA, 'S-2')]);
    writeFileSync(path, `garbage\n${lines}`);
    const { log } = openLog();
    expect(getBrokenCopies()).toHaveLength(1);
    log.forget(MAYA.key);
    expect(getEntries(log).map(({ accountLabel }) => accountLabel)).toEqual(['priya']);
    expect(getBrokenCopies()).toEqual([]);
    expect(readFileSync(path, 'utf8')).not.toContain('maya');
    expect(getEntries(openLog().log).map(({ accountLabel }) => accountLabel)).toEqual(['priya']);
  });

  test('searches by account name if asked to', () => {
    const { log } = openLog();
    log.put(createEntry(MAYA, 'S-1'), createEntry(PRIYA, 'S-2'));
    const search = { ...ALL, search: 'priya grace' };
    expect(log.query(search, true).total).toBe(1);
    expect(log.query(search).total).toBe(0);
  });

  test('assigns entries without an account to the only account', () => {
    const unowned = [createLogEntry({ id: 'S-1' }), createMissedEntry({ id: 'S-2' })];
    writeFileSync(path, toLines(unowned.map((entry) => ({ ...entry, accountLabel: undefined }))));
    const { log } = openLog();
    // A later version of the same call.
    log.put({ ...createEntry(MAYA, 'S-2', createMissedEntry), ringMs: 7_000 });
    log.assignUnownedEntries(MAYA);
    const owned = ['S-1', 'S-2'].map((id) => log.get(createSessionKey(MAYA.key, id)));
    expect(owned).toMatchObject([
      { accountLabel: 'maya' },
      { accountLabel: 'maya', ringMs: 7_000 },
    ]);
    expect(log.query(ALL)).toMatchObject({ total: 2 });
    expect(countUnseen(log)).toBe(1);
    expect(readLines().filter((line) => line.includes('"id":"S-'))).toEqual([]);
    expect(getEntries(openLog().log)).toEqual(getEntries(log));
  });

  test('keeps entries without an account when another account is removed', () => {
    const unowned = { ...createLogEntry({ id: 'S-1' }), accountLabel: undefined };
    writeFileSync(path, toLines([unowned]));
    const { log } = openLog();
    log.forget(MAYA.key);
    expect(getEntries(log)).toEqual([unowned]);
  });
});

describe('CallLog callbacks', () => {
  test('can be marked as done and reopened, and survive restarts', () => {
    const { log } = openLog();
    log.put(createMissedEntry({ id: 'A' }), createLogEntry({ id: 'B', startedAt: NOW - DAY_MS }));
    log.markCallbacks(['A', 'B', 'unknown'], true, NOW);
    expect(log.callbacks.items).toEqual([]);
    expect(log.get('A')).toMatchObject({ isSeen: true });
    expect(log.get('B')).toMatchObject({ callbackMark: null });
    const next = openLog().log;
    expect(next.callbacks.resolutions.get('A')).toEqual({ kind: 'marked-done', at: NOW });
    next.markCallbacks(['A'], false, NOW);
    expect(openLog().log.callbacks.items).toHaveLength(1);
    next.put(createLogEntry({ id: 'C', startedAt: NOW }));
    expect(next.callbacks.resolutions.get('A')?.kind).toBe('answered-later');
    next.markCallbacks(['A'], false, NOW + MINUTE_MS);
    expect(openLog().log.callbacks.items).toHaveLength(1);
  });

  test('of a file without callback marks are its unseen missed calls', () => {
    const lines = [
      createMissedEntry({ id: 'A' }),
      createMissedEntry({ id: 'B', isSeen: true }),
    ].map((entry) => {
      const { callbackMark, ...old } = { v: 2, ...entry };
      expect(callbackMark).toBeNull();
      return `${JSON.stringify(old)}\n`;
    });
    writeFileSync(path, lines.join(''));
    const { items, resolutions } = openLog().log.callbacks;
    expect(items.map(({ entries }) => entries[0].summary.id)).toEqual(['A']);
    expect(resolutions.size).toBe(0);
  });
});
