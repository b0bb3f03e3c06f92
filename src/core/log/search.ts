import type { Facts } from '../facts';

/** Whether a call, of an account of this name, is among those that were searched for. */
type Finds = (facts: Facts, account?: string) => boolean;

/** Digits of a country's code, at most. */
const LONGEST_COUNTRY_CODE = 3;

/**
 * What the person typed as a test of the facts of a call. A number is found however it is
 * written. Of words every one must occur, in any order: in the name, the number, a customer of
 * the path, the endpoint or the account, whatever their case and accents. Nothing typed finds everything.
 */
export function searchFor(typed: string): Finds {
  const wanted = folded(typed).trim();
  if (wanted === '') return () => true;
  return isNumeric(wanted) ? numberSearch(wanted) : wordSearch(wanted.split(/\s+/));
}

function numberSearch(wanted: string): Finds {
  return (facts, account) => hasNumber(facts, wanted) || textsOf(facts, account).includes(wanted);
}

function wordSearch(words: readonly string[]): Finds {
  return (facts, account) => {
    const texts = `${textsOf(facts, account)}\n${folded(facts.party.number ?? '')}`;
    return words.every(
      (word) => texts.includes(word) || (isNumeric(word) && hasNumber(facts, word)),
    );
  };
}

function textsOf({ party, place }: Facts, account: string | undefined): string {
  return folded([party.name, place.customer, ...place.path, place.endpoint, account].join('\n'));
}

/** Whether the number holds the digits that were typed, with or without a trunk prefix. */
function hasNumber({ party }: Facts, typed: string): boolean {
  if (party.number === undefined) return false;
  const digits = digitsOf(folded(party.number));
  const wanted = digitsOf(typed.replace('(0)', ''));
  if (digits.includes(wanted)) return true;
  // `020 7946` means `+44 20 7946`: without its zeros it follows the code of a country.
  const national = wanted.replace(/^0+/, '');
  if (national === '' || national === wanted) return false;
  const at = digits.indexOf(national);
  return at >= 0 && at <= LONGEST_COUNTRY_CODE;
}

function isNumeric(text: string): boolean {
  return /\d/.test(text) && /^[\d\s+().\-/]+$/.test(text);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Text without case and accents, its digits those of ASCII. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toUpperCase();
}
