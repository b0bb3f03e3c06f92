const MICROSOFT = /^\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\/$/;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const MINUTE = 60_000;

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
  const microsoft = MICROSOFT.exec(text);
  return microsoft ? plausible(Number(microsoft[1])) : parseIso(text.trim());
}

function parseIso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const utc = Date.UTC(y, mo - 1, d, h, mi, s, ms);
  // Date.UTC rolls 31 February over to March: what does not come back as it went in is no date.
  const back = new Date(utc);
  const exact =
    back.getUTCMonth() === mo - 1 && back.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  return exact ? plausible(utc - offsetOf(zone)) : undefined;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * MINUTE;
}

function plausible(instant: number): number | undefined {
  return instant >= FIRST && instant <= LAST ? instant : undefined;
}
