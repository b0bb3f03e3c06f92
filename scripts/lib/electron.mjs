import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as offline from '../offline/index.mjs';
import { log, run, SetupError } from './cli.mjs';
import { getCacheFolder, projectFolder } from './paths.mjs';

/**
 * @typedef {object} Electron
 * @property {string} executable an absolute path
 * @property {string} [buildTargets] what to build for, unless it is the release that ships
 */

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
const RETRY_AFTER_MS = 24 * 60 * 60_000;

const electronPackage = join(projectFolder, 'node_modules', 'electron');

/** The release that package.json pins, which is the one that ships. */
const pinnedVersion = JSON.parse(
  readFileSync(join(electronPackage, 'package.json'), 'utf8'),
).version;

/** Exists if fetching the pinned release failed. */
const failureFile = join(getCacheFolder(), `electron-${pinnedVersion}.unavailable`);

/**
 * Finds an Electron to run, and downloads one if there is none. `ELECTRON_EXEC_PATH` overrides it.
 *
 * @returns {Promise<Electron>}
 */
export async function ensureElectron() {
  const given = process.env.ELECTRON_EXEC_PATH;
  if (given && !existsSync(given)) {
    throw new SetupError(`ELECTRON_EXEC_PATH is ${given}, which doesn't exist.`);
  }
  const executable = given ? resolve(given) : await ensurePinnedElectron();
  if (executable !== undefined && !offline.isOfflineElectron(executable)) return { executable };
  return offline.ensureElectron();
}

/**
 * Returns an Electron in the form that packaging tools expect.
 *
 * @returns {Promise<{ folder?: string, version: string, buildTargets?: string }>} without `folder`
 *   it is the pinned release, which they fetch themselves
 */
export async function ensureElectronForPackaging() {
  if ((await ensurePinnedElectron()) !== undefined) return { version: pinnedVersion };
  return offline.ensureElectronForPackaging();
}

/** @returns {Promise<string | undefined>} undefined if the offline one is used instead */
async function ensurePinnedElectron() {
  if (getPinnedExecutable() === undefined && !(offline.isSupported && hasFailedLately())) {
    await fetchPinnedElectron();
  }
  return getPinnedExecutable();
}

function getPinnedExecutable() {
  // The installer writes path.txt last.
  const pathFile = join(electronPackage, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = join(electronPackage, 'dist', readFileSync(pathFile, 'utf8'));
  const version = readFileSync(join(electronPackage, 'dist', 'version'), 'utf8');
  return version.replace(/^v/, '') === pinnedVersion ? executable : undefined;
}

function hasFailedLately() {
  const failedAt = statSync(failureFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - failedAt < RETRY_AFTER_MS;
}

async function fetchPinnedElectron() {
  log(`Fetching Electron ${pinnedVersion} …`);
  const { output } = await run(process.execPath, [join(electronPackage, 'install.js')], {
    cwd: projectFolder,
    env: { ...process.env, ELECTRON_GET_USE_PROXY: '1' },
    timeout: DOWNLOAD_TIMEOUT_MS,
  });
  if (getPinnedExecutable() !== undefined) {
    await rm(failureFile, { force: true });
  } else if (offline.isSupported) {
    await mkdir(getCacheFolder(), { recursive: true });
    await writeFile(failureFile, output);
  } else {
    throw new SetupError(
      `${output}\nElectron could not be downloaded. Check the connection (ELECTRON_MIRROR can name ` +
        'a mirror) and try again, or set ELECTRON_EXEC_PATH to an Electron of your own.',
    );
  }
}
