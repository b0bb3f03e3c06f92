import type { Alert, MissedCall } from './alert';
import { isMuted, type AlertRules } from './alert-rules';
import { addPhaseTime, type Call, type MissStatus } from '../calls/call';
import type { Timestamp } from '../timestamp';
import type { AlertState } from './alert-state';
import { isAwaitingHistory } from './catch-up';

/** The server lists no older sessions. */
const MAX_MISSED_SESSIONS = 10_000;
/** As many as the call log keeps. */
const MAX_QUEUED = 5_000;

/** The parts of the alert state that one reduction changes, as mutable copies. */
export interface AlertDraft {
  readonly calls: Map<string, Call>;
  readonly missed: Map<string, MissStatus>;
  readonly queued: MissedCall[];
}

/** Copies the parts of the state that a reduction changes. */
export function createDraft({ calls, missed, queued }: AlertState): AlertDraft {
  return { calls: new Map(calls), missed: new Map(missed), queued: [...queued] };
}

/** What is known about a missed call when it's recorded. */
export type MissEvidence = Pick<MissStatus, 'isInferred' | 'wasAway' | 'isPast'>;

/**
 * Records that a call was missed, once per session. {@link announceMissedCalls} decides when it's
 * announced; a call from before the first sign-in is only logged.
 */
export function recordMissedCall(
  draft: AlertDraft,
  call: Call,
  evidence: MissEvidence,
  isDoNotDisturb: boolean,
  now: Timestamp,
): void {
  const { missed } = call;
  if (missed) {
    if (missed.isInferred && !evidence.isInferred) confirmMissedCall(draft, { ...call, missed });
    return;
  }
  saveCall(draft, { ...call, missed: { ...evidence, wasAnswered: false } });
  if (evidence.isPast) return;
  const ringMs = call.goneAt ? call.phaseTotalsMs.ringing : addPhaseTime(call, now).ringing;
  queueMissedCall(draft, {
    summary: call.summary,
    ringingSince: call.ring?.startedAt.wall ?? call.startedAt,
    // After a gap, the time until it was found isn't how long it rang.
    ringMs: ringMs > 0 && !evidence.wasAway ? ringMs : undefined,
    isInferred: evidence.isInferred,
    foundDuring: evidence.wasAway ? 'away' : isDoNotDisturb ? 'do-not-disturb' : 'live',
  });
}

/** Queues a missed call for its announcement. */
export function queueMissedCall({ queued }: AlertDraft, missedCall: MissedCall): void {
  queued.push(missedCall);
  if (queued.length > MAX_QUEUED) queued.shift();
}

/** Marks an inferred missed call as certain, since the server now reports it as missed. */
function confirmMissedCall(draft: AlertDraft, call: Call & { readonly missed: MissStatus }): void {
  saveCall(draft, { ...call, missed: { ...call.missed, isInferred: false } });
  const index = draft.queued.findIndex(({ summary }) => summary.id === call.summary.id);
  const missedCall = draft.queued[index];
  if (missedCall) draft.queued[index] = { ...missedCall, isInferred: false };
}

/** Saves a call in the draft, and remembers whether it was missed. */
export function saveCall({ calls, missed }: AlertDraft, call: Call): void {
  const { id } = call.summary;
  calls.set(id, call);
  if (call.missed && missed.get(id) !== call.missed) rememberMissed({ missed }, id, call.missed);
}

/** Remembers that a session was missed. */
export function rememberMissed(
  { missed }: Pick<AlertDraft, 'missed'>,
  id: string,
  status: MissStatus,
): void {
  missed.set(id, status);
  for (const oldest of missed.keys()) {
    if (missed.size <= MAX_MISSED_SESSIONS) break;
    missed.delete(oldest);
  }
}

/**
 * Raises alerts for the queued missed calls, unless Do Not Disturb is on. Calls from a gap wait for
 * its lookups and its history, so that they're announced together. Calls that the user doesn't want
 * alerts for only go in the call log.
 */
export function announceMissedCalls(
  state: AlertState,
  rules: AlertRules,
  now: Timestamp,
): AlertState {
  if (state.queued.length === 0 || rules.isDoNotDisturb) return state;
  const isIncomplete =
    isAwaitingHistory(state, now) ||
    [...state.calls.values()].some(({ pendingLookup }) => pendingLookup?.wasAway === true);
  const isDue = ({ foundDuring }: MissedCall): boolean => !isIncomplete || foundDuring === 'live';
  const due = state.queued.filter(isDue);
  if (due.length === 0) return state;
  const wanted = due.filter(
    ({ summary }) => rules.shouldAlertMissedCalls && !isMuted(summary, rules),
  );
  const alerts = wanted.map((missedCall): Alert => {
    return { kind: 'missed', key: `missed:${missedCall.summary.id}`, missedCall };
  });
  const queued = state.queued.filter((missedCall) => !isDue(missedCall));
  return { ...state, queued, open: [...state.open, ...alerts] };
}

/** Drops missed calls that were answered after all, shown or queued. */
export function dropAnswered(state: AlertState): AlertState {
  const isAnswered = ({ summary }: MissedCall): boolean =>
    state.missed.get(summary.id)?.wasAnswered === true;
  const queued = state.queued.some(isAnswered)
    ? state.queued.filter((missedCall) => !isAnswered(missedCall))
    : state.queued;
  const open = state.open.some((alert) => getMissedCalls(alert).some(isAnswered))
    ? state.open.filter((alert) => !getMissedCalls(alert).some(isAnswered))
    : state.open;
  return queued === state.queued && open === state.open ? state : { ...state, queued, open };
}

/** Returns the missed calls of an alert. */
export function getMissedCalls(alert: Alert): readonly MissedCall[] {
  if (alert.kind === 'missed') return [alert.missedCall];
  return alert.kind === 'missed-digest' ? alert.missedCalls : [];
}
