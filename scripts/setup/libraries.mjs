import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { say, SetupError } from './say.mjs';

/**
 * The packages of Debian and its kin that bring everything Electron links to or loads. Where a
 * package has been renamed, the newer name comes first.
 *
 * @type {readonly (readonly string[])[]}
 */
const libraryPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libnotify4'],
  ['libsecret-1-0'],
];

/** Loaded while running, so ldd does not know of it; without it there are no notifications. */
const loadedLater = ['libnotify.so.4'];

/** What a virtual display and a session bus are made of: programs, each with its package. */
const displayPrograms = [{ program: 'Xvfb', packageName: 'xvfb' }];
const sessionPrograms = [
  { program: 'dbus-daemon', packageName: 'dbus' },
  { program: 'dbus-run-session', packageName: 'dbus' },
];
/**
 * What the end-to-end tests have of a desktop: a keyring for passwords, a handler for links, a panel
 * with a tray and a hand to click on it.
 */
const testPrograms = [
  { program: 'gnome-keyring-daemon', packageName: 'gnome-keyring' },
  { program: 'xdg-open', packageName: 'xdg-utils' },
  { program: 'xfce4-panel', packageName: 'xfce4-panel' },
  { program: 'xdotool', packageName: 'xdotool' },
];

const fontFolders = ['/usr/share/fonts', '/usr/local/share/fonts'];
const fontPackage = 'fonts-dejavu-core';
/** The pictures of the views are of Japanese too: one font that has its letters, and is small. */
const japaneseFontPackage = 'fonts-vlgothic';

const installLimit = 10 * 60_000;

/**
 * The libraries a program wants and the system does not have.
 *
 * @param {string} output of `ldd PROGRAM`
 * @returns {string[]} their names, e.g. `libnss3.so`
 */
export function missingLibraries(output) {
  const names = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
  return [...new Set(names)];
}

/**
 * The libraries the loader does not find by name.
 *
 * @param {string} output of `ldconfig -p`
 * @param {readonly string[]} wanted
 * @returns {string[]}
 */
export function unknownLibraries(output, wanted) {
  const known = new Set([...output.matchAll(/^\s*(\S+) \(/gm)].map(([, name]) => name));
  return wanted.filter((name) => !known.has(name));
}

/**
 * Sees to it that Electron can start on this Linux: installs what is missing through apt when it
 * may, and otherwise says which one command to type. Other systems bring what they need.
 *
 * @param {string} executable Electron's
 * @param {{ display?: boolean, session?: boolean, tests?: boolean }} [options] `display`: a virtual
 *   one will be started; `session`: a session bus will be started; `tests`: so will the
 *   end-to-end tests
 */
export async function ensureLibraries(
  executable,
  { display = false, session = false, tests = false } = {},
) {
  if (process.platform !== 'linux') return;
  const [libraries, fontless, lacksJapanese] = await Promise.all([
    findMissingLibraries(executable),
    display && hasNoFont(),
    tests && hasNoJapanese(),
  ]);
  const programs = [
    ...(display ? displayPrograms : []),
    ...(session ? sessionPrograms : []),
    ...(tests ? testPrograms : []),
  ].filter(({ program }) => !isOnPath(program));
  const names = [
    ...libraries,
    ...programs.map(({ program }) => program),
    ...(fontless ? ['a font'] : []),
    ...(lacksJapanese ? ['a Japanese font'] : []),
  ];
  if (names.length === 0) return;
  if (!isOnPath('apt-get')) {
    throw new SetupError(
      `Electron needs what this system does not have: ${names.join(', ')}.\n` +
        'Install the packages of your distribution that bring these, and run the command again.',
    );
  }
  await install(names, [
    ...(libraries.length > 0 ? libraryPackages : []),
    ...programs.map(({ packageName }) => [packageName]),
    ...(fontless ? [[fontPackage]] : []),
    ...(lacksJapanese ? [[japaneseFontPackage]] : []),
  ]);
}

/** @param {string} executable */
async function findMissingLibraries(executable) {
  const [linked, loadable] = await Promise.all([
    run('ldd', [executable]),
    // Not on everybody's path.
    run(existsSync('/sbin/ldconfig') ? '/sbin/ldconfig' : 'ldconfig', ['-p']),
  ]);
  return [
    ...missingLibraries(linked.stdout),
    ...(loadable.code === 0 ? unknownLibraries(loadable.stdout, loadedLater) : []),
  ];
}

async function hasNoFont() {
  for (const folder of fontFolders.filter((path) => existsSync(path))) {
    const files = await readdir(folder, { recursive: true });
    if (files.some((file) => /\.(ttf|otf|ttc)$/i.test(file))) return false;
  }
  return true;
}

/** Asked of systems whose packages are known: elsewhere only the one picture would suffer. */
async function hasNoJapanese() {
  if (!isOnPath('apt-get')) return false;
  // A fresh machine has nobody to ask, and no font either.
  const { code, stdout } = await run('fc-list', [':lang=ja', 'family']);
  return code !== 0 || stdout.trim() === '';
}

/** @param {string} program */
function isOnPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}

/**
 * @param {readonly string[]} names what is missing, in words
 * @param {readonly (readonly string[])[]} wanted packages, each with its possible names
 */
async function install(names, wanted) {
  const prefix = await privilege();
  if (prefix === undefined) {
    const packages = await namesOnThisSystem(wanted);
    throw new SetupError(
      `Electron needs what this system does not have: ${inShort(names)}.\n` +
        'Type this and run the command again:\n\n' +
        `  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}\n`,
    );
  }
  say(`Installing what Electron needs (apt-get): ${inShort(names)} …`);
  const apt = (/** @type {readonly string[]} */ args) => {
    const [program = 'apt-get', ...first] = [...prefix, 'apt-get', ...args];
    return run(program, first, { limit: installLimit });
  };
  // The lists of a fresh machine are empty, and old ones name versions that are gone.
  const update = await apt(['update', '-q']);
  const packages = await namesOnThisSystem(wanted);
  const result = await apt(installArguments(packages));
  if (result.code === 0) return;
  throw new SetupError(
    `${update.code === 0 ? '' : update.output}${result.output}\n` +
      'apt-get could not install what Electron needs. Put right what it says above, or type:\n\n' +
      `  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}\n`,
  );
}

/** @param {readonly string[]} packages */
function installArguments(packages) {
  // Another apt may be at work, as after the start of a fresh machine: wait for it.
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'APT::Install-Recommends=false'];
  return ['install', '-y', '-q', ...options, ...packages];
}

/**
 * A fresh machine lacks dozens of libraries; a few names tell enough.
 *
 * @param {readonly string[]} names
 */
function inShort(names) {
  const [few, more] = [names.slice(0, 6), names.slice(6)];
  return few.join(', ') + (more.length > 0 ? ` and ${more.length} more` : '');
}

/**
 * What to put before apt-get so that it may install.
 *
 * @returns {Promise<string[] | undefined>} undefined when it may not
 */
async function privilege() {
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid?.() === 0) return quiet;
  const { code } = await run('sudo', ['-n', 'true']);
  return code === 0 ? ['sudo', '-n', ...quiet] : undefined;
}

/**
 * @param {readonly (readonly string[])[]} wanted
 * @returns {Promise<string[]>}
 */
async function namesOnThisSystem(wanted) {
  const names = await Promise.all(
    wanted.map(async (candidates) => {
      for (const name of candidates.slice(0, -1)) {
        if ((await run('apt-cache', ['show', '--', name])).code === 0) return name;
      }
      return candidates.at(-1) ?? '';
    }),
  );
  return [...new Set(names)];
}
