import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  acquireSingleInstanceLock,
  removeForeignLock,
} from '../../../src/main/platform/single-instance';
import { CAN_MOUNT, makeReadOnly, mountDisk, unmountDisk } from '../storage/mounted-disk';

/** No process has this id. */
const UNUSED_PID = 2 ** 30;

let folder: string;
let profile: string;
/** Folders with a lock in them. */
let lockedFolders: Set<string>;
/** Whether Chromium gives out the lock in the profile. */
let requestsLock: () => boolean;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-lock-'));
  profile = mkdtempSync(join(folder, 'profile-'));
  lockedFolders = new Set();
  requestsLock = () => false;
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Starts another instance. By default, the lock in the profile itself can't be acquired. */
function start(platform: NodeJS.Platform = 'linux') {
  let userData = profile;
  const electronApp = {
    getPath: () => userData,
    setPath: (_: string, path: string) => {
      userData = path;
    },
    requestSingleInstanceLock: () => {
      if (userData === profile) return requestsLock();
      if (lockedFolders.has(userData)) return false;
      lockedFolders.add(userData);
      return true;
    },
  };
  return { lock: acquireSingleInstanceLock(platform, electronApp).kind, userData };
}

test('refuses a second instance on a writable profile', () => {
  symlinkSync(`${hostname()}-${process.pid}`, join(profile, 'SingletonLock'));
  expect(start()).toEqual({ lock: 'running', userData: profile });
  expect(lockedFolders.size).toBe(0);
});

test('allows the first instance where the profile has no room for a lock', () => {
  expect(start()).toEqual({ lock: 'acquired', userData: profile });
  expect(start().lock).toBe('running');
});

describe.runIf(CAN_MOUNT)('on a read-only profile', () => {
  afterEach(() => {
    unmountDisk(profile);
  });

  test('allows the first instance and refuses the second', () => {
    makeProfileReadOnly();
    expect(start()).toEqual({ lock: 'acquired', userData: profile });
    expect(start()).toEqual({ lock: 'running', userData: profile });
    expect(lockedFolders.size).toBe(1);
  });

  test('refuses a second instance if the first locked the profile while it was writable', () => {
    makeProfileReadOnly({ lockPid: process.pid });
    expect(start().lock).toBe('running');
  });

  test('ignores the lock of an instance that no longer runs', () => {
    makeProfileReadOnly({ lockPid: UNUSED_PID });
    expect(start().lock).toBe('acquired');
  });

  test('allows an instance if no lock can be created', () => {
    makeProfileReadOnly();
    vi.stubEnv('XDG_RUNTIME_DIR', join(profile, 'nowhere'));
    expect(start()).toEqual({ lock: 'acquired', userData: profile });
    expect(lockedFolders.size).toBe(0);
  });
});

function makeProfileReadOnly({ lockPid }: { readonly lockPid?: number } = {}): void {
  mountDisk(profile);
  if (lockPid !== undefined)
    symlinkSync(`${hostname()}-${lockPid}`, join(profile, 'SingletonLock'));
  makeReadOnly(profile);
}

describe('a lock of another computer', () => {
  test.each(['another-computer', 'name-with-1-2', 'höst.local'])('is left alone: %s', (host) => {
    symlinkSync(`${host}-${process.pid}`, join(profile, 'SingletonLock'));
    expect(start()).toEqual({ lock: 'in-use', userData: profile });
    expect(start('darwin').lock).toBe('in-use');
    expect(readlinkSync(join(profile, 'SingletonLock'))).toBe(`${host}-${process.pid}`);
  });

  test('can be removed', () => {
    symlinkSync('another-computer-1', join(profile, 'SingletonLock'));
    removeForeignLock(profile);
    requestsLock = () => true;
    expect(start().lock).toBe('acquired');
  });

  test('is ignored on Windows, which has no such locks', () => {
    symlinkSync('another-computer-1', join(profile, 'SingletonLock'));
    expect(start('win32').lock).toBe('running');
  });
});

describe.runIf(process.platform === 'linux')('with an instance that is running', () => {
  let instance: ChildProcess;
  let server: Server;
  let socketFolder: string;

  beforeEach(async () => {
    // The same program as this one.
    instance = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(instance, 'spawn');
    socketFolder = mkdtempSync(join(folder, 'scoped_dir'));
    server = createServer().listen(join(socketFolder, 'SingletonSocket'));
    await once(server, 'listening');
    symlinkSync(`${hostname()}-${instance.pid}`, join(profile, 'SingletonLock'));
    symlinkSync(join(socketFolder, 'SingletonSocket'), join(profile, 'SingletonSocket'));
    for (const folder of [profile, socketFolder]) {
      symlinkSync('123456789', join(folder, 'SingletonCookie'));
    }
  });

  afterEach(async () => {
    instance.kill('SIGKILL');
    server.close();
    await once(instance, 'exit');
  });

  const readCookies = (): readonly string[] =>
    [profile, socketFolder].map((path) => readlinkSync(join(path, 'SingletonCookie')));

  test.each([
    ['the cookie beside the socket', () => [socketFolder]],
    ['the cookie in the profile', () => [profile]],
    ['both cookies', () => [profile, socketFolder]],
  ])('makes it reachable again without %s', (_, getFolders) => {
    for (const path of getFolders()) rmSync(join(path, 'SingletonCookie'));
    requestsLock = () => {
      const [own, remote] = readCookies();
      return own !== remote;
    };
    expect(start().lock).toBe('running');
  });

  test.each([
    ['the socket', () => join(socketFolder, 'SingletonSocket')],
    ['the folder of the socket', () => socketFolder],
    ['the link to the socket', () => join(profile, 'SingletonSocket')],
  ])('ends without %s, because the lock would be taken over', (_, getPath) => {
    rmSync(getPath(), { recursive: true });
    requestsLock = () => true;
    expect(start().lock).toBe('running');
  });

  test('takes the lock over once the instance is gone', async () => {
    instance.kill('SIGKILL');
    await once(instance, 'exit');
    instance = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    rmSync(socketFolder, { recursive: true });
    requestsLock = () => true;
    expect(start().lock).toBe('acquired');
  });
});
