import type { Session } from '../api/schema';
import { hasAnswerer, isCurrentUserMember, isOwnAnswer, type CurrentUser } from '../calls/call';
import { summarizeSession } from '../calls/call-summary';
import { getPhase, isIncoming } from '../calls/phase';
import { createCallRecord } from '../log/call-record';
import type { Gap, LogEntry, Outcome } from '../log/entry';
import { getElapsedMsWithSleep, type Timestamp } from '../timestamp';
import type { AlertState } from './alert-state';
import { createDraft, queueMissedCall, rememberMissed, type AlertDraft } from './missed-calls';

/** A gap whose calls still have to be read from the server's call history. */
export interface CatchUp {
  /** When the last snapshot before the gap arrived, in ms since 1970. */
  readonly since: number;
  /** When the first snapshot after the gap arrived. */
  readonly startedAt: Timestamp;
  /** At the first sign-in, today's calls are logged as seen and not announced. */
  readonly isFirstSignIn: boolean;
}

/** How to recognize the user's calls in the history. */
export interface CallOwnership {
  /** Endpoints of the user's sessions, latest last. */
  readonly endpointIds: readonly string[];
  /** The members that all of the user's sessions share; `null` before the first one with members. */
  readonly memberIdentities: readonly string[] | null;
  /** The last session that these were learned from. */
  readonly lastSessionId: string | null;
  /** Whether they were learned from more than one session. */
  readonly hasSeveralSessions: boolean;
}

/** Sessions of the server's call history. */
export interface PastSessions {
  readonly sessions: readonly Session[];
  /** What the call log knows about these sessions, by id. */
  readonly known: ReadonlyMap<string, LogEntry>;
  /** How far the server's clock is ahead of this computer's. */
  readonly serverAheadMs: number;
}

/** A page of the call history of a gap. */
export interface HistoryPage extends PastSessions {
  /** Whether this is the last page for the gap. */
  readonly isComplete: boolean;
}

/** Which past sessions to log and how. */
interface Period {
  /** In ms since 1970. */
  readonly since: number;
  /** Missed calls are logged as seen and not announced. */
  readonly isSilent: boolean;
  readonly gap: Gap | undefined;
}

/** The next alert state, and the log entries that changed. */
export interface AppliedHistory {
  readonly state: AlertState;
  readonly entries: readonly LogEntry[];
}

/** The ownership of an account before its first session. */
export const UNKNOWN_OWNERSHIP: CallOwnership = {
  endpointIds: [],
  memberIdentities: null,
  lastSessionId: null,
  hasSeveralSessions: false,
};

const MAX_ENDPOINTS = 200;
const MAX_MEMBER_IDENTITIES = 100;
/** Missed calls from a gap wait this long for the history, so that they're announced together. */
const MAX_WAIT_MS = 2 * 60_000;
/** How imprecise the saved time of the last snapshot can be. */
const SINCE_TOLERANCE_MS = 2 * 60_000;

/** The gap to catch up on after a snapshot at `now`. */
export function getNextCatchUp(
  { lastSnapshotAt, catchUp }: AlertState,
  isAfterGap: boolean,
  now: Timestamp,
): CatchUp | null {
  if (lastSnapshotAt === null) {
    const midnight = new Date(now.wall).setHours(0, 0, 0, 0);
    return { since: midnight, startedAt: now, isFirstSignIn: true };
  }
  if (!isAfterGap) return catchUp;
  const isContinued = catchUp !== null && !catchUp.isFirstSignIn;
  const since = Math.min(lastSnapshotAt.wall, isContinued ? catchUp.since : Infinity);
  return { since, startedAt: now, isFirstSignIn: false };
}

/** Whether the missed calls of a gap should still wait for the history. */
export function isAwaitingHistory({ catchUp }: AlertState, now: Timestamp): boolean {
  if (!catchUp || catchUp.isFirstSignIn) return false;
  return getElapsedMsWithSleep(catchUp.startedAt, now) < MAX_WAIT_MS;
}

/** Learns how to recognize the user's calls from sessions that are known to be theirs. */
export function updateOwnership(
  before: CallOwnership,
  sessions: readonly Session[],
): CallOwnership {
  return sessions.reduce(learnFromSession, before);
}

