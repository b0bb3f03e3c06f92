import type { CallSummary } from './calls/call-summary';
import type { Phase } from './calls/phase';
import type { ConnectionProblem } from './alerts/alert';

/** What the tray tells in one look. The first of its kinds that applies, in this order. */
export type TrayStatus = {
  /** Do not disturb is on. */
  readonly isDoNotDisturb: boolean;
  /** Active sessions, ringing ones not counted. */
  readonly activeCount: number;
  /** Missed calls that nobody has looked at. */
  readonly missedCount: number;
} & (
  | { readonly kind: 'ringing'; readonly ringing: readonly [CallSummary, ...CallSummary[]] }
  | { readonly kind: 'connection-problem'; readonly problem: ConnectionProblem }
  | { readonly kind: 'active' }
  | { readonly kind: 'missed' }
  | { readonly kind: 'idle' }
);

/** What the glance is taken of. */
export interface TrayStatusInput {
  readonly calls: readonly { readonly phase: Phase; readonly summary: CallSummary }[];
  readonly problem: ConnectionProblem | null;
  readonly missedCount: number;
  readonly isDoNotDisturb: boolean;
}

/** What one account has to tell. */
export interface AccountCalls {
  readonly calls: TrayStatusInput['calls'];
  /** What was known means nothing any more. */
  readonly isStale: boolean;
}

/**
 * The calls of several accounts. What was ringing before a connection was lost for good is no
 * longer known to ring.
 */
export function mergeAccountCalls(parts: readonly AccountCalls[]): TrayStatusInput['calls'] {
  return parts.flatMap(({ calls, isStale }) =>
    isStale ? calls.filter(({ phase }) => phase !== 'ringing') : calls,
  );
}

/** Takes the glance: ringing, trouble, active calls, missed calls, idle. */
export function getTrayStatus({
  calls,
  problem,
  missedCount,
  isDoNotDisturb,
}: TrayStatusInput): TrayStatus {
  const [first, ...others] = calls.filter(({ phase }) => phase === 'ringing');
  const activeCount = calls.filter(({ phase }) => phase !== 'ringing' && phase !== 'ended').length;
  const counts = { isDoNotDisturb, activeCount, missedCount };
  if (first) {
    const ringing = [first.summary, ...others.map(({ summary }) => summary)] as const;
    return { ...counts, kind: 'ringing', ringing };
  }
  if (problem !== null) return { ...counts, kind: 'connection-problem', problem };
  if (activeCount > 0) return { ...counts, kind: 'active' };
  return missedCount > 0 ? { ...counts, kind: 'missed' } : { ...counts, kind: 'idle' };
}
