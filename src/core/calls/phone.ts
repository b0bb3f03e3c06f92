import {
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import { toAsciiDigits } from './digits';
import { splitExtension } from './extension';

/** The ISO 3166 country of numbers without a country code. */
export type Region = CountryCode;

const NORTH_AMERICAN = /^(\d{3})(\d{3})(\d{4})$/;
/** Numbers this short are extensions and short codes wherever no country code says otherwise. */
const MAX_INTERNAL_DIGITS = 6;
/** Local numbers and long extensions have at most this many digits. */
const MAX_LOCAL_DIGITS = 8;

/** A number as it's displayed and as it's dialed. */
export interface PhoneNumberFormats {
  readonly display: string;
  readonly dialable: string | undefined;
}

/** Returns both forms, because parsing takes far longer than formatting. */
export function getPhoneNumberFormats(
  number: string,
  region: Region | undefined,
): PhoneNumberFormats {
  const { number: base, extension: split } = splitExtension(number);
  const parsed = isInternalNumber(base) ? undefined : parseNumber(base, region);
  // The library knows words for an extension in more languages.
  const extension = split ?? parsed?.ext;
  const formats =
    parsed?.isPossible() === true && !isLocalNumber(base, parsed)
      ? { display: formatForDisplay(parsed), dialable: parsed.number }
      : { display: base, dialable: getInternalDialable(base) };
  if (extension === undefined) return formats;
  const { display, dialable } = formats;
  return {
    display: `${display} ext. ${extension}`,
    dialable: dialable === undefined ? undefined : `${dialable};ext=${extension}`,
  };
}

/** Formats a number for display (`+1 202-555-0147`). Anything else is returned unchanged. */
export function formatPhoneNumber(number: string, region: Region | undefined): string {
  return getPhoneNumberFormats(number, region).display;
}

/**
 * A number as the part of a `tel:` URI after the colon (`+12025550147`, `+12025550147;ext=12`, or
 * a short internal number); `undefined` for any other text, so that no text gets into the URI.
 */
export function getDialableNumber(number: string, region: Region | undefined): string | undefined {
  return getPhoneNumberFormats(number, region).dialable;
}

/**
 * The digits of a number as they're written in its own country (`2025550147`, `03012345678`),
 * without an extension. Anything else is returned without its extension.
 */
export function getNationalNumber(number: string, region: Region | undefined): string {
  const { number: base } = splitExtension(number);
  const parsed = isInternalNumber(base) ? undefined : parseNumber(base, region);
  return parsed?.isPossible() === true && !isLocalNumber(base, parsed)
    ? getDigits(parsed.formatNational())
    : base;
}

/**
 * Extensions and short codes stay as they are: a country code would turn them into other numbers.
 */
function isInternalNumber(number: string): boolean {
  return !/[+＋]/.test(number) && number.replace(/[^\p{Nd}]/gu, '').length <= MAX_INTERNAL_DIGITS;
}

function getInternalDialable(number: string): string | undefined {
  const digits = toAsciiDigits(number).trim();
  return /^\d{2,8}$/.test(digits) ? digits : undefined;
}

/**
 * Whether a short number lacks the prefix with which its region writes numbers, such as the zero
 * in Germany: it's an extension or a number in the same town, and no country code fits it.
 */
function isLocalNumber(number: string, parsed: PhoneNumber): boolean {
  const { nationalNumber } = parsed;
  if (/[+＋]/.test(number) || nationalNumber.length > MAX_LOCAL_DIGITS) return false;
  if (getDigits(number) !== nationalNumber) return false;
  // Either has another prefix or, ungrouped, matches no format of the region.
  const national = parsed.formatNational();
  return getDigits(national) !== nationalNumber || national === nationalNumber;
}

function formatForDisplay(parsed: PhoneNumber): string {
  // The library separates all numbers by spaces; North America uses hyphens.
  return parsed.countryCallingCode === '1'
    ? `+1 ${parsed.nationalNumber.replace(NORTH_AMERICAN, '$1-$2-$3')}`
    : parsed.formatInternational();
}

function parseNumber(number: string, region: Region | undefined) {
  // Longer texts aren't numbers, and parsing megabytes would take long.
  if (number.length > 64) return undefined;
  // A number within a sentence isn't the whole text.
  return parsePhoneNumberFromString(number, {
    extract: false,
    ...(region && { defaultCountry: region }),
  });
}

/** Converts digits of any script to ASCII. */
function getDigits(text: string): string {
  return toAsciiDigits(text).replace(/\D/g, '');
}
