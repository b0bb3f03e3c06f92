import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout: the folder that holds package.json. */
export const projectFolder = resolve(import.meta.dirname, '../..');

/**
 * Returns the folder for downloads, outside the checkout so that every clone finds them.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [home]
 * @returns {string} an absolute path, which may not exist yet
 */
export function getCacheFolder(platform = process.platform, env = process.env, home = homedir()) {
  if (env.RINGSIDE_CACHE) return resolve(env.RINGSIDE_CACHE);
  // The XDG base directory specification says to ignore relative paths.
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'ringside');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ringside');
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'ringside', 'Cache');
  }
  return join(home, '.cache', 'ringside');
}
