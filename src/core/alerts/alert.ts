import type { CallSummary } from '../calls/call-summary';

/** What is wrong with the connection, as the person is told. */
export type ConnectionProblem = 'offline' | 'sign-in' | 'forbidden';

/**
 * Something the person is told on the desktop. Facts only: words are made where the language is
 * known. Two alerts with the same key are the same one, before and after a change.
 */
export type Alert = {
  /** What the person knows the account by, where there are several. */
  readonly accountLabel?: string;
} & (
  | { readonly kind: 'ringing'; readonly key: string; readonly summary: CallSummary }
  | { readonly kind: 'grouped-rings'; readonly key: string; readonly count: number }
  | { readonly kind: 'missed'; readonly key: string; readonly missedCall: MissedCall }
  | {
      readonly kind: 'missed-digest';
      readonly key: string;
      readonly missedCalls: readonly MissedCall[];
      /** Why they are told together. */
      readonly reason: 'away' | 'do-not-disturb';
    }
  | {
      readonly kind: 'long-hold';
      readonly key: string;
      readonly summary: CallSummary;
      /** The limit that the hold has passed, in ms. */
      readonly limitMs: number;
    }
  | {
      readonly kind: 'connection-problem';
      readonly key: string;
      readonly problem: ConnectionProblem;
    }
);

/** A call that nobody took. */
export interface MissedCall {
  readonly summary: CallSummary;
  /** When it began to ring, in ms since 1970. */
  readonly ringingSince: number;
  /** How long it rang in ms, where Ringside saw it ring. */
  readonly ringMs: number | undefined;
  /** The server never said so: it rang, it is gone, and nothing tells of an answer. */
  readonly isInferred: boolean;
  /** When it was found: at once, after a gap, or while do not disturb was on. */
  readonly foundDuring: 'live' | 'away' | 'do-not-disturb';
}

/** Whether an alert says that something rings. */
export function isRingAlert({ kind }: Alert): boolean {
  return kind === 'ringing' || kind === 'grouped-rings';
}

/** The session that a click on the alert opens, where it is about a single one. */
export function getAlertSessionId(alert: Alert): string | undefined {
  switch (alert.kind) {
    case 'ringing':
    case 'long-hold':
      return alert.summary.id;
    case 'missed':
      return alert.missedCall.summary.id;
    case 'grouped-rings':
    case 'missed-digest':
    case 'connection-problem':
      return undefined;
  }
}
