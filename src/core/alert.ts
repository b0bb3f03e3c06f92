import type { Facts } from './facts';

/** What is wrong with the connection, as the person is told. */
export type Trouble = 'offline' | 'sign-in' | 'forbidden';

/**
 * Something the person is told on the desktop. Facts only: words are made where the language is
 * known. Two alerts with the same key are the same one, before and after a change.
 */
export type Alert = {
  /** What the person knows the account by, where there are several. */
  readonly account?: string;
} & (
  | { readonly kind: 'ringing'; readonly key: string; readonly facts: Facts }
  | { readonly kind: 'ringing-many'; readonly key: string; readonly count: number }
  | { readonly kind: 'missed'; readonly key: string; readonly miss: Miss }
  | {
      readonly kind: 'missed-many';
      readonly key: string;
      readonly misses: readonly Miss[];
      /** Why they are told together. */
      readonly because: 'away' | 'silence';
    }
  | {
      readonly kind: 'held-long';
      readonly key: string;
      readonly facts: Facts;
      /** The limit that the hold has passed, in ms. */
      readonly limit: number;
    }
  | { readonly kind: 'trouble'; readonly key: string; readonly trouble: Trouble }
);

/** A call that nobody took. */
export interface Miss {
  readonly facts: Facts;
  /** When it began to ring, in ms since 1970. */
  readonly at: number;
  /** How long it rang in ms, where Ringside saw it ring. */
  readonly rang: number | undefined;
  /** The server never said so: it rang, it is gone, and nothing tells of an answer. */
  readonly inferred: boolean;
  /** When it was found: at once, after a gap, or while do not disturb was on. */
  readonly found: 'now' | 'away' | 'silence';
}

/** Whether an alert says that something rings. */
export function isRing({ kind }: Alert): boolean {
  return kind === 'ringing' || kind === 'ringing-many';
}

/** The session that a click on the alert opens, where it is about a single one. */
export function sessionOf(alert: Alert): string | undefined {
  switch (alert.kind) {
    case 'ringing':
    case 'held-long':
      return alert.facts.id;
    case 'missed':
      return alert.miss.facts.id;
    case 'ringing-many':
    case 'missed-many':
    case 'trouble':
      return undefined;
  }
}
