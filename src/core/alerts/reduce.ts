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
  getServerId,
  hasAnswerer,
  isOwnAnswer,
  markGone,
  SAME_RING_MS,
  type CurrentUser,
} from '../calls/call';
import {
  createDraft,
  saveCall,
  recordMissedCall,
  announceMissedCalls,
  dropAnswered,
} from './missed-calls';
import {
  applyEarlierCalls,
  applyHistory,
  getNextCatchUp,
  updateOwnership,
  type AppliedHistory,
  type HistoryPage,
  type PastSessions,
} from './catch-up';
import {
  announceVoicemails,
  applyVoicemails,
  markVoicemailsHeard,
  type AnnouncedVoicemail,
} from './voicemail-alerts';
import { diffAlerts } from './diff-alerts';
import { updateHoldAlerts, updateRingAlerts, type Freshness } from './ring-alerts';
import { rebaseClocks, type AlertState } from './alert-state';

/** After this long without a snapshot, missed calls count as found after a gap. */
export const MAX_GAP_MS = 60_000;
/** After this long without a snapshot, an alert is raised and rings are withdrawn. */
export const OFFLINE_AFTER_MS = 60_000;
/** Limits the alerts that stay open; many missed calls are shown as one. */
const MAX_OPEN_ALERTS = 2_000;
const MAX_ALIASES = 1_000;

/** An event that can change the alert state. */
export type AlertEvent =
  /** A poll succeeded. */
  | {
      readonly kind: 'snapshot';
      readonly diff: SnapshotDiff;
      /** How far the server's clock is ahead of this computer's. */
      readonly serverAheadMs?: number;
    }
  /** A poll failed. */
  | { readonly kind: 'poll-failed'; readonly problem: ConnectionProblem }
  /** What the server knows about sessions that vanished. */
  | {
      readonly kind: 'lookup';
      readonly requestedIds: readonly string[];
      readonly result: LookupResult;
    }
  /** A page of the call history, or the end of it. */
  | ({ readonly kind: 'history' } & HistoryPage)
  /** Earlier calls that the user requested. */
  | ({ readonly kind: 'earlier-calls' } & PastSessions)
  /** The list of voice messages changed. */
  | { readonly kind: 'voicemails'; readonly voicemails: readonly AnnouncedVoicemail[] }
  | {
      readonly kind: 'voicemails-heard';
      readonly ids: readonly string[];
      readonly isHeard: boolean;
    }
  /** The user has seen these missed calls. */
  | { readonly kind: 'missed-calls-seen'; readonly ids: readonly string[] }
  /** These missed calls were returned or marked as done. */
  | { readonly kind: 'missed-calls-resolved'; readonly ids: readonly string[] }
  /** Time has passed or the rules have changed. */
  | { readonly kind: 'tick' };

/** The sessions that a lookup found, or why it found none: it may work later, or never will. */
export type LookupResult =
  | { readonly kind: 'found'; readonly sessions: readonly Session[] }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused' };

type SnapshotEvent = Extract<AlertEvent, { kind: 'snapshot' }>;

/** An instruction for the app. Applying it twice changes nothing. */
export type Effect =
  | { readonly kind: 'raise'; readonly alert: Alert }
  | { readonly kind: 'update'; readonly alert: Alert }
  | { readonly kind: 'withdraw'; readonly alert: Alert }
  | { readonly kind: 'log'; readonly entry: LogEntry };

/** The next state and the effects of an event. */
export interface Transition {
  readonly state: AlertState;
  readonly effects: readonly Effect[];
}

/**
 * Applies an event to the alert state. Each ring and each missed call alerts exactly once, and no
 * outdated alert stays open.
 */
export function reduce(
  state: AlertState,
  event: AlertEvent,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): Transition {
  // Calls that left before a gap are forgotten first, so that a returning session is tracked as a
  // new call.
  const known = pruneGoneCalls(rebaseClocks(state, now), now);
  const { state: applied, entries } = applyEvent(known, event, rules, currentUser, now);
  const pruned = pruneGoneCalls(applied, now);
  const freshness = getFreshness(pruned, now);
  const withRings = updateRingAlerts(pruned, rules, freshness);
  const withHolds = updateHoldAlerts(withRings, rules, freshness, now);
  const withProblem = updateProblemAlert(withHolds, rules, now);
  const announced = announceMissedCalls(dropAnswered(withProblem), rules, now);
  const next = limitOpenAlerts(announceVoicemails(announced, rules), state.open);
  return {
    state: next,
    effects: [
      ...entries.map((entry): Effect => ({ kind: 'log', entry })),
      ...getLogEffects(state, applied),
      ...diffAlerts(state.open, next.open),
    ],
  };
}

