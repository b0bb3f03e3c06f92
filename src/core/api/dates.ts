const MICROSOFT = /^\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\/$/;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?$/i;

/** .NET writes `DateTime.MinValue` (year 1) for "no date". */
const MIN_DATE_MS = Date.UTC(1900, 0, 1);
const MAX_DATE_MS = 8.64e15;

/**
 * Parses a date from the server to ms since 1970: ISO 8601 (without an offset it's UTC) or
 * `/Date(ms±hhmm)/`, whose offset doesn't change the instant. Returns `undefined` for anything else.
 */
export function parseServerDate(text: string): number | undefined {
  const trimmed = text.trim();
  const ms = MICROSOFT.exec(trimmed)?.[1];
  const instant = ms === undefined ? parseIsoDate(trimmed) : Number(ms);
  if (instant === undefined) return undefined;
  return instant >= MIN_DATE_MS && instant <= MAX_DATE_MS ? instant : undefined;
}

function parseIsoDate(text: string): number | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = toNumber(match[4]);
  const minute = toNumber(match[5]);
  const second = toNumber(match[6]);
  const offsetHour = toNumber(match[9]);
  const offsetMinute = toNumber(match[10]);
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) {
    return undefined;
  }
  const ms = toNumber(match[7]?.slice(0, 3).padEnd(3, '0'));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
  // `Date.UTC` rolls February 31 over to March and reads year 1 as 1901.
  const isSameDay =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isSameDay) return undefined;
  const offsetMs = (offsetHour * 60 + offsetMinute) * 60_000;
  return date.getTime() - (match[8] === '-' ? -offsetMs : offsetMs);
}

function toNumber(part: string | undefined): number {
  return part === undefined ? 0 : Number(part);
}
