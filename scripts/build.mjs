import { build } from './lib/build.mjs';
import { runCommand } from './lib/cli.mjs';
import { setUpTools } from './lib/setup.mjs';

// Builds the app for the Electron in use here.
await runCommand(async () => {
  await setUpTools();
  const { ensureElectron } = await import('./lib/electron.mjs');
  const { buildTargets } = await ensureElectron();
  await build(buildTargets);
});
