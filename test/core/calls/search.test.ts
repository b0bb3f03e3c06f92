import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createCallSearch } from '../../../src/core/calls/search';
import { createLogEntry } from '../log/log-entry-fixture';

const { summary } = createLogEntry({
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
    ['a number between embedding marks', '\u202a+12025550147\u202c'],
    ['a number behind a left-to-right mark', '\u200e+12025550147'],
    ['a number between isolates', '\u2068(202) 555-0147\u2069'],
    ['a number with zero-width spaces', '202\u200b555\u200b0147'],
    ['a number with a byte order mark', '\ufeff2025550147'],
    ['a number with soft hyphens', '202\u00ad555'],
    ['a number with non-breaking hyphens', '202\u2011555\u20110147'],
    ['a number with en dashes', '202–555–0147'],
    ['a number with em dashes and a minus', '202—555−0147'],
    ['a number with non-breaking spaces', '+1\u00a0202\u202f555\u20090147'],
    ['a number from a link', 'tel:+1-202-555-0147'],
    ['the number in Devanagari digits', '२०२ ५५५'],
    ['the number in Thai digits', '๒๐๒๕๕๕'],
    ['a name with invisible marks', 'Zoë\u200e\u2060 \u2068Åkesson\u2069'],
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
    const abroad = createLogEntry({ party: { number: '+442079460123' } }).summary;
    expect(createCallSearch('020 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('+44 (0)20 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('0123')(abroad)).toBe(true);
    expect(createCallSearch('0460123')(abroad)).toBe(false);
  });

  it('finds the address of a caller without a number', () => {
    const address = createLogEntry({
      party: { name: undefined, number: 'alice@pbx.example' },
    }).summary;
    expect(createCallSearch('ALICE@')(address)).toBe(true);
  });

  it('finds a number with its extension', () => {
    const { summary: withExtension } = createLogEntry({ party: { number: '+14155550100;ext=12' } });
    for (const typed of ['+1 415-555-0100 ext. 12', '+14155550100;ext=12', '415 555 0100 x12']) {
      expect(createCallSearch(typed)(withExtension)).toBe(true);
      expect(createCallSearch(typed)(summary)).toBe(false);
    }
    expect(createCallSearch('+1 415-555-0100')(withExtension)).toBe(true);
    expect(createCallSearch('+1 415-555-0100 ext. 13')(withExtension)).toBe(false);
  });

  it.each([
    ['lukasz', 'Łukasz'],
    ['SOREN', 'Søren'],
    ['dorde', 'Đorđe'],
    ['aegir', 'Ægir'],
    ['thor', 'Þór'],
    ['coeur', 'Cœur'],
    ["o'neil", 'O’Neil'],
    ['o’neil', "O'Neil"],
    ['o‘neil', 'Oʼneil'],
    ['o`neil', 'O´Neil'],
    ['smith-jones', 'Smith\u2011Jones'],
    ['smith–jones', 'Smith-Jones'],
    ['"the desk"', '“The Desk”'],
    ['fullwidth', 'ＦｕｌｌＷｉｄｔｈ'],
  ])('finds by %s the name %s, and the other way round', (typed, name) => {
    const named = (text: string) =>
      createLogEntry({ party: { name: text, number: undefined } }).summary;
    expect(createCallSearch(typed)(named(name))).toBe(true);
    expect(createCallSearch(name)(named(typed))).toBe(true);
  });

  it('finds any name by itself, with invisible characters anywhere', () => {
    const marks = fc.constantFrom('\u200b', '\u200e', '\u202a', '\u2068', '\u00ad', '\ufeff');
    const names = fc.stringMatching(/^[A-Za-z]{3,12}$/);
    fc.assert(
      fc.property(names, marks, fc.nat(12), (name, mark, at) => {
        const typed = name.slice(0, at) + mark + name.slice(at);
        const found = createCallSearch(typed)(createLogEntry({ party: { name } }).summary);
        expect(found).toBe(true);
      }),
    );
  });

  it('folds what upper case alone tells apart', () => {
    const named = (name: string) => createLogEntry({ party: { name } }).summary;
    expect(createCallSearch('strasse')(named('Straße'))).toBe(true);
    expect(createCallSearch('istanbul')(named('İstanbul'))).toBe(true);
    expect(createCallSearch('ΟΔΥΣΣΕΥΣ')(named('Οδυσσεύς'))).toBe(true);
  });

  it('takes what is typed as text, whatever it is', () => {
    for (const typed of ['.*', '[', '\\', '$&', '(', '\u0000', '\ud800', '+', '()']) {
      expect(
        createCallSearch(typed)(createLogEntry({ party: { number: undefined } }).summary),
      ).toBe(false);
    }
    expect(createCallSearch('.*')(createLogEntry({ party: { name: 'a.*b' } }).summary)).toBe(true);
  });

  it('finds a call without a caller by its customer only', () => {
    const unknown = createLogEntry({
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
