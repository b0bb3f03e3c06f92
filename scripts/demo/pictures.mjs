import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { encodePng } from './png.mjs';
import { decodeXwd } from './xwd.mjs';

/** How long anything may take to appear, in milliseconds. */
const patience = 15_000;
/** What just came fades and slides in. In milliseconds. */
const settling = 600;

/**
 * Takes the pictures, while the scenario plays: the whole desktop while it rings with the window
 * open, the list and a session's details; the window light and dark.
 *
 * @param {object} on
 * @param {import('@playwright/test').ElectronApplication} on.app
 * @param {import('../../test/e2e/desktop/record').Recorder} on.recorder
 * @param {string} on.screen the file with the virtual screen's memory
 * @param {string} on.pictures the folder to leave them in
 */
export async function takePictures({ app, recorder: { daemon, tray }, screen, pictures }) {
  await mkdir(pictures, { recursive: true });
  await tray.waitFor(() => true, 'an icon', patience);
  await daemon.waitForOpen({}, patience);
  await tray.activate();
  const page = app.windows()[0] ?? (await app.firstWindow());
  const row = page.locator('[data-row]').first();
  await row.waitFor({ timeout: patience });
  await delay(settling);
  const dump = decodeXwd(await readFile(screen));
  await writeFile(join(pictures, 'desktop.png'), encodePng(dump));
  await inBothLights(page, pictures, 'list');
  await row.click();
  await row.waitFor({ state: 'hidden', timeout: patience });
  await delay(settling);
  await inBothLights(page, pictures, 'details');
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} pictures
 * @param {string} name
 */
async function inBothLights(page, pictures, name) {
  for (const [colorScheme, file] of /** @type {const} */ ([
    ['light', `${name}.png`],
    ['dark', `${name}-dark.png`],
  ])) {
    await page.emulateMedia({ colorScheme });
    // Of colours that are on their way from one light to the other, it shows the end.
    await page.screenshot({ path: join(pictures, file), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: null });
}
