import type { Alert, ConnectionProblem } from './alert';
import type { SnapshotDiff } from '../calls/diff-snapshots';
import type { LogEntry } from '../log/entry';
import { getElapsedMs, getElapsedMsWithSleep, type Timestamp } from '../timestamp';
import { isIncoming, getPhase } from '../calls/phase';
import type { AlertRules } from './alert-rules';
import { deepEqual } from '../deep-equal';
import type { Session } from '../api/schema';
import {
  toLogEntry,
  type Call,
  updateCall,
  isCurrentUser,
  markGone,
  SAME_RING_MS,
  type CurrentUser,
} from '../calls/call';
import {
  createDraft,
  saveCall,
  getMissedCalls,
  recordMissedCall,
  announceMissedCalls,
  dropAnswered,
} from './missed-calls';
import { diffAlerts } from './diff-alerts';
import { updateHoldAlerts, updateRingAlerts, type Freshness } from './ring-alerts';
import { rebaseClocks, type AlertState } from './alert-state';

/** Without a good answer for longer than this (ms), what is found was missed while away. */
export const MAX_GAP_MS = 60_000;
/** Without a good answer for this long (ms), the person is told, and rings are taken down. */
export const OFFLINE_AFTER_MS = 60_000;
/** Misses left on the screen at most; the notification centres keep no more either. */
const MAX_OPEN_ALERTS = 50;

/** Something that happened. */
export type AlertEvent =
  /** The server answered; what changed since the last answer. */
  | {
      readonly kind: 'snapshot';
      readonly diff: SnapshotDiff;
      /** How far (ms) the server's clock is ahead of this machine's, where it tells. */
      readonly serverAheadMs?: number;
    }
  /** No usable answer. */
  | { readonly kind: 'poll-failed'; readonly problem: ConnectionProblem }
  /** What the server knows about sessions that vanished. */
  | {
      readonly kind: 'lookup';
      readonly requestedIds: readonly string[];
      readonly result: LookupResult;
    }
  /** The person has looked at these missed calls. */
  | { readonly kind: 'missed-calls-seen'; readonly ids: readonly string[] }
  /** Nothing but time, or the rules, went on. */
  | { readonly kind: 'tick' };

/** The sessions that a lookup found, or why it found none: it may work later, or never will. */
export type LookupResult =
  | { readonly kind: 'found'; readonly sessions: readonly Session[] }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused' };

type SnapshotEvent = Extract<AlertEvent, { kind: 'snapshot' }>;

/** What is to be done about it. */
export type Effect =
  | { readonly kind: 'raise'; readonly alert: Alert }
  | { readonly kind: 'update'; readonly alert: Alert }
  | { readonly kind: 'withdraw'; readonly alert: Alert }
  | { readonly kind: 'log'; readonly entry: LogEntry };

/** What the watch has come to, and what follows. Look-ups are read off the watch itself. */
export interface Transition {
  readonly state: AlertState;
  readonly effects: readonly Effect[];
}

/**
 * The rules of Ringside, as one step of a state machine: each ring and each miss is told exactly
 * once, and nothing stays on the screen that is no longer so.
 */
export function reduce(
  state: AlertState,
  input: AlertEvent,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): Transition {
  // After a gap, too: what returns then is followed anew, and no answer of before counts for it.
  const known = pruneGoneCalls(rebaseClocks(state, now), now);
  const applied = applyEvent(known, input, rules, currentUser, now);
  const pruned = pruneGoneCalls(applied, now);
  const freshness = getFreshness(pruned, now);
  const rung = updateRingAlerts(pruned, rules, freshness);
  const told = updateProblemAlert(updateHoldAlerts(rung, rules, freshness, now), rules, now);
  const next = limitOpenAlerts(announceMissedCalls(dropAnswered(told), rules), state.open);
  return {
    state: next,
    effects: [...getLogEffects(state, applied), ...diffAlerts(state.open, next.open)],
  };
}

function applyEvent(
  state: AlertState,
  input: AlertEvent,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): AlertState {
  switch (input.kind) {
    case 'snapshot':
      return applySnapshot(state, input, rules, currentUser, now);
    case 'poll-failed':
      return applyFailure(state, input.problem, now);
    case 'lookup':
      return applyLookup(state, input.requestedIds, input.result, rules, currentUser, now);
    case 'missed-calls-seen':
      return { ...state, open: state.open.filter((alert) => !isSeen(alert, input.ids)) };
    case 'tick':
      return state;
  }
}

