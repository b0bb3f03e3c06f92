import fc from 'fast-check';

/**
 * The same commit gives the same answer on every machine and every day: what chance alone would
 * find belongs to the long forms, which look elsewhere each time, and to `RINGSIDE_SEED`.
 */
const { RINGSIDE_SEED: seed, RINGSIDE_SEQUENCES: sequences } = process.env;
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
else if (sequences === undefined) fc.configureGlobal({ seed: 1 });
