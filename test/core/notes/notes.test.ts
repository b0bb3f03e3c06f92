import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import {
  MAX_NUMBER_NOTES,
  NO_NOTES,
  NotesIndex,
  parseNotes,
  PRIORITIES,
  putCustomerNote,
  putNumberNotes,
  searchNotes,
  toSavedNotes,
  type NumberNote,
} from '../../../src/core/notes/notes';
import { parseNotesFile, toNotesCsv, toVCards } from '../../../src/core/notes/notes-files';

const getNumberKey = createNumberKeys('US');
const createNote = (note: Partial<NumberNote> = {}): NumberNote => ({
  number: '+12025550147',
  name: 'Grace',
  text: '',
  priority: 'normal',
  ...note,
});
const put = (...notes: readonly NumberNote[]) => putNumberNotes(NO_NOTES, notes, getNumberKey);

describe('a note about a number', () => {
  test('is found for any way of writing the number', () => {
    const index = new NotesIndex(put(createNote({ number: '(202) 555-0147' })), getNumberKey);
    expect(index.getNumberNote('+1 202-555-0147')?.name).toBe('Grace');
    expect(index.getNumberNote('+12025550148')).toBeUndefined();
    expect(index.getNumberNote(undefined)).toBeUndefined();
  });

  test('of the same extension comes before one without', () => {
    const notes = put(createNote(), createNote({ number: '+12025550147;ext=12', name: 'Ada' }));
    const index = new NotesIndex(notes, getNumberKey);
    expect(index.getNumberNote('+12025550147;ext=12')?.name).toBe('Ada');
    expect(index.getNumberNote('+12025550147')?.name).toBe('Grace');
  });

  test('replaces the previous one, and is removed when it’s empty', () => {
    const notes = put(createNote(), createNote({ number: '202-555-0147', name: 'Ada' }));
    expect(notes.numbers.map(({ name }) => name)).toEqual(['Ada']);
    const empty = createNote({ name: ' ', text: '\n' });
    expect(putNumberNotes(notes, [empty], getNumberKey).numbers).toEqual([]);
  });

  test('displaces the oldest one when there are too many', () => {
    const many = Array.from({ length: MAX_NUMBER_NOTES + 1 }, (_, at) =>
      createNote({ number: `+1202${String(5_550_000 + at)}` }),
    );
    const { numbers } = put(...many);
    expect(numbers).toHaveLength(MAX_NUMBER_NOTES);
    expect(numbers[0]?.number).toBe('+12025550001');
  });
});

describe('the priority of a call', () => {
  const call = (number: string | undefined, customerPath: readonly string[]) => ({
    party: { number },
    customerPath,
  });
  const notes = putCustomerNote(
    putCustomerNote(put(createNote({ priority: 'nuisance' })), {
      customer: 'Northside',
      text: '',
      priority: 'vip',
    }),
    { customer: 'Bright Dental', text: 'Say hello', priority: 'normal' },
  );
  const index = new NotesIndex(notes, getNumberKey);

  test('is that of the number first, then of the nearest customer with one', () => {
    expect(index.getPriority(call('2025550147', ['Northside']))).toBe('nuisance');
    expect(index.getPriority(call(undefined, ['Northside', 'Bright Dental']))).toBe('vip');
    expect(index.getPriority(call(undefined, ['Bright Dental']))).toBe('normal');
  });

  test('comes with the note about the nearest customer', () => {
    expect(index.getCustomerNote(['Northside', 'Bright Dental', 'Room 1'])?.text).toBe('Say hello');
  });
});

const text = fc.string({ unit: 'binary', maxLength: 40 });
const anyNotes = fc
  .record({
    numbers: fc.array(
      fc.record({
        number: fc.integer({ min: 2_000_000, max: 9_999_999 }).map((digits) => `+1202${digits}`),
        name: text,
        text,
        priority: fc.constantFrom(...PRIORITIES),
      }),
      { maxLength: 10 },
    ),
    customers: fc.array(
      fc.record({ customer: text, text, priority: fc.constantFrom(...PRIORITIES) }),
    ),
  })
  .map(({ numbers }) => put(...numbers));

