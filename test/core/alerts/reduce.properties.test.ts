import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventSequences, checkSequence } from './event-sequences';

/** `npm run test:properties` runs far more. */
const SEQUENCES = Number(process.env['RINGSIDE_SEQUENCES'] ?? 3_000);

test(
  'reduce announces each ring and each missed call exactly once in any sequence of events',
  { timeout: Infinity },
  () => {
    expect(SEQUENCES).toBeGreaterThan(0);
    fc.assert(fc.property(eventSequences, checkSequence), { numRuns: SEQUENCES });
  },
);
