import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { runnerImport } from 'vite';
import { describe, expect, test } from 'vitest';
import type * as Properties from './histories';
import { MUTANTS, type Mutant } from './mutants';

const CORE = join(import.meta.dirname, '../../../src/core');
/** As many as `npm test` lives through; a mutant that survives them would survive there. */
const HISTORIES = 3_000;
/** Always the same histories: whether a mutant is found is no matter of luck. */
const SEED = 1;

describe('the properties of the rules find out that', () => {
  for (const mutant of MUTANTS) {
    test(mutant.name, { timeout: 120_000 }, async () => {
      const { histories, liveThrough } = await propertiesOf(mutant);
      const property = fc.property(histories, liveThrough);
      const found = fc.check(property, {
        seed: SEED,
        numRuns: HISTORIES,
        endOnFailure: true,
      });
      expect(found.failed).toBe(true);
    });
  }
});

/** The properties over a copy of the rules in which one is broken. */
async function propertiesOf({ file, from, to }: Mutant): Promise<typeof Properties> {
  const broken = join(CORE, file);
  if (readFileSync(broken, 'utf8').split(from).length !== 2) {
    throw new Error(`what the mutant replaces is not once in ${file}: ${from}`);
  }
  const { module } = await runnerImport<typeof Properties>(
    join(import.meta.dirname, 'histories.ts'),
    {
      configFile: false,
      logLevel: 'error',
      plugins: [
        {
          name: 'mutant',
          enforce: 'pre',
          transform: (code, id) => (id === broken ? code.replace(from, to) : undefined),
        },
      ],
    },
  );
  return module;
}
