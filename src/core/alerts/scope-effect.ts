import type { Alert, MissedCall } from './alert';
import type { CallSummary } from '../calls/call-summary';
import { createSessionKey } from '../calls/session-key';
import type { Effect } from './reduce';

/** The account that has something to tell. */
export interface AccountScope {
  readonly key: string;
  /** What the person knows it by. */
  readonly label: string;
  /** What the call log keeps it by, on disk: nothing, where nothing of it may be written. */
  readonly logLabel: string | undefined;
  /** There are others: an alert must say whose it is. */
  readonly hasOtherAccounts: boolean;
}

/**
 * What was decided for one account as everybody outside of it is told: sessions and alerts go by
 * keys that no other account has.
 */
export function withAccount(scope: AccountScope, effect: Effect): Effect {
  if (effect.kind !== 'log') return { ...effect, alert: scopeAlert(scope, effect.alert) };
  const summary = scopeSummary(scope, effect.entry.summary);
  return { kind: 'log', entry: { ...effect.entry, summary, accountLabel: scope.logLabel } };
}

function scopeAlert(scope: AccountScope, alert: Alert): Alert {
  const scoped = {
    key: createSessionKey(scope.key, alert.key),
    ...(scope.hasOtherAccounts && { accountLabel: scope.label }),
  };
  switch (alert.kind) {
    case 'ringing':
    case 'long-hold':
      return { ...alert, ...scoped, summary: scopeSummary(scope, alert.summary) };
    case 'missed':
      return { ...alert, ...scoped, missedCall: scopeMissedCall(scope, alert.missedCall) };
    case 'missed-digest':
      return {
        ...alert,
        ...scoped,
        missedCalls: alert.missedCalls.map((missedCall) => scopeMissedCall(scope, missedCall)),
      };
    case 'grouped-rings':
    case 'connection-problem':
      return { ...alert, ...scoped };
  }
}

function scopeMissedCall(scope: AccountScope, missedCall: MissedCall): MissedCall {
  return { ...missedCall, summary: scopeSummary(scope, missedCall.summary) };
}

function scopeSummary(scope: AccountScope, summary: CallSummary): CallSummary {
  return { ...summary, id: createSessionKey(scope.key, summary.id) };
}
