import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import createDeb from 'electron-installer-debian';
import config from '../../electron-builder.config.js';
import { ensureBuilt } from './build.mjs';
import { log } from './cli.mjs';
import { ensureElectronForPackaging } from './electron.mjs';
import { projectFolder } from './paths.mjs';
import { verifyPackage } from './verify-package.mjs';

const PACKAGE_FILE = /\.(deb|AppImage|tar\.gz|exe|msi|dmg|zip|blockmap|yml)$/;
const UNPACKED_FOLDER = /^(linux|win)(-arm64)?-unpacked$|^mac(-arm64|-universal)?$/;
/** Sizes for which the icon theme that every desktop falls back to has a folder. */
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/**
 * Packages the app for this system.
 *
 * @param {readonly string[]} formats all of them if empty. `dir` is the unpacked app.
 * @param {boolean} quick whether to compress Debian packages fast rather than well
 * @returns {Promise<string[]>} the files made
 */
export async function makePackages(formats, quick) {
  const electron = await ensureElectronForPackaging();
  await ensureBuilt(electron);
  const isForTests = electron.folder !== undefined;
  const output = join(projectFolder, 'dist', isForTests ? 'for-tests' : '');
  await rm(output, { recursive: true, force: true });
  await build({
    projectDir: projectFolder,
    ...getTargets(formats, isForTests),
    config: {
      ...config,
      ...(electron.folder && { electronDist: electron.folder, electronVersion: electron.version }),
      directories: { ...config.directories, output },
    },
    publish: 'never',
  });
  await rm(join(output, 'builder-debug.yml'), { force: true });
  for (const name of (await readdir(output)).filter((entry) => UNPACKED_FOLDER.test(entry))) {
    await verifyPackage(join(output, name));
    if (process.platform !== 'linux' || !(formats.length === 0 || formats.includes('deb')))
      continue;
    await makeDeb(join(output, name), {
      quick,
      testsWith: isForTests ? electron.version : undefined,
    });
  }
  if (isForTests) {
    log(
      '\nThis is not a release: it contains an older Electron, and other formats need tools from GitHub.',
    );
  }
  return (await readdir(output))
    .filter((name) => PACKAGE_FILE.test(name))
    .map((name) => join(output, name));
}

/**
 * @param {readonly string[]} formats
 * @param {boolean} isForTests
 */
function getTargets(formats, isForTests) {
  const platform = Platform.current();
  // Everything that the configuration lists.
  if (formats.length === 0 && !isForTests) return { [platform.buildConfigurationKey]: [] };
  const others = isForTests ? [] : formats.filter((format) => format !== 'deb');
  const arch = Arch[/** @type {'x64' | 'arm64'} */ (process.arch)];
  return { targets: platform.createTarget(others.length === 0 ? ['dir'] : others, arch) };
}

/**
 * Makes a Debian package without maintainer scripts. The triggers of the desktop's own packages
 * register the menu entry, the icon, and the link handler.
 *
 * @param {string} unpacked the folder of the app
 * @param {{ quick: boolean, testsWith: string | undefined }} options `testsWith`: the version of an
 *   Electron that isn't for release
 */
async function makeDeb(unpacked, { quick, testsWith }) {
  const { name, version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const arch = unpacked.endsWith('arm64-unpacked') ? 'arm64' : 'x64';
  const label = testsWith === undefined ? '' : `-FOR-TESTS-electron-${testsWith}`;
  const synopsis = String(config.linux?.synopsis);
  const icons = join(projectFolder, 'resources', 'icons');
  // It becomes /usr/share/doc/ringside/copyright.
  await copyFile(join(projectFolder, 'LICENSE'), join(unpacked, 'LICENSE'));
  await createDeb({
    src: unpacked,
    dest: dirname(unpacked),
    rename: (folder) => join(folder, `${name}-${version}${label}-linux-${arch}.deb`),
    arch: arch === 'x64' ? 'amd64' : arch,
    name,
    bin: name,
    // Debian sorts what follows a tilde before the version itself.
    version:
      version.replace('-', '~') + (testsWith === undefined ? '' : `~test.electron${testsWith}`),
    description: testsWith === undefined ? synopsis : `FOR TESTS ONLY: ${synopsis}`,
    productName: String(config.productName),
    genericName: 'Call companion',
    maintainer: config.linux?.maintainer,
    section: 'net',
    categories: ['Network', 'Telephony'],
    mimeType: ['x-scheme-handler/ringside'],
    desktopTemplate: join(projectFolder, 'resources', 'linux', 'ringside.desktop.ejs'),
    icon: Object.fromEntries(
      ICON_SIZES.map((size) => [`${size}x${size}`, join(icons, `${size}x${size}.png`)]),
    ),
    depends: ['libasound2t64 | libasound2', 'libsecret-1-0'],
    recommends: ['desktop-file-utils', 'gnome-keyring | kwalletmanager'],
    // Older Debians can't read zstd.
    compression: quick ? 'zstd' : 'xz',
  });
}
