import { ensureElectron } from './setup/electron.mjs';
import { command } from './setup/say.mjs';
import { setUpTools } from './setup/set-up.mjs';

/** Prints the absolute path of the Electron in use, and nothing else on standard output. */
await command(async () => {
  await setUpTools();
  process.stdout.write(`${await ensureElectron()}\n`);
});
