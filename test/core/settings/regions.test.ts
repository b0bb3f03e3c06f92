import { getCountries } from 'libphonenumber-js/min';
import { expect, test } from 'vitest';
import { REGIONS } from '../../../src/core/settings/regions';

test('REGIONS lists every country that libphonenumber supports', () => {
  expect(REGIONS).toEqual(getCountries());
});
