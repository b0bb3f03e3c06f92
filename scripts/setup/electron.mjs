import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ensureOlderRuntime,
  ensureOlderRuntimeForPackaging,
  olderRuntime,
  olderRuntimeFolder,
} from './older-runtime.mjs';
import {
  failedLately,
  fetchPinned,
  pinnedExecutable,
  pinnedFolder,
  pinnedVersion,
} from './pinned-release.mjs';
import { say, SetupError } from './say.mjs';

/**
 * What to do where the pinned release is not there yet. It is worth a try, once a day, even where
 * the older runtime can stand in.
 *
 * @param {object} known
 * @param {boolean} known.pinnedFailedLately its download failed within the last day
 * @param {boolean} known.olderPresent the older runtime is in the cache
 * @param {string} known.platform as in `process.platform`
 * @param {string} known.arch as in `process.arch`
 * @returns {'fetch-pinned' | 'fetch-pinned-or-older' | 'older'}
 */
export function chooseElectron({ pinnedFailedLately, olderPresent, platform, arch }) {
  if (platform !== 'linux' || arch !== 'x64') return 'fetch-pinned';
  return olderPresent && pinnedFailedLately ? 'older' : 'fetch-pinned-or-older';
}

/**
 * Finds an Electron to run, and fetches one when there is none. `ELECTRON_EXEC_PATH` names another.
 *
 * @returns {Promise<string>} the absolute path of its executable
 */
export async function ensureElectron() {
  const given = process.env.ELECTRON_EXEC_PATH;
  if (!given) return (await findElectron()).executable;
  if (existsSync(given)) return resolve(given);
  throw new SetupError(`ELECTRON_EXEC_PATH names ${given}, which is not there.`);
}

/**
 * The folder of the Electron in use in the form packagers expect.
 *
 * @returns {Promise<{ folder: string, isPinned: boolean }>}
 */
export async function ensureElectronForPackaging() {
  const { isPinned } = await findElectron();
  return { folder: isPinned ? pinnedFolder : await ensureOlderRuntimeForPackaging(), isPinned };
}

/** @returns {Promise<{ executable: string, isPinned: boolean }>} */
async function findElectron() {
  const present = await pinnedExecutable();
  if (present !== undefined) return { executable: present, isPinned: true };
  const choice = chooseElectron({
    pinnedFailedLately: await failedLately(),
    olderPresent: existsSync(olderRuntimeFolder()),
    platform: process.platform,
    arch: process.arch,
  });
  if (choice !== 'older') {
    const fetched = await fetchPinned();
    if ('executable' in fetched) return { executable: fetched.executable, isPinned: true };
    if (choice === 'fetch-pinned') {
      throw new SetupError(
        `${fetched.failure}\nElectron could not be fetched. Check the connection (ELECTRON_MIRROR ` +
          'can name a mirror) and run the command again, or name an Electron in ELECTRON_EXEC_PATH.',
      );
    }
  }
  const executable = await ensureOlderRuntime();
  say(
    `Electron ${await pinnedVersion()} could not be fetched: using the older ` +
      `${olderRuntime.version}, for development and tests only.`,
  );
  return { executable, isPinned: false };
}
