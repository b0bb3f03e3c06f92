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

/** The translated texts of the export. */
export interface CsvLabels {
  /** The header row. Times are local; durations are in seconds. */
  readonly columns: Readonly<Record<CsvColumn, string>>;
  readonly outcome: (outcome: Outcome) => string;
  readonly direction: (direction: CallSummary['direction']) => string;
}

/**
 * Exports entries as CSV (RFC 4180, with the byte order mark that spreadsheets need for UTF-8). No
 * cell can be read as a formula, whichever separator the spreadsheet uses.
 */
export function toCsv(entries: Iterable<LogEntry>, labels: CsvLabels): string {
  const rows = [CSV_COLUMNS.map((column) => labels.columns[column])];
  for (const entry of entries)
    rows.push(CSV_COLUMNS.map((column) => formatCell(column, entry, labels)));
  return `\uFEFF${rows.map((row) => `${row.map(escapeCell).join(',')}\r\n`).join('')}`;
}

function formatCell(column: CsvColumn, entry: LogEntry, labels: CsvLabels): string {
  const { summary, outcome } = entry;
  switch (column) {
    case 'started':
      return formatLocalTime(entry.startedAt);
    case 'answered':
      return formatLocalTime(entry.answeredAt);
    case 'ended':
      return formatLocalTime(entry.endedAt);
    case 'direction':
      return labels.direction(summary.direction);
    case 'outcome':
      return labels.outcome(outcome);
    case 'answeredBy':
      return (outcome.kind === 'answered' ? outcome.by : undefined) ?? '';
    case 'name':
      return summary.party.name ?? '';
    case 'number':
      return summary.party.number ?? '';
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

// The start of a cell: of the text, or after a character that another program may take for a
// separator.
const FORMULA = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/g;

function escapeCell(text: string): string {
  const defused = text.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
