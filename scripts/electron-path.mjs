import { ensureElectron } from './setup/electron.mjs';
import { checkNode } from './setup/node-version.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { command } from './setup/say.mjs';

/** Prints the absolute path of the Electron in use, and nothing else on standard output. */
await command(async () => {
  checkNode();
  await ensurePackages();
  process.stdout.write(`${await ensureElectron()}\n`);
});
