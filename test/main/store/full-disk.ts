import { execFileSync } from 'node:child_process';

/** Whether {@link withFullDisk} can be had here. */
export const CAN_FILL_DISK = process.platform === 'linux' && hasLimits();

/**
 * Does something while no file can become larger than so many bytes: as on a full disk, a write
 * fails in the middle of what it writes.
 */
export function withFullDisk(bytes: number, what: () => void): void {
  limit(`${bytes}:`);
  try {
    what();
  } finally {
    limit('unlimited:');
  }
}

function limit(size: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}`]);
}

function hasLimits(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
