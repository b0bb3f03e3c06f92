import { ensureElectron } from './electron.mjs';
import { ensureLibraries } from './libraries.mjs';
import { checkNode } from './node-version.mjs';
import { ensurePackages } from './packages.mjs';

/** Whether programs with windows have a screen to show them on. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/** Sets up what the tools of the project need, for commands that run no Electron. */
export async function setUpTools() {
  checkNode();
  await ensurePackages();
}

/**
 * Sets up everything needed to run the app. Takes a moment when nothing is missing.
 *
 * @param {{ display?: boolean, session?: boolean, tests?: boolean }} [options] `display`: a virtual
 *   one will be started; `session`: a session bus will be started; `tests`: so will the
 *   end-to-end tests
 * @returns {Promise<string>} Electron's executable
 */
export async function setUp(options = {}) {
  await setUpTools();
  const executable = await ensureElectron();
  await ensureLibraries(executable, options);
  return executable;
}
