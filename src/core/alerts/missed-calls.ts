import type { Alert, MissedCall } from './alert';
import { isMuted, type AlertRules } from './alert-rules';
import { addPhaseTime, type Call, type MissStatus } from '../calls/call';
import type { Timestamp } from '../timestamp';
import type { AlertState } from './alert-state';

/** Sessions remembered as missed at most; older ones are long gone from the server. */
const MAX_MISSED_SESSIONS = 10_000;
/** Misses that can wait to be told at most: as many as the call log keeps. */
const MAX_QUEUED = 5_000;

/** The parts of a watch that one step rewrites: a copy of its own, thrown away with the step. */
export interface AlertDraft {
  readonly calls: Map<string, Call>;
  readonly missed: Map<string, MissStatus>;
  readonly queued: MissedCall[];
}

/** A draft of a watch. */
export function createDraft({ calls, missed, queued }: AlertState): AlertDraft {
  return { calls: new Map(calls), missed: new Map(missed), queued: [...queued] };
}

/** What is known about a miss when it is noted. */
export type MissEvidence = Pick<MissStatus, 'isInferred' | 'wasAway' | 'isPast'>;

/**
 * Notes that a call was missed: once per session, ever. When it is told is decided by
 * {@link announceMissedCalls}; a miss from before the first sign-in is only logged.
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
  const rang = call.goneAt ? call.phaseTotalsMs.ringing : addPhaseTime(call, now).ringing;
  draft.queued.push({
    summary: call.summary,
    ringingSince: call.ring?.startedAt.wall ?? call.startedAt,
    ringMs: rang > 0 ? rang : undefined,
    isInferred: evidence.isInferred,
    foundDuring: evidence.wasAway ? 'away' : isDoNotDisturb ? 'do-not-disturb' : 'live',
  });
  if (draft.queued.length > MAX_QUEUED) draft.queued.shift();
}

/** What was inferred is now certain: the server says so. */
function confirmMissedCall(draft: AlertDraft, call: Call & { readonly missed: MissStatus }): void {
  saveCall(draft, { ...call, missed: { ...call.missed, isInferred: false } });
  const waiting = draft.queued.findIndex(({ summary }) => summary.id === call.summary.id);
  const missedCall = draft.queued[waiting];
  if (missedCall) draft.queued[waiting] = { ...missedCall, isInferred: false };
}

/** Takes a call into the draft, and its miss into what is remembered for good. */
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
 * Tells the misses that wait, unless do not disturb is on: one found at once by itself, those of a
 * gap or of a silence as one digest, once every look-up is answered that belongs to it. What the
 * person does not want to be told of is in the call log.
 */
export function announceMissedCalls(state: AlertState, rules: AlertRules): AlertState {
  if (state.queued.length === 0 || rules.isDoNotDisturb) return state;
  const isIncomplete = [...state.calls.values()].some(
    ({ pendingLookup }) => pendingLookup?.wasAway === true,
  );
  const due = isIncomplete ? state.queued.filter(isFoundLive) : state.queued;
  if (due.length === 0) return state;
  const waiting = isIncomplete ? state.queued.filter((missedCall) => !isFoundLive(missedCall)) : [];
  const wanted = due.filter(
    ({ summary }) => rules.shouldAlertMissedCalls && !isMuted(summary, rules),
  );
  const late = wanted.filter((missedCall) => !isFoundLive(missedCall));
  const [first, second] = late;
  const alone = second ? wanted.filter(isFoundLive) : wanted;
  const alerts = alone.map((missedCall): Alert => {
    return { kind: 'missed', key: `missed:${missedCall.summary.id}`, missedCall };
  });
  if (first && second) alerts.push(createDigest([first, ...late.slice(1)]));
  return { ...state, queued: waiting, open: [...state.open, ...alerts] };
}

/** The watch without the misses that somebody took after all: neither shown nor told later. */
export function dropAnswered(state: AlertState): AlertState {
  const isTaken = ({ summary }: MissedCall): boolean =>
    state.missed.get(summary.id)?.wasAnswered === true;
  const waiting = state.queued.some(isTaken)
    ? state.queued.filter((missedCall) => !isTaken(missedCall))
    : state.queued;
  const open = state.open.some((alert) => getMissedCalls(alert).some(isTaken))
    ? state.open.flatMap((alert) => removeMissedCalls(alert, isTaken))
    : state.open;
  return waiting === state.queued && open === state.open
    ? state
    : { ...state, queued: waiting, open };
}

/** The missed calls that an alert tells of. */
export function getMissedCalls(alert: Alert): readonly MissedCall[] {
  if (alert.kind === 'missed') return [alert.missedCall];
  return alert.kind === 'missed-digest' ? alert.missedCalls : [];
}

/** What is left of an alert: the last miss of a digest is a caller again and not a number. */
function removeMissedCalls(
  alert: Alert,
  isTaken: (missedCall: MissedCall) => boolean,
): readonly Alert[] {
  const missedCalls = getMissedCalls(alert);
  const left = missedCalls.filter((missedCall) => !isTaken(missedCall));
  if (left.length === missedCalls.length) return [alert];
  const [first, second] = left;
  if (!first) return [];
  if (!second) return [{ kind: 'missed', key: alert.key, missedCall: first }];
  return alert.kind === 'missed-digest' ? [{ ...alert, missedCalls: left }] : [];
}

function isFoundLive({ foundDuring }: MissedCall): boolean {
  return foundDuring === 'live';
}

/** The digest of several misses. A session is missed once, so its first one names it for ever. */
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
