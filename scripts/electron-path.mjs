import { runCommand } from './lib/cli.mjs';
import { setUpTools } from './lib/setup.mjs';

// Prints the absolute path of the Electron in use.
await runCommand(async () => {
  await setUpTools();
  const { ensureElectron } = await import('./lib/electron.mjs');
  process.stdout.write(`${(await ensureElectron()).executable}\n`);
});
