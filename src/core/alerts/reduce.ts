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
  /**
   * What the server says of sessions that vanished; `found` is `null` where it would not or could
   * not say.
   */
  | {
      readonly kind: 'lookup';
      readonly requestedIds: readonly string[];
      readonly sessions: readonly Session[] | null;
    }
  /** The person has looked at these missed calls. */
  | { readonly kind: 'missed-calls-seen'; readonly ids: readonly string[] }
  /** Nothing but time, or the rules, went on. */
  | { readonly kind: 'tick' };

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
  const pruned = pruneGoneCalls(applyEvent(known, input, rules, currentUser, now), now);
  const freshness = getFreshness(pruned, now);
  const rung = updateRingAlerts(pruned, rules, freshness);
  const told = updateProblemAlert(updateHoldAlerts(rung, rules, freshness, now), rules, now);
  const next = limitOpenAlerts(announceMissedCalls(dropAnswered(told), rules), state.open);
  return {
    state: next,
    effects: [...getLogEffects(state, next), ...diffAlerts(state.open, next.open)],
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
      return applyLookup(state, input.requestedIds, input.sessions, rules, currentUser, now);
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
    if (session.wasMissed === true && isIncoming(session)) {
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
  return { ...markGone(call, now), pendingLookup: isOpenQuestion ? { wasAway } : null };
}

function applyLookup(
  state: AlertState,
  asked: readonly string[],
  found: readonly Session[] | null,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): AlertState {
  const draft = createDraft(state);
  const byId = new Map(found?.map((session) => [session.id, session]));
  for (const id of asked) {
    const call = draft.calls.get(id);
    if (!call?.pendingLookup) continue;
    const { wasAway } = call.pendingLookup;
    const session = byId.get(id);
    const settled = resolveVanished({ ...call, pendingLookup: null }, session, currentUser, now);
    saveCall(draft, settled);
    const flagged = session?.wasMissed === true && session.answeredByName === undefined;
    if (settled.summary.direction === 'outgoing' || (settled.answer && !flagged)) continue;
    recordMissedCall(
      draft,
      settled,
      { isInferred: !flagged, wasAway, isPast: false },
      rules.isDoNotDisturb,
      now,
    );
  }
  return { ...state, ...draft };
}

/** The call that vanished with what the server says about it: its direction, and its answer. */
function resolveVanished(
  call: Call,
  session: Session | undefined,
  currentUser: CurrentUser,
  now: Timestamp,
): Call {
  if (!session) return call;
  if (!isIncoming(session)) return { ...call, summary: { ...call.summary, direction: 'outgoing' } };
  const phase = getPhase({ ...session, ended: undefined });
  const connected = session.wasMissed !== true && (phase === 'connected' || phase === 'held');
  const by = session.answeredByName ?? call.answer?.by;
  if (by === undefined && !connected) return call;
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
