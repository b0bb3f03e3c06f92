import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getTool, log, run, SetupError } from './cli.mjs';
import { projectFolder } from './paths.mjs';

const INPUTS = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
/** Holds the targets of the last build. Written last, so an interrupted build doesn't count. */
const STAMP = join(projectFolder, 'out', 'build-targets.txt');

/**
 * Builds the app.
 *
 * @param {string} [targets] of an Electron other than the pinned release
 */
export async function build(targets = '') {
  log('Building …');
  const { code, output } = await run(process.execPath, [getTool('electron-vite'), 'build'], {
    cwd: projectFolder,
    env: { ...process.env, RINGSIDE_BUILD_TARGETS: targets },
  });
  if (code !== 0) throw new SetupError(`${output}\nThe build failed.`);
  await writeFile(STAMP, targets);
}

/**
 * Builds the app unless the last build is newer than its sources and runs on the given Electron.
 *
 * @param {{ buildTargets?: string }} [electron] if it is going to run the app
 */
export async function ensureBuilt(electron) {
  const last = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined;
  const targets = electron === undefined ? (last ?? '') : (electron.buildTargets ?? '');
  if (last !== targets || !(await isNewerThanSources(STAMP))) await build(targets);
}

/** @param {string} file */
async function isNewerThanSources(file) {
  const { mtimeMs } = await stat(file);
  const times = await Promise.all(INPUTS.map((path) => getNewestTime(join(projectFolder, path))));
  return Math.max(...times) < mtimeMs;
}

/**
 * @param {string} path of a file, or of a folder, whose time changes when a file in it is removed
 * @returns {Promise<number>}
 */
async function getNewestTime(path) {
  const stats = await stat(path);
  const names = stats.isDirectory() ? await readdir(path, { recursive: true }) : [];
  const below = await Promise.all(names.map((name) => stat(join(path, name))));
  return Math.max(stats.mtimeMs, ...below.map(({ mtimeMs }) => mtimeMs));
}
