import { summarizeSession, type CallSummary } from './call-summary';
import { getElapsedMs, type Timestamp } from '../timestamp';
import { isIncoming, getPhase, type Phase } from './phase';
import { deepEqual } from '../deep-equal';
import type { Session } from '../api/schema';
import type { LogEntry, Outcome, Segment } from '../log/entry';

/**
 * How far the telling of a ring or a hold has got: not yet, on the screen by itself, on the screen
 * as one of many, or over and done with.
 */
export type AlertStage = 'pending' | 'shown' | 'grouped' | 'done';

/** One ring or hold of a call. A ring that resumes within seconds is still the same one. */
export interface Interval {
  /** Counts the rings or holds of the call, from 1. */
  readonly number: number;
  readonly startedAt: Timestamp;
  /** `null` while it lasts. */
  readonly endedAt: Timestamp | null;
  readonly stage: AlertStage;
}

/** That a call was missed, and what is known of it. */
export interface MissStatus {
  /** The server never said so: it rang, it is gone, and nothing tells of an answer. */
  readonly isInferred: boolean;
  readonly wasAway: boolean;
  /** It was over before Ringside first signed in: logged, never told. */
  readonly isPast: boolean;
  /** Somebody took the call after it had been missed. */
  readonly wasAnswered: boolean;
}

/** A session as Ringside has followed it: what one answer of the server alone does not tell. */
export interface Call {
  readonly summary: CallSummary;
  readonly phase: Phase;
  /** When the phase began, as far as was seen. */
  readonly phaseSince: Timestamp;
  /** When the session began, in ms since 1970. */
  readonly startedAt: number;
  readonly ring: Interval | null;
  readonly hold: Interval | null;
  readonly answer: {
    readonly at: number;
    readonly by: string | undefined;
    readonly isOwn: boolean;
  } | null;
  readonly missed: MissStatus | null;
  /** It was over already when Ringside first signed in, and has been since. */
  readonly isPast: boolean;
  readonly endedAt: number | null;
  /** Ms spent so far in phases that are over. */
  readonly phaseTotalsMs: {
    readonly ringing: number;
    readonly connected: number;
    readonly held: number;
  };
  readonly segments: readonly Segment[];
  /** When the server stopped listing it, `null` while it does. */
  readonly goneAt: Timestamp | null;
  /** Set while it isn't known what became of a call that vanished while it rang. */
  readonly pendingLookup: PendingLookup | null;
}

/** A question to the server that is repeated until the answer is final. */
export interface PendingLookup {
  /** The call vanished during a gap. */
  readonly wasAway: boolean;
  /** Lookups so far. */
  readonly attempts: number;
  readonly lastAttemptAt: Timestamp | null;
}

/** The longest history of phases that is kept: enough for any call, bounded for a hostile one. */
export const MAX_SEGMENTS = 100;

/** The line that the call log keeps of a call. */
export function toLogEntry(call: Call): LogEntry {
  return {
    summary: call.summary,
    accountLabel: undefined,
    outcome: getOutcome(call),
    startedAt: call.startedAt,
    answeredAt: call.answer?.at,
    endedAt: call.endedAt ?? undefined,
    ringMs: call.phaseTotalsMs.ringing,
    talkMs: call.phaseTotalsMs.connected,
    holdMs: call.phaseTotalsMs.held,
    segments: call.segments,
    isSeen: call.missed === null || call.missed.isPast || call.missed.wasAnswered,
  };
}

function getOutcome(call: Call): Outcome {
  const { answer, missed } = call;
  if (missed && !missed.wasAnswered) {
    return { kind: 'missed', isInferred: missed.isInferred, wasAway: missed.wasAway };
  }
  if (answer) return { kind: 'answered', by: answer.by, isOwn: answer.isOwn };
  if (call.goneAt === null && call.phase !== 'ended') return { kind: 'active' };
  if (call.summary.direction === 'outgoing') return { kind: 'outgoing' };
  return { kind: getLastPhase(call) === 'queued' ? 'abandoned' : 'ended' };
}

/** The last phase that a call was in before it ended. */
function getLastPhase(call: Call): Phase | undefined {
  return call.segments.findLast(({ phase }) => phase !== 'ended')?.phase;
}

/** The phase clocks with the time of the phase that ends `now` added. */
export function addPhaseTime(call: Call, now: Timestamp): Call['phaseTotalsMs'] {
  const { phase, phaseTotalsMs } = call;
  if (phase !== 'ringing' && phase !== 'connected' && phase !== 'held') return phaseTotalsMs;
  return { ...phaseTotalsMs, [phase]: phaseTotalsMs[phase] + getElapsedMs(call.phaseSince, now) };
}

/** A session that leaves `ringing` and returns within this time (ms) is the same ring. */
export const SAME_RING_MS = 10_000;
/** A hold that is taken up again is another one, however soon. */
const NO_GRACE_MS = -1;