function applyEvent(
  state: AlertState,
  event: AlertEvent,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): AppliedHistory {
  switch (event.kind) {
    case 'history':
      return applyHistory(state, event, currentUser);
    case 'earlier-calls':
      return applyEarlierCalls(state, event, currentUser);
    case 'snapshot':
      return { state: applySnapshot(state, event, rules, currentUser, now), entries: [] };
    case 'poll-failed':
      return { state: applyFailure(state, event.problem, now), entries: [] };
    case 'lookup': {
      const { requestedIds, result } = event;
      const next = applyLookup(state, requestedIds, result, rules, currentUser, now);
      return { state: next, entries: [] };
    }
    case 'voicemails':
      return { state: applyVoicemails(state, event.voicemails), entries: [] };
    case 'voicemails-heard':
      return { state: markVoicemailsHeard(state, event.ids, event.isHeard), entries: [] };
    case 'missed-calls-seen':
      return { state: { ...state, open: removeMissedCalls(state.open, event.ids) }, entries: [] };
    case 'missed-calls-resolved': {
      const open = removeMissedCalls(state.open, event.ids);
      const queued = state.queued.filter(({ summary }) => !event.ids.includes(summary.id));
      return { state: { ...state, open, queued }, entries: [] };
    }
    case 'tick':
      return { state, entries: [] };
  }
}

