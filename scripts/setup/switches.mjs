/**
 * The switches without which Chromium refuses to start: it has no sandbox for root on Linux.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {number | undefined} [user] numeric
 * @returns {string[]}
 */
export function sandboxSwitches(platform = process.platform, user = process.getuid?.()) {
  return platform === 'linux' && user === 0 ? ['--no-sandbox'] : [];
}
