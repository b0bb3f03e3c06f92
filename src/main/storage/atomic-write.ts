import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync as writeAtomically } from 'atomically';

/** How long to wait before saving a file again after a failure; there may be room by then. */
export const SAVE_RETRY_MS = 2_000;

/** How long to retry while another program, such as a virus scanner, has the file open. */
const RETRY_MS = 100;

/**
 * Replaces a file. A kill at any moment leaves either the old or the new text. With `fsync`, so
 * does a power cut. Throws the file system's error.
 */
export function writeFileAtomic(path: string, text: string, { fsync = false } = {}): void {
  ensureFolder(dirname(path));
  writeAtomically(path, undefined, {
    mode: 0o600,
    fsync,
    timeout: RETRY_MS,
    // The library writes with a single call, which a nearly full disk cuts short without an error.
    tmpCreated: (temporaryFile) => {
      writeFileSync(temporaryFile, text);
    },
  });
}

/**
 * Creates a folder and its parents for this user only. On a read-only disk, `mkdir` with
 * `recursive` fails with a misleading ENOENT.
 */
export function ensureFolder(folder: string): void {
  if (existsSync(folder)) return;
  ensureFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Returns the code of a file system error, such as `ENOSPC`. */
export function getErrorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
