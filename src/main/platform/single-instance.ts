import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, type App } from 'electron';

type LockingApp = Pick<App, 'getPath' | 'setPath' | 'requestSingleInstanceLock'>;

/**
 * Whether this is the only instance for its profile. A running instance receives the command line
 * of the second one. Chromium keeps its lock in the profile, and can't tell a running instance from
 * a disk that is read-only or full; on Linux and macOS the lock is then kept in a folder of the
 * user's session.
 */
export function acquireSingleInstanceLock(
  platform: NodeJS.Platform = process.platform,
  electronApp: LockingApp = app,
): boolean {
  if (electronApp.requestSingleInstanceLock()) return true;
  const profile = electronApp.getPath('userData');
  if (platform === 'win32' || isLocked(profile)) return false;
  // The other instance may have quit meanwhile.
  if (electronApp.requestSingleInstanceLock()) return true;
  try {
    electronApp.setPath('userData', createLockFolder(profile));
    return electronApp.requestSingleInstanceLock();
  } catch {
    // Without a place for the lock, two instances are better than none.
    return true;
  } finally {
    electronApp.setPath('userData', profile);
  }
}

/** Whether an instance that locked the profile is still running. */
function isLocked(profile: string): boolean {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]);
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Creates a lock folder for the profile. Throws if other users can write to it. */
function createLockFolder(profile: string): string {
  const runtimeFolder = process.env['XDG_RUNTIME_DIR'] ?? '';
  const hash = createHash('sha256').update(`${process.getuid?.()} ${profile}`).digest('hex');
  const folder = join(
    runtimeFolder === '' ? tmpdir() : runtimeFolder,
    `ringside-${hash.slice(0, 16)}`,
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  const isPrivate = stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
  if (!isPrivate || !stats.isDirectory()) throw new Error('the lock folder is not private');
  return folder;
}
