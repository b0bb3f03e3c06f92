import { execFileSync } from 'node:child_process';

/** Whether {@link withFullDisk} can be had here. */
export const CAN_FILL_DISK = process.platform === 'linux' && hasLimits();

/**
 * Does something while no file can become larger than so many bytes: as on a full disk, a write
 * fails in the middle of what it writes. Unlike a full disk, the limit sends a signal too, of which
 * nobody is to hear.
 */
export function withFullDisk(bytes: number, what: () => void): void {
  const listeners = process.listeners('SIGXFSZ');
  process.on('SIGXFSZ', passOver);
  for (const listener of listeners) process.off('SIGXFSZ', listener);
  limit(`${bytes}:`);
  try {
    what();
  } finally {
    limit('unlimited:');
  }
}

function passOver(): void {
  // The error of the write tells what happened.
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
