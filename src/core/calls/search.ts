import { toAsciiDigits } from './digits';
import { splitExtension } from './extension';
import type { CallSummary } from './call-summary';

/** Whether a call of the account with this label, and with these notes, matches a search. */
type CallPredicate = (summary: SearchableCall, accountLabel?: string, notes?: string) => boolean;

/** The fields that a search looks at. */
type SearchableCall = Pick<CallSummary, 'party' | 'customer' | 'customerPath' | 'endpoint'> & {
  /** The colleagues in the call. */
  readonly people?: readonly (string | undefined)[];
};

/** The longest country code. */
const MAX_COUNTRY_CODE_DIGITS = 3;

/**
 * Creates a predicate for the typed text. A number is found however it's formatted. Each of several
 * words must occur in the name, number, customer path, endpoint, account, or a colleague's name,
 * regardless of case and accents. An empty text matches everything.
 */
export function createCallSearch(typed: string): CallPredicate {
  const text = normalizeSearchText(typed).trim();
  if (text === '') return () => true;
  const { number, extension } = splitExtension(getPastedNumber(text) ?? text);
  const wanted = extension === undefined ? number : `${number} ${extension}`;
  return isNumeric(wanted) ? createNumberSearch(wanted) : createWordSearch(wanted.split(/\s+/));
}

/** The number in a link, in brackets, or after a label, as it's pasted from emails and web pages. */
function getPastedNumber(text: string): string | undefined {
  const match =
    /^[<("'[]*(?:(?:TEL|SIPS?|CALLTO|PHONE|MOBILE|FAX)[.:\s]*(?:\/\/)?)?(\(?\+?\d[^@<>"']*?)(?:@[\w.:-]+)?[>"'\],;:]*$/.exec(
      text,
    );
  return match?.[1];
}

function createNumberSearch(wanted: string): CallPredicate {
  return (summary, account, notes) =>
    matchesNumber(summary, wanted) || getSearchText(summary, account, notes).includes(wanted);
}

function createWordSearch(words: readonly string[]): CallPredicate {
  return (summary, account, notes) => {
    const texts = `${getSearchText(summary, account, notes)}\n${normalizeSearchText(summary.party.number ?? '')}`;
    return words.every(
      (word) => texts.includes(word) || (isNumeric(word) && matchesNumber(summary, word)),
    );
  };
}

function getSearchText(
  { party, customer, customerPath, endpoint, people = [] }: SearchableCall,
  account: string | undefined,
  notes: string | undefined,
): string {
  const texts = [party.name, customer, ...customerPath, endpoint, account, notes, ...people];
  return normalizeSearchText(texts.join('\n'));
}

/** Whether the number contains the typed digits, with or without a trunk prefix. */
function matchesNumber({ party }: SearchableCall, typed: string): boolean {
  if (party.number === undefined) return false;
  const digits = getDigits(normalizeSearchText(party.number));
  const wanted = getDigits(typed.replace('(0)', ''));
  if (digits.includes(wanted)) return true;
  // `020 7946` means `+44 20 7946`: without the zero, the digits follow the country code.
  // `011 44 20 7946` is the same, as dialed in North America.
  return [wanted.replace(/^0+/, ''), wanted.replace(/^011/, '')].some((national) => {
    if (national === '' || national === wanted) return false;
    const at = digits.indexOf(national);
    return at >= 0 && at <= MAX_COUNTRY_CODE_DIGITS;
  });
}

function isNumeric(text: string): boolean {
  return /\d/.test(text) && /^[\d\s+().\-/]+$/.test(text);
}

function getDigits(text: string): string {
  return text.replace(/\D/g, '');
}

/** Letters that Unicode doesn't decompose into a plain letter and a mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ Ł: 'L', Ø: 'O', Đ: 'D', Ð: 'D', Ħ: 'H', Ŧ: 'T', Ŋ: 'N', Æ: 'AE', Œ: 'OE', Þ: 'TH' },
  ẞ: 'SS',
};
const INVISIBLE = /[\p{Mn}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const DASHES = /[\p{Pd}\u2212~]/gu;
/** Dots between the groups of a number. */
const BULLETS = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb]/g;
const APOSTROPHES = /[\u2018-\u201b\u02b9-\u02bd\u2032\u00b4\u0060\uff07]/g;
const QUOTATION_MARKS = /[\u201c-\u201f\u00ab\u00bb\u2033]/g;

/**
 * Text for comparing: without case, accents, and invisible characters, with ASCII digits, dashes,
 * apostrophes and quotation marks, whichever way they were typed or pasted.
 */
export function normalizeSearchText(text: string): string {
  // Before the decomposition, which makes a space and a mark of an acute accent.
  const decomposed = text.replace(APOSTROPHES, "'").normalize('NFKD');
  return toAsciiDigits(decomposed)
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(QUOTATION_MARKS, '"')
    .replace(BULLETS, '.')
    .toUpperCase()
    .replace(/[ŁØĐÐĦŦŊÆŒÞẞ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}
