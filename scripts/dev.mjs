import { foreground } from './setup/foreground.mjs';
import { projectFolder } from './setup/places.mjs';
import { command } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';
import { sandboxSwitches } from './setup/switches.mjs';
import { tool } from './setup/tool.mjs';

/** Runs the app from its sources, the window with hot reload; further arguments go to the app. */
await command(async () => {
  const electron = await setUp();
  const appArgs = [...sandboxSwitches(), ...process.argv.slice(2)];
  return foreground(process.execPath, [await tool('electron-vite'), 'dev', '--', ...appArgs], {
    cwd: projectFolder,
    env: { ...process.env, ELECTRON_EXEC_PATH: electron },
  });
});
