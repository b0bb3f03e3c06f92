import type { Gap } from '../../../core/log/entry';
import { getStartOfDay } from '../../../shared/date-format';
import type { LogEntryView } from '../../../shared/ipc';
import type { CallbackView } from '../../../shared/state';

/** A row of the log list: a caller to call back, an entry, or a divider. */
export type LogListEntry =
  | { readonly kind: 'callback'; readonly key: string; readonly item: CallbackView }
  | { readonly kind: 'resolved'; readonly key: string }
  | {
      readonly kind: 'entry';
      readonly key: string;
      readonly entry: LogEntryView;
      /** The last entry of a gap that other entries follow. */
      readonly endsGap: boolean;
    }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: Gap }
  | { readonly kind: 'earlier'; readonly key: string };

const DAY_MS = 86_400_000;

/**
 * Inserts a heading before the entries of each day, in local time, and one before the entries of
 * each gap.
 */
export function groupByDay(entries: readonly LogEntryView[]): readonly LogListEntry[] {
  const rows: LogListEntry[] = [];
  let lastOfGap = -1;
  for (const [index, entry] of entries.entries()) {
    const { id } = entry;
    const previous = entries[index - 1];
    const day = new Date(entry.startedAt).toDateString();
    if (!previous || new Date(previous.startedAt).toDateString() !== day) {
      rows.push({ kind: 'day', key: `day:${day}:${id}`, at: entry.startedAt });
    }
    if (entry.gap && index > lastOfGap) {
      const { gap, last } = findGap(entries, index, entry.gap);
      lastOfGap = last;
      rows.push({ kind: 'gap', key: `gap:${id}`, gap });
    }
    const endsGap = index === lastOfGap && index < entries.length - 1;
    rows.push({ kind: 'entry', key: `entry:${id}`, entry, endsGap });
  }
  return rows;
}

/** Finds the last entry of the gap that begins here. A gap that was read in parts is one. */
function findGap(
  entries: readonly LogEntryView[],
  first: number,
  { from, to }: Gap,
): { readonly gap: Gap; readonly last: number } {
  let gap = { from, to };
  let last = first;
  for (let index = first + 1; index < entries.length; index += 1) {
    const entry = entries[index];
    if (!entry || entry.startedAt < gap.from) break;
    if (!entry.gap || entry.gap.to < gap.from || entry.gap.from > gap.to) continue;
    gap = { from: Math.min(gap.from, entry.gap.from), to: Math.max(gap.to, entry.gap.to) };
    last = index;
  }
  return { gap, last };
}

/** The rows of the log list: callers to call back first, then the entries by day. */
export function createRows(
  callbacks: readonly CallbackView[],
  entries: readonly LogEntryView[],
): readonly LogListEntry[] {
  return [
    // The first call of a caller stays the same while others are added.
    ...callbacks.map((item) => {
      return { kind: 'callback', key: `callback:${item.ids.at(-1) ?? ''}`, item } as const;
    }),
    ...(callbacks.length > 0 && entries.length > 0
      ? [{ kind: 'resolved', key: 'resolved' } as const]
      : []),
    ...groupByDay(entries),
  ];
}

/** Returns how many days before `now` a timestamp lies; 0 is the same day. */
export function daysAgo(at: number, now: number): number {
  // Rounded because days with a clock change have 23 or 25 hours.
  return Math.round((getStartOfDay(now) - getStartOfDay(at)) / DAY_MS);
}
