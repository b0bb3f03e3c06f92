import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { projectFolder } from './paths.mjs';

/** Long enough for a busy machine. */
const TIMEOUT_MS = 30_000;

/**
 * Starts the built app to take screenshots of it.
 *
 * @param {string} electron the executable
 * @param {{ profile: string, args: readonly string[], env: Record<string, string> }} options
 */
export function launchApp(electron, { profile, args, env }) {
  return _electron.launch({
    executablePath: electron,
    // Containers often lack what Chromium's sandbox needs. Only our own pages are shown.
    args: [projectFolder, `--user-data-dir=${profile}`, '--no-sandbox', ...args],
    env: { .../** @type {Record<string, string>} */ (process.env), WAYLAND_DISPLAY: '', ...env },
    timeout: TIMEOUT_MS,
  });
}

/**
 * Takes screenshots of the calls and of the details of the first one, light and dark.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} folder
 */
export async function takeWindowScreenshots(page, folder) {
  await mkdir(folder, { recursive: true });
  const row = page.locator('[data-row]').first();
  await row.waitFor({ timeout: TIMEOUT_MS });
  await takeScreenshotPair(page, folder, 'list');
  await row.click();
  await row.waitFor({ state: 'hidden', timeout: TIMEOUT_MS });
  await takeScreenshotPair(page, folder, 'details');
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} folder
 * @param {string} name
 */
async function takeScreenshotPair(page, folder, name) {
  for (const [colorScheme, suffix] of /** @type {const} */ ([
    ['light', ''],
    ['dark', '-dark'],
  ])) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}${suffix}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: null });
}
