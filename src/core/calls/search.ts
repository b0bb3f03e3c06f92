import type { CallSummary } from './call-summary';

/** Whether a call of the account with this label matches a search. */
type CallPredicate = (summary: SearchableCall, accountLabel?: string) => boolean;

/** The fields that a search looks at. */
type SearchableCall = Pick<CallSummary, 'party' | 'customer' | 'customerPath' | 'endpoint'>;

/** The longest country code. */
const MAX_COUNTRY_CODE_DIGITS = 3;

/**
 * Creates a predicate for the typed text. A number is found however it's formatted. Of several
 * words, each must occur in the name, number, customer path, endpoint or account, regardless of
 * case and accents. An empty text matches everything.
 */
export function createCallSearch(typed: string): CallPredicate {
  const wanted = normalizeText(typed).trim();
  if (wanted === '') return () => true;
  return isNumeric(wanted) ? createNumberSearch(wanted) : createWordSearch(wanted.split(/\s+/));
}

function createNumberSearch(wanted: string): CallPredicate {
  return (summary, account) =>
    matchesNumber(summary, wanted) || getSearchText(summary, account).includes(wanted);
}

function createWordSearch(words: readonly string[]): CallPredicate {
  return (summary, account) => {
    const texts = `${getSearchText(summary, account)}\n${normalizeText(summary.party.number ?? '')}`;
    return words.every(
      (word) => texts.includes(word) || (isNumeric(word) && matchesNumber(summary, word)),
    );
  };
}

function getSearchText(
  { party, customer, customerPath, endpoint }: SearchableCall,
  account: string | undefined,
): string {
  return normalizeText([party.name, customer, ...customerPath, endpoint, account].join('\n'));
}

/** Whether the number contains the typed digits, with or without a trunk prefix. */
function matchesNumber({ party }: SearchableCall, typed: string): boolean {
  if (party.number === undefined) return false;
  const digits = getDigits(normalizeText(party.number));
  const wanted = getDigits(typed.replace('(0)', ''));
  if (digits.includes(wanted)) return true;
  // `020 7946` means `+44 20 7946`: without the zero, the digits follow the country code.
  const national = wanted.replace(/^0+/, '');
  if (national === '' || national === wanted) return false;
  const at = digits.indexOf(national);
  return at >= 0 && at <= MAX_COUNTRY_CODE_DIGITS;
}

function isNumeric(text: string): boolean {
  return /\d/.test(text) && /^[\d\s+().\-/]+$/.test(text);
}

function getDigits(text: string): string {
  return text.replace(/\D/g, '');
}

/** Normalizes case, accents and digits. */
function normalizeText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toUpperCase();
}
