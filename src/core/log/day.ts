import type { LogEntry } from '../log-entry';

/** How many calls, by what became of them. */
export interface Counts {
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
}

/** The day so far, in counts and ms. */
export interface Today extends Counts {
  readonly talked: number;
  readonly held: number;
  /** The newest call of all: its name, else its number, else nothing, and when it began. */
  readonly lastCall: { readonly name: string; readonly at: number } | null;
}

/** The picture of a day: counts per hour, 0 to 23, and ms. */
export interface DayPicture {
  readonly hours: readonly Counts[];
  readonly talked: number;
  readonly held: number;
  readonly longestHold: number;
}

const NONE: Counts = { answered: 0, missed: 0, outgoing: 0 };

/**
 * The calls that began since midnight where the person is. Time on the phone or on hold counts
 * once the stretch is over.
 */
export function todaySoFar(entries: Iterable<LogEntry>, now: number): Today {
  const counts = { ...NONE };
  let talked = 0;
  let held = 0;
  let last: LogEntry | undefined;
  const isToday = dayOf(now);
  for (const entry of entries) {
    if (!last || entry.startedAt > last.startedAt) last = entry;
    if (!isToday(entry)) continue;
    const column = columnOf(entry);
    if (column) counts[column] += 1;
    talked += entry.talked;
    held += entry.held;
  }
  return { ...counts, talked, held, lastCall: last ? lastCallOf(last) : null };
}

/** The picture of the day that `now` (ms since 1970) lies in, in local time. */
export function dayPicture(entries: Iterable<LogEntry>, now: number): DayPicture {
  const hours = Array.from({ length: 24 }, () => ({ ...NONE }));
  let talked = 0;
  let held = 0;
  let longestHold = 0;
  const isToday = dayOf(now);
  for (const entry of entries) {
    if (!isToday(entry)) continue;
    const column = columnOf(entry);
    const hour = hours[new Date(entry.startedAt).getHours()];
    if (column && hour) hour[column] += 1;
    talked += entry.talked;
    held += entry.held;
    longestHold = Math.max(longestHold, longestHoldOf(entry));
  }
  return { hours, talked, held, longestHold };
}

function dayOf(now: number): (entry: LogEntry) => boolean {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const next = new Date(midnight);
  // Not 24 hours on: days on which the clocks change are longer or shorter.
  next.setDate(next.getDate() + 1);
  const end = next.setHours(0, 0, 0, 0);
  return ({ startedAt }) => startedAt >= midnight && startedAt < end;
}

function columnOf({ outcome, facts }: LogEntry): keyof Counts | undefined {
  if (outcome.kind === 'answered' || outcome.kind === 'missed') return outcome.kind;
  return facts.direction === 'outgoing' ? 'outgoing' : undefined;
}

function lastCallOf({ facts, startedAt }: LogEntry): Today['lastCall'] {
  return { name: facts.party.name ?? facts.party.number ?? '', at: startedAt };
}

/** The longest stretch on hold that is over. A clock that was set cannot stretch it. */
function longestHoldOf({ segments, endedAt, held }: LogEntry): number {
  const stretches = segments.map(({ phase, from }, at) => {
    const to = segments[at + 1]?.from ?? endedAt;
    return phase === 'held' && to !== undefined ? to - from : 0;
  });
  return Math.min(Math.max(0, ...stretches), held);
}
