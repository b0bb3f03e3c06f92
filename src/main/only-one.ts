import { accessSync, constants, lstatSync, mkdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { fingerprint } from './fingerprint';

/** What is needed of Electron's app. */
type Locks = Pick<App, 'getPath' | 'setPath' | 'requestSingleInstanceLock'>;

/**
 * Whether this is the only Ringside of its profile; one that runs already is handed the command
 * line. Chromium keeps its lock in the profile, and where nothing can be written takes the failure
 * for another that runs: there the lock is kept in a folder of the person's that lasts as long as
 * their session. Windows keeps no such link by which to tell, and is left as it is.
 */
export function isOnlyOne(app: Locks, platform: NodeJS.Platform): boolean {
  if (app.requestSingleInstanceLock()) return true;
  const profile = app.getPath('userData');
  if (platform === 'win32' || canWrite(profile) || isHeld(profile)) return false;
  try {
    app.setPath('userData', folderFor(profile));
    return app.requestSingleInstanceLock();
  } catch {
    // Nowhere to keep a lock: two that run are better than none.
    return true;
  } finally {
    app.setPath('userData', profile);
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether one that took its lock while the profile could still be written is running. */
function isHeld(profile: string): boolean {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]);
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A folder for a profile's lock; throws where somebody else might have a hand in it. */
function folderFor(profile: string): string {
  const own = process.env['XDG_RUNTIME_DIR'] ?? '';
  const folder = join(
    own === '' ? tmpdir() : own,
    `ringside-${fingerprint(`${process.getuid?.()} ${profile}`)}`,
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const isOurs = uid === process.getuid?.() && (mode & 0o077) === 0;
  if (!isOurs || !lstatSync(folder).isDirectory()) throw new Error('the folder is somebody else’s');
  return folder;
}
