import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILLER = 'fills-the-disk';

/** Whether disks can be mounted: on Linux, as root. */
export const CAN_MOUNT = canMount();

/** Mounts a small empty disk in memory. */
export function mountDisk(folder: string, size = '32m'): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'none', folder]);
}

/** Unmounts the disk even if it's in use. */
export function unmountDisk(folder: string): void {
  execFileSync('umount', ['--lazy', folder]);
}

/** Makes the disk read-only. */
export function makeReadOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
}

/** Fills the disk to its last byte. */
export function fillDisk(folder: string): void {
  const file = join(folder, FILLER);
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    while (fits(file, size));
  }
}

/** Frees the space that {@link fillDisk} took. */
export function freeDisk(folder: string): void {
  rmSync(join(folder, FILLER));
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
    mountDisk(folder);
    unmountDisk(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
