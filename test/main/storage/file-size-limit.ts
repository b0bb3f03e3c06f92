import { execFileSync } from 'node:child_process';

/** Whether {@link withFileSizeLimit} works here. */
export const CAN_LIMIT_FILE_SIZE = process.platform === 'linux' && hasPrlimit();

/**
 * Runs an action while no file can grow beyond a number of bytes. As on a full disk, a write fails
 * after part of the data was written.
 */
export function withFileSizeLimit(bytes: number, action: () => void): void {
  const listeners = process.listeners('SIGXFSZ');
  // Unlike a full disk, the limit also sends a signal, which would end the process.
  process.on('SIGXFSZ', ignoreSignal);
  for (const listener of listeners) process.off('SIGXFSZ', listener);
  setLimit(`${bytes}:`);
  try {
    action();
  } finally {
    setLimit('unlimited:');
  }
}

function ignoreSignal(): void {
  // The write itself fails with EFBIG.
}

function setLimit(size: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}`]);
}

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
