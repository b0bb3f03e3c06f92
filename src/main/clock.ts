import { randomUUID } from 'node:crypto';
import type { Mark } from '../core/mark';

const run = randomUUID();

/** This moment, on the wall clock and on the steady one. */
export function now(): Mark {
  return { wall: Date.now(), steady: performance.now(), run };
}
