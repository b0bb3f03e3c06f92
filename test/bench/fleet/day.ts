import type { Chance } from './chance';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** When somebody works, and how lively that is. Seconds of the day; rates by the hour. */
export interface Shift {
  readonly worksAt: (second: number) => boolean;
  readonly eatsAt: (second: number) => boolean;
  /** When work begins next, `Infinity` when it does not that day. */
  readonly nextStart: (second: number) => number;
  /** Calls that ring, queue or are dialled where this companion sees them, its team's included. */
  readonly callsAt: (second: number) => number;
  readonly looks: number;
  readonly breaks: number;
  /** The computer stays on, and locked, after work. */
  readonly leavesOn: boolean;
}

/** Calls by the hour of an office day, as a share of the busiest hour. */
const LIVELY = [
  0.02, 0.02, 0.02, 0.02, 0.02, 0.03, 0.08, 0.25, 0.7, 0.95, 1, 0.9, 0.55, 0.75, 0.95, 0.85, 0.65,
  0.4, 0.15, 0.08, 0.05, 0.04, 0.03, 0.02,
];
/** Calls in the busiest hour that a team of four sees. */
const BUSIEST = 32;

/**
 * Somebody's shift. Four in five sit at a reception by day; the rest answer around the clock in
 * three shifts. Two in five leave their computer on when they go.
 */
export function someShift(chance: Chance): Shift {
  const around = chance.part() < 0.2;
  const begins = around
    ? Math.floor(chance.part() * 3) * 8 * HOUR
    : 8 * HOUR + (chance.part() - 0.5) * HOUR;
  const length = (around ? 8 : 9) * HOUR;
  const lunch = begins + 3.5 * HOUR + chance.part() * HOUR;
  return {
    worksAt: (second) => second >= begins && second < begins + length,
    eatsAt: (second) => second >= lunch && second < lunch + 0.75 * HOUR,
    nextStart: (second) => (second < begins ? begins : Infinity),
    callsAt: (second) => BUSIEST * (LIVELY[Math.floor((second % DAY) / HOUR)] ?? 0),
    looks: 6,
    breaks: 0.6,
    leavesOn: chance.part() < 0.4,
  };
}
