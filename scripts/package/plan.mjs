/**
 * @typedef {'deb' | 'AppImage' | 'tar.gz' | 'nsis' | 'msi' | 'dmg' | 'zip'} Format
 *
 * @typedef {{ system: 'linux' | 'windows' | 'macos', format: Format, arch: string }} Package
 *
 * @typedef {{ platform: string, arch: string, hasPinned: boolean, hasDpkg: boolean }} Machine
 *   `platform` and `arch` as in `process`; `hasPinned`: the pinned release of Electron is there;
 *   `hasDpkg`: `dpkg-deb` is on the path
 *
 * @typedef {{ make: Package[], leave: { what: string, why: string }[] }} Plan
 */

const systems = /** @type {const} */ ({ linux: 'linux', win32: 'windows', darwin: 'macos' });

/**
 * What this machine can make of everything that is released, and why not the rest.
 *
 * @param {readonly Package[]} wanted
 * @param {Machine} machine
 * @returns {Plan}
 */
export function planPackages(wanted, machine) {
  /** @type {Plan} */
  const plan = { make: [], leave: [] };
  for (const one of wanted) {
    const why = obstacle(one, machine);
    if (why === undefined) plan.make.push(one);
    else plan.leave.push({ what: nameOf(one), why });
  }
  return plan;
}

/**
 * A package in words.
 *
 * @param {Package} one
 */
export function nameOf({ system, format, arch }) {
  return `${format} for ${{ linux: 'Linux', windows: 'Windows', macos: 'macOS' }[system]} (${arch})`;
}

/**
 * @param {Package} wanted
 * @param {Machine} machine
 * @returns {string | undefined} undefined when it can be made
 */
function obstacle({ system, format, arch }, { platform, arch: here, hasPinned, hasDpkg }) {
  if (systems[/** @type {keyof typeof systems} */ (platform)] !== system) {
    return `is made on that system, by the same command`;
  }
  if (!hasPinned && arch !== here) return `the older runtime exists for ${here} only`;
  if (!hasPinned && format === 'AppImage') {
    return 'its tool comes from where the pinned Electron comes from, which cannot be reached';
  }
  if (format === 'deb' && !hasDpkg) return 'dpkg-deb is not there; install the package dpkg';
  return undefined;
}
