import type { CallSummary } from './call-summary';

/** Whether a call, of an account of this name, is among those that were searched for. */
type CallPredicate = (summary: SearchableCall, accountLabel?: string) => boolean;

/** The parts of a call that a search looks at. */
type SearchableCall = Pick<CallSummary, 'party' | 'customer' | 'customerPath' | 'endpoint'>;

/** Digits of a country's code, at most. */
const MAX_COUNTRY_CODE_DIGITS = 3;

/**
 * What the person typed as a test of the facts of a call. A number is found however it is
 * written. Of words every one must occur, in any order: in the name, the number, a customer of
 * the path, the endpoint or the account, whatever their case and accents. Nothing typed finds everything.
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

/** Whether the number holds the digits that were typed, with or without a trunk prefix. */
function matchesNumber({ party }: SearchableCall, typed: string): boolean {
  if (party.number === undefined) return false;
  const digits = getDigits(normalizeText(party.number));
  const wanted = getDigits(typed.replace('(0)', ''));
  if (digits.includes(wanted)) return true;
  // `020 7946` means `+44 20 7946`: without its zeros it follows the code of a country.
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

/** Text without case and accents, its digits those of ASCII. */
function normalizeText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toUpperCase();
}
