import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createCallSearch } from '../../../src/core/calls/search';
import { createLogEntry } from '../log/log-entry-fixture';

const { summary } = createLogEntry({
  party: { name: 'Zoë Åkesson', number: '+12025550147' },
  customerPath: ['Northside Group', 'Bright Dental'],
  endpoint: 'Front desk 24/7',
});

describe('createCallSearch', () => {
  test.each([
    ['the name', 'Zoë Åkesson'],
    ['part of the name', 'kess'],
    ['the name in different case', 'ZOË åKESSON'],
    ['the name without its accents', 'zoe akesson'],
    ['the name with combining accents', 'Zoe\u0308'],
    ['the customer', 'bright dental'],
    ['a parent customer', 'northside'],
    ['the endpoint', 'front desk'],
    ['words of several fields in any order', 'desk  akesson bright'],
    ['the number in the server’s format', '+12025550147'],
    ['the formatted number', '+1 (202) 555-0147'],
    ['the number with dots', '202.555.0147'],
    ['the end of the number', '0147'],
    ['the number with an international prefix', '001 202 555 0147'],
    ['the number in Arabic digits', '٢٠٢٥٥٥'],
    ['the number in Persian digits', '۲۰۲۵۵۵'],
    ['the number in full width', '２０２ ５５５'],
    ['a name and part of the number', 'zoe 555-01'],
    ['digits of an endpoint', '24/7'],
    ['a number in embedding marks', '\u202a+12025550147\u202c'],
    ['a number after a left-to-right mark', '\u200e+12025550147'],
    ['a number in isolates', '\u2068(202) 555-0147\u2069'],
    ['a number with zero-width spaces', '202\u200b555\u200b0147'],
    ['a number with a byte order mark', '\ufeff2025550147'],
    ['a number with soft hyphens', '202\u00ad555'],
    ['a number with non-breaking hyphens', '202\u2011555\u20110147'],
    ['a number with en dashes', '202–555–0147'],
    ['a number with em dashes and a minus', '202—555−0147'],
    ['a number with non-breaking spaces', '+1\u00a0202\u202f555\u20090147'],
    ['a tel: link', 'tel:+1-202-555-0147'],
    ['a tel: link with slashes', 'tel://+12025550147'],
    ['a callto: link', 'callto:+12025550147'],
    ['a SIP address', 'sip:+12025550147@pbx.example:5060'],
    ['a number after a label', 'Tel. +1 202 555 0147'],
    ['a number in angle brackets', '<+12025550147>'],
    ['a number in quotation marks', '“+12025550147”'],
    ['a number before a comma', ' +1 202 555 0147, '],
    ['a number before a semicolon', '202 555 0147;'],
    ['a number with middle dots', '202·555·0147'],
    ['a number with bullets', '202•555•0147'],
    ['a number with full-width tildes', '202～555～0147'],
    ['the number in Devanagari digits', '२०२ ५५५'],
    ['the number in Thai digits', '๒๐๒๕๕๕'],
    ['a name with invisible marks', 'Zoë\u200e\u2060 \u2068Åkesson\u2069'],
    ['an empty search', ''],
    ['spaces and tabs', ' \t '],
  ])('finds a call by %s', (_by, typed) => {
    expect(createCallSearch(typed)(summary)).toBe(true);
  });

  test.each([
    ['another name', 'grace'],
    ['one matching word and one that does not match', 'zoe harbor'],
    ['a word across two fields', 'dentalfront'],
    ['another number', '+1 202 555 0148'],
    ['digits that occur, but not consecutively', '202 0147'],
    ['zeros that the number lacks', '00147'],
  ])('does not find it by %s', (_by, typed) => {
    expect(createCallSearch(typed)(summary)).toBe(false);
  });

  it('finds a foreign number in its national format', () => {
    const abroad = createLogEntry({ party: { number: '+442079460123' } }).summary;
    expect(createCallSearch('020 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('+44 (0)20 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('011 44 20 7946 0123')(abroad)).toBe(true);
    expect(createCallSearch('0123')(abroad)).toBe(true);
    expect(createCallSearch('0460123')(abroad)).toBe(false);
  });

  it('finds a caller by a SIP address', () => {
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
    ['strasse', 'STRAẞE'],
    ['fiona', 'ﬁona'],
    ['ハヤシ', 'ﾊﾔｼ'],
    ['col·legi', 'col•legi'],
  ])('searching for %s finds %s and vice versa', (typed, name) => {
    const createNamed = (text: string) =>
      createLogEntry({ party: { name: text, number: undefined } }).summary;
    expect(createCallSearch(typed)(createNamed(name))).toBe(true);
    expect(createCallSearch(name)(createNamed(typed))).toBe(true);
  });

  it('ignores invisible characters anywhere in a name', () => {
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

  it('folds letters whose uppercase form differs', () => {
    const createNamed = (name: string) => createLogEntry({ party: { name } }).summary;
    expect(createCallSearch('strasse')(createNamed('Straße'))).toBe(true);
    expect(createCallSearch('istanbul')(createNamed('İstanbul'))).toBe(true);
    expect(createCallSearch('ΟΔΥΣΣΕΥΣ')(createNamed('Οδυσσεύς'))).toBe(true);
  });

  it('treats special characters as plain text', () => {
    for (const typed of ['.*', '[', '\\', '$&', '(', '\u0000', '\ud800', '+', '()']) {
      expect(
        createCallSearch(typed)(createLogEntry({ party: { number: undefined } }).summary),
      ).toBe(false);
    }
    expect(createCallSearch('.*')(createLogEntry({ party: { name: 'a.*b' } }).summary)).toBe(true);
  });

  it('does not match missing fields', () => {
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

it('finds a call by a colleague who took part in it', () => {
  const matches = createCallSearch('pat kim');
  expect(matches({ ...summary, people: ['Pat Kim', undefined] })).toBe(true);
  expect(matches(summary)).toBe(false);
});
