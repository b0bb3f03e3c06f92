import { check, endToEnd, vitest } from './checks/stages.mjs';
import { countCheck, inWords, sum, summary } from './checks/count.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { command, say, SetupError } from './setup/say.mjs';
import { hasDisplay, setUp } from './setup/set-up.mjs';

/** Sets up what is missing, runs everything, and ends with one line that counts. */
await command(async () => {
  const electron = await setUp({ display: !hasDisplay(), session: true, tests: true });
  /** @type {[string, () => Promise<import('./checks/count.mjs').Count>][]} */
  const stages = [
    ['Types', () => check('typescript', 'tsc', [])],
    ['Types of the scripts', () => check('typescript', 'tsc', ['-p', 'scripts'])],
    ['Types of the window', () => check('svelte-check', 'svelte-check', ['--fail-on-warnings'])],
    ['Lint', () => check('eslint', 'eslint', ['.'])],
    ['Format', () => check('prettier', 'prettier', ['--check', '--log-level=warn', '.'])],
    ['Tests', vitest],
    [
      'End to end',
      async () => {
        await ensureBuilt();
        return endToEnd(electron);
      },
    ],
  ];
  const counts = [];
  for (const [name, stage] of stages) {
    const start = Date.now();
    say(`\n── ${name}`);
    const count = await stage().catch((error) => {
      say(error instanceof SetupError ? error.message : String(error));
      return countCheck(1);
    });
    say(`── ${name}: ${inWords(count)} in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    const named = count.failures.length > 0 || count.failed === 0 ? count.failures : ['as a whole'];
    counts.push({ ...count, failures: named.map((failure) => `${name}: ${failure}`) });
  }
  const total = sum(counts);
  // What failed is told once more where one looks first, below thousands of lines.
  for (const failure of total.failures) say(`✘ ${failure}`);
  if (total.skipped > 0) say(`${total.skipped} skipped: this machine lacks what they need.`);
  process.stdout.write(`\n${summary(total)}\n`);
  return total.failed === 0 ? 0 : 1;
});
