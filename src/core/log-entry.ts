import type { Facts } from './facts';
import type { Phase } from './phase';

/** How a session ended, or that it has not. */
export type Outcome =
  | { readonly kind: 'active' }
  | {
      readonly kind: 'answered';
      /** Who took it, where the server says so. */
      readonly by: string | undefined;
      readonly byMe: boolean;
    }
  | { readonly kind: 'missed'; readonly inferred: boolean; readonly away: boolean }
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
  readonly facts: Facts;
  /** What the person knew the account by; `undefined` in entries of old. */
  readonly account: string | undefined;
  readonly outcome: Outcome;
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly rang: number;
  readonly talked: number;
  readonly held: number;
  readonly segments: readonly Segment[];
  /** False for a missed call that the person has not looked at yet. */
  readonly seen: boolean;
}
