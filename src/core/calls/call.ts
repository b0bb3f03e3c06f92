import { summarizeSession, type CallSummary } from './call-summary';
import { getElapsedMs, type Timestamp } from '../timestamp';
import { isIncoming, getPhase, type Phase } from './phase';
import { deepEqual } from '../deep-equal';
import type { Member, Session } from '../api/schema';
import type { LogEntry, Outcome, Segment } from '../log/entry';

/** Whether the alert of a ring or a hold is pending, shown, or done. */
export type AlertStage = 'pending' | 'shown' | 'done';

/** A ring or hold of a call. A ring that resumes within seconds is the same one. */
export interface Interval {
  /** Counts the rings or holds of the call, from 1. */
  readonly number: number;
  readonly startedAt: Timestamp;
  /** `null` while it lasts. */
  readonly endedAt: Timestamp | null;
  readonly stage: AlertStage;
}

/** What is known about a missed call. */
export interface MissStatus {
  /** The server didn't report it as missed, but it stopped ringing and no answer is known. */
  readonly isInferred: boolean;
  readonly wasAway: boolean;
  /** It ended before the first sign-in: it's logged but not announced. */
  readonly isPast: boolean;
  /** It was answered after it had been reported as missed. */
  readonly wasAnswered: boolean;
}

/** A session as Ringside tracks it over time. */
export interface Call {
  readonly summary: CallSummary;
  /** The id that the server uses for the session now, if it isn't the one it began with. */
  readonly serverId: string | undefined;
  readonly callSid: string | undefined;
  readonly phase: Phase;
  /** When Ringside first saw the phase. */
  readonly phaseSince: Timestamp;
  /** When the session started, in ms since 1970. */
  readonly startedAt: number;
  readonly ring: Interval | null;
  readonly hold: Interval | null;
  readonly answer: {
    readonly at: number;
    readonly by: string | undefined;
    readonly isOwn: boolean;
  } | null;
  readonly missed: MissStatus | null;
  /** It had already ended at the first sign-in. */
  readonly isPast: boolean;
  readonly endedAt: number | null;
  /** Time spent in finished phases. */
  readonly phaseTotalsMs: {
    readonly ringing: number;
    readonly connected: number;
    readonly held: number;
  };
  readonly segments: readonly Segment[];
  /** When the server stopped listing the session; `null` while it's listed. */
  readonly goneAt: Timestamp | null;
  /** Set while the outcome of a call that vanished while ringing is unknown. */
  readonly pendingLookup: PendingLookup | null;
}

/** A lookup that is repeated until the response is final. */
export interface PendingLookup {
  /** The call vanished during a gap. */
  readonly wasAway: boolean;
  /** Lookups so far. */
  readonly attempts: number;
  readonly lastAttemptAt: Timestamp | null;
}

/** Enough for any real call; bounds what a hostile server can make Ringside keep. */
export const MAX_SEGMENTS = 100;

/** Limits the assumed talk time of a call that is first seen connected. */
const MAX_TALK_BEFORE_MS = 24 * 60 * 60 * 1_000;

/** Returns the call log entry of a call. */
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
    callbackMark:
      call.isPast || call.missed?.isPast === true ? { kind: 'past', at: call.startedAt } : null,
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

/** Returns the last phase before the call ended. */
function getLastPhase(call: Call): Phase | undefined {
  return call.segments.findLast(({ phase }) => phase !== 'ended')?.phase;
}

/** Returns the phase totals with the current phase added. */
export function addPhaseTime(call: Call, now: Timestamp): Call['phaseTotalsMs'] {
  const { phase, phaseTotalsMs } = call;
  if (phase !== 'ringing' && phase !== 'connected' && phase !== 'held') return phaseTotalsMs;
  return { ...phaseTotalsMs, [phase]: phaseTotalsMs[phase] + getElapsedMs(call.phaseSince, now) };
}

/** A session that leaves `ringing` and returns within this time is the same ring. */
export const SAME_RING_MS = 10_000;
/** A hold that resumes is always a new one. */
const NO_GRACE_MS = -1;

/** The user who is signed in, to tell their answers from a colleague's. */
export interface CurrentUser {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly email?: string | undefined;
}

/** What is known about a session that isn't tracked yet. */
export interface NewCallContext {
  /** The remembered status of an earlier missed call. */
  readonly missStatus: MissStatus | null;
  /** Whether this is the account's first snapshot ever. */
  readonly isFirstSnapshot: boolean;
  /** How far the server's clock is ahead of this computer's. */
  readonly serverAheadMs: number;
}

