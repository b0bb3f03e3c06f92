import { escapeCell, LEFT_TO_RIGHT_MARK } from '../log/csv';
import { PRIORITIES, type Notes, type NumberNote, type CustomerNote, type Priority } from './notes';

/**
 * The columns of an exported file. They are the same in all languages, so that the file can be
 * imported.
 */
const COLUMNS = ['number', 'name', 'note', 'priority', 'customer'] as const;
/** Other names of the columns, in files of other programs. */
const ALIASES: Readonly<Record<string, (typeof COLUMNS)[number]>> = {
  phone: 'number',
  telephone: 'number',
  tel: 'number',
  'phone number': 'number',
  notes: 'note',
};
/** Longer files aren't address books. */
const MAX_ROWS = 20_000;
/** How many values of one property are read from a vCard. */
const MAX_VALUES = 100;

/** Exports notes as CSV. No cell can be read as a formula. */
export function toNotesCsv({ numbers, customers }: Notes): string {
  const rows = [
    [...COLUMNS],
    ...numbers.map((note) => [
      LEFT_TO_RIGHT_MARK + note.number,
      note.name,
      note.text,
      note.priority,
      '',
    ]),
    ...customers.map((note) => ['', '', note.text, note.priority, note.customer]),
  ];
  const lines = rows.map((row) => `${row.map(escapeCell).join(',')}\r\n`);
  return `\uFEFF${lines.join('')}`;
}

/** Exports the notes about numbers as vCards. */
export function toVCards({ numbers }: Notes): string {
  return numbers
    .map(({ number, name, text }) =>
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        `FN:${escapeVCard(name === '' ? number : name)}`,
        `TEL:${escapeVCard(number)}`,
        ...(text === '' ? [] : [`NOTE:${escapeVCard(text)}`]),
        'END:VCARD',
        '',
      ].join('\r\n'),
    )
    .join('');
}

/** Reads notes from a CSV file or vCards. What can't be read is left out. */
export function parseNotesFile(content: string): Notes {
  const text = content.replace(/^\uFEFF/, '');
  return /^\s*BEGIN:VCARD/i.test(text) ? parseVCards(text) : parseNotesCsv(text);
}

function parseNotesCsv(text: string): Notes {
  const [header = [], ...rows] = parseRows(text);
  const columns = header.map((name) => {
    const key = name.trim().toLowerCase();
    return COLUMNS.find((column) => column === key) ?? ALIASES[key];
  });
  const indexes = new Map(COLUMNS.map((column) => [column, columns.indexOf(column)]));
  const numbers: NumberNote[] = [];
  const customers: CustomerNote[] = [];
  for (const row of rows) {
    const get = (column: (typeof COLUMNS)[number]): string =>
      unescapeCell(row[indexes.get(column) ?? -1] ?? '');
    const note = { text: get('note'), priority: toPriority(get('priority')) };
    if (get('number') !== '') {
      numbers.push({ number: get('number'), name: get('name'), ...note });
    } else if (get('customer') !== '') {
      customers.push({ customer: get('customer'), ...note });
    }
  }
  return { numbers, customers };
}

/** Reads the rows of RFC 4180, with the separator that the first line uses. */
function parseRows(text: string): string[][] {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const separator = firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',';
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`,
    'gy',
  );
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === separator) continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (end === '' || rows.length > MAX_ROWS) break;
  }
  return rows;
}

/** Removes the mark or the apostrophe that keeps a cell from being a formula. */
function unescapeCell(cell: string): string {
  return cell
    .replace(/^\u200e/, '')
    .replace(/^'(?=[=+\-@\s])/, '')
    .trim();
}

function toPriority(text: string): Priority {
  return PRIORITIES.find((priority) => priority === text.trim().toLowerCase()) ?? 'normal';
}

/** Reads the names, numbers, and notes of vCards 2.1 to 4.0. */
function parseVCards(text: string): Notes {
  // A line that begins with a space continues the one before.
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const numbers: NumberNote[] = [];
  let card = new Map<string, string[]>();
  for (const line of lines) {
    const match = /^(?:[\w-]+\.)?([\w-]+)(?:;[^:]*)?:(.*)$/.exec(line);
    const key = match?.[1]?.toUpperCase();
    if (key === undefined) continue;
    if (key === 'BEGIN') card = new Map();
    else if (key === 'END') numbers.push(...toNumberNotes(card));
    else addValue(card, key, match?.[2] ?? '');
    if (numbers.length > MAX_ROWS) break;
  }
  return { numbers, customers: [] };
}

function addValue(card: Map<string, string[]>, key: string, value: string): void {
  const values = card.get(key);
  if (!values) card.set(key, [value]);
  else if (values.length < MAX_VALUES) values.push(value);
}

function toNumberNotes(card: ReadonlyMap<string, readonly string[]>): readonly NumberNote[] {
  const [fullName] = card.get('FN') ?? card.get('ORG') ?? [];
  const [text = ''] = card.get('NOTE') ?? [];
  if (fullName === undefined) return [];
  const name = unescapeVCard(fullName);
  const numbers = (card.get('TEL') ?? []).map((number) =>
    unescapeVCard(number).replace(/^tel:/i, ''),
  );
  return numbers
    .filter((number) => number !== '')
    .map((number) => ({ number, name, text: unescapeVCard(text), priority: 'normal' }));
}

function escapeVCard(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

function unescapeVCard(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (/n/i.test(letter) ? '\n' : letter)).trim();
}
