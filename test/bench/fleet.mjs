import { join } from 'node:path';
import { command } from '../../scripts/setup/say.mjs';
import { setUpTools } from '../../scripts/setup/set-up.mjs';

/** Simulates the requests of 10,000 Ringsides. */
await command(async () => {
  await setUpTools();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(import.meta.dirname, 'fleet.ts'), {
    configFile: false,
  });
  process.stdout.write(`${module.simulateFleet()}\n`);
});