/** Who is signed in, for telling one's own answers from a colleague's. */
export interface CurrentUser {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** What applies to a session that was not followed so far. */
export interface NewCallContext {
  /** That it was missed, where that is remembered. */
  readonly missStatus: MissStatus | null;
  /** Nothing was ever seen before this answer. */
  readonly isFirstSnapshot: boolean;
  /** How far (ms) the server's clock is ahead of this machine's. */
  readonly serverAheadMs: number;
}

/** Follows a session one step further: what it is now, given what it was. */
export function updateCall(
  before: Call | undefined,
  session: Session,
  origin: NewCallContext,
  currentUser: CurrentUser,
  now: Timestamp,
): Call {
  const summary = summarizeSession(session);
  const phase = getPhase(session);
  const call = before ?? createCall(session, summary, phase, origin, now);
  const answer = getAnswer(call, session, phase, currentUser, now);
  const takenAfterAll = call.missed !== null && call.answer === null && answer !== null;
  return {
    ...enterPhase(call, phase, now),
    summary: deepEqual(summary, call.summary) ? call.summary : summary,
    ring: nextInterval(call.ring, phase === 'ringing', now, SAME_RING_MS),
    hold: nextInterval(call.hold, phase === 'held', now, NO_GRACE_MS),
    answer,
    missed: takenAfterAll ? { ...call.missed, wasAnswered: true } : call.missed,
    isPast: call.isPast && phase === 'ended',
    endedAt: phase === 'ended' ? (call.endedAt ?? session.dateCompleted ?? now.wall) : null,
    goneAt: null,
    pendingLookup: null,
  };
}

/** The call once the server no longer lists it. */
export function markGone(call: Call, now: Timestamp): Call {
  if (call.goneAt) return call;
  return {
    ...call,
    phaseTotalsMs: addPhaseTime(call, now),
    phaseSince: now,
    ring: nextInterval(call.ring, false, now, SAME_RING_MS),
    hold: nextInterval(call.hold, false, now, NO_GRACE_MS),
    endedAt: call.endedAt ?? now.wall,
    goneAt: now,
  };
}

function createCall(
  session: Session,
  summary: CallSummary,
  phase: Phase,
  { missStatus, isFirstSnapshot, serverAheadMs }: NewCallContext,
  now: Timestamp,
): Call {
  return {
    summary,
    phase,
    phaseSince: now,
    // What is still in the future by the server's own clock was not so when it was seen.
    startedAt: Math.min((session.dateCreated ?? Infinity) - serverAheadMs, now.wall),
    ring: null,
    hold: null,
    answer: null,
    missed: missStatus,
    isPast: isFirstSnapshot && phase === 'ended',
    endedAt: null,
    phaseTotalsMs: { ringing: 0, connected: 0, held: 0 },
    segments: [{ phase, from: now.wall }],
    goneAt: null,
    pendingLookup: null,
  };
}

function enterPhase(call: Call, phase: Phase, now: Timestamp): Call {
  if (call.phase === phase && !call.goneAt) return call;
  const segments =
    call.segments.length < MAX_SEGMENTS
      ? [...call.segments, { phase, from: now.wall }]
      : call.segments;
  // A call that had gone spent the time until it went already.
  const phaseTotalsMs = call.goneAt ? call.phaseTotalsMs : addPhaseTime(call, now);
  return { ...call, phase, phaseSince: now, phaseTotalsMs, segments };
}

/**
 * A spell of ringing or holding: begins, goes on, stops. One that returns within `grace` ms goes
 * on; its telling does not start over.
 */
function nextInterval(
  interval: Interval | null,
  isOn: boolean,
  now: Timestamp,
  graceMs: number,
): Interval | null {
  if (isOn) {
    if (interval && (interval.endedAt === null || getElapsedMs(interval.endedAt, now) <= graceMs)) {
      return interval.endedAt === null ? interval : { ...interval, endedAt: null };
    }
    return {
      number: (interval?.number ?? 0) + 1,
      startedAt: now,
      endedAt: null,
      stage: 'pending',
    };
  }
  if (!interval || interval.endedAt) return interval;
  // What was on the screen comes down; what was never told may still be told if it returns.
  const stage = interval.stage === 'pending' ? 'pending' : 'done';
  return { ...interval, endedAt: now, stage };
}

function getAnswer(
  call: Call,
  session: Session,
  phase: Phase,
  currentUser: CurrentUser,
  now: Timestamp,
): Call['answer'] {
  if (!isIncoming(session)) return null;
  const by = session.answeredByName;
  const answered = by !== undefined || phase === 'connected' || phase === 'held';
  if (!answered) return call.answer;
  const at = call.answer?.at ?? now.wall;
  const known = by ?? call.answer?.by;
  return { at, by: known, isOwn: isCurrentUser(known, currentUser) };
}

/** Whether a name that the server gives is the person's own. */
export function isCurrentUser(name: string | undefined, currentUser: CurrentUser): boolean {
  return (
    name !== undefined &&
    currentUser.name !== undefined &&
    name.toLowerCase() === currentUser.name.toLowerCase()
  );
}
