import type { Account } from '../../shared/state';
import type { Words } from '../words.svelte';
import { coarse } from './freshness';

/** What stands above the calls while an account does not work as it should. */
export interface Banner {
  /** The account that it is about, where there are several. */
  readonly account: string | undefined;
  readonly what: string;
  /** What Ringside does about it. */
  readonly next: string | undefined;
  readonly action: 'try-now' | 'sign-in' | 'resume';
  readonly button: string;
}

/**
 * The banner about the account whose connection is the worst; `undefined` where all is well, or
 * where the only account has the whole window to tell it in.
 */
export function bannerOf(
  { connection, label }: Account,
  isOneOfSeveral: boolean,
  words: Words,
  now: () => number,
): Banner | undefined {
  const { t } = words;
  const account = isOneOfSeveral ? label : undefined;
  switch (connection.kind) {
    case 'offline': {
      const { answeredAt, fault, retryAt } = connection;
      const what = [t(`fault.${fault.kind}`)];
      if (answeredAt !== null)
        what.push(t('offline.age', { age: coarse(now() - answeredAt, words) }));
      const wait = Math.max(0, retryAt - now());
      const next =
        wait > 0
          ? t('offline.next', { duration: words.duration(wait + 999) })
          : t('offline.trying');
      return {
        account,
        what: what.join(' '),
        next,
        action: 'try-now',
        button: t('offline.tryNow'),
      };
    }
    case 'signed-out':
      if (!isOneOfSeveral) return undefined;
      return {
        account,
        what: t('refused.expired.what'),
        next: t('refused.expired.next'),
        action: 'sign-in',
        button: t('account.signInAgain'),
      };
    case 'forbidden':
      if (!isOneOfSeveral) return undefined;
      return {
        account,
        what: t('forbidden.body', { role: connection.role }),
        next: undefined,
        action: 'try-now',
        button: t('forbidden.again'),
      };
    case 'paused':
      return {
        // What is the worst of all is paused, so all of them are.
        account: undefined,
        what: t('account.allPaused'),
        next: undefined,
        action: 'resume',
        button: t('account.resume'),
      };
    case 'live':
    case 'starting':
    case 'signing-in':
      return undefined;
  }
}
