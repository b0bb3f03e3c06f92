/** A measurement: a row of the table. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** The values it is compared with, measured in the same run. */
  readonly baseline?: { readonly name: string; readonly values: readonly number[] };
  readonly target: Target;
}

/** The maximum for the ratio of the medians or for a quantile of the values. */
interface Target {
  readonly of: 'ratio' | 'median' | '99%' | 'maximum';
  readonly max: number;
}

const HEADER = ['measurement', 'min / median / max', 'baseline', 'result', 'target', 'met'];

/** Formats the rows as a Markdown table. */
export function formatTable(rows: readonly Row[]): string {
  const cells = [HEADER, ...rows.map(formatRow)];
  const widths = HEADER.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const [header = '', ...lines] = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [header, rule, ...lines].join('\n');
}

function formatRow(row: Row): readonly string[] {
  const { name, unit, values, baseline, target } = row;
  const result = getResult(row);
  const suffix = target.of === 'ratio' ? '×' : unit;
  return [
    name,
    `${formatSpread(values)} ${unit}`,
    baseline === undefined ? '' : `${formatSpread(baseline.values)} ${unit} (${baseline.name})`,
    `${target.of === 'ratio' ? result.toFixed(2) : formatNumber(result)} ${suffix}`,
    `${target.of} ≤ ${target.of === 'ratio' ? target.max.toFixed(2) : target.max} ${suffix}`,
    isMet(row) ? 'yes' : 'no',
  ];
}

function getResult({ values, baseline, target }: Row): number {
  switch (target.of) {
    case 'ratio':
      return quantile(values, 0.5) / quantile(baseline?.values ?? [], 0.5);
    case 'median':
      return quantile(values, 0.5);
    case '99%':
      return quantile(values, 0.99);
    case 'maximum':
      return Math.max(...values);
  }
}

/** Whether a row meets its target at the precision that the table shows. */
export function isMet(row: Row): boolean {
  return Math.round(getResult(row) * 100) / 100 <= row.target.max;
}

/** Returns the value that this share of the values doesn't exceed, interpolated. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const index = (sorted.length - 1) * share;
  const below = sorted[Math.floor(index)] ?? Number.NaN;
  const above = sorted[Math.ceil(index)] ?? Number.NaN;
  return below + (above - below) * (index - Math.floor(index));
}

function formatSpread(values: readonly number[]): string {
  return [0, 0.5, 1].map((share) => formatNumber(quantile(values, share))).join(' / ');
}

/** Formats a number with three digits. */
function formatNumber(value: number): string {
  return value >= 1_000 ? value.toFixed(0) : value.toPrecision(3);
}
