import type { Alert, MissedCall } from './alert';
import type { CallSummary } from '../calls/call-summary';
import { createSessionKey } from '../calls/session-key';
import type { Effect } from './reduce';

/** The account that an effect belongs to. */
export interface AccountScope {
  readonly key: string;
  /** The key of a session; one that several accounts list has the same key for all of them. */
  readonly getSessionKey: (id: string) => string;
  /** The name that the user knows the account by. */
  readonly label: string;
  /** The label in the call log; `undefined` if it must not be saved. */
  readonly logLabel: string | undefined;
  /** Whether alerts have to say which account they belong to. */
  readonly hasOtherAccounts: boolean;
}

/** Rewrites an effect with keys that are unique across all accounts, and with the account's label. */
export function withAccount(
  scope: AccountScope,
  effect: Effect,
  /** Gives the alerts the user's own names. */
  rename: (summary: CallSummary) => CallSummary = (summary) => summary,
): Effect {
  if (effect.kind !== 'log') return { ...effect, alert: scopeAlert(scope, effect.alert, rename) };
  const summary = scopeSummary(scope, effect.entry.summary);
  return { kind: 'log', entry: { ...effect.entry, summary, accountLabel: scope.logLabel } };
}

function scopeAlert(
  scope: AccountScope,
  alert: Alert,
  rename: (summary: CallSummary) => CallSummary,
): Alert {
  const scopeCall = (summary: CallSummary): CallSummary => scopeSummary(scope, rename(summary));
  const scopeMissed = (missedCall: MissedCall): MissedCall => ({
    ...missedCall,
    summary: scopeCall(missedCall.summary),
  });
  const scoped = {
    key: createSessionKey(scope.key, alert.key),
    ...(scope.hasOtherAccounts && { accountLabel: scope.label }),
  };
  switch (alert.kind) {
    case 'ringing':
    case 'long-hold':
      return { ...alert, ...scoped, summary: scopeCall(alert.summary) };
    case 'voicemail': {
      const { voicemail } = alert;
      return {
        ...alert,
        ...scoped,
        voicemail: { ...voicemail, summary: scopeCall(voicemail.summary) },
      };
    }
    case 'missed':
      return { ...alert, ...scoped, missedCall: scopeMissed(alert.missedCall) };
    case 'missed-digest':
      return {
        ...alert,
        ...scoped,
        missedCalls: alert.missedCalls.map(scopeMissed),
      };
    case 'grouped-rings':
      return {
        ...alert,
        ...scoped,
        summaries: alert.summaries.map(scopeCall),
      };
    case 'connection-problem':
      return { ...alert, ...scoped };
  }
}

function scopeSummary(scope: AccountScope, summary: CallSummary): CallSummary {
  return { ...summary, id: scope.getSessionKey(summary.id) };
}
