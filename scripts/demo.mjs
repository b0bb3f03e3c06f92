import { join } from 'node:path';
import { ensureBuilt } from './setup/build.mjs';
import { foreground } from './setup/foreground.mjs';
import { cacheFolder, projectFolder } from './setup/places.mjs';
import { command } from './setup/say.mjs';
import { hasDisplay, setUp } from './setup/set-up.mjs';
import { sandboxSwitches } from './setup/switches.mjs';

/**
 * Runs the app against the stand-in. Without a display it plays to itself for half a minute, tells
 * what happens and leaves pictures. Further arguments go to the app.
 */
await command(async () => {
  const headless = !hasDisplay();
  const electron = await setUp({ display: headless, session: headless });
  await ensureBuilt();
  const args = ['--demo', ...process.argv.slice(2)];
  if (headless) {
    // It needs the packages, which were not there when this file was loaded.
    const { playHeadless } = await import('./demo/headless.mjs');
    // The pictures want the window when it rings: it is opened then, by its icon.
    return playHeadless(electron, ['--hidden', ...args]);
  }
  const profile = `--user-data-dir=${join(cacheFolder(), 'demo-profile')}`;
  return foreground(electron, ['.', profile, ...sandboxSwitches(), ...args], {
    cwd: projectFolder,
  });
});
