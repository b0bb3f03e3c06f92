import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { getTool, runCommand, runInForeground } from './lib/cli.mjs';
import { projectFolder } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

const TIMEOUT_MS = 10 * 60_000;

// Runs the journey with the screen reader Orca, on Linux only. Arguments are passed to Playwright.
await runCommand(async () => {
  const electron = await setUp({ display: true, tests: true, orca: true });
  await ensureBuilt(electron);
  const playwright = getTool('@playwright/test', 'playwright');
  const config = join(projectFolder, 'test', 'orca', 'playwright.config.ts');
  return runInForeground(
    process.execPath,
    [playwright, 'test', '-c', config, ...process.argv.slice(2)],
    { env: { ...process.env, ELECTRON_EXEC_PATH: electron.executable }, timeout: TIMEOUT_MS },
  );
});
