import type { Alert, MissedCall, ConnectionProblem } from './alert';
import { getElapsedMsWithSleep, rebaseTimestamp, type Timestamp } from '../timestamp';
import type { AlertStage, Call, Interval, MissStatus, PendingLookup } from '../calls/call';

/**
 * Everything Ringside must remember to tell each ring and each miss exactly once. Plain data: it
 * is kept on disk, and what was decided before the app ended is not decided again.
 */
export interface AlertState {
  /** The last good answer; `null` until the first one ever for this account. */
  readonly lastSnapshotAt: Timestamp | null;
  /** The sessions being followed, those that left a moment ago included, by id. */
  readonly calls: ReadonlyMap<string, Call>;
  /** Every session that was missed, by id, the latest last: its miss is never told again. */
  readonly missed: ReadonlyMap<string, MissStatus>;
  /** Misses that wait to be told together. */
  readonly queued: readonly MissedCall[];
  /** What is on the screen now. */
  readonly open: readonly Alert[];
  readonly failure: ConnectionFailure | null;
}

/** The connection does not work. */
export interface ConnectionFailure {
  /** Since when there was no good answer. */
  readonly since: Timestamp;
  readonly problem: ConnectionProblem;
  /** Since when the trouble is of this kind. */
  readonly problemSince: Timestamp;
  /** The kinds of trouble that the person was told of since then. */
  readonly announced: readonly ConnectionProblem[];
}

/** The watch of an account that was never signed in before. */
export const INITIAL_ALERT_STATE: AlertState = {
  lastSnapshotAt: null,
  calls: new Map(),
  missed: new Map(),
  queued: [],
  open: [],
  failure: null,
};

/**
 * The watch as it is taken up again by a new run of the app: its notifications can no longer be
 * reached, so nothing counts as open, and what had been shown is over.
 */
export function restoreAlertState(state: AlertState): AlertState {
  const calls = new Map([...state.calls].map(([id, call]) => [id, markDone(call)]));
  return { ...state, calls, open: [], failure: null };
}

/** The watch with every mark of an earlier run on the clocks of this one. */
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
  return { ...state, lastSnapshotAt: rebase(lastSnapshotAt), calls: new Map(calls), failure: null };
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

/** Ids of the vanished sessions that are due to be looked up. */
export function getDueLookups(state: AlertState, now: Timestamp): readonly string[] {
  return [...state.calls].flatMap(([id, { pendingLookup }]) =>
    pendingLookup && isLookupDue(pendingLookup, now) ? [id] : [],
  );
}

function isLookupDue({ attempts, lastAttemptAt }: PendingLookup, now: Timestamp): boolean {
  if (!lastAttemptAt) return true;
  const delay = LOOKUP_DELAYS_MS[Math.min(attempts, LOOKUP_DELAYS_MS.length) - 1] ?? 0;
  return getElapsedMsWithSleep(lastAttemptAt, now) >= delay;
}

/** Ids that count as listed by the server, for comparing with its next answer. */
export function getListedIds(state: AlertState): readonly string[] {
  return [...state.calls].flatMap(([id, call]) => (call.goneAt ? [] : [id]));
}
