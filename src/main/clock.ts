import type { Mark } from '../core/mark';

/** No two runs on one machine share their process and the moment they started. */
const run = `${process.pid}-${performance.timeOrigin}`;

/** This moment, on the wall clock and on the steady one. */
export function now(): Mark {
  return { wall: Date.now(), steady: performance.now(), run };
}