/** Updates a call, or creates it, from the current session. */
export function updateCall(
  before: Call | undefined,
  session: Session,
  context: NewCallContext,
  currentUser: CurrentUser,
  now: Timestamp,
): Call {
  const summary = summarizeSession(session);
  const phase = getPhase(session);
  const call = before ?? createCall(session, summary, phase, context, now);
  const answer = getAnswer(call, session, phase, currentUser, now);
  const wasAnsweredLate = call.missed !== null && call.answer === null && answer !== null;
  return {
    ...enterPhase(call, phase, now),
    summary: deepEqual(summary, call.summary) ? call.summary : summary,
    serverId: getServerId(session),
    callSid: session.callSid ?? call.callSid,
    ring: nextInterval(call.ring, phase === 'ringing', now, SAME_RING_MS),
    hold: nextInterval(call.hold, phase === 'held', now, NO_GRACE_MS),
    answer,
    missed: wasAnsweredLate ? { ...call.missed, wasAnswered: true } : call.missed,
    isPast: call.isPast && phase === 'ended',
    endedAt: phase === 'ended' ? (call.endedAt ?? session.dateCompleted ?? now.wall) : null,
    goneAt: null,
    pendingLookup: null,
  };
}

/** Marks a call as no longer listed by the server. */
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
  // A start in the future by the server's own clock can't be right.
  const startedAt = Math.min((session.dateCreated ?? Infinity) - serverAheadMs, now.wall);
  return {
    summary,
    serverId: undefined,
    callSid: undefined,
    phase,
    phaseSince: now,
    startedAt,
    ring: null,
    hold: null,
    answer: null,
    missed: missStatus,
    isPast: isFirstSnapshot && phase === 'ended',
    endedAt: null,
    phaseTotalsMs: { ringing: 0, connected: getTalkBeforeMs(phase, startedAt, now), held: 0 },
    segments: [{ phase, from: isSinceStart(phase) ? startedAt : now.wall }],
    goneAt: null,
    pendingLookup: null,
  };
}

/**
 * Whether a call that is first seen in a phase is assumed to have started in it. A hold or an end
 * always comes later.
 */
function isSinceStart(phase: Phase): boolean {
  return phase !== 'held' && phase !== 'ended';
}

/** How long a call that is first seen connected has lasted; 0 if its start can't be right. */
function getTalkBeforeMs(phase: Phase, startedAt: number, now: Timestamp): number {
  const elapsedMs = now.wall - startedAt;
  return phase === 'connected' && elapsedMs < MAX_TALK_BEFORE_MS ? elapsedMs : 0;
}

/** The id that the server uses for a session, if it isn't the id of its call. */
export function getServerId({ id, raw }: Session): string | undefined {
  const serverId = raw['id'];
  return typeof serverId === 'string' && serverId !== id ? serverId : undefined;
}

function enterPhase(call: Call, phase: Phase, now: Timestamp): Call {
  if (call.phase === phase && !call.goneAt) return call;
  const segments =
    call.segments.length < MAX_SEGMENTS
      ? [...call.segments, { phase, from: now.wall }]
      : call.segments;
  // The time until a call left has already been added.
  const phaseTotalsMs = call.goneAt ? call.phaseTotalsMs : addPhaseTime(call, now);
  return { ...call, phase, phaseSince: now, phaseTotalsMs, segments };
}

/**
 * Starts, continues, or ends a ring or hold. One that resumes within `graceMs` continues, and
 * doesn't alert again.
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
  // A shown alert is done; one that was never shown may still be shown if the interval resumes.
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
  const isAnswered = hasAnswerer(session) || phase === 'connected' || phase === 'held';
  if (!isAnswered) return call.answer;
  const at = call.answer?.at ?? now.wall;
  const known = by ?? call.answer?.by;
  return { at, by: known, isOwn: isOwnAnswer(session, known, currentUser) };
}

/** Whether the server says who answered, by name or by id. An id of zeros means no one. */
export function hasAnswerer({
  answeredByName,
  answeredById,
}: Pick<Session, 'answeredByName' | 'answeredById'>): boolean {
  return answeredByName !== undefined || /[^0-]/.test(answeredById ?? '');
}

/** Whether the user answered a session, whose answerer may be known from earlier. */
export function isOwnAnswer(
  { answeredById }: Pick<Session, 'answeredById'>,
  by: string | undefined,
  currentUser: CurrentUser,
): boolean {
  const isOwnId = answeredById !== undefined && answeredById === currentUser.id;
  return isOwnId || isCurrentUser(by, currentUser);
}

/** Whether a name from the server is the user's own. */
export function isCurrentUser(name: string | undefined, currentUser: CurrentUser): boolean {
  return (
    name !== undefined &&
    currentUser.name !== undefined &&
    name.toLowerCase() === currentUser.name.toLowerCase()
  );
}

/** Whether a member of a session is the user. */
export function isCurrentUserMember(
  { identity, displayName }: Pick<Member, 'identity' | 'displayName'>,
  { id, name, email }: CurrentUser,
): boolean {
  const names = [id, name, email].flatMap((one) => one?.toLowerCase() ?? []);
  return [identity, displayName].some(
    (one) => one !== undefined && names.includes(one.toLowerCase()),
  );
}
