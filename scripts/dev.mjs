import { getTool, runCommand, runInForeground } from './lib/cli.mjs';
import { getSandboxSwitches, setUp } from './lib/setup.mjs';

// Runs the app from its sources with hot reload. Arguments are passed to the app.
await runCommand(async () => {
  const { executable } = await setUp();
  const appArgs = [...getSandboxSwitches(), ...process.argv.slice(2)];
  return runInForeground(process.execPath, [getTool('electron-vite'), 'dev', '--', ...appArgs], {
    env: { ...process.env, ELECTRON_EXEC_PATH: executable },
  });
});
