import { join } from 'node:path';
import {
  flipFuses,
  FuseState,
  FuseV1Options,
  FuseVersion,
  getCurrentFuseWire,
} from '@electron/fuses';

/** @typedef {keyof typeof FuseV1Options} Fuse */

/**
 * Every fuse of Electron, decided. A fuse that is missing here does not compile, and one that not
 * even the library knows is found in the packaged binary.
 *
 * @type {Readonly<Record<Fuse, boolean>>}
 */
export const fuses = {
  // The app is no Node for whoever can set an environment variable or a switch.
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // Cookies are guarded by the system's keyring, as passwords are.
  EnableCookieEncryption: true,
  // The app's own code is what was packaged, and comes from nowhere else.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  // There is no snapshot of our own.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The window is served from a scheme of its own; file:// needs no privileges.
  GrantFileProtocolExtraPrivileges: false,
  // Only how V8 checks the bounds of WebAssembly, of which there is none here: as it comes.
  WasmTrapHandlers: true,
};

const names = /** @type {readonly Fuse[]} */ (
  Object.keys(fuses).sort((one, other) => placeOf(one) - placeOf(other))
);

/**
 * The hook of electron-builder that sets the fuses, before anything is signed.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function setFuses({ appOutDir, electronPlatformName, packager }) {
  if (isHalf(appOutDir)) return;
  const binary = binaryIn(appOutDir, electronPlatformName, packager.appInfo.productFilename);
  const wire = await getCurrentFuseWire(binary);
  // An Electron that is older than the library has fewer of them.
  const present = names.filter((name) => FuseV1Options[name] in wire);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: false,
    // A changed binary has a broken signature; macOS starts none, not even an unsigned build's.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    ...Object.fromEntries(present.map((name) => [FuseV1Options[name], fuses[name]])),
  });
}

/**
 * Whether this is one of the two apps of which a universal one is made. They get no fuses of their
 * own: a signature renewed in each would tell them apart, and only what is alike can be joined.
 *
 * @param {string} appOutDir
 */
export function isHalf(appOutDir) {
  return /-(x64|arm64)-temp$/.test(appOutDir);
}

/**
 * What is wrong with the fuses of a packaged binary.
 *
 * @param {Readonly<Record<string, unknown>>} wire the states by place, as the library reads them
 * @returns {string[]} in words; empty when each is as decided
 */
export function wrongFuses(wire) {
  return Object.entries(wire)
    .filter(([place]) => place !== 'version')
    .flatMap(([place, state]) => {
      const name = names[Number(place)];
      if (name === undefined) return [`fuse ${place} of this Electron is not decided`];
      // What Electron has removed cannot be set any more.
      if (state === FuseState.REMOVED) return [];
      const wanted = fuses[name] ? FuseState.ENABLE : FuseState.DISABLE;
      return state === wanted ? [] : [`fuse ${name} is not ${fuses[name] ? 'on' : 'off'}`];
    });
}

/**
 * @param {string} folder where the app lies unpacked
 * @param {string} platform as in `process.platform`
 * @param {string} productName
 */
export function binaryIn(folder, platform, productName) {
  switch (platform) {
    case 'darwin':
      return join(folder, `${productName}.app`);
    case 'win32':
      return join(folder, `${productName}.exe`);
    default:
      return join(folder, productName.toLowerCase());
  }
}

/** @param {string} name */
function placeOf(name) {
  return FuseV1Options[/** @type {Fuse} */ (name)];
}
