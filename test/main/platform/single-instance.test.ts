import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { acquireSingleInstanceLock } from '../../../src/main/platform/single-instance';
import { CAN_MOUNT, makeReadOnly, mountDisk, unmountDisk } from '../storage/mounted-disk';

/** No process has this id. */
const UNUSED_PID = 2 ** 30;

let folder: string;
let profile: string;
/** Folders with a lock in them. */
let lockedFolders: Set<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-lock-'));
  profile = mkdtempSync(join(folder, 'profile-'));
  lockedFolders = new Set();
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Starts another instance. The lock in the profile itself can't be acquired. */
function start(platform: NodeJS.Platform = 'linux') {
  let userData = profile;
  const electronApp = {
    getPath: () => userData,
    setPath: (_: string, path: string) => {
      userData = path;
    },
    requestSingleInstanceLock: () => {
      if (userData === profile || lockedFolders.has(userData)) return false;
      lockedFolders.add(userData);
      return true;
    },
  };
  return { isOnly: acquireSingleInstanceLock(platform, electronApp), userData };
}

test('refuses a second instance on a writable profile', () => {
  symlinkSync(`a-machine-${process.pid}`, join(profile, 'SingletonLock'));
  expect(start()).toEqual({ isOnly: false, userData: profile });
  expect(lockedFolders.size).toBe(0);
});

test('allows the first instance where the profile has no room for a lock', () => {
  expect(start()).toEqual({ isOnly: true, userData: profile });
  expect(start().isOnly).toBe(false);
});

describe.runIf(CAN_MOUNT)('on a read-only profile', () => {
  afterEach(() => {
    unmountDisk(profile);
  });

  test('allows the first instance and refuses the second', () => {
    makeProfileReadOnly();
    expect(start()).toEqual({ isOnly: true, userData: profile });
    expect(start()).toEqual({ isOnly: false, userData: profile });
    expect(lockedFolders.size).toBe(1);
  });

  test('refuses a second instance if the first locked the profile while it was writable', () => {
    makeProfileReadOnly({ lockPid: process.pid });
    expect(start().isOnly).toBe(false);
  });

  test('ignores the lock of an instance that no longer runs', () => {
    makeProfileReadOnly({ lockPid: UNUSED_PID });
    expect(start().isOnly).toBe(true);
  });

  test('allows an instance if no lock can be created', () => {
    makeProfileReadOnly();
    vi.stubEnv('XDG_RUNTIME_DIR', join(profile, 'nowhere'));
    expect(start()).toEqual({ isOnly: true, userData: profile });
    expect(lockedFolders.size).toBe(0);
  });
});

function makeProfileReadOnly({ lockPid }: { readonly lockPid?: number } = {}): void {
  mountDisk(profile);
  if (lockPid !== undefined) symlinkSync(`a-machine-${lockPid}`, join(profile, 'SingletonLock'));
  makeReadOnly(profile);
}
