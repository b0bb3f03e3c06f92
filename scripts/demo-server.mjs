import { ensureBuilt } from './setup/build.mjs';
import { foreground } from './setup/foreground.mjs';
import { projectFolder } from './setup/places.mjs';
import { command } from './setup/say.mjs';
import { setUpTools } from './setup/set-up.mjs';

/** Runs the stand-in server; further arguments go to it, and standard output is its own. */
await command(async () => {
  await setUpTools();
  await ensureBuilt();
  return foreground(process.execPath, ['out/main/demo-server.js', ...process.argv.slice(2)], {
    cwd: projectFolder,
  });
});
