import { ensureBuilt } from './lib/build.mjs';
import { log, runCommand } from './lib/cli.mjs';
import { setUp } from './lib/setup.mjs';
import { countCheck } from './lib/test-counts.mjs';
import { runCheck, runEndToEndTests, runUnitTests } from './lib/test-runs.mjs';

/** @typedef {import('./lib/test-counts.mjs').Counts} Counts */

// Sets up what is missing, runs all checks and tests, and ends with the line `N passed, N failed`.
await runCommand(async () => {
  const electron = await setUp({ display: true, tests: true });
  const checks = {
    // Covers the files that tsc would check, and the Svelte components.
    Types: () => runCheck('svelte-check', 'svelte-check', '--fail-on-warnings'),
    'Types of the scripts': () => runCheck('typescript', 'tsc', '-p', 'scripts'),
    Lint: () => runCheck('eslint', 'eslint', '.'),
    Format: () => runCheck('prettier', 'prettier', '--check', '--log-level=warn', '.'),
    Build: () => ensureBuilt(electron).then(() => countCheck(0)),
  };
  const total = { passed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];

  /** @type {(name: string, start: () => Promise<Counts & { output?: string }>) => Promise<void>} */
  const run = async (name, start) => {
    log(`\n── ${name}`);
    const startedAt = Date.now();
    const { output = '', ...counts } = await start().catch((error) => ({
      output: '',
      passed: 0,
      skipped: 0,
      failures: [error instanceof Error ? error.message : String(error)],
    }));
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    log(
      `\n${output}── ${name}: ${counts.passed} passed, ${counts.failures.length} failed in ${seconds} s`,
    );
    total.passed += counts.passed;
    total.skipped += counts.skipped;
    failures.push(...counts.failures.map((failure) => `${name}: ${failure}`));
  };
  const runChecks = async () => {
    for (const [name, start] of Object.entries(checks)) await run(name, start);
  };

  await Promise.all([runChecks(), run('Unit tests', runUnitTests)]);
  await run('End-to-end tests', async () => {
    await ensureBuilt(electron);
    return runEndToEndTests(electron.executable);
  });
  log('');
  for (const failure of failures) log(`✘ ${failure}`);
  if (total.skipped > 0)
    log(`${total.skipped} skipped, because this machine lacks what they need.`);
  process.stdout.write(`\n${total.passed} passed, ${failures.length} failed\n`);
  return failures.length === 0 ? 0 : 1;
});
