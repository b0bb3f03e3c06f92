import type { DayView } from '../../shared/contract';

/** One hour of the day and what happened in it. */
export interface Hour {
  /** 0 to 23. */
  readonly hour: number;
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
  readonly total: number;
}

/** The hours that are shown at least: a day at a desk. */
const FIRST = 8;
const LAST = 17;

/** The hours to draw: a day at a desk, and whatever happened before or after. */
export function shownHours(hours: DayView['hours']): readonly Hour[] {
  const all = hours.map((counts, hour) => ({
    ...counts,
    hour,
    total: counts.answered + counts.missed + counts.outgoing,
  }));
  const busy = all.filter(({ total }) => total > 0).map(({ hour }) => hour);
  const first = Math.min(FIRST, ...busy);
  const last = Math.max(LAST, ...busy);
  return all.slice(first, last + 1);
}

/** A round number no smaller than the busiest hour: what the full height of the chart means. */
export function fullHeight(hours: readonly Hour[]): number {
  const most = Math.max(0, ...hours.map(({ total }) => total));
  const step = most <= 4 ? 2 : most <= 10 ? 5 : 10 ** Math.floor(Math.log10(most));
  return Math.max(step, Math.ceil(most / step) * step);
}
