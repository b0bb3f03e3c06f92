import { type CallSummary, formatCustomerPath } from '../calls/call-summary';
import type { LogEntry, Outcome } from './entry';

/** The columns of the export in order. */
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

/** What separates the cells of a row. */
export type CsvSeparator = ',' | ';';

/** The texts and formats of the export, in the language and region of the user. */
export interface CsvFormat {
  /** The header row. Times are local; durations are in seconds. */
  readonly columns: Readonly<Record<CsvColumn, string>>;
  readonly outcome: (outcome: Outcome) => string;
  readonly direction: (direction: CallSummary['direction']) => string;
  readonly formatNumber: (number: string) => string;
  readonly separator: CsvSeparator;
}

/** Regions and languages with a decimal point whose spreadsheets separate by semicolons. */
const SEMICOLON_REGIONS: ReadonlySet<string> = new Set(['CH', 'LI']);
const SEMICOLON_LANGUAGES: ReadonlySet<string> = new Set(['ar', 'fa']);

/** The separator that Excel expects in a region: a comma can't also be the decimal sign. */
export function getCsvSeparator(locale: string): CsvSeparator {
  const { language, region } = new Intl.Locale(locale).maximize();
  if (SEMICOLON_REGIONS.has(region ?? '') || SEMICOLON_LANGUAGES.has(language)) return ';';
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ';' : ',';
}

/**
 * Exports entries as CSV (RFC 4180, with the byte order mark that spreadsheets need for UTF-8). No
 * cell can be read as a formula, whichever separator the spreadsheet uses.
 */
export function toCsv(entries: Iterable<LogEntry>, format: CsvFormat): string {
  const rows = [CSV_COLUMNS.map((column) => format.columns[column])];
  for (const entry of entries)
    rows.push(CSV_COLUMNS.map((column) => formatCell(column, entry, format)));
  const lines = rows.map((row) => row.map(escapeCell).join(format.separator));
  return `\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`;
}

function formatCell(column: CsvColumn, entry: LogEntry, format: CsvFormat): string {
  const { summary, outcome } = entry;
  switch (column) {
    case 'started':
      return formatLocalTime(entry.startedAt);
    case 'answered':
      return formatLocalTime(entry.answeredAt);
    case 'ended':
      return formatLocalTime(entry.endedAt);
    case 'direction':
      return format.direction(summary.direction);
    case 'outcome':
      return format.outcome(outcome);
    case 'answeredBy':
      return (outcome.kind === 'answered' ? outcome.by : undefined) ?? '';
    case 'name':
      return summary.party.name ?? '';
    case 'number':
      return formatNumberCell(summary.party.number, format);
    case 'customer':
      return formatCustomerPath(summary.customerPath) || (summary.customer ?? '');
    case 'endpoint':
      return summary.endpoint ?? '';
    case 'channel':
      return summary.channel ?? '';
    case 'rang':
      return formatSeconds(entry.ringMs);
    case 'talked':
      return formatSeconds(entry.talkMs);
    case 'held':
      return formatSeconds(entry.holdMs);
    case 'account':
      return entry.accountLabel ?? '';
  }
}

function formatSeconds(ms: number): string {
  return String(Math.round(ms / 1_000));
}

/** ISO 8601 in local time, with the space that spreadsheets need to recognize a date. */
function formatLocalTime(instant: number | undefined): string {
  if (instant === undefined) return '';
  const date = new Date(instant);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(padTwoDigits).join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(padTwoDigits).join(':')}`;
}

function padTwoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** A phone number in any notation, with nothing that could be a formula. */
const PHONE_NUMBER = /^\+?[\d\s().\-/]*\d[\d\s().\-/]*(?: ext\. \d+)?$/;
/**
 * Makes spreadsheets keep a number as text, with its plus and leading zeros. An apostrophe would be
 * visible. It also keeps the groups of digits in order on right-to-left sheets.
 */
export const LEFT_TO_RIGHT_MARK = '\u200E';

function formatNumberCell(number: string | undefined, { formatNumber }: CsvFormat): string {
  if (number === undefined) return '';
  const text = formatNumber(number);
  return PHONE_NUMBER.test(text) ? LEFT_TO_RIGHT_MARK + text : text;
}

// Where a cell begins: at its first character or, for a reader with another separator, after a
// comma, a semicolon, a tab, or the end of a line. Such a reader removes quotation marks.
const FORMULA = /^(?=[\t\r\n])|(?<=^|[,;\t\r\n])(?=["\s]*[=+\-@＝＋－＠﹦﹢﹣﹫−])/g;

/** A cell that no spreadsheet reads as a formula. */
export function escapeCell(text: string): string {
  const escaped = text.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(escaped) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
}
