import type { CallSummary } from '../calls/call-summary';
import type { Phase } from '../calls/phase';

/** How a session ended, or that it has not. */
export type Outcome =
  | { readonly kind: 'active' }
  | {
      readonly kind: 'answered';
      /** Who took it, where the server says so. */
      readonly by: string | undefined;
      readonly isOwn: boolean;
    }
  | { readonly kind: 'missed'; readonly isInferred: boolean; readonly wasAway: boolean }
  | { readonly kind: 'outgoing' }
  /** The caller gave up waiting in a queue. */
  | { readonly kind: 'abandoned' }
  /** Over, and nothing tells that anybody answered or should have. */
  | { readonly kind: 'ended' };

/** A stretch of a session in one phase, from an instant (ms since 1970) until the next begins. */
export interface Segment {
  readonly phase: Phase;
  readonly from: number;
}

/** One line of the call log. Instants are ms since 1970, durations ms. */
export interface LogEntry {
  /** Their id is the key of the session: it names the account, but for entries of old. */
  readonly summary: CallSummary;
  /** What the person knew the account by; `undefined` in entries of old. */
  readonly accountLabel: string | undefined;
  readonly outcome: Outcome;
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly segments: readonly Segment[];
  /** False for a missed call that the person has not looked at yet. */
  readonly isSeen: boolean;
}

/**
 * A newer version of an entry, with what is known of whether the person has looked at it: a miss
 * that nobody has looked at stays so until somebody does or the call is answered after all, and
 * one that was looked at does not come back.
 */
export function mergeSeen(before: LogEntry | undefined, entry: LogEntry): LogEntry {
  const seen = isSeen(before, entry);
  return seen === entry.isSeen ? entry : { ...entry, isSeen: seen };
}

function isSeen(before: LogEntry | undefined, { outcome, isSeen: seen }: LogEntry): boolean {
  if (outcome.kind === 'answered') return true;
  if (before?.isSeen === false) return false;
  return seen || before?.outcome.kind === 'missed';
}

/** Whether an entry belongs among the missed calls: missed, or once missed and not looked at. */
export function isMissedEntry({ outcome, isSeen: seen }: LogEntry): boolean {
  return outcome.kind === 'missed' || !seen;
}
