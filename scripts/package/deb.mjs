import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';

const packLimit = 5 * 60_000;
/** In pixels: the theme that every desktop falls back to has no larger ones. */
const largestIcon = 512;
const architectures = /** @type {Readonly<Record<string, string>>} */ ({
  x64: 'amd64',
  arm64: 'arm64',
});

/**
 * Makes a Debian package without a script in it: what a desktop must learn of the new app it
 * learns by the triggers of its own packages. By dpkg-deb rather than by electron-builder, whose
 * tool for it must be downloaded; so what the tests install is made as what is released.
 *
 * @param {object} order
 * @param {string} order.unpacked the folder of the app
 * @param {string} order.file the package to write
 * @param {string} order.desktopEntry
 * @param {string} order.icons a folder of square pictures named by their size, as in `64x64.png`
 * @param {string} order.licence the file with the licence of the app itself
 * @param {boolean} order.quick packs fast rather than small
 * @param {DebAbout} order.about
 *
 * @typedef {{ name: string, version: string, arch: string, productName: string, section: string,
 *   priority: string, maintainer: string, depends: readonly string[],
 *   recommends: readonly string[], synopsis: string, description: string }} DebAbout
 */
export async function makeDeb({ unpacked, file, desktopEntry, icons, licence, quick, about }) {
  const stage = await mkdtemp(join(tmpdir(), 'ringside-deb-'));
  try {
    const { name, productName } = about;
    const app = join(stage, 'opt', productName);
    const share = join(stage, 'usr', 'share');
    await cp(unpacked, app, { recursive: true, verbatimSymlinks: true });
    await mkdir(join(stage, 'usr', 'bin'), { recursive: true });
    await symlink(`/opt/${productName}/${name}`, join(stage, 'usr', 'bin', name));
    await place(join(share, 'applications'), `${name}.desktop`, desktopEntry);
    await placeIcons(icons, join(share, 'icons', 'hicolor'), name);
    await mkdir(join(share, 'doc', name), { recursive: true });
    await cp(licence, join(share, 'doc', name, 'copyright'));
    await setModes(stage);
    // Chromium's helper needs it where the kernel lets nobody but root make namespaces.
    await chmod(join(app, 'chrome-sandbox'), 0o4755);
    await place(join(stage, 'DEBIAN'), 'control', control(about, await sizeOf(stage)));
    // Older Debians read xz only.
    const packing = quick ? ['-Zzstd', '-z1'] : ['-Zxz'];
    const args = ['--root-owner-group', ...packing, '--build', stage, file];
    const { code, output } = await run('dpkg-deb', args, { limit: packLimit });
    if (code !== 0) throw new SetupError(`${output}\ndpkg-deb could not make ${file}.`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/**
 * The description of a package, in the form of Debian.
 *
 * @param {DebAbout} about
 * @param {number} bytes of everything in it
 */
export function control(about, bytes) {
  const architecture = architectures[about.arch];
  if (architecture === undefined) throw new Error(`Debian has no architecture ${about.arch}`);
  return [
    `Package: ${about.name}`,
    `Version: ${about.version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${about.maintainer}`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    `Depends: ${about.depends.join(', ')}`,
    `Recommends: ${about.recommends.join(', ')}`,
    `Section: ${about.section}`,
    `Priority: ${about.priority}`,
    `Description: ${about.synopsis}`,
    ` ${about.description}`,
    '',
  ].join('\n');
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} name
 */
async function placeIcons(from, to, name) {
  for (const file of await readdir(from)) {
    const size = Number(/^(\d+)x\1\.png$/.exec(file)?.[1] ?? Infinity);
    if (size > largestIcon) continue;
    const folder = join(to, `${size}x${size}`, 'apps');
    await mkdir(folder, { recursive: true });
    await cp(join(from, file), join(folder, `${name}.png`));
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} text
 */
async function place(folder, name, text) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
}

/**
 * What is installed may be read by everybody, whatever the one who packages is used to.
 *
 * @param {string} path
 */
async function setModes(path) {
  const { mode, ...stats } = await lstatOf(path);
  if (stats.isLink) return;
  await chmod(path, stats.isFolder || (mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (!stats.isFolder) return;
  for (const name of await readdir(path)) await setModes(join(path, name));
}

/**
 * @param {string} path
 * @returns {Promise<number>} in bytes
 */
async function sizeOf(path) {
  const { isFolder, size } = await lstatOf(path);
  if (!isFolder) return size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, one) => sum + one, 0);
}

/** @param {string} path */
async function lstatOf(path) {
  const stats = await lstat(path);
  const { mode, size } = stats;
  return { mode, size, isFolder: stats.isDirectory(), isLink: stats.isSymbolicLink() };
}
