import type { CallSummary } from './calls/call-summary';
import type { Phase } from './calls/phase';
import type { ConnectionProblem } from './alerts/alert';

/** What the tray shows at a glance: the first kind that applies, in this order. */
export type TrayStatus = {
  /** Shown as an overlay. */
  readonly isDoNotDisturb: boolean;
  /** Active calls, without ringing ones. */
  readonly activeCount: number;
  /** Callers who still need a callback. */
  readonly missedCount: number;
} & (
  | { readonly kind: 'ringing'; readonly ringing: readonly [CallSummary, ...CallSummary[]] }
  | { readonly kind: 'connection-problem'; readonly problem: ConnectionProblem }
  | { readonly kind: 'active' }
  | { readonly kind: 'missed' }
  | { readonly kind: 'idle' }
);

/** What the tray status is derived from. */
export interface TrayStatusInput {
  readonly calls: readonly { readonly phase: Phase; readonly summary: CallSummary }[];
  readonly problem: ConnectionProblem | null;
  readonly missedCount: number;
  readonly isDoNotDisturb: boolean;
}

/** The calls of one account. */
export interface AccountCalls {
  readonly calls: TrayStatusInput['calls'];
  /** The last snapshot is too old to rely on. */
  readonly isStale: boolean;
}

/** Merges the calls of several accounts. Calls of a stale account no longer count as ringing. */
export function mergeAccountCalls(parts: readonly AccountCalls[]): TrayStatusInput['calls'] {
  const current = parts.flatMap(({ calls, isStale }) =>
    isStale ? calls.filter(({ phase }) => phase !== 'ringing') : calls,
  );
  // A session that several accounts list counts once.
  const byKey = new Map(current.map((call) => [call.summary.id, call]));
  return byKey.size === current.length ? current : [...byKey.values()];
}

/** Derives the tray status. */
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
