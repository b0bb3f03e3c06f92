import type { Call, MissStatus } from '../calls/call';
import type { LogEntry, Outcome } from '../log/entry';
import type { Timestamp } from '../timestamp';
import type { AlertState } from './alert-state';
import { rememberMissed } from './missed-calls';

/** Calls that started longer ago aren't looked up. */
const MAX_ACTIVE_MS = 24 * 60 * 60 * 1_000;

/** How final an outcome is. A later version of an entry never has a less final one. */
const RANKS: Readonly<Record<Outcome['kind'], number>> = {
  active: 0,
  ended: 1,
  abandoned: 1,
  outgoing: 1,
  missed: 2,
  answered: 3,
};

/** Whether an entry is a later version than the one in the log. */
export function isLaterVersion(entry: LogEntry, logged: LogEntry): boolean {
  const difference = RANKS[entry.outcome.kind] - RANKS[logged.outcome.kind];
  return difference > 0 || (difference === 0 && entry.segments.length > logged.segments.length);
}

/**
 * Adds what the log knows and the state doesn't, because a kill or a restored backup left an older
 * copy of the state: calls that were active are looked up once the server doesn't list them, and
 * missed calls aren't announced again.
 */
export function addLoggedCalls(
  state: AlertState,
  entries: readonly LogEntry[],
  now: Timestamp,
): AlertState {
  const calls = new Map(state.calls);
  const missed = new Map(state.missed);
  for (const entry of entries) {
    const { outcome, summary } = entry;
    const call = calls.get(summary.id);
    if (outcome.kind === 'missed' && !missed.has(summary.id)) {
      const { isInferred, wasAway } = outcome;
      const status: MissStatus = { isInferred, wasAway, isPast: false, wasAnswered: false };
      rememberMissed({ missed }, summary.id, status);
      if (call) calls.set(summary.id, { ...call, missed: status });
    }
    if (outcome.kind === 'active' && !call && now.wall - entry.startedAt < MAX_ACTIVE_MS) {
      calls.set(summary.id, toCall(entry, now));
    }
  }
  const isSame = calls.size === state.calls.size && missed.size === state.missed.size;
  return isSame ? state : { ...state, calls, missed };
}

/** Restores a call from its log entry. If it's still ringing, it hasn't alerted yet. */
function toCall(entry: LogEntry, now: Timestamp): Call {
  const last = entry.segments.at(-1);
  const phase = last?.phase ?? 'open';
  const phaseSince = { ...now, wall: last?.from ?? entry.startedAt, bootId: '' };
  return {
    summary: entry.summary,
    serverId: undefined,
    callSid: undefined,
    phase,
    phaseSince,
    startedAt: entry.startedAt,
    ring:
      phase === 'ringing'
        ? { number: 1, startedAt: phaseSince, endedAt: null, stage: 'pending' }
        : null,
    hold: null,
    answer:
      entry.answeredAt === undefined ? null : { at: entry.answeredAt, by: undefined, isOwn: false },
    missed: null,
    isPast: false,
    endedAt: null,
    phaseTotalsMs: { ringing: entry.ringMs, connected: entry.talkMs, held: entry.holdMs },
    segments: entry.segments,
    goneAt: null,
    pendingLookup: null,
  };
}
