import type { LogView } from '../../shared/contract';

/** A line of the log: an entry, or the day that begins above it. */
export type LogLine =
  | { readonly kind: 'entry'; readonly key: string; readonly entry: LogView }
  | { readonly kind: 'day'; readonly key: string; readonly at: number };

/** Puts the day above the entries of each day, in local time. */
export function byDay(entries: readonly LogView[]): readonly LogLine[] {
  return entries.flatMap((entry, index): readonly LogLine[] => {
    const before = entries[index - 1];
    const line = { kind: 'entry', key: `e:${entry.facts.id}`, entry } as const;
    const day = dayOf(entry.startedAt);
    if (before && dayOf(before.startedAt) === day) return [line];
    return [{ kind: 'day', key: `d:${day}:${entry.facts.id}`, at: entry.startedAt }, line];
  });
}

/** How many days before `now` an instant lies, 0 for the same day (both ms since 1970). */
export function daysBefore(at: number, now: number): number {
  const midnight = (instant: number): number => new Date(instant).setHours(0, 0, 0, 0);
  // Rounded: a day on which the clocks change has 23 or 25 hours.
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}
