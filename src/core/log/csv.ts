import type { Facts } from '../facts';
import type { LogEntry, Outcome } from '../log-entry';
import { pathText } from '../place';

/** The columns of the export, in their order. */
export const CSV_COLUMNS = [
  'started',
  'answered',
  'ended',
  'direction',
  'outcome',
  'answeredBy',
  'name',
  'number',
  'customer',
  'endpoint',
  'channel',
  'rang',
  'talked',
  'held',
  'account',
] as const;

/** A column of the export. */
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** What the export says in the person's language. */
export interface CsvWords {
  /** The header row. Times are local; `rang`, `talked` and `held` are in seconds. */
  readonly columns: Readonly<Record<CsvColumn, string>>;
  readonly outcome: (outcome: Outcome) => string;
  readonly direction: (direction: Facts['direction']) => string;
}

/**
 * Entries as CSV (RFC 4180, with a byte order mark, by which spreadsheets know UTF-8). No cell is
 * a formula, neither in a spreadsheet that separates cells by commas nor in one that does so by
 * semicolons or tabs.
 */
export function csvOf(entries: Iterable<LogEntry>, words: CsvWords): string {
  const rows = [CSV_COLUMNS.map((column) => words.columns[column])];
  for (const entry of entries) rows.push(CSV_COLUMNS.map((column) => cell(column, entry, words)));
  return `\uFEFF${rows.map((row) => `${row.map(escaped).join(',')}\r\n`).join('')}`;
}

function cell(column: CsvColumn, entry: LogEntry, words: CsvWords): string {
  const { facts, outcome } = entry;
  switch (column) {
    case 'started':
      return localTime(entry.startedAt);
    case 'answered':
      return localTime(entry.answeredAt);
    case 'ended':
      return localTime(entry.endedAt);
    case 'direction':
      return words.direction(facts.direction);
    case 'outcome':
      return words.outcome(outcome);
    case 'answeredBy':
      return (outcome.kind === 'answered' ? outcome.by : undefined) ?? '';
    case 'name':
      return facts.party.name ?? '';
    case 'number':
      return facts.party.number ?? '';
    case 'customer':
      return pathText(facts.place.path) || (facts.place.customer ?? '');
    case 'endpoint':
      return facts.place.endpoint ?? '';
    case 'channel':
      return facts.channel ?? '';
    case 'rang':
    case 'talked':
    case 'held':
      return String(Math.round(entry[column] / 1_000));
    case 'account':
      return entry.account ?? '';
  }
}

/** ISO 8601 in local time, with the space that spreadsheets need to know a date by. */
function localTime(instant: number | undefined): string {
  if (instant === undefined) return '';
  const date = new Date(instant);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

// Where a cell begins: at its first character, or, for a reader that separates cells otherwise,
// after a semicolon, a tab or the end of a line.
const FORMULA = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/g;

function escaped(text: string): string {
  const defused = text.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
