import type { DaySummary } from '../../../core/log/day';

/** The calls of one hour. */
export interface Hour {
  /** From 0 to 23. */
  readonly hour: number;
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
  readonly total: number;
}

/** The chart always covers office hours. */
const FIRST_OFFICE_HOUR = 8;
const LAST_OFFICE_HOUR = 17;

/** Returns office hours, extended to all hours with calls. */
export function getVisibleHours(hours: DaySummary['hours']): readonly Hour[] {
  const all = hours.map((counts, hour) => ({
    ...counts,
    hour,
    total: counts.answered + counts.missed + counts.outgoing,
  }));
  const busyHours = all.filter(({ total }) => total > 0).map(({ hour }) => hour);
  const first = Math.min(FIRST_OFFICE_HOUR, ...busyHours);
  const last = Math.max(LAST_OFFICE_HOUR, ...busyHours);
  return all.slice(first, last + 1);
}

/** Returns the upper end of the axis: a round number no smaller than the busiest hour. */
export function getAxisMax(hours: readonly Hour[]): number {
  const max = Math.max(0, ...hours.map(({ total }) => total));
  const step = max <= 4 ? 2 : max <= 10 ? 5 : 10 ** Math.floor(Math.log10(max));
  return Math.max(step, Math.ceil(max / step) * step);
}

/** Returns the start of the day some days before another. Days with a clock change don't have 24 hours. */
export function getEarlierDay(startOfDay: number, days: number): number {
  const date = new Date(startOfDay);
  return date.setDate(date.getDate() - days);
}
