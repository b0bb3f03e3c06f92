import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { runCommand, runInForeground } from './lib/cli.mjs';
import { getCacheFolder } from './lib/paths.mjs';
import { getSandboxSwitches, hasDisplay, setUp } from './lib/setup.mjs';

// Runs the app against the mock server. Without a display, it prints what happens within half a
// minute and takes screenshots. Arguments are passed to the app.
await runCommand(async () => {
  const electron = await setUp({ display: !hasDisplay() });
  await ensureBuilt(electron);
  const args = ['--demo', ...process.argv.slice(2)];
  if (hasDisplay()) {
    const profile = `--user-data-dir=${join(getCacheFolder(), 'demo-profile')}`;
    return runInForeground(electron.executable, ['.', profile, ...getSandboxSwitches(), ...args]);
  }
  const { runnerImport } = await import('vite');
  const file = join(import.meta.dirname, 'lib', 'record-demo.ts');
  const { module } = await runnerImport(file, { configFile: false, logLevel: 'error' });
  return module.recordDemo(electron.executable, args);
});
