import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasCode } from './errors.mjs';
import { say, SetupError } from './say.mjs';

/** The holder shows that it lives by touching the file this often, in milliseconds. */
const heartbeat = 2_000;
/** A file untouched for so long belongs to nobody any more. */
const stale = 30_000;

/**
 * Does work that only one process may do at a time. A second one waits; the lock of a process
 * that died is taken over.
 *
 * @template T
 * @param {string} file the lock, made and removed here
 * @param {string} what the work in words, for the one who waits
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(file, what, work) {
  await mkdir(dirname(file), { recursive: true }).catch((error) => tellUnwritable(file, error));
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let told = false; !(await tryTake(file, mine));) {
    if (await isAbandoned(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) say(`Waiting for another run that is ${what} …`);
    told = true;
    await delay(200);
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A lock that somebody removed by hand has nothing left to keep alive.
    utimes(file, now, now).catch(() => clearInterval(beat));
  }, heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} content
 */
async function tryTake(file, content) {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    return tellUnwritable(file, error);
  }
}

/**
 * @param {string} file
 * @param {unknown} error
 * @returns {never}
 */
function tellUnwritable(file, error) {
  throw new SetupError(
    `${error instanceof Error ? error.message : error}\n` +
      `What set-up fetches is kept in ${dirname(file)}, which cannot be written. Make it writable, ` +
      'or name another folder in RINGSIDE_CACHE, and run the command again.',
  );
}

/** @param {string} file */
async function isAbandoned(file) {
  try {
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > stale) return true;
    const { pid, host } = JSON.parse(await readFile(file, 'utf8'));
    return host === hostname() && !isRunning(pid);
  } catch (error) {
    // Gone meanwhile, or just made and not written yet: look again.
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
