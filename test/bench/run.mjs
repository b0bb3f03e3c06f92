import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../scripts/setup/build.mjs';
import { command, say, SetupError } from '../../scripts/setup/say.mjs';
import { setUp } from '../../scripts/setup/set-up.mjs';
import { startVirtualDisplay } from '../../scripts/setup/virtual-display.mjs';

/**
 * Measures what Ringside costs, on a virtual screen with buses of its own. `--quick` takes a minute
 * and a half; `--only NAME` measures one thing.
 */
await command(async () => {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  if (process.platform !== 'linux') {
    throw new SetupError('It reads what only Linux tells of processes and screens.');
  }
  const electron = await setUp({ display: true, session: true });
  await ensureBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'ringside-bench-screen-'));
  const display = await startVirtualDisplay({ folder });
  try {
    process.env.DISPLAY = display.display;
    process.env.ELECTRON_EXEC_PATH = electron;
    // It needs the packages, which may not have been there when this file was loaded.
    const { runnerImport } = await import('vite');
    const { module } = await runnerImport(join(import.meta.dirname, 'bench.ts'), {
      configFile: false,
    });
    const plan = { quick: values.quick, electron, screen: join(folder, 'Xvfb_screen0') };
    process.stdout.write(`\n${await module.bench(plan, values.only, say)}\n`);
  } finally {
    await display.close();
    await rm(folder, { recursive: true, force: true });
  }
});
