import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './error-code';

/** Makes a folder and those above it, where they are not there. Throws what the file system does. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    // Node says so of a disk that may not be written to; asked for one folder alone it says why.
    let missing = folder;
    while (!existsSync(dirname(missing))) missing = dirname(missing);
    mkdirSync(missing);
    throw error;
  }
}

/**
 * Replaces a file so that a kill at any moment leaves the old one or the new one, never half of
 * either. With `durable` the new one survives a power cut too, at the price of waiting for the
 * disk. Throws what the file system throws.
 */
export function writeSafely(path: string, text: string, { durable = false } = {}): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    // All of it or an error: a single write may put down half on a disk that is nearly full.
    writeFileSync(file, text);
    if (durable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** Throws what the file system throws when there is no room for such a text beside a file. */
export function mustFit(path: string, text: string): void {
  const draft = `${path}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
  } finally {
    rmSync(draft, { force: true });
  }
}