describe('saved notes', () => {
  test('are unchanged when they are read again', () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        expect(parseNotes(JSON.parse(JSON.stringify(toSavedNotes(notes))))).toEqual(notes);
      }),
    );
  });

  test('are readable after any import', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', ' \t', '\0', '\u200e', 'x'.repeat(3_000)),
    );
    const numberNote = fc.record({ number: text, name: text, text }).map(createNote);
    const customerNote = fc
      .record({ customer: text, text })
      .map((note) => ({ ...note, priority: 'normal' as const }));
    fc.assert(
      fc.property(fc.array(numberNote), fc.array(customerNote), (numbers, customers) => {
        const notes = customers.reduce(putCustomerNote, put(...numbers));
        expect(parseNotes(JSON.parse(JSON.stringify(toSavedNotes(notes))))).toEqual(notes);
      }),
    );
  });

  test('have no control characters that a file or a terminal would interpret', () => {
    const [note] = put(createNote({ text: 'One\r\ntwo\rTEL:1\u001b[2J' })).numbers;
    expect(note?.text).toBe('One\ntwo\nTEL:1 [2J');
  });

  test.each([null, {}, [], { version: 2, numbers: [], customers: [] }, { version: 1 }])(
    'are unreadable as %j',
    (json) => {
      expect(parseNotes(json)).toBeUndefined();
    },
  );
});

describe('a file of notes', () => {
  const customers = [
    { customer: 'Bright "Dental", Inc.', text: '=1+1\nSay hello', priority: 'vip' as const },
  ];
  const numbers = [createNote({ text: 'Likes; semicolons, and commas', priority: 'nuisance' })];

  test('has no cell that is a formula, and is read back from CSV', () => {
    const csv = toNotesCsv({ numbers, customers });
    expect(csv).not.toMatch(/(?:^|[,\n"])[=+]/m);
    expect(parseNotesFile(csv)).toEqual({ numbers, customers });
  });

  test('is read back from vCards, with names, numbers, and notes', () => {
    const cards = toVCards({ numbers, customers });
    expect(parseNotesFile(cards).numbers).toEqual([{ ...numbers[0], priority: 'normal' }]);
  });

  test('is read from the vCards of phones', () => {
    const card = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'N:Byron;Ada;;;',
      'FN:Ada By',
      ' ron',
      'item1.TEL;TYPE=cell;VALUE=uri:tel:+44-20-7946-0823',
      'TEL;TYPE=WORK:020 7946 0999',
      'NOTE:One\\, two\\nthree',
      'END:VCARD',
    ];
    expect(parseNotesFile(card.join('\r\n')).numbers).toEqual([
      {
        number: '+44-20-7946-0823',
        name: 'Ada Byron',
        text: 'One, two\nthree',
        priority: 'normal',
      },
      { number: '020 7946 0999', name: 'Ada Byron', text: 'One, two\nthree', priority: 'normal' },
    ]);
  });

  test('holds a limited number of phone numbers per vCard, none of them empty', () => {
    const card = (...numbers: readonly string[]): string =>
      ['BEGIN:VCARD', 'FN:Ada', ...numbers.map((number) => `TEL:${number}`), 'END:VCARD'].join(
        '\n',
      );
    expect(parseNotesFile(card('', '1')).numbers.map(({ number }) => number)).toEqual(['1']);
    expect(parseNotesFile(card(...Array<string>(1_000).fill('1'))).numbers).toHaveLength(100);
  });

  test('is read with other names of the columns and semicolons', () => {
    const { numbers: read } = parseNotesFile('Name;Phone\nAda;020 7946 0823\n;\n');
    expect(read).toEqual([{ number: '020 7946 0823', name: 'Ada', text: '', priority: 'normal' }]);
  });

  test('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (content, isCard) => {
        const notes = parseNotesFile(isCard ? `BEGIN:VCARD\n${content}` : content);
        expect(put(...notes.numbers).numbers.length).toBeLessThanOrEqual(notes.numbers.length);
      }),
    );
  });
});

test('notes are found by number, name, and text', () => {
  const notes = put(createNote({ text: 'Prefers mornings' }));
  for (const typed of ['', 'grace MORNINGS', '0147', '555-0147']) {
    expect(searchNotes(notes, typed).numbers).toHaveLength(1);
  }
  expect(searchNotes(notes, 'evenings').numbers).toEqual([]);
});
