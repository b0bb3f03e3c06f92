import { describe, expect, it, test } from 'vitest';
import { createCallSearch } from '../../../src/core/calls/search';
import { anEntry } from '../log/log-entry-fixture';

const { summary } = anEntry({
  party: { name: 'Zoë Åkesson', number: '+12025550147' },
  customerPath: ['Northside Group', 'Bright Dental'],
  endpoint: 'Front desk 24/7',
});

describe('searching the call log', () => {
  test.each([
    ['the name', 'Zoë Åkesson'],
    ['part of the name', 'kess'],
    ['the name in other case', 'ZOË åKESSON'],
    ['the name without its accents', 'zoe akesson'],
    ['the name with accents written apart', 'Zoe\u0308'],
    ['the customer', 'bright dental'],
    ['a customer above the customer', 'northside'],
    ['the endpoint', 'front desk'],
    ['words in any order, from anywhere', 'desk  akesson bright'],
    ['the number as the server writes it', '+12025550147'],
    ['the number as people write it', '+1 (202) 555-0147'],
    ['the number with dots', '202.555.0147'],
    ['the end of the number', '0147'],
    ['the number with an international prefix', '001 202 555 0147'],
    ['the number in Arabic digits', '٢٠٢٥٥٥'],
    ['the number in Persian digits', '۲۰۲۵۵۵'],
    ['the number in full width', '２０２ ５５５'],
    ['a name and part of the number', 'zoe 555-01'],
    ['digits of an endpoint', '24/7'],
    ['nothing', ''],
    ['blanks', ' \t '],
  ])('finds a call by %s', (_by, typed) => {
    expect(createCallSearch(typed)(summary)).toBe(true);
  });

  test.each([
    ['another name', 'grace'],
    ['one word that occurs and one that does not', 'zoe harbor'],
    ['a word across two fields', 'dentalfront'],
    ['another number', '+1 202 555 0148'],
    ['digits that occur, but not one after the other', '202 0147'],
    ['zeros that the number lacks', '00147'],
  ])('does not find it by %s', (_by, typed) => {
    expect(createCallSearch(typed)(summary)).toBe(false);
  });

  it('finds a number abroad as it is dialled at home', () => {
    const abroad = anEntry({ party: { number: '+442079460123' } }).summary;
    expect(createCallSearch('020 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('+44 (0)20 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('0123')(abroad)).toBe(true);
    expect(createCallSearch('0460123')(abroad)).toBe(false);
  });

  it('finds the address of a caller without a number', () => {
    const address = anEntry({ party: { name: undefined, number: 'alice@pbx.example' } }).summary;
    expect(createCallSearch('ALICE@')(address)).toBe(true);
  });

  it('folds what upper case alone tells apart', () => {
    const named = (name: string) => anEntry({ party: { name } }).summary;
    expect(createCallSearch('strasse')(named('Straße'))).toBe(true);
    expect(createCallSearch('istanbul')(named('İstanbul'))).toBe(true);
    expect(createCallSearch('ΟΔΥΣΣΕΥΣ')(named('Οδυσσεύς'))).toBe(true);
  });

  it('takes what is typed as text, whatever it is', () => {
    for (const typed of ['.*', '[', '\\', '$&', '(', '\u0000', '\ud800', '+', '()']) {
      expect(createCallSearch(typed)(anEntry({ party: { number: undefined } }).summary)).toBe(
        false,
      );
    }
    expect(createCallSearch('.*')(anEntry({ party: { name: 'a.*b' } }).summary)).toBe(true);
  });

  it('finds a call without a caller by its customer only', () => {
    const unknown = anEntry({
      party: { name: undefined, number: undefined },
      customer: undefined,
      customerPath: [],
      endpoint: undefined,
    }).summary;
    expect(createCallSearch('')(unknown)).toBe(true);
    expect(createCallSearch('undefined')(unknown)).toBe(false);
    expect(createCallSearch('0')(unknown)).toBe(false);
  });
});
