import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseServerDate } from '../../../src/core/api/dates';

const INSTANT = Date.UTC(2017, 2, 14, 11, 1, 10);

describe('a date of the server', () => {
  test.each([
    ['ISO 8601 in UTC', '2017-03-14T11:01:10Z', INSTANT],
    ['in small letters', '2017-03-14t11:01:10z', INSTANT],
    ['with neither Z nor offset, which is UTC', '2017-03-14T11:01:10', INSTANT],
    ['with a space in place of the T', '2017-03-14 11:01:10', INSTANT],
    ['with spaces around it', '  2017-03-14T11:01:10Z ', INSTANT],
    ['with an offset', '2017-03-14T13:01:10+02:00', INSTANT],
    ['with an offset to the west', '2017-03-14T06:31:10-04:30', INSTANT],
    ['with an offset without a colon', '2017-03-14T13:01:10+0200', INSTANT],
    ['with an offset of hours', '2017-03-14T13:01:10+02', INSTANT],
    ['with an offset of less than an hour to the west', '2017-03-14T10:31:10-00:30', INSTANT],
    ['with one fractional digit', '2017-03-14T11:01:10.5Z', INSTANT + 500],
    ['with three fractional digits', '2017-03-14T11:01:10.289Z', INSTANT + 289],
    ['with seven fractional digits', '2017-03-14T11:01:10.2899999Z', INSTANT + 289],
    ['with a comma before the fraction', '2017-03-14T11:01:10,007Z', INSTANT + 7],
    ['without seconds', '2017-03-14T11:01Z', INSTANT - 10_000],
    ['without a time', '2017-03-14', Date.UTC(2017, 2, 14)],
    ['on a leap day', '2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['of Microsoft', '/Date(1489489270000)/', INSTANT],
    ['of Microsoft with spaces around it', ' /Date(1489489270000)/ ', INSTANT],
    ['of Microsoft with no offset', '/Date(1489489270000-0000)/', INSTANT],
    ['of Microsoft with an offset, which never moves it', '/Date(1489489270000+0200)/', INSTANT],
    ['of Microsoft before 1970', '/Date(-1000)/', -1000],
  ])('%s', (_, text, instant) => {
    expect(parseServerDate(text)).toBe(instant);
  });

  test.each([
    ['the first day of .NET', '0001-01-01T00:00:00'],
    ['the first day of .NET with fraction and zone', '0001-01-01T00:00:00.0000000Z'],
    ['the first day of .NET as Microsoft writes it', '/Date(-62135596800000-0000)/'],
    ['a year of two digits in disguise', '0099-01-01T00:00:00Z'],
    ['a day that does not exist', '2023-02-29T00:00:00Z'],
    ['a thirteenth month', '2024-13-01T00:00:00Z'],
    ['a month before the first', '2024-00-10T00:00:00Z'],
    ['a day before the first', '2024-01-00T00:00:00Z'],
    ['an hour after the last', '2024-01-01T24:00:00Z'],
    ['a minute after the last', '2024-01-01T10:60:00Z'],
    ['a leap second', '2024-01-01T10:59:60Z'],
    ['an offset of four days', '2024-01-01T00:00:00+99:00'],
    ['an instant that JavaScript cannot name', '/Date(99999999999999999)/'],
    ['more digits than a number has', '/Date(148948927000000000000)/'],
    ['nothing', ''],
    ['words', 'yesterday'],
    ['a number', '1489489270000'],
    ['half of it', '2017-03-14T11:'],
    ['a date in another order', '14/03/2017'],
    ['something after it', '2017-03-14T11:01:10Z and more'],
    ['markup', '<b>2017-03-14</b>'],
    ['a Microsoft date that never ends', '/Date(1489489270000'],
  ])('is none: %s', (_, text) => {
    expect(parseServerDate(text)).toBeUndefined();
  });

  test('means the same in the usual form, read digit by digit, as with its offset written out', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((part) => String(part).padStart(2, '0'));
    const fraction = fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^[0-9]{1,9}$/).map((digits) => `.${digits}`),
    );
    fc.assert(
      fc.property(fc.tuple(two, two, two, two, two, two, two), fraction, (parts, rest) => {
        const [century, year, month, day, hour, minute, second] = parts;
        const text = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}${rest}`;
        expect(parseServerDate(`${text}Z`)).toBe(parseServerDate(`${text}+00:00`));
      }),
      { numRuns: 5_000 },
    );
  });

  test('takes no time over a text that is long and nearly a date', () => {
    expect(parseServerDate(`2017-03-14T11:01:10${' '.repeat(100_000)}x`)).toBeUndefined();
  });
});
