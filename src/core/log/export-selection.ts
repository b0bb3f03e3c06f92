import type { Callbacks } from './callbacks';
import type { LogEntry } from './entry';

/** How far back an export goes. The days include today. */
export const EXPORT_PERIODS = ['all', 'today', 'last-7-days', 'last-30-days'] as const;

/** How far back an export goes. */
export type ExportPeriod = (typeof EXPORT_PERIODS)[number];

/** The calls to export. */
export interface ExportSelection {
  readonly period: ExportPeriod;
  /** Only the calls that still have to be returned. */
  readonly onlyCallbacks: boolean;
}

const DAYS = { today: 1, 'last-7-days': 7, 'last-30-days': 30 } as const;

/** Selects the entries to export at `now` (ms since 1970), in the same order. */
export function selectForExport(
  entries: Iterable<LogEntry>,
  { period, onlyCallbacks }: ExportSelection,
  callbacks: Pick<Callbacks, 'items'>,
  now: number,
): readonly LogEntry[] {
  const start = getPeriodStart(period, now);
  const open = new Set(
    callbacks.items.flatMap((item) => item.entries.map(({ summary }) => summary.id)),
  );
  return [...entries].filter(
    ({ startedAt, summary }) => startedAt >= start && (!onlyCallbacks || open.has(summary.id)),
  );
}

/** The local midnight when a period starts. */
function getPeriodStart(period: ExportPeriod, now: number): number {
  if (period === 'all') return -Infinity;
  const day = new Date(now);
  // Days with a clock change don't have 24 hours.
  day.setDate(day.getDate() - (DAYS[period] - 1));
  return day.setHours(0, 0, 0, 0);
}
