import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.mjs';
import { alone } from './lock.mjs';
import { checkoutLock, projectFolder } from './places.mjs';
import { run } from './run.mjs';
import { say, SetupError } from './say.mjs';
import { tool } from './tool.mjs';

/** What the built app is made of. */
const inputs = [
  'src',
  'resources',
  'scripts/licences',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
/** One file of each part; a build writes them all anew. */
const outputs = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/**
 * Whether what was built is as new as what it is built from.
 *
 * @param {readonly number[]} inputTimes of every input file and folder, in milliseconds
 * @param {readonly (number | undefined)[]} outputTimes undefined for an output that is not there
 * @returns {boolean}
 */
export function isBuildFresh(inputTimes, outputTimes) {
  const newest = Math.max(...inputTimes);
  return outputTimes.every((time) => time !== undefined && time > newest);
}

/** Builds the app unless what was built last is still what the sources say. */
export async function ensureBuilt() {
  await alone(checkoutLock('build'), 'building the app', async () => {
    const [inputTimes, outputTimes] = await Promise.all([
      Promise.all(inputs.map((path) => timesBelow(join(projectFolder, path)))),
      Promise.all(outputs.map((path) => timeOf(join(projectFolder, path)))),
    ]);
    if (!isBuildFresh(inputTimes.flat(), outputTimes)) await build();
  });
}

async function build() {
  say('Building …');
  const { code, output } = await run(process.execPath, [await tool('electron-vite'), 'build'], {
    cwd: projectFolder,
  });
  if (code !== 0) throw new SetupError(`${output}\nThe app does not build; see above.`);
}

/**
 * @param {string} path a file or a folder
 * @returns {Promise<number[]>}
 */
async function timesBelow(path) {
  const own = await stat(path);
  if (!own.isDirectory()) return [own.mtimeMs];
  // Folders count too: their time changes when a file goes.
  const below = await readdir(path, { recursive: true });
  const times = await Promise.all(below.map((name) => timeOf(join(path, name))));
  return [own.mtimeMs, ...times.filter((time) => time !== undefined)];
}

/** @param {string} path */
async function timeOf(path) {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
