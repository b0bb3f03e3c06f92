import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout: the folder that holds package.json. */
export const projectFolder = resolve(import.meta.dirname, '../..');

/**
 * The folder that keeps what set-up fetched, outside the checkout so that a fresh clone finds it.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [home]
 * @returns {string} an absolute path; nobody promises that it exists
 */
export function cacheFolder(platform = process.platform, env = process.env, home = homedir()) {
  if (env.RINGSIDE_CACHE) return resolve(env.RINGSIDE_CACHE);
  // The specification of base directories has relative paths ignored.
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'ringside');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ringside');
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'ringside', 'Cache');
  }
  return join(home, '.cache', 'ringside');
}

/**
 * The lock for work inside a checkout. It is kept outside: the work may replace what is inside.
 *
 * @param {string} what names the work
 * @param {string} [folder] the checkout
 * @returns {string}
 */
export function checkoutLock(what, folder = projectFolder) {
  const checkout = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(cacheFolder(), `${what}-${checkout}.lock`);
}
