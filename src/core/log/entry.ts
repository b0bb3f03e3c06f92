import type { CallSummary } from '../calls/call-summary';
import type { Phase } from '../calls/phase';
import type { CallRecord } from './call-record';

/** How a session ended, or that it hasn't. */
export type Outcome =
  | { readonly kind: 'active' }
  | {
      readonly kind: 'answered';
      /** Who answered, if known. */
      readonly by: string | undefined;
      readonly isOwn: boolean;
    }
  | { readonly kind: 'missed'; readonly isInferred: boolean; readonly wasAway: boolean }
  | { readonly kind: 'outgoing' }
  /** The caller hung up while waiting in a queue. */
  | { readonly kind: 'abandoned' }
  /** It ended, and it's unknown whether it was answered or missed. */
  | { readonly kind: 'ended' };

/** A phase of a session, from an instant until the next segment starts. */
export interface Segment {
  readonly phase: Phase;
  readonly from: number;
}

/** A period without snapshots. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Overrides whether a call has to be returned. */
export interface CallbackMark {
  /**
   * Marked as done, put back on the list, or never on it (because it's from before the first
   * sign-in or was seen in a version without a list).
   */
  readonly kind: 'done' | 'reopened' | 'past';
  /** In ms since 1970. */
  readonly at: number;
}

/** An entry of the call log. Instants are in ms since 1970. */
export interface LogEntry {
  /** Its id is the session key; entries of old versions have a bare session id. */
  readonly summary: CallSummary;
  /** The account's label; `undefined` in entries of old versions. */
  readonly accountLabel: string | undefined;
  readonly outcome: Outcome;
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly segments: readonly Segment[];
  /** `false` for a missed call that the user hasn't seen yet. */
  readonly isSeen: boolean;
  readonly callbackMark: CallbackMark | null;
  /** The gap of a call that is known only from the call history. */
  readonly gap?: Gap | undefined;
  /** Absent in entries of old versions. */
  readonly record?: CallRecord | undefined;
}

/**
 * Carries over what the user did with a missed call. An unseen one stays unseen until it's seen or
 * answered, and a seen one stays seen. A mark stays until the call is missed again, and a record
 * until there is a newer one.
 */
export function mergeEntry(before: LogEntry | undefined, entry: LogEntry): LogEntry {
  const seen = isSeen(before, entry);
  const wasActive = before?.outcome.kind === 'active' && entry.outcome.kind !== 'active';
  const mark = wasActive ? entry.callbackMark : (before?.callbackMark ?? entry.callbackMark);
  const record = entry.record ?? before?.record;
  return seen === entry.isSeen && mark === entry.callbackMark && record === entry.record
    ? entry
    : { ...entry, isSeen: seen, callbackMark: mark, record };
}

function isSeen(before: LogEntry | undefined, { outcome, isSeen: seen }: LogEntry): boolean {
  if (outcome.kind === 'answered') return true;
  if (before?.isSeen === false) return false;
  return seen || before?.outcome.kind === 'missed';
}
