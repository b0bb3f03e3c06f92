import type { Figure } from './figure';
import type { Spread } from './spread';

const HEAD = ['', 'least / median / most', 'against', 'ratio', 'aim', 'met'];

/** The figures as a table in Markdown, which a terminal shows as well. */
export function table(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cells)];
  const widths = HEAD.map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(HEAD), rule, ...figures.map((figure) => line(cells(figure)))].join('\n');
}

function cells({ what, unit, ringside, against, ratio, aim, met }: Figure): string[] {
  return [
    what,
    `${spread(ringside)} ${unit}`,
    against === undefined ? '' : `${spread(against)} ${unit} (${against.name})`,
    ratio === undefined ? '' : ratio.toFixed(2),
    aim ?? '',
    met === undefined ? '' : met ? 'yes' : 'no',
  ];
}

function spread({ least, median, most, count }: Spread): string {
  return count === 1 ? short(median) : [least, median, most].map(short).join(' / ');
}

/** Three digits tell as much as there is to tell. */
function short(value: number): string {
  const digits = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.max(value, 1e-9)))));
  return value.toFixed(digits);
}