function learnFromSession(before: CallOwnership, session: Session): CallOwnership {
  const { endpointId } = session;
  const isKnown = endpointId === undefined || before.endpointIds.includes(endpointId);
  const endpointIds = isKnown
    ? before.endpointIds
    : [...before.endpointIds, endpointId].slice(-MAX_ENDPOINTS);
  const identities = getAgentIdentities(session);
  if (identities.length === 0) return isKnown ? before : { ...before, endpointIds };
  const { memberIdentities: shared, lastSessionId } = before;
  const next: CallOwnership = {
    endpointIds,
    memberIdentities: shared ? shared.filter((one) => identities.includes(one)) : identities,
    lastSessionId: session.id,
    hasSeveralSessions:
      before.hasSeveralSessions || (lastSessionId !== null && lastSessionId !== session.id),
  };
  const isSame =
    isKnown &&
    shared?.length === next.memberIdentities?.length &&
    next.hasSeveralSessions === before.hasSeveralSessions &&
    (next.hasSeveralSessions || next.lastSessionId === lastSessionId);
  return isSame ? before : next;
}

/** The identities of everyone but the caller, who may be in several sessions by calling again. */
function getAgentIdentities({ members }: Session): readonly string[] {
  const agents = members.filter(({ role }) => role !== 'Caller');
  const identities = agents.flatMap(({ identity }) => identity ?? []);
  return [...new Set(identities)].slice(0, MAX_MEMBER_IDENTITIES);
}

/** Whether a session of the history is the user's. Without evidence, it isn't. */
export function isOwnSession(
  session: Session,
  ownership: CallOwnership,
  currentUser: CurrentUser,
): boolean {
  const { endpointId, answeredById, answeredByName, members } = session;
  if (endpointId !== undefined && ownership.endpointIds.includes(endpointId)) return true;
  if (isOwnAnswer({ answeredById }, answeredByName, currentUser)) return true;
  const shared = ownership.hasSeveralSessions ? (ownership.memberIdentities ?? []) : [];
  const others = members.filter(({ role }) => role !== 'Caller' || !isIncoming(session));
  return others.some(
    (member) =>
      isCurrentUserMember(member, currentUser) ||
      (member.identity !== undefined && shared.includes(member.identity)),
  );
}

/** Applies a page of the history of a gap. Its missed calls are queued. */
export function applyHistory(
  state: AlertState,
  page: HistoryPage,
  currentUser: CurrentUser,
): AppliedHistory {
  const { catchUp } = state;
  if (!catchUp) return { state, entries: [] };
  const { since, startedAt, isFirstSignIn } = catchUp;
  const gap = isFirstSignIn ? undefined : { from: since, to: startedAt.wall };
  const applied = applyPastSessions(
    state,
    page,
    { since, isSilent: isFirstSignIn, gap },
    currentUser,
  );
  return { ...applied, state: { ...applied.state, catchUp: page.isComplete ? null : catchUp } };
}

/** Logs earlier calls that the user requested. Missed ones aren't announced. */
export function applyEarlierCalls(
  state: AlertState,
  past: PastSessions,
  currentUser: CurrentUser,
): AppliedHistory {
  // The calls of a gap are announced.
  if (state.catchUp) return { state, entries: [] };
  return applyPastSessions(
    state,
    past,
    { since: -Infinity, isSilent: true, gap: undefined },
    currentUser,
  );
}

/** Logs the user's calls that are over. Active calls and those being looked up are left alone. */
function applyPastSessions(
  state: AlertState,
  past: PastSessions,
  period: Period,
  currentUser: CurrentUser,
): AppliedHistory {
  const draft = createDraft(state);
  const entries = new Map<string, LogEntry>();
  for (const session of past.sessions) {
    const id = state.aliases.get(session.id) ?? session.id;
    if (entries.has(id)) continue;
    const entry = applyPastSession(state, draft, { ...session, id }, past, period, currentUser);
    if (entry) entries.set(id, entry);
  }
  return { state: { ...state, ...draft }, entries: [...entries.values()] };
}

