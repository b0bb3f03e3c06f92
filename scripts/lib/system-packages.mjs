import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { log, run, SetupError } from './cli.mjs';

/**
 * @typedef {object} Needs
 * @property {boolean} [display] a virtual display
 * @property {boolean} [tests] what the end-to-end tests use of a desktop
 * @property {boolean} [desktop] a panel and a notification service, for screenshots of the desktop
 * @property {boolean} [desktops] everything that the tests on real desktops bring up
 * @property {boolean} [orca] the screen reader Orca
 */

/**
 * The libraries that Electron links to or loads. Newer Debians and Ubuntus renamed some of them.
 */
const LIBRARIES = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libnotify4'],
  ['libsecret-1-0'],
];
/** Programs, or files at their Debian paths, and the packages that contain them. */
const DISPLAY_PROGRAMS = {
  Xvfb: 'xvfb',
  'dbus-run-session': 'dbus',
  '/usr/share/fonts/truetype/dejavu': 'fonts-dejavu-core',
};
const DESKTOP_PROGRAMS = {
  'xfce4-panel': 'xfce4-panel',
  xfwm4: 'xfwm4',
  '/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service': 'xfce4-notifyd',
  import: 'imagemagick',
};
const DESKTOPS_PROGRAMS = {
  ...DESKTOP_PROGRAMS,
  openbox: 'openbox',
  dunst: 'dunst',
  tint2: 'tint2',
  'lxqt-panel': 'lxqt-panel',
  'lxqt-notificationd': 'lxqt-notificationd',
  '/usr/share/icons/Adwaita': 'adwaita-icon-theme',
  sway: 'sway',
  waybar: 'waybar',
  mako: 'mako-notifier',
  Xwayland: 'xwayland',
  wmctrl: 'wmctrl',
  xhost: 'x11-xserver-utils',
};
const ORCA_PROGRAMS = {
  openbox: 'openbox',
  '/usr/libexec/at-spi-bus-launcher': 'at-spi2-core',
  orca: 'orca',
};
const TEST_PROGRAMS = {
  'gnome-keyring-daemon': 'gnome-keyring',
  'xdg-open': 'xdg-utils',
  'xfce4-panel': 'xfce4-panel',
  xdotool: 'xdotool',
  xprop: 'x11-utils',
  import: 'imagemagick',
  fakeroot: 'fakeroot',
  '/usr/share/fonts/truetype/vlgothic': 'fonts-vlgothic',
};

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * Installs the system packages that Electron and the tests need when run as root on a
 * Debian-based system. Otherwise says which command to run.
 *
 * @param {string} electron the executable
 * @param {Needs} needs
 */
export async function ensureSystemPackages(electron, { display, tests, desktop, desktops, orca }) {
  if (process.platform !== 'linux') return;
  const wanted = {
    ...(display ? DISPLAY_PROGRAMS : {}),
    ...(tests ? TEST_PROGRAMS : {}),
    ...(desktop ? DESKTOP_PROGRAMS : {}),
    ...(desktops ? DESKTOPS_PROGRAMS : {}),
    ...(orca ? ORCA_PROGRAMS : {}),
  };
  const hasApt = isPresent('apt-get');
  const missingPrograms = Object.entries(wanted).filter(
    ([name]) => !isPresent(name) && (hasApt || !name.startsWith('/')),
  );
  const missingLibraries = await getMissingLibraries(electron);
  const missing = [...missingLibraries, ...missingPrograms.map(([name]) => name)];
  if (missing.length === 0) return;
  if (!hasApt) {
    throw new SetupError(
      `Missing on this system: ${missing.join(', ')}.\n` +
        "Install your distribution's packages that contain them and try again.",
    );
  }
  const libraries = missingLibraries.length > 0 ? LIBRARIES : [];
  await installPackages([...libraries, ...missingPrograms.map(([, name]) => [name])]);
}

/** @param {string} electron */
async function getMissingLibraries(electron) {
  const { stdout } = await run('ldd', [electron]);
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
  // Electron loads it at run time, so ldd doesn't list it. Without it there are no notifications.
  const loaded = await run('/sbin/ldconfig', ['-p']);
  const hasLibnotify = loaded.code !== 0 || loaded.stdout.includes('libnotify.so.4 ');
  return hasLibnotify ? missing : [...missing, 'libnotify.so.4'];
}

/** @param {string} name of a program, or the absolute path of a file */
function isPresent(name) {
  if (name.startsWith('/')) return existsSync(name);
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** @param {readonly (readonly string[])[]} wanted packages, each with its possible names */
async function installPackages(wanted) {
  const isRoot = process.getuid?.() === 0;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  if (isRoot) {
    log('Installing system packages (apt-get) …');
    await run('apt-get', ['update', '-q'], { ...options, timeout: INSTALL_TIMEOUT_MS });
  }
  const names = [...new Set(await Promise.all(wanted.map(findAvailableName)))];
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (!isRoot) {
    throw new SetupError(
      `System packages are missing. Run this and try again:\n\n  sudo ${command}\n`,
    );
  }
  // Another apt-get may be running, as right after a new machine's first start.
  const args = ['-q', '-o', 'DPkg::Lock::Timeout=120', ...command.split(' ').slice(1)];
  const { code, output } = await run('apt-get', args, { ...options, timeout: INSTALL_TIMEOUT_MS });
  if (code !== 0) throw new SetupError(`${output}\nThis failed: ${command}`);
}

/** @param {readonly string[]} names */
async function findAvailableName(names) {
  for (const name of names) {
    if ((await run('apt-cache', ['show', '--', name])).code === 0) return name;
  }
  return names.at(-1) ?? '';
}
