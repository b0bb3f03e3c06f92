import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.mjs';
import { alone } from './lock.mjs';
import { cacheFolder, projectFolder } from './places.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** A download of about 120 MB may be slow, but not for ever. */
const downloadLimit = 10 * 60_000;
/** So long a failure counts as a late one. */
const lately = 24 * 60 * 60_000;

const electronPackage = join(projectFolder, 'node_modules', 'electron');

/** Where the electron package keeps its binary, whether or not it is there. */
export const pinnedFolder = join(electronPackage, 'dist');

/** The release that package.json pins. */
export async function pinnedVersion() {
  const { version } = JSON.parse(await readFile(join(electronPackage, 'package.json'), 'utf8'));
  return String(version);
}

/**
 * The executable of the pinned release.
 *
 * @returns {Promise<string | undefined>} undefined when it is not there, or not wholly
 */
export async function pinnedExecutable() {
  try {
    // The installer writes path.txt last.
    const executable = join(
      pinnedFolder,
      await readFile(join(electronPackage, 'path.txt'), 'utf8'),
    );
    const version = await readFile(join(pinnedFolder, 'version'), 'utf8');
    const isWhole = version.replace(/^v/, '') === (await pinnedVersion()) && existsSync(executable);
    return isWhole ? executable : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether fetching the pinned release failed within the last day. */
export async function failedLately() {
  try {
    return Date.now() - (await stat(await failureNote())).mtimeMs < lately;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/**
 * Lets the electron package fetch its own binary, from its download cache if it is there.
 *
 * @returns {Promise<{ executable: string } | { failure: string }>} `failure`: what its installer said
 */
export function fetchPinned() {
  return alone(join(cacheFolder(), 'electron-pinned.lock'), 'fetching Electron', async () => {
    const present = await pinnedExecutable();
    if (present !== undefined) return { executable: present };
    say(`Fetching Electron ${await pinnedVersion()} …`);
    let attempt = await runInstaller();
    // A line that broke may hold the second time; one that is slow will be as slow again.
    if (attempt.executable === undefined && !attempt.timedOut) attempt = await runInstaller();
    if (attempt.executable !== undefined) {
      await rm(await failureNote(), { force: true });
      return { executable: attempt.executable };
    }
    const failure = attempt.timedOut ? `${attempt.output}It took too long.` : attempt.output;
    await mkdir(cacheFolder(), { recursive: true });
    await writeFile(await failureNote(), failure);
    return { failure };
  });
}

async function runInstaller() {
  const env = { ...process.env, ELECTRON_GET_USE_PROXY: process.env.ELECTRON_GET_USE_PROXY ?? '1' };
  const installer = join(electronPackage, 'install.js');
  const { output, timedOut } = await run(process.execPath, [installer], {
    cwd: projectFolder,
    env,
    limit: downloadLimit,
  });
  return { executable: await pinnedExecutable(), output, timedOut };
}

async function failureNote() {
  return join(cacheFolder(), `electron-${await pinnedVersion()}.unavailable`);
}
