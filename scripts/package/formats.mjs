import { Arch } from 'electron-builder';

/** @typedef {import('./plan.mjs').Package} Package */

/** These are made of the unpacked app by ourselves; electron-builder makes the others. */
export const ownFormats = new Set(['deb', 'tar.gz']);

/**
 * What electron-builder is to make in one call. An architecture of which it makes no package is
 * unpacked all the same.
 *
 * @param {readonly Package[]} packages
 * @param {readonly string[]} architectures
 * @returns {Map<Arch, string[]>}
 */
export function formatsByArch(packages, architectures) {
  return new Map(
    architectures.map((arch) => {
      const formats = packages
        .filter((one) => one.arch === arch && !ownFormats.has(one.format))
        .map(({ format }) => format);
      return [
        Arch[/** @type {keyof typeof Arch} */ (arch)],
        formats.length === 0 ? ['dir'] : formats,
      ];
    }),
  );
}

/** @param {string} name */
export const isPackage = (name) => /\.(deb|AppImage|tar\.gz|exe|msi|dmg|zip|blockmap)$/.test(name);

/**
 * Whether the updater reads it beside the packages.
 *
 * @param {string} name
 */
export const isList = (name) => /^(latest|beta)[\w-]*\.yml$/.test(name);
