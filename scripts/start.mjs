import { ensureBuilt } from './setup/build.mjs';
import { foreground } from './setup/foreground.mjs';
import { projectFolder } from './setup/places.mjs';
import { command } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';
import { sandboxSwitches } from './setup/switches.mjs';

/** Runs the app for real; further arguments go to it. */
await command(async () => {
  const electron = await setUp();
  await ensureBuilt();
  const args = ['.', ...sandboxSwitches(), ...process.argv.slice(2)];
  return foreground(electron, args, { cwd: projectFolder });
});
