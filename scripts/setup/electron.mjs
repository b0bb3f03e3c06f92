import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alone } from './lock.mjs';
import {
  ensureOlderRuntime,
  ensureOlderRuntimeForPackaging,
  olderRuntime,
  olderRuntimeFolder,
} from './older-runtime.mjs';
import { cacheFolder, projectFolder } from './places.mjs';
import { run } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** Electron's own installer: a download of about 120 MB that may be slow, but not for ever. */
const installLimit = 10 * 60_000;
/** So long a failed download of the pinned release is not tried again, if there is another. */
const retryAfter = 24 * 60 * 60_000;

/**
 * What to run, given what there is. The pinned release comes first; the older runtime stands in
 * where it exists and the pinned one cannot be had.
 *
 * @param {object} known
 * @param {boolean} known.pinnedPresent
 * @param {boolean} known.pinnedFailedLately its download failed within the last day
 * @param {boolean} known.olderPresent
 * @param {NodeJS.Platform} known.platform
 * @param {string} known.arch
 * @returns {'pinned' | 'older' | 'fetch-pinned' | 'fetch-pinned-only'} `fetch-pinned` means: and if
 *   that fails, the older runtime
 */
export function chooseElectron({
  pinnedPresent,
  pinnedFailedLately,
  olderPresent,
  platform,
  arch,
}) {
  if (pinnedPresent) return 'pinned';
  if (platform !== 'linux' || arch !== 'x64') return 'fetch-pinned-only';
  return olderPresent && pinnedFailedLately ? 'older' : 'fetch-pinned';
}

/**
 * Finds an Electron to run, and fetches one when there is none.
 *
 * @returns {Promise<string>} the absolute path of its executable
 */
export async function ensureElectron() {
  const choice = await decide();
  if (choice === 'pinned') return pinnedExecutable();
  if (choice !== 'older') {
    const failure = await alone(
      join(cacheFolder(), 'electron-pinned.lock'),
      'fetching Electron',
      fetchPinned,
    );
    if (failure === undefined) return pinnedExecutable();
    if (choice === 'fetch-pinned-only') {
      throw new SetupError(
        `${failure}\nElectron could not be downloaded. Check the connection (a mirror can be named ` +
          'in ELECTRON_MIRROR) and run the command again, or run npx install-electron by hand.',
      );
    }
  }
  const executable = await ensureOlderRuntime();
  say(
    `Electron ${await pinnedVersion()} could not be fetched: using the older ` +
      `${olderRuntime.version}, for development and tests only.`,
  );
  return executable;
}

/**
 * The folder of the Electron in use in the form packagers expect.
 *
 * @returns {Promise<{ folder: string, version: string }>}
 */
export async function ensureElectronForPackaging() {
  const executable = await ensureElectron();
  if (!executable.startsWith(olderRuntimeFolder())) {
    return { folder: join(electronPackage(), 'dist'), version: await pinnedVersion() };
  }
  return { folder: await ensureOlderRuntimeForPackaging(), version: olderRuntime.version };
}

function electronPackage() {
  return join(projectFolder, 'node_modules', 'electron');
}

async function pinnedVersion() {
  const { version } = JSON.parse(await readFile(join(electronPackage(), 'package.json'), 'utf8'));
  return version;
}

/** Where the installer says it put the executable; undefined until it has. */
async function pinnedExecutable() {
  try {
    const name = await readFile(join(electronPackage(), 'path.txt'), 'utf8');
    const version = await readFile(join(electronPackage(), 'dist', 'version'), 'utf8');
    const executable = join(electronPackage(), 'dist', name);
    const isWhole = version.replace(/^v/, '') === (await pinnedVersion()) && existsSync(executable);
    return isWhole ? executable : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function decide() {
  return chooseElectron({
    pinnedPresent: (await pinnedExecutable()) !== undefined,
    pinnedFailedLately: await failedLately(),
    olderPresent: existsSync(olderRuntimeFolder()),
    platform: process.platform,
    arch: process.arch,
  });
}

async function failureNote() {
  return join(cacheFolder(), `electron-${await pinnedVersion()}.unavailable`);
}

async function failedLately() {
  try {
    return Date.now() - (await stat(await failureNote())).mtimeMs < retryAfter;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Lets the electron package fetch its own binary, from its download cache if it is there.
 *
 * @returns {Promise<string | undefined>} what went wrong, undefined when nothing did
 */
async function fetchPinned() {
  if ((await pinnedExecutable()) !== undefined) return undefined;
  const version = await pinnedVersion();
  say(`Fetching Electron ${version} …`);
  const env = { ...process.env, ELECTRON_GET_USE_PROXY: process.env.ELECTRON_GET_USE_PROXY ?? '1' };
  const { output, timedOut } = await run(
    process.execPath,
    [join(electronPackage(), 'install.js')],
    { cwd: projectFolder, env, limit: installLimit },
  );
  if ((await pinnedExecutable()) !== undefined) {
    await rm(await failureNote(), { force: true });
    return undefined;
  }
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(await failureNote(), output);
  return timedOut ? `${output}The download took too long.` : output;
}
