import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { log, npm, SetupError } from './cli.mjs';
import { projectFolder } from './paths.mjs';

/** Must match `engines` in package.json. */
const OLDEST_NODE = { major: 20, minor: 19 };
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** Whether windows can be shown here. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/**
 * Returns the switches without which Chromium doesn't start: it has no sandbox for root on Linux.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {number | undefined} [userId]
 * @returns {string[]}
 */
export function getSandboxSwitches(platform = process.platform, userId = process.getuid?.()) {
  return platform === 'linux' && userId === 0 ? ['--no-sandbox'] : [];
}

/** Prepares everything a script needs that doesn't run Electron: Node and the npm packages. */
export async function setUpTools() {
  checkNode();
  if (!areNpmPackagesInstalled()) await installNpmPackages();
}

/**
 * Prepares everything needed to run the app. Quick and silent when nothing is missing.
 *
 * @param {import('./system-packages.mjs').Needs} [needs]
 * @returns {Promise<import('./electron.mjs').Electron>}
 */
export async function setUp(needs = {}) {
  await setUpTools();
  // They use npm packages, so they can only be loaded now.
  const { ensureElectron } = await import('./electron.mjs');
  const { ensureSystemPackages } = await import('./system-packages.mjs');
  const electron = await ensureElectron();
  await ensureSystemPackages(electron.executable, needs);
  return electron;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) {
    return;
  }
  throw new SetupError(
    `Ringside needs Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer. ` +
      `This is ${process.versions.node}.`,
  );
}

/**
 * Whether node_modules is what package-lock.json asks for.
 *
 * @param {string} [folder] the checkout
 * @returns {boolean}
 */
export function areNpmPackagesInstalled(folder = projectFolder) {
  // npm writes this file last, so an interrupted installation doesn't have it.
  const installedFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const locked = readPackages(join(folder, 'package-lock.json'));
  const installed = readPackages(installedFile);
  return Object.entries(locked).every(([path, { version, optional }]) => {
    // Optional packages are mostly for other platforms.
    const isAbsent = installed[path] === undefined && optional === true;
    return path === '' || isAbsent || installed[path]?.version === version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

async function installNpmPackages() {
  log('Installing the npm packages (npm ci) …');
  // No package needs its install script, and one that compiles would need a compiler.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--loglevel=error'];
  const { code, output } = await npm(args, { cwd: projectFolder, timeout: INSTALL_TIMEOUT_MS });
  if (code === 0) return;
  throw new SetupError(
    `${output}\nnpm ci failed. Check the connection to the npm registry (npm ping) and try again.`,
  );
}
