import type { AccountView, ConnectionStatus } from '../../shared/state';
import type { I18n } from '../i18n.svelte';

const MINUTE_MS = 60_000;

/** The short connection status in the top bar. */
export interface ConnectionStatusText {
  readonly tone: 'live' | 'waiting' | 'error';
  readonly text: string;
}

/** Describes a connection. Calls `now` only if the text contains a time. */
export function getConnectionStatus(
  connection: ConnectionStatus,
  i18n: I18n,
  now: () => number,
): ConnectionStatusText {
  const { t } = i18n;
  switch (connection.kind) {
    case 'live':
      return { tone: 'live', text: t('connection.live') };
    case 'starting':
    case 'signing-in':
    case 'keyring-locked':
    case 'signed-out':
    case 'paused':
      return { tone: 'waiting', text: t(`connection.${connection.kind}`) };
    case 'forbidden':
      return { tone: 'error', text: t('connection.forbidden') };
    case 'offline': {
      const ageMs = Math.max(0, now() - connection.since);
      const text = t('connection.offline', { duration: formatAge(ageMs, i18n) });
      return { tone: 'error', text };
    }
  }
}

/** The banner shown while an account isn't working. */
export interface ConnectionProblemText {
  /** The label of the account if there are several. */
  readonly account: string | undefined;
  readonly problem: string;
  /** What Ringside does about it. */
  readonly nextStep: string | undefined;
  readonly action: 'retry' | 'sign-in' | 'resume';
  readonly buttonLabel: string;
}

/**
 * Describes the problem of an account. `undefined` if there is none, or if the whole window already
 * shows it because it's the only account.
 */
export function getConnectionProblemText(
  { connection, label }: AccountView,
  hasSeveralAccounts: boolean,
  i18n: I18n,
  now: () => number,
): ConnectionProblemText | undefined {
  const { t } = i18n;
  const account = hasSeveralAccounts ? label : undefined;
  switch (connection.kind) {
    case 'offline': {
      const { lastResponseAt, error, retryAt } = connection;
      const problem = [t(`connectionError.${error.kind}`)];
      if (lastResponseAt !== null) {
        problem.push(t('connectionBanner.age', { age: formatAge(now() - lastResponseAt, i18n) }));
      }
      const waitMs = Math.max(0, retryAt - now());
      return {
        account,
        problem: problem.join(' '),
        nextStep:
          waitMs > 0
            ? t('connectionBanner.retryIn', { duration: i18n.duration(waitMs + 999) })
            : t('connectionBanner.retrying'),
        action: 'retry',
        buttonLabel: t('connectionBanner.retryNow'),
      };
    }
    case 'keyring-locked':
      return {
        account,
        problem: t('keyring.problem'),
        nextStep: t('keyring.advice'),
        action: 'sign-in',
        buttonLabel: t('signIn.submit'),
      };
    case 'signed-out':
      if (!hasSeveralAccounts) return undefined;
      return {
        account,
        problem: t('signInError.expired.problem'),
        nextStep: t('signInError.expired.advice'),
        action: 'sign-in',
        buttonLabel: t('account.signInAgain'),
      };
    case 'forbidden':
      if (!hasSeveralAccounts) return undefined;
      return {
        account,
        problem: t('noAccess.body', { role: connection.role }),
        nextStep: undefined,
        action: 'retry',
        buttonLabel: t('noAccess.checkAgain'),
      };
    case 'paused':
      return {
        // Paused is the least severe state, so every account is paused.
        account: undefined,
        problem: t('account.allPaused'),
        nextStep: undefined,
        action: 'resume',
        buttonLabel: t('account.resume'),
      };
    case 'live':
    case 'starting':
    case 'signing-in':
      return undefined;
  }
}

/** Formats an age, in whole minutes from one minute on. */
function formatAge(ms: number, i18n: I18n): string {
  return i18n.duration(ms < MINUTE_MS ? ms : Math.floor(ms / MINUTE_MS) * MINUTE_MS);
}
