import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.mjs';
import { alone } from './lock.mjs';
import { checkoutLock, projectFolder } from './places.mjs';
import { npm } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** `npm ci` at its worst: a slow line and an empty cache. */
const installLimit = 10 * 60_000;

/**
 * A name for the state of node_modules after `npm ci`: what was asked for, and what came of it.
 *
 * @param {string} lock content of package-lock.json
 * @param {string} installed content of node_modules/.package-lock.json
 * @returns {string}
 */
export function packagesStamp(lock, installed) {
  return createHash('sha256').update(lock).update('\0').update(installed).digest('hex');
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
  await alone(checkoutLock('packages', folder), 'installing the npm packages', async () => {
    if (await isUpToDate(folder)) return;
    await install(folder);
  });
}

/**
 * Whether node_modules is what package-lock.json says.
 *
 * @param {string} folder the checkout
 * @returns {Promise<boolean>}
 */
export async function isUpToDate(folder) {
  // npm writes this file last, so it tells of a whole installation, by whatever command.
  const installed = await readIfThere(join(folder, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
  if ((await readIfThere(stampFile(folder))) === packagesStamp(lock, installed)) return true;
  return isInstalledAsLocked(JSON.parse(lock), JSON.parse(installed));
}

/** @param {string} folder */
async function install(folder) {
  say('Installing the npm packages (npm ci) …');
  // No package needs its install script, and one that builds natively would need a compiler.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const attempt = () => npm([...args, '--loglevel=error'], { cwd: folder, limit: installLimit });
  let result = await attempt();
  if (result.code !== 0) {
    say('npm ci failed; trying once more …');
    result = await attempt();
  }
  if (result.code !== 0) {
    throw new SetupError(
      `${result.output}\nnpm ci failed${result.timedOut ? ' (it took too long)' : ''}. ` +
        'Check that the npm registry can be reached (npm ping) and run the command again.',
    );
  }
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
  const installed = await readFile(join(folder, 'node_modules', '.package-lock.json'), 'utf8');
  await writeFile(stampFile(folder), packagesStamp(lock, installed));
}

/** @param {string} folder */
function stampFile(folder) {
  return join(folder, 'node_modules', '.ringside-packages');
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
