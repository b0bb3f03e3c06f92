import type { Alert, MissedCall } from './alert';
import type { CallSummary } from '../calls/call-summary';
import { createSessionKey } from '../calls/session-key';
import type { Effect } from './reduce';

/** The account that an effect belongs to. */
export interface AccountScope {
  readonly key: string;
  /** The key of a session; one that several accounts list has the same key for all of them. */
  readonly getSessionKey: (id: string) => string;
  /** What the user knows the account by. */
  readonly label: string;
  /** The label in the call log; `undefined` if it must not be saved. */
  readonly logLabel: string | undefined;
  /** Whether alerts have to say which account they belong to. */
  readonly hasOtherAccounts: boolean;
}

/** Rewrites an effect with keys that are unique over all accounts, and with the account's label. */
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
      return {
        ...alert,
        ...scoped,
        summaries: alert.summaries.map((summary) => scopeSummary(scope, summary)),
      };
    case 'connection-problem':
      return { ...alert, ...scoped };
  }
}

function scopeMissedCall(scope: AccountScope, missedCall: MissedCall): MissedCall {
  return { ...missedCall, summary: scopeSummary(scope, missedCall.summary) };
}

function scopeSummary(scope: AccountScope, summary: CallSummary): CallSummary {
  return { ...summary, id: scope.getSessionKey(summary.id) };
}
