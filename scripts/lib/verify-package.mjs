import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import config from '../../electron-builder.config.js';
import { SetupError } from './cli.mjs';

/** Everything that may be in the archive. */
const ALLOWED_FILES = [
  /^package\.json$/,
  /^out\/(main|preload|renderer)\/[\w./-]+\.(js|cjs|html|css|txt|woff2)$/,
  /^resources\/icons\/(128x128|256x256)\.png$/,
  /^resources\/tray\/(linux|macos|windows)\/[\w./@-]+\.(png|ico)$/,
];
const REQUIRED_FILES = [
  'package.json',
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/renderer/licenses.txt',
];

/**
 * Checks the files and fuses of the unpacked app, of which every package is made.
 *
 * @param {string} folder
 * @param {NodeJS.Platform} [platform]
 */
export async function verifyPackage(folder, platform = process.platform) {
  const { binary, resources } = getPackagePaths(folder, platform);
  const files = listPackage(join(resources, 'app.asar'), { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => /\.\w+$/.test(path));
  const wire = await getCurrentFuseWire(binary);
  const problems = [
    ...findWrongFiles(files),
    ...findWrongFuses(/** @type {Record<string, unknown>} */ (wire)),
    ...['app', 'app.asar.unpacked']
      .filter((name) => existsSync(join(resources, name)))
      .map((name) => `${name} is beside the archive`),
  ];
  if (problems.length > 0) {
    throw new SetupError(`The package is wrong:\n  ${problems.join('\n  ')}`);
  }
}

/**
 * @param {readonly string[]} files in the archive
 * @returns {string[]} problems
 */
export function findWrongFiles(files) {
  return [
    ...files
      .filter((name) => !ALLOWED_FILES.some((pattern) => pattern.test(name)))
      .map((name) => `${name} doesn't belong in the package`),
    ...REQUIRED_FILES.filter((name) => !files.includes(name)).map((name) => `${name} is missing`),
  ];
}

/**
 * @param {Readonly<Record<string, unknown>>} wire the state of each fuse by its index
 * @returns {string[]} problems
 */
export function findWrongFuses(wire) {
  return Object.entries(config.electronFuses ?? {}).flatMap(([name, isOn]) => {
    const fuse = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    // The configuration has an option among the fuses, too.
    const index = FuseV1Options[/** @type {keyof typeof FuseV1Options} */ (fuse)];
    const isRight = wire[index] === (isOn ? FuseState.ENABLE : FuseState.DISABLE);
    return index === undefined || isRight ? [] : [`the fuse ${fuse} isn't ${isOn ? 'on' : 'off'}`];
  });
}

/**
 * @param {string} folder
 * @param {NodeJS.Platform} platform
 */
function getPackagePaths(folder, platform) {
  const name = String(config.productName);
  switch (platform) {
    case 'darwin':
      return {
        binary: join(folder, `${name}.app`),
        resources: join(folder, `${name}.app`, 'Contents', 'Resources'),
      };
    case 'win32':
      return { binary: join(folder, `${name}.exe`), resources: join(folder, 'resources') };
    default:
      return { binary: join(folder, 'ringside'), resources: join(folder, 'resources') };
  }
}
