import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitExtension } from '../../../src/core/calls/extension';
import {
  formatPhoneNumber,
  getDialableNumber,
  getNationalNumber,
  getPhoneNumberFormats,
  type Region,
} from '../../../src/core/calls/phone';
import { REGIONS } from '../../../src/core/settings/regions';

describe('formatPhoneNumber', () => {
  test.each([
    ['+12025550147', undefined, '+1 202-555-0147'],
    ['2025550147', 'US', '+1 202-555-0147'],
    ['(202) 555-0147', 'US', '+1 202-555-0147'],
    ['030 901820', 'DE', '+49 30 901820'],
    ['+442079460018', 'DE', '+44 20 7946 0018'],
  ] as const)('formats %s in %s as %s', (number, region, formatted) => {
    expect(formatPhoneNumber(number, region)).toBe(formatted);
  });

  test.each([
    '1001',
    '911',
    '+1001',
    'Anonymous',
    'grace@pbx.example',
    '2025550147',
    'call +1 202 555 0147 now',
    '+1202555014712345678',
    '',
    '<b>+12025550147</b>',
  ])('returns %j unchanged', (number) => {
    expect(formatPhoneNumber(number, undefined)).toBe(number);
  });

  test('returns a megabyte of digits unchanged', () => {
    const long = '1'.repeat(1_000_000);
    expect(formatPhoneNumber(long, 'US')).toBe(long);
    expect(getDialableNumber(long, 'US')).toBeUndefined();
  });
});

describe('getDialableNumber', () => {
  test.each([
    ['+1 (202) 555-0147', undefined, '+12025550147'],
    ['(202) 555-0147', 'US', '+12025550147'],
    ['030 901820', 'DE', '+4930901820'],
    ['1001', 'US', '1001'],
    ['911', 'US', '911'],
  ] as const)('converts %s in %s to %s', (number, region, dialable) => {
    expect(getDialableNumber(number, region)).toBe(dialable);
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
  ])('rejects %j', (number) => {
    expect(getDialableNumber(number, undefined)).toBeUndefined();
  });

  test('returns only digits with an optional plus and extension', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\+?[\d().x#;,=ext -]{0,30}$/)),
        fc.constantFrom('US', 'DE', undefined),
        (number, region) => {
          const dialable = getDialableNumber(number, region);
          if (dialable !== undefined) expect(dialable).toMatch(/^\+?\d+(?:;ext=\d+)?$/);
        },
      ),
    );
  });
});

describe('getNationalNumber', () => {
  test.each([
    ['+12025550147', 'DE', '2025550147'],
    ['(202) 555-0147 x12', 'US', '2025550147'],
    ['+49 30 12345678', 'US', '03012345678'],
    ['030 12345678', 'DE', '03012345678'],
    ['1001', 'US', '1001'],
    ['grace@example.com', 'US', 'grace@example.com'],
  ] as const)('writes %s in %s as %s', (number, region, national) => {
    expect(getNationalNumber(number, region)).toBe(national);
  });
});

