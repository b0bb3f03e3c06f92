import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories, liveThrough } from './event-sequences';

/** `npm run test:properties` asks for far more. */
const HISTORIES = Number(process.env['RINGSIDE_SEQUENCES'] ?? 3_000);

test(
  'whatever happens, each ring and each miss is told exactly once',
  { timeout: Infinity },
  () => {
    expect(HISTORIES).toBeGreaterThan(0);
    fc.assert(fc.property(histories, liveThrough), { numRuns: HISTORIES });
  },
);
