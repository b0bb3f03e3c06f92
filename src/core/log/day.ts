import type { RemoteParty } from '../calls/call-summary';
import type { LogEntry } from './entry';

/** How many calls, by what became of them. */
export interface CallCounts {
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
}

/** The day so far, in counts and ms. */
export interface Today extends CallCounts {
  readonly talkMs: number;
  readonly holdMs: number;
  /** The newest call of all, whatever its day. */
  readonly lastCall: { readonly party: RemoteParty; readonly at: number } | null;
}

/** The picture of a day: counts per hour, 0 to 23, and ms. */
export interface DaySummary {
  readonly hours: readonly CallCounts[];
  readonly talkMs: number;
  readonly holdMs: number;
  readonly longestHoldMs: number;
}

const NO_CALLS: CallCounts = { answered: 0, missed: 0, outgoing: 0 };

/**
 * The calls that began since midnight where the person is. Time on the phone or on hold counts
 * once the stretch is over.
 */
export function summarizeToday(entries: Iterable<LogEntry>, now: number): Today {
  const counts = { ...NO_CALLS };
  let talkMs = 0;
  let holdMs = 0;
  let last: LogEntry | undefined;
  const isToday = createTodayFilter(now);
  for (const entry of entries) {
    if (!last || entry.startedAt > last.startedAt) last = entry;
    if (!isToday(entry)) continue;
    const column = getCountKey(entry);
    if (column) counts[column] += 1;
    talkMs += entry.talkMs;
    holdMs += entry.holdMs;
  }
  return { ...counts, talkMs, holdMs, lastCall: last ? toLastCall(last) : null };
}

/** The picture of the day that `now` (ms since 1970) lies in, in local time. */
export function summarizeDay(entries: Iterable<LogEntry>, now: number): DaySummary {
  const hours = Array.from({ length: 24 }, () => ({ ...NO_CALLS }));
  let talkMs = 0;
  let holdMs = 0;
  let longestHoldMs = 0;
  const isToday = createTodayFilter(now);
  for (const entry of entries) {
    if (!isToday(entry)) continue;
    const column = getCountKey(entry);
    const hour = hours[new Date(entry.startedAt).getHours()];
    if (column && hour) hour[column] += 1;
    talkMs += entry.talkMs;
    holdMs += entry.holdMs;
    longestHoldMs = Math.max(longestHoldMs, getLongestHoldMs(entry));
  }
  return { hours, talkMs, holdMs, longestHoldMs };
}

function createTodayFilter(now: number): (entry: LogEntry) => boolean {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const next = new Date(midnight);
  // Not 24 hours on: days on which the clocks change are longer or shorter.
  next.setDate(next.getDate() + 1);
  const end = next.setHours(0, 0, 0, 0);
  return ({ startedAt }) => startedAt >= midnight && startedAt < end;
}

function getCountKey({ outcome, summary }: LogEntry): keyof CallCounts | undefined {
  if (outcome.kind === 'answered' || outcome.kind === 'missed') return outcome.kind;
  return summary.direction === 'outgoing' ? 'outgoing' : undefined;
}

function toLastCall({ summary, startedAt }: LogEntry): Today['lastCall'] {
  return { party: summary.party, at: startedAt };
}

/** The longest stretch on hold that is over. A clock that was set cannot stretch it. */
function getLongestHoldMs({ segments, endedAt, holdMs }: LogEntry): number {
  const stretches = segments.map(({ phase, from }, at) => {
    const to = segments[at + 1]?.from ?? endedAt;
    return phase === 'held' && to !== undefined ? to - from : 0;
  });
  return Math.min(Math.max(0, ...stretches), holdMs);
}
