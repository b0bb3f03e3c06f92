import { describe, expect, test } from 'vitest';
import { getDialableNumber, formatPhoneNumber } from '../../../src/core/calls/phone';

describe('a number as people read it', () => {
  test.each([
    ['+12025550147', undefined, '+1 202-555-0147'],
    ['2025550147', 'US', '+1 202-555-0147'],
    ['(202) 555-0147', 'US', '+1 202-555-0147'],
    ['030 901820', 'DE', '+49 30 901820'],
    ['+442079460018', 'DE', '+44 20 7946 0018'],
  ] as const)('%s in %s is %s', (number, region, read) => {
    expect(formatPhoneNumber(number, region)).toBe(read);
  });

  test.each([
    '1001',
    '911',
    'Anonymous',
    'grace@pbx.example',
    '2025550147',
    'call +1 202 555 0147 now',
    '+1202555014712345678',
    '',
    '<b>+12025550147</b>',
  ])('that is none stays as it is: %j', (number) => {
    expect(formatPhoneNumber(number, undefined)).toBe(number);
  });

  test('takes no time over a megabyte', () => {
    const long = '1'.repeat(1_000_000);
    expect(formatPhoneNumber(long, 'US')).toBe(long);
    expect(getDialableNumber(long, 'US')).toBeUndefined();
  });
});

describe('a number for a softphone', () => {
  test.each([
    ['+1 (202) 555-0147', undefined, '+12025550147'],
    ['(202) 555-0147', 'US', '+12025550147'],
    ['030 901820', 'DE', '+4930901820'],
    ['1001', 'US', '1001'],
    ['911', 'US', '911'],
  ] as const)('%s in %s is %s', (number, region, dialled) => {
    expect(getDialableNumber(number, region)).toBe(dialled);
  });

  test.each([
    'Anonymous',
    '1',
    '123456789',
    '+12025550147?x=1',
    'tel:+12025550147&x',
    'call +12025550147',
    '1001#',
    '*67',
    '12 34',
    '+12025550147\n+12025550148',
    'javascript:alert(1)',
    '',
  ])('is none: %j', (number) => {
    expect(getDialableNumber(number, undefined)).toBeUndefined();
  });

  test('is never anything but a plus and digits', () => {
    for (const number of [
      '+1 202 555 0147 ext. 5',
      '+1 202 555 0147 x5',
      '١٢٠٢٥٥٥٠١٤٧',
      '+٤٩٣٠٩٠١٨٢٠',
    ]) {
      const dialled = getDialableNumber(number, 'US');
      if (dialled !== undefined) expect(dialled).toMatch(/^\+?\d+$/);
    }
  });
});
