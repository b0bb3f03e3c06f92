import { join } from 'node:path';
import { runCommand } from '../../scripts/lib/cli.mjs';
import { setUpTools } from '../../scripts/lib/setup.mjs';

/** Simulates the requests of 10,000 Ringsides. */
await runCommand(async () => {
  await setUpTools();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(import.meta.dirname, 'fleet.ts'), {
    configFile: false,
  });
  process.stdout.write(`${module.simulateFleet()}\n`);
});
