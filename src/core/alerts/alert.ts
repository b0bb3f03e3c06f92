import type { CallSummary } from '../calls/call-summary';
import type { AnnouncedVoicemail } from './voicemail-alerts';

/** A connection problem that raises an alert. */
export type ConnectionProblem = 'offline' | 'keyring' | 'sign-in' | 'forbidden';

/**
 * An alert for the desktop. It holds data only; texts are made where the language
 * is known. Two alerts with the same key are the same alert.
 */
export type Alert = {
  /** The name of the account, if there are several. */
  readonly accountLabel?: string;
} & (
  | { readonly kind: 'ringing'; readonly key: string; readonly summary: CallSummary }
  | {
      readonly kind: 'grouped-rings';
      readonly key: string;
      /** The call that has been ringing longest comes first. */
      readonly summaries: readonly CallSummary[];
    }
  | { readonly kind: 'missed'; readonly key: string; readonly missedCall: MissedCall }
  | {
      readonly kind: 'missed-digest';
      readonly key: string;
      readonly missedCalls: readonly MissedCall[];
      /** Why the calls are announced together. */
      readonly reason: 'away' | 'do-not-disturb' | 'many';
    }
  | {
      readonly kind: 'voicemail';
      readonly key: string;
      readonly voicemail: AnnouncedVoicemail;
      /** How many new messages the alert stands for; it says who left the last one. */
      readonly count: number;
    }
  | {
      readonly kind: 'long-hold';
      readonly key: string;
      readonly summary: CallSummary;
      /** The limit that the hold exceeded. */
      readonly limitMs: number;
    }
  | {
      readonly kind: 'connection-problem';
      readonly key: string;
      readonly problem: ConnectionProblem;
    }
);

/** A call that no one answered. */
export interface MissedCall {
  readonly summary: CallSummary;
  /** When it started ringing, in ms since 1970. */
  readonly ringingSince: number;
  /** How long it rang, if Ringside saw it ring. */
  readonly ringMs: number | undefined;
  /** The server didn't report it as missed, but it stopped ringing and no answer is known. */
  readonly isInferred: boolean;
  /** Whether it was found immediately, after a gap, or while Do Not Disturb was on. */
  readonly foundDuring: 'live' | 'away' | 'do-not-disturb';
}

/** Whether an alert is about ringing calls. */
export function isRingAlert({ kind }: Alert): boolean {
  return kind === 'ringing' || kind === 'grouped-rings';
}

/** Returns the session that a click opens, if the alert is about a single one. */
export function getAlertSessionId(alert: Alert): string | undefined {
  switch (alert.kind) {
    case 'ringing':
    case 'long-hold':
      return alert.summary.id;
    case 'missed':
      return alert.missedCall.summary.id;
    case 'grouped-rings':
    case 'missed-digest':
    case 'voicemail':
    case 'connection-problem':
      return undefined;
  }
}
