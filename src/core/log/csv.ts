import { type CallSummary, formatCustomerPath } from '../calls/call-summary';
import type { LogEntry, Outcome } from './entry';

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
export interface CsvLabels {
  /** The header row. Times are local; `rang`, `talked` and `held` are in seconds. */
  readonly columns: Readonly<Record<CsvColumn, string>>;
  readonly outcome: (outcome: Outcome) => string;
  readonly direction: (direction: CallSummary['direction']) => string;
}

/**
 * Entries as CSV (RFC 4180, with a byte order mark, by which spreadsheets know UTF-8). No cell is
 * a formula, neither in a spreadsheet that separates cells by commas nor in one that does so by
 * semicolons or tabs.
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

/** ISO 8601 in local time, with the space that spreadsheets need to know a date by. */
function formatLocalTime(instant: number | undefined): string {
  if (instant === undefined) return '';
  const date = new Date(instant);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(padTwoDigits).join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(padTwoDigits).join(':')}`;
}

function padTwoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

// Where a cell begins: at its first character, or, for a reader that separates cells otherwise,
// after a semicolon, a tab or the end of a line.
const FORMULA = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/g;

function escapeCell(text: string): string {
  const defused = text.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
