import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** An ISO 3166 country whose way of writing numbers applies to those without a country code. */
export type Region = CountryCode;

const NORTH_AMERICAN = /^(\d{3})(\d{3})(\d{4})$/;

/** A number as people read it, `+1 202-555-0147`; what is no phone number comes back unchanged. */
export function formatNumber(number: string, region: Region | undefined): string {
  const parsed = parse(number, region);
  if (parsed?.isPossible() !== true) return number;
  // The library writes every country's numbers with spaces; North Americans write hyphens.
  return parsed.countryCallingCode === '1'
    ? `+1 ${parsed.nationalNumber.replace(NORTH_AMERICAN, '$1-$2-$3')}`
    : parsed.formatInternational();
}

/**
 * The number in a form that may be handed to a softphone (`+12025550147`, or a short internal
 * number), or `undefined` where it is anything else: nothing but digits gets into a `tel:` link.
 */
export function dialable(number: string, region: Region | undefined): string | undefined {
  const parsed = parse(number, region);
  if (parsed?.isPossible() === true) return parsed.number;
  return /^\d{2,8}$/.test(number) ? number : undefined;
}

function parse(number: string, region: Region | undefined) {
  // No number is this long; the parser need not look at megabytes to find that out.
  if (number.length > 64) return undefined;
  // The whole text must be the number: one found somewhere in a sentence is not what was shown.
  return parsePhoneNumberFromString(number, {
    extract: false,
    ...(region && { defaultCountry: region }),
  });
}
