import * as fs from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

// What the updater takes of a library of ten times this size, made of what Node has by now.
export { existsSync, readFileSync } from 'node:fs';
export { chmod, copyFile, mkdir, readFile, rename, stat, unlink } from 'node:fs/promises';

export const open = promisify(fs.open);
export const close = promisify(fs.close);
export const read = promisify(fs.read);
export const fstat = promisify(fs.fstat);
export const pathExistsSync = fs.existsSync;

/** @param {string} path */
export async function pathExists(path) {
  return fs.existsSync(path);
}

/** @param {string} path */
export async function remove(path) {
  await rm(path, { recursive: true, force: true });
}

/** @param {string} folder */
export async function emptyDir(folder) {
  await remove(folder);
  await mkdir(folder, { recursive: true });
}

/**
 * @param {string} path
 * @param {string | Uint8Array} content
 */
export async function outputFile(path, content) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/**
 * @param {string} path
 * @param {unknown} json
 */
export async function outputJson(path, json) {
  await outputFile(path, `${JSON.stringify(json)}\n`);
}

/** @param {string} path */
export async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}
