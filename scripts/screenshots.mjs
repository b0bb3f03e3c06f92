import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { log, runCommand } from './lib/cli.mjs';
import { projectFolder } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

// Takes the screenshots in resources/screenshots: of the window, and of a real desktop with the
// panel and the notification service of Xfce. For Linux.
await runCommand(async () => {
  const electron = await setUp({ display: true, desktop: true });
  await ensureBuilt(electron);
  // It uses npm packages, so it can only be loaded now.
  const { takeScreenshots } = await import('./lib/desktop-screenshots.mjs');
  const folder = join(projectFolder, 'resources', 'screenshots');
  await takeScreenshots(electron.executable, folder);
  log(`The screenshots are in ${folder}.`);
});
