import { createHash, randomInt } from 'node:crypto';
import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { app, type App } from 'electron';

type LockingApp = Pick<App, 'getPath' | 'setPath' | 'requestSingleInstanceLock'>;

/** The result of trying to be the only instance for a profile. */
export type InstanceLock =
  | { readonly kind: 'acquired' }
  /** Another instance is running and has received the command line, if it could be reached. */
  | { readonly kind: 'running' }
  /** An instance on another computer uses the profile, or did when it crashed. */
  | { readonly kind: 'in-use'; readonly host: string };

/**
 * Makes this the only instance for its profile. A running instance receives the command line of the
 * second one. Chromium keeps its lock in the profile, and can't tell a running instance from a disk
 * that is read-only or full; on Linux and macOS the lock is then kept in a folder of the user's
 * session.
 */
export function acquireSingleInstanceLock(
  platform: NodeJS.Platform = process.platform,
  electronApp: LockingApp = app,
): InstanceLock {
  const profile = electronApp.getPath('userData');
  const owner = platform === 'win32' ? undefined : readLockOwner(profile);
  if (owner && owner.host !== hostname()) return { kind: 'in-use', host: owner.host };
  // Chromium takes over a lock if it can't reach its socket, even if the instance is running.
  if (owner && isSameProgram(owner.pid) && !repairSocket(profile)) return { kind: 'running' };
  if (electronApp.requestSingleInstanceLock()) return { kind: 'acquired' };
  if (platform === 'win32') return { kind: 'running' };
  const lockedBy = readLockOwner(profile);
  if (lockedBy && isRunning(lockedBy.pid)) return { kind: 'running' };
  // The other instance may have quit in the meantime.
  if (electronApp.requestSingleInstanceLock()) return { kind: 'acquired' };
  try {
    electronApp.setPath('userData', createLockFolder(profile));
    return { kind: electronApp.requestSingleInstanceLock() ? 'acquired' : 'running' };
  } catch {
    // Without a place for the lock, two instances are better than none.
    return { kind: 'acquired' };
  } finally {
    electronApp.setPath('userData', profile);
  }
}

/** Removes the lock of an instance on another computer. */
export function removeForeignLock(profile: string): void {
  rmSync(join(profile, 'SingletonLock'), { force: true });
}

/** The instance that Chromium's lock in the profile names. */
function readLockOwner(
  profile: string,
): { readonly host: string; readonly pid: number } | undefined {
  const match = /^(.+)-(\d+)$/.exec(readLink(join(profile, 'SingletonLock')) ?? '');
  return match?.[1] === undefined ? undefined : { host: match[1], pid: Number(match[2]) };
}

/**
 * Makes the socket of a running instance reachable again; `false` if it is gone. Chromium checks
 * that a cookie beside the socket equals one in the profile, and system services that clean up
 * temporary folders delete the former.
 */
function repairSocket(profile: string): boolean {
  const socket = readLink(join(profile, 'SingletonSocket'));
  if (socket === undefined) return false;
  const cookies = [profile, dirname(socket)].map((folder) => join(folder, 'SingletonCookie'));
  try {
    if (!lstatSync(socket).isSocket() || !isPrivateFolder(dirname(socket))) return false;
    const values = cookies.map(readLink);
    const value = values[0] ?? values[1] ?? String(randomInt(2 ** 40));
    for (const [index, cookie] of cookies.entries()) {
      if (values[index] === value) continue;
      rmSync(cookie, { force: true });
      symlinkSync(value, cookie);
    }
    return true;
  } catch {
    return false;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process runs the same program as this one; process ids are reused. */
function isSameProgram(pid: number): boolean {
  if (pid === process.pid || !isRunning(pid)) return false;
  // Only Linux has these links. An update or another mount of an AppImage changes the folder.
  const program = readLink(`/proc/${pid}/exe`)?.replace(/ \(deleted\)$/, '');
  return program !== undefined && basename(program) === basename(process.execPath);
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
  if (!isPrivateFolder(folder)) throw new Error('the lock folder is not private');
  return folder;
}

function isPrivateFolder(path: string): boolean {
  const stats = lstatSync(path);
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
}
