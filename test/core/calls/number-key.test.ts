import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getDialableNumber } from '../../../src/core/calls/phone';
import { createNumberKeys, isSameNumber } from '../../../src/core/calls/number-key';

const US = createNumberKeys('US');
const DE = createNumberKeys('DE');

describe('createNumberKeys and isSameNumber', () => {
  test.each([
    ['+12025550147', '(202) 555-0147'],
    ['+12025550147', '12025550147'],
    ['+1 202-555-0147', '202.555.0147'],
    ['+12025550147', '011 1 202 555 0147'],
    ['+12025550147', '٢٠٢٥٥٥٠١٤٧'],
    ['+442079460018', '+44 (0)20 7946 0018'],
    ['alice@example.com', 'Alice@Example.com'],
    ['1001', '1001'],
  ])('match %s and %s', (a, b) => {
    expect(isSameNumber(US(a), US(b))).toBe(true);
  });

  test('use the region for numbers without a country code', () => {
    expect(isSameNumber(DE('030 901820'), DE('+4930901820'))).toBe(true);
    expect(isSameNumber(US('030 901820'), US('+4930901820'))).toBe(false);
  });

  test.each([
    ['+12025550147', '+12025550148'],
    ['+12025550147', '+442025550147'],
    ['1001', '1002'],
    ['1001', '+12025551001'],
    ['+1 202-555-0147 x12', '+1 202-555-0147 x34'],
  ])('do not match %s and %s', (a, b) => {
    expect(isSameNumber(US(a), US(b))).toBe(false);
  });

  test('match a number without an extension to any extension', () => {
    expect(isSameNumber(US('+12025550147'), US('+12025550147;ext=12'))).toBe(true);
    expect(isSameNumber(US('+12025550147 ext. 12'), US('(202) 555-0147'))).toBe(true);
  });

  test('take a complete North American number as it is dialed', () => {
    const numbers = fc
      .integer({ min: 2_000_000_000, max: 9_999_999_999 })
      .map((digits) => `+1${digits}`);
    fc.assert(
      fc.property(numbers, (number) => {
        expect(US(number)).toEqual({ base: number, extension: undefined });
        expect(getDialableNumber(number, 'US') ?? number).toBe(number);
      }),
    );
  });
});
