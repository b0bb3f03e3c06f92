import type { SignInRefusal } from '../../shared/state';
import type { Words } from '../words.svelte';

/** What went wrong, and what to do next. */
export interface Advice {
  readonly what: string;
  readonly next: string;
  /** For whoever is asked for help: what the server or the network said. */
  readonly detail: string | undefined;
}

/** Puts a refused sign-in in words that need no knowledge of networks. */
export function adviceOn(refused: SignInRefusal, { t }: Words): Advice {
  switch (refused.kind) {
    case 'wrong-credentials':
      return {
        what: t('refused.wrong-credentials.what'),
        next: t('refused.wrong-credentials.next'),
        detail: refused.message,
      };
    case 'expired':
      return {
        what: t('refused.expired.what'),
        next: t('refused.expired.next'),
        detail: undefined,
      };
    case 'bad-address':
      return {
        what: t('refused.bad-address.what'),
        next: t('refused.bad-address.next'),
        detail: undefined,
      };
    case 'unreachable':
      return {
        what: t(`fault.${refused.fault.kind}`),
        next: t(`faultNext.${refused.fault.kind}`),
        detail: refused.fault.code,
      };
  }
}
