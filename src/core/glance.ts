import type { Facts } from './facts';
import type { Phase } from './phase';
import type { Trouble } from './alert';

/** What the tray tells in one look. The first of its kinds that applies, in this order. */
export type Glance = {
  /** Do not disturb is on. */
  readonly silent: boolean;
  /** Active sessions, ringing ones not counted. */
  readonly active: number;
  /** Missed calls that nobody has looked at. */
  readonly missed: number;
} & (
  | { readonly kind: 'ringing'; readonly ringing: readonly [Facts, ...Facts[]] }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'active' }
  | { readonly kind: 'missed' }
  | { readonly kind: 'idle' }
);

/** What the glance is taken of. */
export interface Scene {
  readonly calls: readonly { readonly phase: Phase; readonly facts: Facts }[];
  readonly trouble: Trouble | null;
  readonly missed: number;
  readonly silent: boolean;
}

/** What one account has to tell. */
export interface Part {
  readonly calls: Scene['calls'];
  /** What was known means nothing any more. */
  readonly stale: boolean;
}

/**
 * The calls of several accounts. What was ringing before a connection was lost for good is no
 * longer known to ring.
 */
export function callsOf(parts: readonly Part[]): Scene['calls'] {
  return parts.flatMap(({ calls, stale }) =>
    stale ? calls.filter(({ phase }) => phase !== 'ringing') : calls,
  );
}

/** Takes the glance: ringing, trouble, active calls, missed calls, idle. */
export function glanceOf({ calls, trouble, missed, silent }: Scene): Glance {
  const [first, ...others] = calls.filter(({ phase }) => phase === 'ringing');
  const active = calls.filter(({ phase }) => phase !== 'ringing' && phase !== 'ended').length;
  const counts = { silent, active, missed };
  if (first) {
    const ringing = [first.facts, ...others.map(({ facts }) => facts)] as const;
    return { ...counts, kind: 'ringing', ringing };
  }
  if (trouble !== null) return { ...counts, kind: 'trouble', trouble };
  if (active > 0) return { ...counts, kind: 'active' };
  return missed > 0 ? { ...counts, kind: 'missed' } : { ...counts, kind: 'idle' };
}
