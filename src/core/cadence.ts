import type { Phase } from './phase';

/** What the pace of polling depends on. Durations are ms. */
export interface Pace {
  /** The person's own interval. */
  readonly interval: number;
  /** A call is under way to somebody: a second counts. */
  readonly urgent: boolean;
  readonly windowVisible: boolean;
  readonly locked: boolean;
  /** Polls that failed since the last good one. */
  readonly failures: number;
  /** What the server asked to wait, `undefined` where it did not. */
  readonly retryAfter: number | undefined;
}

const FAST = 1_000;
const LOCKED = 10_000;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 60_000;
/** A `Retry-After` beyond this is a mistake or an attack: somebody waits for calls here. */
const LONGEST_WISH = 15 * 60_000;
/** Each delay is moved by up to a tenth, so that a thousand desktops do not march in step. */
const JITTER = 0.1;

/**
 * How long to wait before the next poll, in ms. `random` is a number in [0, 1).
 */
export function nextPollDelay(pace: Pace, random: number): number {
  const jitter = 1 - JITTER + 2 * JITTER * random;
  if (pace.failures === 0) return steadyDelay(pace) * jitter;
  const backOff = Math.min(FIRST_RETRY * 2 ** Math.min(pace.failures - 1, 10), LAST_RETRY) * jitter;
  if (pace.retryAfter === undefined) return Math.min(backOff, LAST_RETRY);
  // What the server asked for is a least: the jitter only ever adds. "At once" is no wish to grant.
  const wish = Math.min(Math.max(pace.retryAfter, FIRST_RETRY), LONGEST_WISH);
  return wish * (1 + JITTER * random);
}

function steadyDelay({ interval, urgent, windowVisible, locked }: Pace): number {
  if (locked) return Math.max(LOCKED, interval);
  return urgent || windowVisible ? Math.min(FAST, interval) : interval;
}

/** Whether a session in this phase is about to change hands. */
export function isUrgent(phase: Phase): boolean {
  return phase === 'ringing' || phase === 'dialing' || phase === 'queued';
}
