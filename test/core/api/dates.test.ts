import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseServerDate } from '../../../src/core/api/dates';

const INSTANT = Date.UTC(2017, 2, 14, 11, 1, 10);

describe('parseServerDate', () => {
  test.each([
    ['in ISO 8601 and UTC', '2017-03-14T11:01:10Z', INSTANT],
    ['in lowercase', '2017-03-14t11:01:10z', INSTANT],
    ['with neither Z nor an offset as UTC', '2017-03-14T11:01:10', INSTANT],
    ['with a space in place of the T', '2017-03-14 11:01:10', INSTANT],
    ['with spaces around it', '  2017-03-14T11:01:10Z ', INSTANT],
    ['with an offset', '2017-03-14T13:01:10+02:00', INSTANT],
    ['with a negative offset', '2017-03-14T06:31:10-04:30', INSTANT],
    ['with an offset without a colon', '2017-03-14T13:01:10+0200', INSTANT],
    ['with an offset of whole hours', '2017-03-14T13:01:10+02', INSTANT],
    ['with a negative offset of less than an hour', '2017-03-14T10:31:10-00:30', INSTANT],
    ['with one fractional digit', '2017-03-14T11:01:10.5Z', INSTANT + 500],
    ['with three fractional digits', '2017-03-14T11:01:10.289Z', INSTANT + 289],
    ['with seven fractional digits', '2017-03-14T11:01:10.2899999Z', INSTANT + 289],
    ['with a comma before the fraction', '2017-03-14T11:01:10,007Z', INSTANT + 7],
    ['without seconds', '2017-03-14T11:01Z', INSTANT - 10_000],
    ['without a time', '2017-03-14', Date.UTC(2017, 2, 14)],
    ['on a leap day', '2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['in Microsoft’s format', '/Date(1489489270000)/', INSTANT],
    ['in Microsoft’s format with spaces around it', ' /Date(1489489270000)/ ', INSTANT],
    ['in Microsoft’s format with a zero offset', '/Date(1489489270000-0000)/', INSTANT],
    ['in Microsoft’s format and ignores its offset', '/Date(1489489270000+0200)/', INSTANT],
    ['in Microsoft’s format before 1970', '/Date(-1000)/', -1000],
  ])('parses a date %s', (_, text, instant) => {
    expect(parseServerDate(text)).toBe(instant);
  });

  test.each([
    ['.NET’s minimum date', '0001-01-01T00:00:00'],
    ['.NET’s minimum date with a fraction and a zone', '0001-01-01T00:00:00.0000000Z'],
    ['.NET’s minimum date in Microsoft’s format', '/Date(-62135596800000-0000)/'],
    ['a two-digit year with leading zeros', '0099-01-01T00:00:00Z'],
    ['a day that does not exist', '2023-02-29T00:00:00Z'],
    ['a thirteenth month', '2024-13-01T00:00:00Z'],
    ['month zero', '2024-00-10T00:00:00Z'],
    ['day zero', '2024-01-00T00:00:00Z'],
    ['hour 24', '2024-01-01T24:00:00Z'],
    ['minute 60', '2024-01-01T10:60:00Z'],
    ['a leap second', '2024-01-01T10:59:60Z'],
    ['an offset of four days', '2024-01-01T00:00:00+99:00'],
    ['an instant beyond JavaScript’s range', '/Date(99999999999999999)/'],
    ['more digits than a number can hold', '/Date(148948927000000000000)/'],
    ['an empty string', ''],
    ['words', 'yesterday'],
    ['a number', '1489489270000'],
    ['a truncated date', '2017-03-14T11:'],
    ['a date in another order', '14/03/2017'],
    ['a date followed by text', '2017-03-14T11:01:10Z and more'],
    ['markup', '<b>2017-03-14</b>'],
    ['an unterminated Microsoft date', '/Date(1489489270000'],
  ])('rejects %s', (_, text) => {
    expect(parseServerDate(text)).toBeUndefined();
  });

  test('parses a date with Z and with the offset +00:00 to the same instant', () => {
    const twoDigits = fc.integer({ min: 0, max: 99 }).map((part) => String(part).padStart(2, '0'));
    const fraction = fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^[0-9]{1,9}$/).map((digits) => `.${digits}`),
    );
    fc.assert(
      fc.property(fc.array(twoDigits, { minLength: 7, maxLength: 7 }), fraction, (parts, rest) => {
        const [century, year, month, day, hour, minute, second] = parts;
        const text = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}${rest}`;
        expect(parseServerDate(`${text}Z`)).toBe(parseServerDate(`${text}+00:00`));
      }),
      { numRuns: 5_000 },
    );
  });

  test('rejects a long string that starts with a date without backtracking', () => {
    expect(parseServerDate(`2017-03-14T11:01:10${' '.repeat(100_000)}x`)).toBeUndefined();
  });
});
