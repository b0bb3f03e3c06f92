import { join } from 'node:path';
import { command, say } from '../../scripts/setup/say.mjs';
import { setUpTools } from '../../scripts/setup/set-up.mjs';

/** Simulates 10,000 and 100,000 companions with the code that paces Ringside. */
await command(async () => {
  await setUpTools();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(import.meta.dirname, 'fleet/command.ts'), {
    configFile: false,
  });
  process.stdout.write(`${await module.runFleets(say)}\n`);
});
