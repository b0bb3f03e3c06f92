import type { Alert, MissedCall } from './alert';
import { isMuted, type AlertRules } from './alert-rules';
import { addPhaseTime, type Call, type MissStatus } from '../calls/call';
import type { Timestamp } from '../timestamp';
import type { AlertState } from './alert-state';

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
  draft.queued.push({
    summary: call.summary,
    ringingSince: call.ring?.startedAt.wall ?? call.startedAt,
    ringMs: ringMs > 0 ? ringMs : undefined,
    isInferred: evidence.isInferred,
    foundDuring: evidence.wasAway ? 'away' : isDoNotDisturb ? 'do-not-disturb' : 'live',
  });
  if (draft.queued.length > MAX_QUEUED) draft.queued.shift();
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
  if (!call.missed || missed.get(id) === call.missed) return;
  missed.set(id, call.missed);
  for (const oldest of missed.keys()) {
    if (missed.size <= MAX_MISSED_SESSIONS) break;
    missed.delete(oldest);
  }
}

/**
 * Announces queued missed calls unless Do Not Disturb is on: one found live by itself, those found
 * after a gap or during Do Not Disturb as one digest, once all its lookups are done. Muted calls
 * are only logged.
 */
export function announceMissedCalls(state: AlertState, rules: AlertRules): AlertState {
  if (state.queued.length === 0 || rules.isDoNotDisturb) return state;
  const isIncomplete = [...state.calls.values()].some(
    ({ pendingLookup }) => pendingLookup?.wasAway === true,
  );
  const due = isIncomplete ? state.queued.filter(isFoundLive) : state.queued;
  if (due.length === 0) return state;
  const queued = isIncomplete ? state.queued.filter((missedCall) => !isFoundLive(missedCall)) : [];
  const wanted = due.filter(
    ({ summary }) => rules.shouldAlertMissedCalls && !isMuted(summary, rules),
  );
  const delayed = wanted.filter((missedCall) => !isFoundLive(missedCall));
  const [first, second] = delayed;
  const single = second ? wanted.filter(isFoundLive) : wanted;
  const alerts = single.map((missedCall): Alert => {
    return { kind: 'missed', key: `missed:${missedCall.summary.id}`, missedCall };
  });
  if (first && second) alerts.push(createDigest([first, ...delayed.slice(1)]));
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
    ? state.open.flatMap((alert) => removeMissedCalls(alert, isAnswered))
    : state.open;
  return queued === state.queued && open === state.open ? state : { ...state, queued, open };
}

/** Returns the missed calls of an alert. */
export function getMissedCalls(alert: Alert): readonly MissedCall[] {
  if (alert.kind === 'missed') return [alert.missedCall];
  return alert.kind === 'missed-digest' ? alert.missedCalls : [];
}

/** Removes missed calls from an alert. The last call of a digest is shown by name again. */
function removeMissedCalls(
  alert: Alert,
  isAnswered: (missedCall: MissedCall) => boolean,
): readonly Alert[] {
  const missedCalls = getMissedCalls(alert);
  const left = missedCalls.filter((missedCall) => !isAnswered(missedCall));
  if (left.length === missedCalls.length) return [alert];
  const [first, second] = left;
  if (!first) return [];
  if (!second) return [{ kind: 'missed', key: alert.key, missedCall: first }];
  return alert.kind === 'missed-digest' ? [{ ...alert, missedCalls: left }] : [];
}

function isFoundLive({ foundDuring }: MissedCall): boolean {
  return foundDuring === 'live';
}

/** Creates a digest. Its first call is a unique key, since a session is missed only once. */
function createDigest(missedCalls: readonly [MissedCall, ...MissedCall[]]): Alert {
  const reason = missedCalls.some(({ foundDuring }) => foundDuring === 'away')
    ? 'away'
    : 'do-not-disturb';
  return {
    kind: 'missed-digest',
    key: `missed-digest:${missedCalls[0].summary.id}`,
    missedCalls,
    reason,
  };
}