describe('getPhoneNumberFormats', () => {
  test.each([
    ['1001', 'DE'],
    ['42', 'AT'],
    ['911', 'US'],
    ['10010', 'FI'],
    ['020202', 'FI'],
    ['100100', 'IT'],
    ['1234567', 'DE'],
    ['12345678', 'DE'],
    ['25551234', 'BE'],
    ['5551234', 'US'],
    ['7001', 'SE'],
    ['2000', 'LU'],
    ['999999', 'LU'],
    ['00', 'DE'],
    ['112', 'FI'],
  ] as const)('keeps the internal number %s in %s', (number, region) => {
    expect(getPhoneNumberFormats(number, region)).toEqual({ display: number, dialable: number });
  });

  test.each(['１００１', '١٠٠١', '१००१', '1001 '])('dials the internal number %s', (number) => {
    expect(getPhoneNumberFormats(number, 'JP')).toEqual({ display: number, dialable: '1001' });
  });

  test('keeps an internal number of up to six digits in every region', () => {
    const internal = fc.stringMatching(/^\d{2,6}$/);
    fc.assert(
      fc.property(internal, fc.constantFrom(...REGIONS), (number, region) => {
        const formats = getPhoneNumberFormats(number, region as Region);
        expect(formats).toEqual({ display: number, dialable: number });
      }),
    );
  });

  test.each([
    ['+491001', 'DE', '+49 1001', '+491001'],
    ['0301234', 'DE', '+49 30 1234', '+49301234'],
    ['5551234', 'IS', '+354 555 1234', '+3545551234'],
    ['25551234', 'DK', '+45 25 55 12 34', '+4525551234'],
    ['61234567', 'SG', '+65 6123 4567', '+6561234567'],
  ] as const)('formats %s in %s as a public number', (number, region, display, dialable) => {
    expect(getPhoneNumberFormats(number, region)).toEqual({ display, dialable });
  });
});

describe('getPhoneNumberFormats, with an extension,', () => {
  test.each([
    '+14155550100;ext=12',
    '+14155550100;EXT=12',
    'tel:+1-415-555-0100;ext=12',
    '+14155550100 ext. 12',
    '+1 415-555-0100 ext 12',
    '+1 (415) 555-0100, extension 12',
    '+14155550100 x12',
    '+14155550100x12',
    '+1 415 555 0100 #12',
    '+14155550100,,12#',
    '(415) 555-0100 X. 12',
    '+14155550100 Durchwahl 12',
    '+14155550100 poste 12',
    '+14155550100 内線12',
    '+1 415 555 0100 доб. 12',
    '+1 415 555 0100 вн. 12',
    '+14155550100 (ext. 12)',
    '+14155550100 [x12]',
    '+14155550100p12',
    '+14155550100w12',
    '+14155550100;postd=12',
    '+14155550100;isub=1;ext=12',
    '+14155550100;phone-context=+1;ext=12',
    '+14155550100;ext=12;user=phone',
    '+14155550100 Nebenstelle 12',
    '+14155550100 App. 12',
    '+14155550100 wew. 12',
    '+14155550100 anknytning 12',
    '+14155550100 ext. #12',
    '+14155550100 extension number 12',
    '+14155550100 ｅｘｔ．１２',
    '+14155550100 ext. ١٢',
    '+14155550100\u200e ext. 12\u200e',
  ])('formats %s', (number) => {
    expect(getPhoneNumberFormats(number.replace('tel:', ''), 'US')).toEqual({
      display: '+1 415-555-0100 ext. 12',
      dialable: '+14155550100;ext=12',
    });
  });

  test('keeps the extension of an internal number', () => {
    expect(getPhoneNumberFormats('1001 x12', 'DE')).toEqual({
      display: '1001 ext. 12',
      dialable: '1001;ext=12',
    });
  });

  test('keeps leading zeros of the extension', () => {
    expect(getDialableNumber('+14155550100 ext. 007', 'US')).toBe('+14155550100;ext=007');
  });
});

describe('splitExtension', () => {
  test.each([
    'grace x12',
    'Suite 4, ext. 12',
    'x12',
    ';ext=12',
    '12',
    'Line#12',
    '+1 415 ext.',
    'App 12',
    'Floor p12',
  ])('finds no extension in %j', (text) => {
    expect(splitExtension(text)).toEqual({ number: text, extension: undefined });
  });

  test('splits any number and extension', () => {
    const numbers = fc.stringMatching(/^\+[1-9]\d{6,14}$/);
    const extensions = fc.stringMatching(/^\d{1,9}$/);
    const separators = fc.constantFrom(';ext=', ' ext. ', ' x', 'x', '#', ', ', ' extension ');
    fc.assert(
      fc.property(numbers, separators, extensions, (number, separator, extension) => {
        expect(splitExtension(number + separator + extension)).toEqual({ number, extension });
      }),
    );
  });
});
