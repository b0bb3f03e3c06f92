import type { Segment } from '../../../core/log/entry';
import type { Phase } from '../../../core/calls/phase';

/** A phase with its start and end in ms since 1970. */
export interface Span {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

/** A tick of the time axis. */
export interface AxisTick {
  /** ms since the start of the call. */
  readonly at: number;
  /** From 0 to 1. */
  readonly position: number;
}

const MAX_TICKS = 5;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const TICK_STEPS_MS = [
  ...[1, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 6, 12, 24, 48, 168].map((hours) => hours * HOUR_MS),
];

/** Turns the starts of phases into spans, the last of which ends at `end`. */
export function toSpans(segments: readonly Segment[], end: number): readonly Span[] {
  return segments.flatMap(({ phase, from }, index) => {
    const to = Math.max(from, segments[index + 1]?.from ?? end);
    return phase === 'ended' ? [] : [{ phase, from, to }];
  });
}

/** Returns the total time of each phase in ms, in order of first appearance. */
export function sumByPhase(spans: readonly Span[]): ReadonlyMap<Phase, number> {
  const totals = new Map<Phase, number>();
  for (const { phase, from, to } of spans) {
    totals.set(phase, (totals.get(phase) ?? 0) + to - from);
  }
  return totals;
}

/** Returns at most five round ticks for a duration in ms. */
export function getAxisTicks(durationMs: number): readonly AxisTick[] {
  if (durationMs <= 0) return [];
  const step = TICK_STEPS_MS.find((candidate) => durationMs / candidate < MAX_TICKS) ?? durationMs;
  const count = Math.floor(durationMs / step) + 1;
  return Array.from({ length: count }, (_, index) => ({
    at: index * step,
    position: (index * step) / durationMs,
  }));
}
