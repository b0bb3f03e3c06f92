import { ensureBuilt } from './lib/build.mjs';
import { runCommand } from './lib/cli.mjs';
import { setUp } from './lib/setup.mjs';
import { runEndToEndTests } from './lib/test-runs.mjs';

// Runs the end-to-end tests. Arguments are passed to Playwright.
await runCommand(async () => {
  const electron = await setUp({ display: true, tests: true });
  await ensureBuilt(electron);
  const { failures } = await runEndToEndTests(electron.executable, process.argv.slice(2));
  return failures.length === 0 ? 0 : 1;
});
