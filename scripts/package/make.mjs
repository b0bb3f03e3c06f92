import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { build, Platform } from 'electron-builder';
import config from '../../electron-builder.config.js';
import { ensureElectronForPackaging } from '../setup/electron.mjs';
import { projectFolder } from '../setup/places.mjs';
import { run } from '../setup/run.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { makeDeb } from './deb.mjs';
import { desktopEntry } from './desktop-entry.mjs';
import { formatsByArch, isList, isPackage, ownFormats } from './formats.mjs';
import { inspectPackage } from './inspect.mjs';
import { planPackages } from './plan.mjs';
import { makeTarball } from './tarball.mjs';
import { wantedPackages } from './wanted.mjs';

/** @typedef {import('./plan.mjs').Package} Package */

/**
 * Packages the built app in every format that this machine can make, looks at what came of it, and
 * says what it did not make.
 *
 * @param {object} order
 * @param {readonly string[]} order.formats only these; all when empty. `dir` is the app unpacked.
 * @param {boolean} order.quick packs fast rather than small
 * @returns {Promise<string[]>} the files made, absolute
 */
export async function makePackages({ formats, quick }) {
  const { folder: electron, isPinned } = await ensureElectronForPackaging();
  const about = await readAbout(isPinned ? undefined : await versionOf(electron));
  const output = join(projectFolder, 'dist', ...(isPinned ? [] : ['for-tests']));
  const plan = planPackages(
    wantedPackages(config).filter(({ format }) => formats.length === 0 || formats.includes(format)),
    {
      platform: process.platform,
      arch: process.arch,
      hasPinned: isPinned,
      hasDpkg: (await run('dpkg-deb', ['--version'])).code === 0,
    },
  );
  await rm(output, { recursive: true, force: true });
  const architectures = architecturesOf(plan.make);
  await pack(plan.make, architectures, output, isPinned ? undefined : electron);
  for (const arch of architectures) await inspect(unpackedFolder(output, arch));
  /** @type {string[]} */
  const files = [];
  for (const one of plan.make.filter(({ format }) => ownFormats.has(format))) {
    const file = join(output, `${about.fileName}-linux-${one.arch}.${one.format}`);
    await makeOwn(one, file, unpackedFolder(output, one.arch), about, quick);
  }
  for (const name of await readdir(output)) {
    if (isPackage(name) || isList(name)) files.push(join(output, name));
  }
  // What electron-builder thought while it worked.
  await rm(join(output, 'builder-debug.yml'), { force: true });
  await writeSums(files, join(output, 'SHA256SUMS.txt'));
  tell(output, architectures, plan.leave, isPinned);
  return files;
}

/**
 * @param {readonly Package[]} packages
 * @returns {string[]} at least the one of this machine
 */
function architecturesOf(packages) {
  const usual = process.platform === 'darwin' ? 'universal' : process.arch;
  const named = packages.map(({ arch }) => arch);
  return [...new Set(named.length === 0 ? [usual] : named)];
}

/**
 * Lets electron-builder make its formats, or only the unpacked app: all architectures in one call,
 * for the list that the updater reads is written anew by each.
 *
 * @param {readonly Package[]} packages
 * @param {readonly string[]} architectures
 * @param {string} output
 * @param {string | undefined} electron the folder of another Electron than the pinned one
 */
async function pack(packages, architectures, output, electron) {
  const older =
    electron === undefined
      ? {}
      : { electronDist: electron, electronVersion: await versionOf(electron) };
  await build({
    projectDir: projectFolder,
    targets: new Map([[platform(), formatsByArch(packages, architectures)]]),
    config: { ...config, ...older, directories: { ...config.directories, output } },
    publish: 'never',
  });
}

function platform() {
  const { LINUX, MAC, WINDOWS } = Platform;
  const platforms = /** @type {Readonly<Record<string, Platform>>} */ ({
    linux: LINUX,
    darwin: MAC,
    win32: WINDOWS,
  });
  const found = platforms[process.platform];
  if (found === undefined) throw new SetupError(`Ringside is not packaged on ${process.platform}.`);
  return found;
}

