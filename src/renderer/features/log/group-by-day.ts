import { getStartOfDay } from '../../../shared/date-format';
import type { LogEntryView } from '../../../shared/ipc';
import type { CallbackView } from '../../../shared/state';

/** A row of the log list: a caller to call back, the start of the settled calls, an entry, or a day. */
export type LogListEntry =
  | { readonly kind: 'callback'; readonly key: string; readonly item: CallbackView }
  | { readonly kind: 'settled'; readonly key: string }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: LogEntryView }
  | { readonly kind: 'day'; readonly key: string; readonly at: number };

const DAY_MS = 86_400_000;

/** Inserts a heading before the entries of each day, in local time. */
export function groupByDay(entries: readonly LogEntryView[]): readonly LogListEntry[] {
  return entries.flatMap((entry, index): readonly LogListEntry[] => {
    const previous = entries[index - 1];
    const row = { kind: 'entry', key: `entry:${entry.summary.id}`, entry } as const;
    const day = new Date(entry.startedAt).toDateString();
    if (previous && new Date(previous.startedAt).toDateString() === day) return [row];
    return [{ kind: 'day', key: `day:${day}:${entry.summary.id}`, at: entry.startedAt }, row];
  });
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
      ? [{ kind: 'settled', key: 'settled' } as const]
      : []),
    ...groupByDay(entries),
  ];
}

/** Returns how many days before `now` a timestamp lies; 0 is the same day. */
export function daysAgo(at: number, now: number): number {
  // Rounded because days with a clock change have 23 or 25 hours.
  return Math.round((getStartOfDay(now) - getStartOfDay(at)) / DAY_MS);
}
