import type { Phase } from '../../core/phase';
import type { Segment } from '../../core/log-entry';

/** A stretch of the call as a picture shows it; `from` and `to` in ms since 1970. */
export interface Stretch {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

/** A mark on the time axis: ms since the start of the call, and its place from 0 to 1. */
export interface AxisMark {
  readonly at: number;
  readonly place: number;
}

/** Turns the instants at which phases began into stretches that end at `end` (ms since 1970). */
export function stretchesOf(segments: readonly Segment[], end: number): readonly Stretch[] {
  return segments.flatMap(({ phase, from }, index) => {
    const to = Math.max(from, segments[index + 1]?.from ?? end);
    return phase === 'ended' ? [] : [{ phase, from, to }];
  });
}

/** How long each phase lasted in all, in ms, in the order of their first appearance. */
export function totalsOf(stretches: readonly Stretch[]): ReadonlyMap<Phase, number> {
  const totals = new Map<Phase, number>();
  for (const { phase, from, to } of stretches) {
    totals.set(phase, (totals.get(phase) ?? 0) + to - from);
  }
  return totals;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps at which people expect marks. */
const STEPS = [
  ...[1, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12, 24, 48, 168].map((hours) => hours * HOUR),
];
const MOST_MARKS = 5;

/** The marks of an axis over `length` ms: round, at most five, never crowded at the end. */
export function axisOf(length: number): readonly AxisMark[] {
  if (length <= 0) return [];
  const step = STEPS.find((candidate) => length / candidate < MOST_MARKS) ?? length;
  const count = Math.floor(length / step) + 1;
  return Array.from({ length: count }, (_, index) => ({
    at: index * step,
    place: (index * step) / length,
  }));
}
