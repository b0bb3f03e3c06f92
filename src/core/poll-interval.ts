import type { Phase } from './calls/phase';

/** What the pace of polling depends on. Durations are ms. */
export interface PollIntervalInput {
  /** The person's own interval. */
  readonly intervalMs: number;
  /** A call is under way to somebody: a second counts. */
  readonly isUrgent: boolean;
  readonly isWindowVisible: boolean;
  readonly isScreenLocked: boolean;
  /** Polls that failed since the last good one. */
  readonly failureCount: number;
  /** What the server asked to wait, `undefined` where it did not. */
  readonly retryAfterMs: number | undefined;
}

const FAST_INTERVAL_MS = 1_000;
const LOCKED_INTERVAL_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
/** A `Retry-After` beyond this is a mistake or an attack: somebody waits for calls here. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;
/** Each delay is moved by up to a tenth, so that a thousand desktops do not march in step. */
const JITTER = 0.1;

/**
 * How long to wait before the next poll, in ms. `random` is a number in [0, 1).
 */
export function computePollDelayMs(pace: PollIntervalInput, random: number): number {
  const jitter = 1 - JITTER + 2 * JITTER * random;
  if (pace.failureCount === 0) return getRegularIntervalMs(pace) * jitter;
  const backOff =
    Math.min(FIRST_RETRY_MS * 2 ** Math.min(pace.failureCount - 1, 10), MAX_RETRY_MS) * jitter;
  if (pace.retryAfterMs === undefined) return Math.min(backOff, MAX_RETRY_MS);
  // What the server asked for is a least: the jitter only ever adds. "At once" is no wish to grant.
  const wish = Math.min(Math.max(pace.retryAfterMs, FIRST_RETRY_MS), MAX_RETRY_AFTER_MS);
  return wish * (1 + JITTER * random);
}

function getRegularIntervalMs({
  intervalMs,
  isUrgent,
  isWindowVisible,
  isScreenLocked,
}: PollIntervalInput): number {
  if (isScreenLocked) return Math.max(LOCKED_INTERVAL_MS, intervalMs);
  return isUrgent || isWindowVisible ? Math.min(FAST_INTERVAL_MS, intervalMs) : intervalMs;
}

/** Whether a session in this phase is about to change hands. */
export function isUrgentPhase(phase: Phase): boolean {
  return phase === 'ringing' || phase === 'dialing' || phase === 'queued';
}
