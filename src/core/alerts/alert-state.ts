import { UNKNOWN_OWNERSHIP, type CallOwnership, type CatchUp } from './catch-up';
import type { VoicemailState } from './voicemail-alerts';
import type { Alert, MissedCall, ConnectionProblem } from './alert';
import { getElapsedMsWithSleep, rebaseTimestamp, type Timestamp } from '../timestamp';
import type { AlertStage, Call, Interval, MissStatus, PendingLookup } from '../calls/call';

/**
 * What Ringside remembers so that each ring and each missed call alerts exactly once. It's plain
 * data that is saved to disk before anything is shown.
 */
export interface AlertState {
  /** When the last snapshot arrived; `null` before the account's very first one. */
  readonly lastSnapshotAt: Timestamp | null;
  /** The tracked calls by session id, including those that ended seconds ago. */
  readonly calls: ReadonlyMap<string, Call>;
  /** Every missed session by id, latest last. They don't alert again. */
  readonly missed: ReadonlyMap<string, MissStatus>;
  /** Missed calls that haven't been announced yet. */
  readonly queued: readonly MissedCall[];
  /** Alerts that are shown now. */
  readonly open: readonly Alert[];
  readonly failure: ConnectionFailure | null;
  /** The gap for which the call history still has to be read. */
  readonly catchUp: CatchUp | null;
  readonly ownership: CallOwnership;
  /** The ids of calls by the new ids that the server gave their sessions, latest last. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly voicemail: VoicemailState | null;
}

/** Describes a connection that isn't working. */
export interface ConnectionFailure {
  /** Since the first failed poll. */
  readonly since: Timestamp;
  readonly problem: ConnectionProblem;
  /** When the current kind of problem began. */
  readonly problemSince: Timestamp;
  /** Problems announced since then. */
  readonly announced: readonly ConnectionProblem[];
}

/** The state of an account before its first sign-in. */
export const INITIAL_ALERT_STATE: AlertState = {
  lastSnapshotAt: null,
  calls: new Map(),
  missed: new Map(),
  queued: [],
  open: [],
  failure: null,
  catchUp: null,
  ownership: UNKNOWN_OWNERSHIP,
  aliases: new Map(),
  voicemail: null,
};

/**
 * Restores the state after a restart. Notifications of the previous run are gone, so none is open
 * and everything already shown is done.
 */
export function restoreAlertState(state: AlertState): AlertState {
  const calls = new Map([...state.calls].map(([id, call]) => [id, markDone(call)]));
  return { ...state, calls, open: [], failure: null };
}

/** Moves every timestamp of an earlier run to the clocks of this one. */
export function rebaseClocks(state: AlertState, now: Timestamp): AlertState {
  const { lastSnapshotAt } = state;
  if (!lastSnapshotAt || lastSnapshotAt.bootId === now.bootId) return state;
  const rebase = (timestamp: Timestamp): Timestamp => rebaseTimestamp(timestamp, now);
  const calls = [...state.calls].map(([id, call]): [string, Call] => [
    id,
    {
      ...call,
      phaseSince: rebase(call.phaseSince),
      ring: call.ring && rebaseInterval(call.ring, rebase),
      hold: call.hold && rebaseInterval(call.hold, rebase),
      goneAt: call.goneAt && rebase(call.goneAt),
      pendingLookup: call.pendingLookup && {
        ...call.pendingLookup,
        lastAttemptAt: call.pendingLookup.lastAttemptAt && rebase(call.pendingLookup.lastAttemptAt),
      },
    },
  ]);
  return {
    ...state,
    lastSnapshotAt: rebase(lastSnapshotAt),
    calls: new Map(calls),
    failure: null,
    catchUp: state.catchUp && { ...state.catchUp, startedAt: rebase(state.catchUp.startedAt) },
  };
}

function rebaseInterval(interval: Interval, rebase: (timestamp: Timestamp) => Timestamp): Interval {
  const { startedAt, endedAt } = interval;
  return { ...interval, startedAt: rebase(startedAt), endedAt: endedAt && rebase(endedAt) };
}

function markDone(call: Call): Call {
  return {
    ...call,
    ring: call.ring && { ...call.ring, stage: toDoneStage(call.ring.stage) },
    hold: call.hold && { ...call.hold, stage: toDoneStage(call.hold.stage) },
  };
}

function toDoneStage(stage: AlertStage): AlertStage {
  return stage === 'pending' ? stage : 'done';
}

/** Pauses between the lookups of one call; the last one repeats. */
const LOOKUP_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** The server's ids of the vanished sessions that are due to be looked up. */
export function getDueLookups(state: AlertState, now: Timestamp): readonly string[] {
  return [...state.calls].flatMap(([id, { pendingLookup, serverId = id }]) =>
    pendingLookup && isLookupDue(pendingLookup, now) ? [serverId] : [],
  );
}

function isLookupDue({ attempts, lastAttemptAt }: PendingLookup, now: Timestamp): boolean {
  if (!lastAttemptAt) return true;
  const delay = LOOKUP_DELAYS_MS[Math.min(attempts, LOOKUP_DELAYS_MS.length) - 1] ?? 0;
  return getElapsedMsWithSleep(lastAttemptAt, now) >= delay;
}

/** Returns the ids of the calls that the last snapshot listed. */
export function getListedIds(state: AlertState): readonly string[] {
  return [...state.calls].flatMap(([id, call]) => (call.goneAt ? [] : [id]));
}
