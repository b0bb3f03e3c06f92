import { getStartOfDay } from '../../../shared/date-format';
import type { LogEntryView } from '../../../shared/ipc';

/** An entry of the log list, or the heading of a day. */
export type LogListEntry =
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

/** Returns how many days before `now` a timestamp lies; 0 is the same day. */
export function daysAgo(at: number, now: number): number {
  // Rounded because days with a clock change have 23 or 25 hours.
  return Math.round((getStartOfDay(now) - getStartOfDay(at)) / DAY_MS);
}
