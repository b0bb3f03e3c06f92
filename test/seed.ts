import fc from 'fast-check';

// Random tests use a fixed seed so that a commit always gives the same result. The long runs
// (`npm run test:properties`) use a new seed each time, and `RINGSIDE_SEED` sets one.
const { RINGSIDE_SEED: seed, RINGSIDE_SEQUENCES: sequences } = process.env;
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
else if (sequences === undefined) fc.configureGlobal({ seed: 1 });
