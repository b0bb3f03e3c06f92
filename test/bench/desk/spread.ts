/** What became of a figure over several rounds. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** How many times it was measured. */
  readonly count: number;
}

/** Sums up what was measured. */
export function spreadOf(values: readonly number[]): Spread {
  return {
    least: Math.min(...values),
    median: quantile(values, 0.5),
    most: Math.max(...values),
    count: values.length,
  };
}

/** The value that a share of the values does not exceed; between two it is interpolated. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