function applySnapshot(
  state: AlertState,
  event: SnapshotEvent,
  rules: AlertRules,
  currentUser: CurrentUser,
  now: Timestamp,
): AlertState {
  const { diff, serverAheadMs = 0 } = event;
  const isFirstSnapshot = state.lastSnapshotAt === null;
  const wasAway =
    state.lastSnapshotAt !== null && getElapsedMsWithSleep(state.lastSnapshotAt, now) > MAX_GAP_MS;
  const listed = [...diff.appeared, ...diff.changed];
  const next = {
    ...state,
    lastSnapshotAt: now,
    failure: null,
    catchUp: rules.shouldCatchUp ? getNextCatchUp(state, wasAway, now) : null,
    ownership: updateOwnership(state.ownership, listed),
    aliases: updateAliases(state.aliases, listed),
  };
  if (listed.length === 0 && diff.vanished.length === 0) return next;
  const draft = createDraft(state);
  for (const session of listed) {
    const { id } = session;
    const missStatus = draft.missed.get(id) ?? null;
    const context = { missStatus, isFirstSnapshot, serverAheadMs };
    const call = updateCall(draft.calls.get(id), session, context, currentUser, now);
    saveCall(draft, call);
    // A known answer overrides the flag, which some servers also set on answered calls.
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

/** Remembers sessions that the server lists under new ids. */
function updateAliases(
  before: AlertState['aliases'],
  sessions: readonly Session[],
): AlertState['aliases'] {
  const added = sessions.flatMap((session): [string, string][] => {
    const serverId = getServerId(session);
    return serverId === undefined || before.get(serverId) === session.id
      ? []
      : [[serverId, session.id]];
  });
  if (added.length === 0) return before;
  return new Map([...before, ...added].slice(-MAX_ALIASES));
}

/**
 * Marks a call as gone. If it vanished while ringing, only the server knows whether it was
 * answered.
 */
function markVanished(call: Call, wasAway: boolean, now: Timestamp): Call {
  if (call.goneAt) return call;
  const isUnresolved = call.phase === 'ringing' && !call.missed;
  const pendingLookup = isUnresolved ? { wasAway, attempts: 0, lastAttemptAt: null } : null;
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
  const requested = new Set(requestedIds);
  for (const [id, call] of state.calls) {
    const { pendingLookup, serverId = id } = call;
    if (!pendingLookup || !requested.has(serverId)) continue;
    const { wasAway, attempts } = pendingLookup;
    const session = byId.get(serverId);
    const resolved = session ? resolveVanished(call, session, currentUser, now) : call;
    const isClear = resolved.summary.direction === 'outgoing' || resolved.answer !== null;
    if (!isClear && !isFinal(call, session, result, now)) {
      const next = { wasAway, attempts: attempts + 1, lastAttemptAt: now };
      saveCall(draft, { ...call, pendingLookup: next });
      continue;
    }
    const final = { ...resolved, pendingLookup: null };
    saveCall(draft, final);
    if (isClear) continue;
    const evidence = { isInferred: session?.wasMissed !== true, wasAway, isPast: false };
    recordMissedCall(draft, final, evidence, rules.isDoNotDisturb, now);
  }
  return { ...state, ...draft };
}

/**
 * How long a vanished call may still return, by the lookup's result: the server says that it's
 * active or can't be reached, doesn't know the call, or refuses lookups.
 */
const LOOKUP_LIMITS_MS = { open: 120_000, unknown: 30_000, refused: 15_000 };

/** Whether a vanished call counts as over. A call that is still active isn't missed. */
function isFinal(
  call: Call,
  session: Session | undefined,
  result: LookupResult,
  now: Timestamp,
): boolean {
  if (session && isOver(session)) return true;
  const goneMs = call.goneAt ? getElapsedMsWithSleep(call.goneAt, now) : 0;
  if (session || result.kind === 'failed') return goneMs >= LOOKUP_LIMITS_MS.open;
  // After a gap, it has been missing for too long to be a temporary omission.
  if (call.pendingLookup?.wasAway === true) return true;
  return goneMs >= LOOKUP_LIMITS_MS[result.kind === 'refused' ? 'refused' : 'unknown'];
}

/** Whether the server says that a session has ended; a missed one may lack the date and the flag. */
function isOver(session: Session): boolean {
  return session.ended === true || (session.wasMissed === true && getPhase(session) === 'open');
}

/** Adds what the server reports about a vanished call: its direction and who answered. */
function resolveVanished(
  call: Call,
  session: Session,
  currentUser: CurrentUser,
  now: Timestamp,
): Call {
  if (!isIncoming(session)) return { ...call, summary: { ...call.summary, direction: 'outgoing' } };
  const phase = getPhase({ ...session, ended: undefined });
  // The states of an ended, missed session are outdated.
  const isLeftOver = session.ended === true && session.wasMissed === true;
  const isConnected = !isLeftOver && (phase === 'connected' || phase === 'held');
  const by = session.answeredByName ?? call.answer?.by;
  if (by === undefined && !hasAnswerer(session) && !isConnected) return call;
  const at = call.answer?.at ?? call.goneAt?.wall ?? now.wall;
  return { ...call, answer: { at, by, isOwn: isOwnAnswer(session, by, currentUser) } };
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
 * Rates the last snapshot. After a gap it raises no alert until the next snapshot arrives; if
 * polling keeps failing, it becomes stale.
 */
function getFreshness(state: AlertState, now: Timestamp): Freshness {
  if (isStale(state, now)) return 'stale';
  const { lastSnapshotAt } = state;
  const isRecent =
    lastSnapshotAt !== null && getElapsedMsWithSleep(lastSnapshotAt, now) <= MAX_GAP_MS;
  return isRecent ? 'fresh' : 'fading';
}

/** Whether the last snapshot is too old to rely on. */
export function isStale({ failure }: AlertState, now: Timestamp): boolean {
  return failure !== null && hasLasted(failure.problem, failure.since, now);
}

/** Problems that may soon pass count only after a while; other problems count immediately. */
function hasLasted(problem: ConnectionProblem, since: Timestamp, now: Timestamp): boolean {
  const maySoonPass = problem === 'offline' || problem === 'keyring';
  return !maySoonPass || getElapsedMs(since, now) >= OFFLINE_AFTER_MS;
}

/** Alerts each problem once until the next snapshot arrives. */
function updateProblemAlert(state: AlertState, rules: AlertRules, now: Timestamp): AlertState {
  const { failure } = state;
  const problem = failure && hasLasted(failure.problem, failure.problemSince, now) ? failure : null;
  const remaining = state.open.filter(
    (alert) =>
      alert.kind !== 'connection-problem' ||
      (alert.problem === problem?.problem && !rules.isDoNotDisturb),
  );
  const open = remaining.length === state.open.length ? state.open : remaining;
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
  const announced = [...problem.announced, problem.problem];
  return { ...state, failure: { ...problem, announced }, open: [...open, alert] };
}

/** Forgets gone calls once they can't return as the same ring. */
function pruneGoneCalls(state: AlertState, now: Timestamp): AlertState {
  const gone = [...state.calls.values()].filter(
    (call) => call.goneAt && !call.pendingLookup && getElapsedMs(call.goneAt, now) > SAME_RING_MS,
  );
  if (gone.length === 0) return state;
  const calls = new Map(state.calls);
  for (const { summary } of gone) calls.delete(summary.id);
  return { ...state, calls };
}

function removeMissedCalls(open: readonly Alert[], ids: readonly string[]): readonly Alert[] {
  const seen = new Set(ids);
  return open.filter((alert) => alert.kind !== 'missed' || !seen.has(alert.missedCall.summary.id));
}

/** Withdraws the oldest missed calls if there are too many, but never a new one. */
function limitOpenAlerts(state: AlertState, before: readonly Alert[]): AlertState {
  const excess = state.open.length - MAX_OPEN_ALERTS;
  if (excess <= 0) return state;
  const wereOpen = new Set(before);
  const old = state.open.filter((alert) => alert.kind === 'missed' && wereOpen.has(alert));
  const dropped = new Set(old.slice(0, excess));
  return { ...state, open: state.open.filter((alert) => !dropped.has(alert)) };
}

/** Returns the log entries that changed. */
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
