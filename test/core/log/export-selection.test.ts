import { afterAll, describe, expect, it, vi } from 'vitest';
import { selectForExport, type ExportPeriod } from '../../../src/core/log/export-selection';
import { createLogEntry, createMissedEntry } from './log-entry-fixture';

// Before the entries below are created.
vi.stubEnv('TZ', 'America/New_York');
afterAll(() => vi.unstubAllEnvs());

/** In March 2026, clocks are set forward on the 8th. */
const at = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 2, day, hour, minute).getTime();
const NOW = at(10, 0, 30);
const entries = [
  createLogEntry({ id: 'now', startedAt: NOW }),
  createMissedEntry({ id: 'midnight', startedAt: at(10, 0) }),
  createLogEntry({ id: 'yesterday', startedAt: at(9, 23, 59) }),
  createMissedEntry({ id: 'sixth-day-back', startedAt: at(4, 0) }),
  createLogEntry({ id: 'seventh-day-back', startedAt: at(3, 23, 59) }),
  createMissedEntry({ id: 'thirtieth-day', startedAt: new Date(2026, 1, 9).getTime() }),
  createLogEntry({ id: 'old', startedAt: new Date(2026, 1, 8, 23, 59).getTime() }),
];

function select(period: ExportPeriod, open?: readonly string[]): readonly string[] {
  const items = entries
    .filter(({ summary }) => open?.includes(summary.id))
    .map((entry) => ({ key: entry.summary.id, entries: [entry] as const }));
  const selection = { period, onlyCallbacks: open !== undefined };
  return selectForExport(entries, selection, { items }, NOW).map(({ summary }) => summary.id);
}

describe('selectForExport', () => {
  it.each([
    ['all', 7],
    ['today', 2],
    ['last-7-days', 4],
    ['last-30-days', 6],
  ] as const)('counts whole local days, including today, for %s', (period, count) => {
    expect(select(period)).toEqual(entries.slice(0, count).map(({ summary }) => summary.id));
  });

  it('selects only the calls that still have to be returned, within the period', () => {
    expect(select('all', ['midnight', 'thirtieth-day'])).toEqual(['midnight', 'thirtieth-day']);
    expect(select('last-7-days', ['midnight', 'thirtieth-day'])).toEqual(['midnight']);
    expect(select('all', [])).toEqual([]);
  });
});
