import type { Phase } from './calls/phase';

/** What the poll interval depends on. */
export interface PollIntervalInput {
  /** The interval in the settings. */
  readonly intervalMs: number;
  /** A call is ringing, dialing, or queued. */
  readonly isUrgent: boolean;
  readonly isWindowVisible: boolean;
  readonly isScreenLocked: boolean;
  /** Failed polls since the last successful one. */
  readonly failureCount: number;
  /** The `Retry-After` of the last response. */
  readonly retryAfterMs: number | undefined;
}

const FAST_INTERVAL_MS = 1_000;
const LOCKED_INTERVAL_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
/** A longer `Retry-After` is a mistake or an attack, and the user is waiting for calls. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;
/** Spreads the polls of many desktops. */
const JITTER = 0.1;

/** Computes the delay before the next poll. `random` is in [0, 1). */
export function computePollDelayMs(input: PollIntervalInput, random: number): number {
  const jitter = 1 - JITTER + 2 * JITTER * random;
  if (input.failureCount === 0) return getRegularIntervalMs(input) * jitter;
  const backoff =
    Math.min(FIRST_RETRY_MS * 2 ** Math.min(input.failureCount - 1, 10), MAX_RETRY_MS) * jitter;
  if (input.retryAfterMs === undefined) return Math.min(backoff, MAX_RETRY_MS);
  const requested = Math.min(Math.max(input.retryAfterMs, FIRST_RETRY_MS), MAX_RETRY_AFTER_MS);
  return requested * (1 + JITTER * random);
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

/** Whether calls in this phase are polled at the fast interval. */
export function isUrgentPhase(phase: Phase): boolean {
  return phase === 'ringing' || phase === 'dialing' || phase === 'queued';
}
