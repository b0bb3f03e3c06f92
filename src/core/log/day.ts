import type { RemoteParty } from '../calls/call-summary';
import type { LogEntry } from './entry';

/** Numbers of calls by outcome. */
export interface CallCounts {
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
}

/** Today's calls. */
export interface Today extends CallCounts {
  readonly talkMs: number;
  readonly holdMs: number;
  /** The latest call of all days. */
  readonly lastCall: { readonly party: RemoteParty; readonly at: number } | null;
}

/** The calls of a day; `hours` has one element per hour. */
export interface DaySummary {
  readonly hours: readonly CallCounts[];
  readonly talkMs: number;
  readonly holdMs: number;
  readonly longestHoldMs: number;
}

const NO_CALLS: CallCounts = { answered: 0, missed: 0, outgoing: 0 };

/**
 * Summarizes the calls that started since local midnight. Talk and hold time counts once a phase
 * has ended.
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

/** Summarizes the local day of `now` by hour. */
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
  // Days with a clock change don't have 24 hours.
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

/** Returns the longest finished hold. Setting the clock can't extend it. */
function getLongestHoldMs({ segments, endedAt, holdMs }: LogEntry): number {
  const stretches = segments.map(({ phase, from }, at) => {
    const to = segments[at + 1]?.from ?? endedAt;
    return phase === 'held' && to !== undefined ? to - from : 0;
  });
  return Math.min(Math.max(0, ...stretches), holdMs);
}
