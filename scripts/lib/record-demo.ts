import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPrivateBus } from '../../test/e2e/desktop/dbus';
import { describeEvent, startDesktopRecorder } from '../../test/e2e/desktop/desktop-recorder';
import { log } from './cli.mjs';
import { projectFolder } from './paths.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';
import { launchApp, takeWindowScreenshots } from './window-screenshots.mjs';

const DURATION_MS = 30_000;
const START_TIMEOUT_MS = 30_000;

/**
 * Runs the demo on a virtual desktop, prints every notification and tray change to standard output,
 * and takes screenshots of the window.
 */
export async function recordDemo(electron: string, args: readonly string[]): Promise<void> {
  log('There is no display. The demo runs for half a minute on a virtual one.');
  const screenshots = join(projectFolder, 'artifacts', 'demo');
  const startedAt = Date.now();
  const print = (line: string): void => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${seconds.padStart(5)} s  ${line}\n`);
  };
  const cleanups: (() => unknown)[] = [];
  try {
    const profile = await mkdtemp(join(tmpdir(), 'ringside-demo-'));
    cleanups.push(() => rm(profile, { recursive: true, force: true }));
    const screen = await startVirtualDisplay();
    cleanups.push(() => screen.close());
    const bus = await startPrivateBus();
    cleanups.push(() => bus.close());
    const recorder = await startDesktopRecorder({
      busAddress: bus.address,
      onEvent: (event) => {
        print(decodeMarkup(describeEvent(event)));
      },
    });
    cleanups.push(() => {
      recorder.close();
    });
    const app = await launchApp(electron, {
      profile,
      args,
      env: { DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: bus.address },
    });
    cleanups.push(() => app.close());
    await recorder.daemon.waitForOpen({ title: /is calling/ }, START_TIMEOUT_MS);
    await takeWindowScreenshots(await app.firstWindow(), screenshots);
    await delay(startedAt + DURATION_MS - Date.now());
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
  log(`The screenshots are in ${relative(process.cwd(), screenshots)}.`);
}

/** On the bus the text of a notification is markup. */
function decodeMarkup(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
