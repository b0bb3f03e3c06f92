import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What fills a disk. */
const FILL = 'fills-the-disk';

/** Whether a disk can be mounted here: on Linux, by root. */
export const CAN_MOUNT = canMount();

/** Mounts a small empty disk in memory on a folder. */
export function mounted(folder: string, size = '32m'): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'none', folder]);
}

/** Takes the disk away, also from who still uses it. */
export function unmounted(folder: string): void {
  execFileSync('umount', ['--lazy', folder]);
}

/** Lets nobody write to the disk any more. */
export function readOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
}

/** Fills the disk to its last byte. */
export function filled(folder: string): void {
  const file = join(folder, FILL);
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    while (fits(file, size));
  }
}

/** Makes room again. */
export function emptied(folder: string): void {
  rmSync(join(folder, FILL));
}

function fits(file: string, size: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(size));
    return true;
  } catch {
    return false;
  }
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'ringside-mount-'));
  try {
    mounted(folder);
    unmounted(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
