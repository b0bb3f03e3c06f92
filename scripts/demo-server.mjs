import { ensureBuilt } from './lib/build.mjs';
import { runCommand, runInForeground } from './lib/cli.mjs';
import { setUpTools } from './lib/setup.mjs';

// Runs the mock server, which gets the arguments and uses standard output.
await runCommand(async () => {
  await setUpTools();
  await ensureBuilt();
  return runInForeground(process.execPath, ['out/main/demo-server.js', ...process.argv.slice(2)]);
});
