import { getCountries } from 'libphonenumber-js/min';
import { expect, test } from 'vitest';
import { REGIONS } from '../../../src/core/settings/regions';

test('the countries are those whose numbers can be read', () => {
  expect(REGIONS).toEqual(getCountries());
});
