import { quantile, spreadOf, type Spread } from './spread';

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly unit: 'ms' | 'MiB' | 'KB' | '×' | 'requests/s';
  readonly ringside: Spread;
  /** What it is measured against, in the same run. */
  readonly against?: Spread & { readonly name: string };
  /** Of the two medians. */
  readonly ratio?: number;
  /** In words, as it was set; none for what is only told. */
  readonly aim?: string;
  readonly met?: boolean;
}

/** How much is measured. */
export interface Plan {
  /** A look in a minute and a half, in place of figures to quote. */
  readonly quick: boolean;
  /** The Electron in use. */
  readonly electron: string;
  /** The file with the virtual screen's memory. */
  readonly screen: string;
}

/** What was measured, as a line. */
interface Measured {
  readonly what: string;
  readonly unit: Figure['unit'];
  readonly values: readonly number[];
}

/** A figure whose median must not be above some number of times that of something else. */
export function compared(
  { what, unit, values }: Measured,
  name: string,
  against: readonly number[],
  times?: number,
): Figure {
  const ratio = quantile(values, 0.5) / quantile(against, 0.5);
  const figure = {
    ...{ what, unit, ratio },
    ringside: spreadOf(values),
    against: { ...spreadOf(against), name },
  };
  if (times === undefined) return figure;
  return { ...figure, aim: `≤ ${times.toFixed(2)} × ${name}`, met: round(ratio) <= times };
}

/** A figure of which some share must not be above a number. */
export function bounded(
  { what, unit, values }: Measured,
  most?: number,
  share: 'median' | '99 %' | 'longest' = 'median',
): Figure {
  const figure = { what, unit, ringside: spreadOf(values) };
  if (most === undefined) return figure;
  const value = quantile(values, { median: 0.5, '99 %': 0.99, longest: 1 }[share]);
  const which = values.length === 1 ? '' : `${share} `;
  return { ...figure, aim: `${which}≤ ${most} ${unit}`, met: value <= most };
}

/** As the table shows it: what it calls equal is equal. */
function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