function applySnapshot(
  state: AlertState,
  input: SnapshotEvent,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): AlertState {
  const { diff, serverAheadMs = 0 } = input;
  const isFirstSnapshot = state.lastSnapshotAt === null;
  const wasAway =
    state.lastSnapshotAt !== null && getElapsedMsWithSleep(state.lastSnapshotAt, now) > MAX_GAP_MS;
  const next = { ...state, lastSnapshotAt: now, failure: null };
  const there = [...diff.appeared, ...diff.changed];
  if (there.length === 0 && diff.vanished.length === 0) return next;
  const draft = createDraft(state);
  for (const session of there) {
    const { id } = session;
    const missStatus = draft.missed.get(id) ?? null;
    const context = { missStatus, isFirstSnapshot, serverAheadMs };
    const call = updateCall(draft.calls.get(id), session, context, currentUser, now);
    saveCall(draft, call);
    // A known answer is worth more than the flag, which some servers set on answered calls too.
    if (session.wasMissed === true && isIncoming(session) && !call.answer) {
      const isPast = isFirstSnapshot || call.isPast;
      const evidence = { isInferred: false, wasAway, isPast };
      recordMissedCall(draft, call, evidence, rules.isDoNotDisturb, now);
    }
  }
  for (const id of diff.vanished) {
    const call = draft.calls.get(id);
    if (call) saveCall(draft, markVanished(call, wasAway, now));
  }
  return { ...next, ...draft };
}

/** A call that vanished while it rang may have been answered: only the server can tell. */
function markVanished(call: Call, wasAway: boolean, now: Timestamp): Call {
  if (call.goneAt) return call;
  const isOpenQuestion = call.phase === 'ringing' && !call.missed;
  const pendingLookup = isOpenQuestion ? { wasAway, attempts: 0, lastAttemptAt: null } : null;
  return { ...markGone(call, now), pendingLookup };
}

function applyLookup(
  state: AlertState,
  requestedIds: readonly string[],
  result: LookupResult,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): AlertState {
  const draft = createDraft(state);
  const sessions = result.kind === 'found' ? result.sessions : [];
  const byId = new Map(sessions.map((session) => [session.id, session]));
  for (const id of requestedIds) {
    const call = draft.calls.get(id);
    if (!call?.pendingLookup) continue;
    const { wasAway, attempts } = call.pendingLookup;
    const session = byId.get(id);
    const resolved = session ? resolveVanished(call, session, currentUser, now) : call;
    const isClear = resolved.summary.direction === 'outgoing' || resolved.answer !== null;
    if (!isClear && !isFinal(call, session, result, now)) {
      const pendingLookup = { wasAway, attempts: attempts + 1, lastAttemptAt: now };
      saveCall(draft, { ...call, pendingLookup });
      continue;
    }
    const settled = { ...resolved, pendingLookup: null };
    saveCall(draft, settled);
    if (isClear) continue;
    const evidence = { isInferred: session?.wasMissed !== true, wasAway, isPast: false };
    recordMissedCall(draft, settled, evidence, rules.isDoNotDisturb, now);
  }
  return { ...state, ...draft };
}

/**
 * How long (ms) after it vanished a call may still turn out to go on, by what the lookups say: the
 * server says so or can't be asked at the moment, doesn't know the call, or refuses lookups.
 */
const LOOKUP_LIMITS_MS = { open: 120_000, unknown: 30_000, refused: 15_000 };

/** Whether a vanished call counts as over. A call that goes on isn't missed. */
function isFinal(
  call: Call,
  session: Session | undefined,
  result: LookupResult,
  now: Timestamp,
): boolean {
  if (session && isOver(session)) return true;
  const goneMs = call.goneAt ? getElapsedMsWithSleep(call.goneAt, now) : 0;
  if (session || result.kind === 'failed') return goneMs >= LOOKUP_LIMITS_MS.open;
  // After a gap, it vanished longer ago than any server forgets to list a call.
  if (call.pendingLookup?.wasAway === true) return true;
  return goneMs >= LOOKUP_LIMITS_MS[result.kind === 'refused' ? 'refused' : 'unknown'];
}

/** Whether the server says that a session has ended; a missed one may lack the date and the flag. */
function isOver(session: Session): boolean {
  return session.ended === true || (session.wasMissed === true && getPhase(session) === 'open');
}

/** The call that vanished with what the server says about its direction and its answer. */
function resolveVanished(
  call: Call,
  session: Session,
  currentUser: CurrentUser,
  now: Timestamp,
): Call {
  if (!isIncoming(session)) return { ...call, summary: { ...call.summary, direction: 'outgoing' } };
  const phase = getPhase({ ...session, ended: undefined });
  // The states of a session that has ended and was missed are left over.
  const isLeftOver = session.ended === true && session.wasMissed === true;
  const isConnected = !isLeftOver && (phase === 'connected' || phase === 'held');
  const by = session.answeredByName ?? call.answer?.by;
  if (by === undefined && !isConnected) return call;
  const at = call.answer?.at ?? call.goneAt?.wall ?? now.wall;
  return { ...call, answer: { at, by, isOwn: isCurrentUser(by, currentUser) } };
}