/**
 * @param {string} output
 * @param {string} arch
 * @returns {string} where electron-builder leaves the app unpacked
 */
function unpackedFolder(output, arch) {
  switch (process.platform) {
    case 'darwin':
      return join(output, arch === 'x64' ? 'mac' : `mac-${arch}`);
    case 'win32':
      return join(output, arch === 'x64' ? 'win-unpacked' : `win-${arch}-unpacked`);
    default:
      return join(output, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
  }
}

/** @param {string} unpacked */
async function inspect(unpacked) {
  const wrong = await inspectPackage(unpacked, process.platform, String(config.productName));
  if (wrong.length === 0) return;
  throw new SetupError(`The package is not as it must be:\n  ${wrong.join('\n  ')}`);
}

/**
 * @param {Package} one
 * @param {string} file
 * @param {string} unpacked
 * @param {Awaited<ReturnType<typeof readAbout>>} about
 * @param {boolean} quick
 */
async function makeOwn({ format, arch }, file, unpacked, about, quick) {
  if (format !== 'deb') {
    await makeTarball(unpacked, file);
    return;
  }
  const { linux = {}, deb = {}, protocols = [] } = config;
  const productName = String(config.productName);
  await makeDeb({
    unpacked,
    file,
    icons: join(projectFolder, 'resources', 'icons'),
    licence: join(projectFolder, 'LICENSE'),
    quick,
    desktopEntry: desktopEntry({
      name: productName,
      comment: String(linux?.synopsis),
      executable: `/opt/${productName}/${about.name}`,
      id: about.name,
      categories: String(linux?.category),
      schemes: [protocols].flat().flatMap(({ schemes }) => schemes),
      more: linux?.desktop?.entry ?? {},
    }),
    about: {
      ...about,
      version: about.debVersion,
      arch,
      productName,
      section: String(deb?.packageCategory),
      priority: String(deb?.priority),
      maintainer: String(linux?.maintainer),
      depends: [deb?.depends ?? []].flat(),
      recommends: [deb?.recommends ?? []].flat(),
      synopsis: about.forTests + String(linux?.synopsis),
    },
  });
}

/**
 * What the packages are called. One that holds the older runtime says so in its name, in its
 * version, which is older than the one it is a test of, and in its description.
 *
 * @param {string | undefined} older the version of the older runtime
 */
async function readAbout(older) {
  const { name, version, description } = JSON.parse(
    await readFile(join(projectFolder, 'package.json'), 'utf8'),
  );
  const isTest = older !== undefined;
  return {
    name: String(name),
    description: String(description),
    fileName: `${name}-${version}${isTest ? `-FOR-TESTS-electron-${older}` : ''}`,
    debVersion: `${version}${isTest ? `~test.electron${older}` : ''}`,
    forTests: isTest ? 'FOR TESTS ONLY: ' : '',
  };
}

/**
 * @param {string} electron a folder of Electron as packagers expect it
 */
async function versionOf(electron) {
  return (await readFile(join(electron, 'version'), 'utf8')).trim().replace(/^v/, '');
}

/**
 * @param {readonly string[]} files
 * @param {string} target
 */
async function writeSums(files, target) {
  const lines = await Promise.all(
    files.map(async (file) => {
      const hash = createHash('sha256');
      await pipeline(createReadStream(file), hash);
      return `${hash.digest('hex')}  ${basename(file)}\n`;
    }),
  );
  await writeFile(target, lines.join(''));
}

/**
 * @param {string} output
 * @param {readonly string[]} architectures
 * @param {import('./plan.mjs').Plan['leave']} leave
 * @param {boolean} isPinned
 */
function tell(output, architectures, leave, isPinned) {
  const folders = architectures.map((arch) => unpackedFolder(output, arch));
  say(`\nUnpacked, with every fuse as decided:\n  ${folders.join('\n  ')}`);
  if (leave.length > 0) say('\nNot made here:');
  for (const { what, why } of leave) say(`  ${what}: ${why}`);
  if (!isPinned) say('\nWith the older runtime these packages are for tests, not for release.');
}
