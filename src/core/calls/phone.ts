import {
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';

/** An ISO 3166 country whose way of writing numbers applies to those without a country code. */
export type Region = CountryCode;

const NORTH_AMERICAN = /^(\d{3})(\d{3})(\d{4})$/;

/** A number in the two forms that are needed of it; {@link formatPhoneNumber}, {@link getDialableNumber}. */
export interface PhoneNumberFormats {
  readonly display: string;
  readonly dialable: string | undefined;
}

/** Both forms for the price of one: understanding a number takes far longer than writing it. */
export function getPhoneNumberFormats(
  number: string,
  region: Region | undefined,
): PhoneNumberFormats {
  const parsed = parseNumber(number, region);
  return parsed?.isPossible() === true
    ? { display: formatForDisplay(parsed), dialable: parsed.number }
    : { display: number, dialable: /^\d{2,8}$/.test(number) ? number : undefined };
}

/** A number as people read it, `+1 202-555-0147`; what is no phone number comes back unchanged. */
export function formatPhoneNumber(number: string, region: Region | undefined): string {
  return getPhoneNumberFormats(number, region).display;
}

/**
 * The number in a form that may be handed to a softphone (`+12025550147`, or a short internal
 * number), or `undefined` where it is anything else: nothing but digits gets into a `tel:` link.
 */
export function getDialableNumber(number: string, region: Region | undefined): string | undefined {
  return getPhoneNumberFormats(number, region).dialable;
}

function formatForDisplay(parsed: PhoneNumber): string {
  // The library writes every country's numbers with spaces; North Americans write hyphens.
  return parsed.countryCallingCode === '1'
    ? `+1 ${parsed.nationalNumber.replace(NORTH_AMERICAN, '$1-$2-$3')}`
    : parsed.formatInternational();
}

function parseNumber(number: string, region: Region | undefined) {
  // No number is this long; the parser need not look at megabytes to find that out.
  if (number.length > 64) return undefined;
  // The whole text must be the number: one found somewhere in a sentence is not what was shown.
  return parsePhoneNumberFromString(number, {
    extract: false,
    ...(region && { defaultCountry: region }),
  });
}
