import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventSequences, checkSequence } from './event-sequences';

/** `npm run test:properties` asks for far more. */
const SEQUENCES = Number(process.env['RINGSIDE_SEQUENCES'] ?? 3_000);

test(
  'whatever happens, each ring and each miss is told exactly once',
  { timeout: Infinity },
  () => {
    expect(SEQUENCES).toBeGreaterThan(0);
    fc.assert(fc.property(eventSequences, checkSequence), { numRuns: SEQUENCES });
  },
);
