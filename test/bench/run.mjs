import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { runCommand, log, SetupError } from '../../scripts/lib/cli.mjs';
import { setUp } from '../../scripts/lib/setup.mjs';
import { startVirtualDisplay } from '../../scripts/lib/virtual-display.mjs';

/**
 * Runs the benchmark on a virtual screen; `--only NAME` runs one measurement. `soak` runs the app
 * for three or `--minutes` minutes instead.
 */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      minutes: { type: 'string', default: '3' },
    },
  });
  const isSoak = positionals.includes('soak');
  if (process.platform !== 'linux') throw new SetupError('This needs Linux.');
  const electron = await setUp({ display: true });
  await ensureBuilt(electron);
  const folder = await mkdtemp(join(tmpdir(), 'ringside-bench-'));
  const display = await startVirtualDisplay({ folder });
  try {
    process.env.DISPLAY = display.display;
    process.env.ELECTRON_EXEC_PATH = electron.executable;
    // Vite may not have been installed when this file was loaded.
    const { runnerImport } = await import('vite');
    const { module } = await runnerImport(
      join(import.meta.dirname, isSoak ? 'soak.ts' : 'bench.ts'),
      {
        configFile: false,
      },
    );
    if (isSoak) return (await module.runSoak(Number(values.minutes), log)) ? 0 : 1;
    const environment = { electron: electron.executable, screen: join(folder, 'Xvfb_screen0') };
    process.stdout.write(`\n${await module.runBench(environment, values.only, log)}\n`);
    return 0;
  } finally {
    await display.close();
    await rm(folder, { recursive: true, force: true });
  }
});
