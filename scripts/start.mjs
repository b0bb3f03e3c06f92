import { ensureBuilt } from './lib/build.mjs';
import { runCommand, runInForeground } from './lib/cli.mjs';
import { getSandboxSwitches, setUp } from './lib/setup.mjs';

// Builds the app and runs it. Arguments are passed to the app.
await runCommand(async () => {
  const electron = await setUp();
  await ensureBuilt(electron);
  const args = ['.', ...getSandboxSwitches(), ...process.argv.slice(2)];
  return runInForeground(electron.executable, args);
});
