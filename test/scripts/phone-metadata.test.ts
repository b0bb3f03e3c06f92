import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/examples.mobile.json';
import whole from 'libphonenumber-js/metadata.min.json';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leanMetadata } from '../../scripts/lean/phone-metadata.mjs';

const lean = leanMetadata(whole);
const COUNTRIES = Object.keys(whole.countries) as CountryCode[];
const CODES = [...Object.keys(whole.country_calling_codes), ...Object.keys(whole.nonGeographic)];

/** All that Ringside makes of a number. */
function forms(number: string, region: CountryCode | undefined, metadata: typeof whole) {
  const defaultCountry = region && { defaultCountry: region };
  const parsed = parsePhoneNumberFromString(
    number,
    { extract: false, ...defaultCountry },
    metadata,
  );
  return parsed && [parsed.isPossible(), parsed.number, parsed.formatInternational()];
}

test.each(COUNTRIES)('a mobile number of %s is understood and written as ever', (country) => {
  const number: string = examples[country];
  expect(forms(number, country, lean)).toEqual(forms(number, country, whole));
  expect(forms(number, country, lean)?.[0]).toBe(true);
});

test('so is any row of digits, from abroad and from within a country', () => {
  const digits = fc.stringMatching(/^0?[1-9]\d{3,13}$/);
  fc.assert(
    fc.property(
      fc.constantFrom(...CODES),
      fc.constantFrom(...COUNTRIES),
      digits,
      (code, country, row) => {
        expect(forms(`+${code}${row}`, undefined, lean)).toEqual(
          forms(`+${code}${row}`, undefined, whole),
        );
        expect(forms(row, country, lean)).toEqual(forms(row, country, whole));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('it is the lighter by a tenth', () => {
  expect(JSON.stringify(lean).length).toBeLessThan(0.9 * JSON.stringify(whole).length);
});
