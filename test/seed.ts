import fc from 'fast-check';

// Random tests use a fixed seed so that a commit always gives the same result. The long runs
// (`npm run test:properties` and `npm run test:fuzz`) use a new seed each time, and
// `RINGSIDE_SEED` sets one.
const { RINGSIDE_SEED: seed, RINGSIDE_SEQUENCES, RINGSIDE_RESPONSES } = process.env;
const isLongRun = (RINGSIDE_SEQUENCES ?? RINGSIDE_RESPONSES) !== undefined;
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
else if (!isLongRun) fc.configureGlobal({ seed: 1 });
