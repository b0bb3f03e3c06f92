import type { SignInFailure } from '../../../shared/state';
import type { I18n } from '../../i18n.svelte';

export interface SignInErrorText {
  readonly problem: string;
  readonly advice: string;
  /** The response of the server or the network error code, for support. */
  readonly detail: string | undefined;
}

/** Explains why a sign-in failed. */
export function getSignInErrorText(refusal: SignInFailure, { t }: I18n): SignInErrorText {
  switch (refusal.kind) {
    case 'wrong-credentials':
      return {
        problem: t('signInError.wrong-credentials.problem'),
        advice: t('signInError.wrong-credentials.advice'),
        detail: refusal.message,
      };
    case 'expired':
      return {
        problem: t('signInError.expired.problem'),
        advice: t('signInError.expired.advice'),
        detail: undefined,
      };
    case 'bad-address':
      return {
        problem: t('signInError.bad-address.problem'),
        advice: t('signInError.bad-address.advice'),
        detail: undefined,
      };
    case 'unreachable':
      return {
        problem: t(`connectionError.${refusal.error.kind}`),
        advice: t(`connectionAdvice.${refusal.error.kind}`),
        detail: refusal.error.code,
      };
  }
}