function applyPastSession(
  state: AlertState,
  draft: AlertDraft,
  session: Session,
  past: PastSessions,
  period: Period,
  currentUser: CurrentUser,
): LogEntry | undefined {
  const { id } = session;
  const call = draft.calls.get(id) ?? findByCallSid(draft, session);
  const isOver = session.ended === true || session.dateCompleted !== undefined;
  if (!isOver || (call && (!call.goneAt || call.pendingLookup))) return undefined;
  const known = past.known.get(id);
  const missed = draft.missed.get(id);
  if (!known) {
    // A known missed call that is no longer in the log was deleted from it.
    if ((missed && !period.isSilent) || !isInPeriod(session, past, period)) return undefined;
    if (!isOwnSession(session, state.ownership, currentUser)) return undefined;
  }
  const outcome = getPastOutcome(session, known?.outcome, currentUser);
  // The server knows exactly when a call that vanished during the gap ended.
  if (call) draft.calls.delete(call.summary.id);
  const record = known?.record ?? createCallRecord(session, currentUser, past.serverAheadMs);
  const entry = { ...createPastEntry(session, known, outcome, past, period), record };
  if (outcome.kind === 'answered' && missed && !missed.wasAnswered) {
    rememberMissed(draft, id, { ...missed, wasAnswered: true });
  }
  if (outcome.kind !== 'missed' || missed) return entry;
  const isPast = period.isSilent || known?.outcome.kind === 'missed';
  const status = { isInferred: false, wasAway: outcome.wasAway, isPast, wasAnswered: false };
  rememberMissed(draft, id, status);
  if (!isPast) {
    queueMissedCall(draft, {
      summary: entry.summary,
      ringingSince: entry.startedAt,
      ringMs: undefined,
      isInferred: false,
      foundDuring: 'away',
    });
  }
  return entry;
}

/** Finds an active call whose session has a different id in the history. */
function findByCallSid({ calls }: AlertDraft, { callSid }: Session) {
  if (callSid === undefined) return undefined;
  return [...calls.values()].find((call) => call.callSid === callSid && !call.goneAt);
}

/** Whether a session was still active after the period began. */
function isInPeriod(
  { dateCreated, dateCompleted }: Session,
  { serverAheadMs }: PastSessions,
  { since }: Period,
): boolean {
  const lastDate = dateCompleted ?? dateCreated;
  if (lastDate === undefined) return Number.isFinite(since);
  return lastDate - serverAheadMs >= since - SINCE_TOLERANCE_MS;
}

/**
 * How a call ended, according to the server and the log. An answer outranks a missed call, which
 * outranks everything else.
 */
function getPastOutcome(
  session: Session,
  known: Outcome | undefined,
  currentUser: CurrentUser,
): Outcome {
  if (!isIncoming(session)) return { kind: 'outgoing' };
  const phase = getPhase({ ...session, ended: undefined });
  const wasConnected = session.wasMissed !== true && (phase === 'connected' || phase === 'held');
  const by = session.answeredByName ?? (known?.kind === 'answered' ? known.by : undefined);
  if (hasAnswerer(session) || wasConnected || known?.kind === 'answered') {
    return { kind: 'answered', by, isOwn: isOwnAnswer(session, by, currentUser) };
  }
  if (session.wasMissed === true) {
    const wasAway = known?.kind === 'missed' ? known.wasAway : true;
    return { kind: 'missed', isInferred: false, wasAway };
  }
  if (known && known.kind !== 'active') return known;
  return { kind: phase === 'queued' ? 'abandoned' : 'ended' };
}

function createPastEntry(
  session: Session,
  known: LogEntry | undefined,
  outcome: Outcome,
  { serverAheadMs }: PastSessions,
  { since, isSilent, gap }: Period,
): LogEntry {
  const toLocal = (date: number | undefined): number | undefined =>
    date === undefined ? undefined : date - serverAheadMs;
  const endedAt = toLocal(session.dateCompleted);
  const startedAt = toLocal(session.dateCreated) ?? endedAt ?? gap?.to ?? since;
  if (known) {
    const isNewlyMissed = outcome.kind === 'missed' && known.outcome.kind !== 'missed';
    return {
      ...known,
      summary: { ...known.summary, direction: isIncoming(session) ? 'incoming' : 'outgoing' },
      outcome,
      endedAt: endedAt ?? known.endedAt,
      isSeen: outcome.kind === 'answered' || (isNewlyMissed ? isSilent : known.isSeen),
    };
  }
  return {
    summary: summarizeSession(session),
    accountLabel: undefined,
    outcome,
    startedAt,
    answeredAt: undefined,
    endedAt,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    segments: [],
    isSeen: outcome.kind !== 'missed' || isSilent,
    callbackMark: isSilent ? { kind: 'past', at: startedAt } : null,
    gap,
  };
}