function applyFailure(state: AlertState, problem: ConnectionProblem, now: Timestamp): AlertState {
  const { failure } = state;
  if (failure?.problem === problem) return state;
  const since = failure?.since ?? now;
  return {
    ...state,
    failure: { since, problem, problemSince: now, announced: failure?.announced ?? [] },
  };
}

/**
 * What the last answer is worth. Older than a gap, it raises nothing any more: the next answer
 * will. While the server does not answer, what it said is stale in the end.
 */
function getFreshness(state: AlertState, now: Timestamp): Freshness {
  if (isStale(state, now)) return 'stale';
  const { lastSnapshotAt } = state;
  const isRecent =
    lastSnapshotAt !== null && getElapsedMsWithSleep(lastSnapshotAt, now) <= MAX_GAP_MS;
  return isRecent ? 'fresh' : 'fading';
}

/** Whether the server has been silent for so long that what it said last means nothing any more. */
export function isStale({ failure }: AlertState, now: Timestamp): boolean {
  return failure !== null && hasLasted(failure.problem, failure.since, now);
}

/** No connection must last a while before it means anything; other trouble is certain at once. */
function hasLasted(problem: ConnectionProblem, since: Timestamp, now: Timestamp): boolean {
  return problem !== 'offline' || getElapsedMs(since, now) >= OFFLINE_AFTER_MS;
}

/** Tells each kind of trouble once until the server answers again. */
function updateProblemAlert(state: AlertState, rules: AlertRules, now: Timestamp): AlertState {
  const { failure } = state;
  const problem = failure && hasLasted(failure.problem, failure.problemSince, now) ? failure : null;
  const still = state.open.filter(
    (alert) =>
      alert.kind !== 'connection-problem' ||
      (alert.problem === problem?.problem && !rules.isDoNotDisturb),
  );
  const open = still.length === state.open.length ? state.open : still;
  if (
    !problem ||
    rules.isDoNotDisturb ||
    !rules.shouldAlertProblems ||
    problem.announced.includes(problem.problem)
  ) {
    return { ...state, open };
  }
  const alert: Alert = {
    kind: 'connection-problem',
    key: `connection-problem:${problem.problem}`,
    problem: problem.problem,
  };
  const told = [...problem.announced, problem.problem];
  return { ...state, failure: { ...problem, announced: told }, open: [...open, alert] };
}

/** Calls that left are remembered as long as they may return as the same ring. */
function pruneGoneCalls(state: AlertState, now: Timestamp): AlertState {
  const gone = [...state.calls.values()].filter(
    (call) => call.goneAt && !call.pendingLookup && getElapsedMs(call.goneAt, now) > SAME_RING_MS,
  );
  if (gone.length === 0) return state;
  const calls = new Map(state.calls);
  for (const { summary } of gone) calls.delete(summary.id);
  return { ...state, calls };
}

function isSeen(alert: Alert, ids: readonly string[]): boolean {
  const missedCalls = getMissedCalls(alert);
  return missedCalls.length > 0 && missedCalls.every(({ summary }) => ids.includes(summary.id));
}

/** Takes down the oldest misses where too many are up; never one that was not up before. */
function limitOpenAlerts(state: AlertState, before: readonly Alert[]): AlertState {
  if (state.open.length <= MAX_OPEN_ALERTS) return state;
  const wereUp = new Set(before);
  const old = state.open.filter((alert) => isMissedCallAlert(alert) && wereUp.has(alert));
  const excess = new Set(old.slice(0, state.open.length - MAX_OPEN_ALERTS));
  return { ...state, open: state.open.filter((alert) => !excess.has(alert)) };
}

function isMissedCallAlert({ kind }: Alert): boolean {
  return kind === 'missed' || kind === 'missed-digest';
}

/** The log lines that changed. */
function getLogEffects(before: AlertState, after: AlertState): readonly Effect[] {
  if (before.calls === after.calls) return [];
  const effects: Effect[] = [];
  for (const [id, call] of after.calls) {
    const previous = before.calls.get(id);
    if (previous === call) continue;
    const entry = toLogEntry(call);
    if (!previous || !deepEqual(toLogEntry(previous), entry)) effects.push({ kind: 'log', entry });
  }
  return effects;
}
