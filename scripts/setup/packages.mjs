import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.mjs';
import { alone } from './lock.mjs';
import { cacheFolder, projectFolder } from './places.mjs';
import { npm } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** `npm ci` at its worst: a slow line and an empty cache. */
const installLimit = 10 * 60_000;

/**
 * The name under which an installed set of packages is remembered.
 *
 * @param {string | Uint8Array} lock content of package-lock.json
 * @returns {string}
 */
export function lockHash(lock) {
  return createHash('sha256').update(lock).digest('hex');
}

/**
 * Whether what npm says it installed is what the lock asks for. Optional packages may be absent:
 * most of them are for other platforms.
 *
 * @param {{ packages?: Record<string, LockedPackage> }} wanted package-lock.json
 * @param {{ packages?: Record<string, LockedPackage> }} installed node_modules/.package-lock.json
 * @returns {boolean}
 *
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 */
export function isInstalledAsLocked(wanted, installed) {
  const want = Object.entries(wanted.packages ?? {}).filter(([path]) => path !== '');
  const have = installed.packages ?? {};
  const paths = new Set(want.map(([path]) => path));
  return (
    want.every(([path, { version, integrity, optional }]) => {
      const found = have[path];
      if (found === undefined) return optional === true;
      return found.version === version && found.integrity === integrity;
    }) && Object.keys(have).every((path) => paths.has(path))
  );
}

/**
 * Brings node_modules to what package-lock.json says, unless it is that already. Quiet unless it
 * has something to do.
 *
 * @param {string} [folder] the checkout
 */
export async function ensurePackages(folder = projectFolder) {
  if (await isUpToDate(folder)) return;
  const name = `packages-${lockHash(folder).slice(0, 16)}.lock`;
  await alone(join(cacheFolder(), name), 'installing the npm packages', async () => {
    if (await isUpToDate(folder)) return;
    await install(folder);
  });
}

/** @param {string} folder */
function stampFile(folder) {
  return join(folder, 'node_modules', '.ringside-packages');
}

/** @param {string} folder */
async function isUpToDate(folder) {
  const lock = await readFile(join(folder, 'package-lock.json'));
  const hash = lockHash(lock);
  if ((await readIfThere(stampFile(folder))) === hash) return true;
  // Installed by hand? npm writes this file last, so it tells of a whole installation.
  const installed = await readIfThere(join(folder, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  if (!isInstalledAsLocked(JSON.parse(lock.toString()), JSON.parse(installed))) return false;
  await writeFile(stampFile(folder), hash);
  return true;
}

/** @param {string} folder */
async function install(folder) {
  say('Installing the npm packages (npm ci) …');
  // No package needs its install script, and one that builds natively would need a compiler.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const first = await npm([...args, '--loglevel=error'], { cwd: folder, limit: installLimit });
  const result =
    first.code === 0
      ? first
      : await npm([...args, '--loglevel=error'], { cwd: folder, limit: installLimit });
  if (result.code !== 0) {
    throw new SetupError(
      `${result.output}\nnpm ci failed${result.timedOut ? ' (it took too long)' : ''}. ` +
        'Check that the npm registry can be reached (npm ping) and run the command again.',
    );
  }
  await writeFile(stampFile(folder), lockHash(await readFile(join(folder, 'package-lock.json'))));
}

/** @param {string} file */
async function readIfThere(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
