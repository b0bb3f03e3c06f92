import type { RemoteParty } from '../calls/call-summary';
import type { LogEntry } from './entry';

/** Numbers of calls by outcome. */
export interface CallCounts {
  readonly answered: number;
  /** No one answered, or the caller hung up in the queue. */
  readonly missed: number;
  readonly outgoing: number;
}

/** Today's calls. */
export interface Today extends CallCounts {
  readonly talkMs: number;
  readonly holdMs: number;
  /** The latest call of any day. */
  readonly lastCall: {
    /** The session key. */
    readonly id: string;
    readonly party: RemoteParty;
    readonly at: number;
  } | null;
}

/** The calls that someone answered. Durations are totals in ms. */
export interface AnsweredCalls {
  readonly count: number;
  readonly talkMs: number;
  readonly holdMs: number;
  /** From the start of the calls until they were answered. */
  readonly waitMs: number;
}

/** The calls for a customer. */
export interface CustomerCounts extends CallCounts {
  /** `undefined` for calls without one. */
  readonly customer: string | undefined;
}

/** The calls of a day; `hours` has one element per hour. */
export interface DaySummary extends CallCounts {
  readonly hours: readonly CallCounts[];
  /** Calls that the user answered. */
  readonly own: AnsweredCalls;
  /** Calls that someone else answered. */
  readonly team: AnsweredCalls;
  readonly longestHoldMs: number;
  /** The customer with the most calls comes first. */
  readonly customers: readonly CustomerCounts[];
  /** Chats and faxes, which aren't counted as calls. */
  readonly chats: number;
  readonly faxes: number;
}

/** Limits the customers listed for a day. */
const MAX_CUSTOMERS = 50;
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
  const isToday = createDayFilter(now);
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

/** Summarizes the local day of an instant. */
export function summarizeDay(entries: Iterable<LogEntry>, at: number): DaySummary {
  const isThatDay = createDayFilter(at);
  const all = [...entries].filter(isThatDay);
  const calls = all.filter(
    ({ summary }) => summary.channel !== 'Chat' && summary.channel !== 'Fax',
  );
  const hours = Array.from({ length: 24 }, () => ({ ...NO_CALLS }));
  const total = { ...NO_CALLS };
  const customers = new Map<string | undefined, { -readonly [Key in keyof CallCounts]: number }>();
  for (const entry of calls) {
    const column = getCountKey(entry);
    if (!column) continue;
    const { customer } = entry.summary;
    const customerCounts = customers.get(customer) ?? { ...NO_CALLS };
    customers.set(customer, customerCounts);
    const hour = hours[new Date(entry.startedAt).getHours()];
    for (const counts of [total, customerCounts, hour]) if (counts) counts[column] += 1;
  }
  return {
    ...total,
    hours,
    own: sumAnswered(calls.filter(({ outcome }) => outcome.kind === 'answered' && outcome.isOwn)),
    team: sumAnswered(calls.filter(({ outcome }) => outcome.kind === 'answered' && !outcome.isOwn)),
    longestHoldMs: Math.max(0, ...calls.map(getLongestHoldMs)),
    customers: [...customers]
      .map(([customer, counts]) => ({ customer, ...counts }))
      .sort((a, b) => getTotal(b) - getTotal(a))
      .slice(0, MAX_CUSTOMERS),
    chats: all.filter(({ summary }) => summary.channel === 'Chat').length,
    faxes: all.filter(({ summary }) => summary.channel === 'Fax').length,
  };
}

function sumAnswered(entries: readonly LogEntry[]): AnsweredCalls {
  const sum = (getMs: (entry: LogEntry) => number): number =>
    entries.reduce((total, entry) => total + getMs(entry), 0);
  return {
    count: entries.length,
    talkMs: sum(({ talkMs }) => talkMs),
    holdMs: sum(({ holdMs }) => holdMs),
    waitMs: sum(({ startedAt, answeredAt = startedAt }) => Math.max(0, answeredAt - startedAt)),
  };
}

function getTotal({ answered, missed, outgoing }: CallCounts): number {
  return answered + missed + outgoing;
}

function createDayFilter(at: number): (entry: LogEntry) => boolean {
  const midnight = new Date(at).setHours(0, 0, 0, 0);
  const next = new Date(midnight);
  // Days with a clock change don't have 24 hours.
  next.setDate(next.getDate() + 1);
  const end = next.setHours(0, 0, 0, 0);
  return ({ startedAt }) => startedAt >= midnight && startedAt < end;
}

function getCountKey({ outcome, summary }: LogEntry): keyof CallCounts | undefined {
  if (outcome.kind === 'answered' || outcome.kind === 'missed') return outcome.kind;
  if (outcome.kind === 'abandoned') return 'missed';
  return summary.direction === 'outgoing' ? 'outgoing' : undefined;
}

function toLastCall({ summary, startedAt }: LogEntry): Today['lastCall'] {
  return { id: summary.id, party: summary.party, at: startedAt };
}

/** Returns the longest finished hold. Setting the clock can't extend it. */
function getLongestHoldMs({ segments, endedAt, holdMs }: LogEntry): number {
  const stretches = segments.map(({ phase, from }, at) => {
    const to = segments[at + 1]?.from ?? endedAt;
    return phase === 'held' && to !== undefined ? to - from : 0;
  });
  return Math.min(Math.max(0, ...stretches), holdMs);
}
