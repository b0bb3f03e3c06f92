const MICROSOFT = /^\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\/$/;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:Z|([+-]\d{2})(?::?(\d{2}))?)?$/i;
/** Where the usual form has its marks; each nought stands for a digit, and more may follow. */
const USUAL = '0000-00-00T00:00:00.';
const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** The first instant that is a date: .NET writes its `DateTime.MinValue` (year 1) for "none". */
const FIRST = Date.UTC(1900, 0, 1);
/** The last instant that JavaScript can name. */
const LAST = 8.64e15;

/**
 * The instant that a date of the server means, in ms since 1970, or `undefined` where it is no
 * date. Takes ISO 8601 (up to 9 fractional digits; `Z`, an offset, or neither, which is UTC) and
 * `/Date(ms±hhmm)/`, whose offset tells a time zone and never moves the instant. Never throws.
 */
export function parseServerDate(text: string): number | undefined {
  if (isUsual(text)) return parseUsual(text);
  const trimmed = text.trim();
  if (!trimmed.startsWith('/')) return parseIso(trimmed);
  const ms = MICROSOFT.exec(trimmed)?.[1];
  return ms === undefined ? undefined : plausible(Number(ms));
}

/** `2024-03-01T10:00:00Z` with up to 9 digits before the Z, as the server writes nearly all. */
function isUsual(text: string): boolean {
  const { length } = text;
  if (length < 20 || length > 30 || length === 21 || text[length - 1] !== 'Z') return false;
  for (let at = 0; at < length - 1; at += 1) {
    const isMark = at < USUAL.length && USUAL[at] !== '0';
    if (isMark ? text[at] !== USUAL[at] : !isDigit(text, at)) return false;
  }
  return true;
}

/** Read digit by digit: in a large answer most of the work would be the regular expression's. */
function parseUsual(text: string): number | undefined {
  const [year, month, day] = [numberAt(text, 0, 4), numberAt(text, 5, 2), numberAt(text, 8, 2)];
  const hour = numberAt(text, 11, 2);
  const minute = numberAt(text, 14, 2);
  const second = numberAt(text, 17, 2);
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const digits = Math.min(3, text.length - 21);
  const ms = digits < 1 ? 0 : numberAt(text, 20, digits) * 10 ** (3 - digits);
  return plausible(Date.UTC(year, month - 1, day, hour, minute, second, ms));
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= ZERO && code <= NINE;
}

function numberAt(text: string, from: number, digits: number): number {
  let number = 0;
  for (let at = from; at < from + digits; at += 1) {
    number = number * 10 + text.charCodeAt(at) - ZERO;
  }
  return number;
}

function parseIso(text: string): number | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const year = numberIn(parts[1]);
  const month = numberIn(parts[2]);
  const day = numberIn(parts[3]);
  const hour = numberIn(parts[4]);
  const minute = numberIn(parts[5]);
  const second = numberIn(parts[6]);
  const offsetHour = numberIn(parts[8]);
  const offsetMinute = numberIn(parts[9]);
  const isTime = hour < 24 && minute < 60 && second < 60;
  const isOffset = Math.abs(offsetHour) < 24 && offsetMinute < 60;
  if (!isDay(year, month, day) || !isTime || !isOffset) return undefined;
  const ms = numberIn(parts[7]?.slice(0, 3).padEnd(3, '0'));
  const sign = parts[8]?.startsWith('-') === true ? -1 : 1;
  const offset = offsetHour * HOUR + sign * offsetMinute * MINUTE;
  return plausible(Date.UTC(year, month - 1, day, hour, minute, second, ms) - offset);
}

/** Date.UTC rolls 31 February over to March, and takes the year 1 for 1901. */
function isDay(year: number, month: number, day: number): boolean {
  if (year < 100 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The number that a part of a date is; one that is left out is nought. */
function numberIn(part: string | undefined): number {
  return part === undefined ? 0 : Number(part);
}

function plausible(instant: number): number | undefined {
  return instant >= FIRST && instant <= LAST ? instant : undefined;
}
