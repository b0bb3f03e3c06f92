import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isOnlyOne } from '../../src/main/only-one';
import { CAN_MOUNT, mounted, readOnly, unmounted } from './store/mounted-disk';

/** No process has it. */
const NOBODY = 2 ** 30;

let folder: string;
let profile: string;
/** Folders in which a lock is held. */
let held: Set<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-only-'));
  profile = mkdtempSync(join(folder, 'profile-'));
  held = new Set();
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Another start on the profile; a lock in the profile itself cannot be had. */
function start(platform: NodeJS.Platform = 'linux') {
  let at = profile;
  const app = {
    getPath: () => at,
    setPath: (_: string, path: string) => {
      at = path;
    },
    requestSingleInstanceLock: () => {
      if (at === profile || held.has(at)) return false;
      held.add(at);
      return true;
    },
  };
  return { isOnly: isOnlyOne(app, platform), at };
}

test('where another holds the lock it is not the only one', () => {
  expect(start()).toEqual({ isOnly: false, at: profile });
  expect(held.size).toBe(0);
});

describe.runIf(CAN_MOUNT)('on a profile that cannot be written', () => {
  let lock: string | undefined;

  const makeReadOnly = (): void => {
    mounted(profile);
    if (lock !== undefined) symlinkSync(lock, join(profile, 'SingletonLock'));
    readOnly(profile);
  };

  beforeEach(() => {
    lock = undefined;
  });

  afterEach(() => {
    unmounted(profile);
  });

  test('the first start runs on the profile all the same, and the second does not', () => {
    makeReadOnly();
    expect(start()).toEqual({ isOnly: true, at: profile });
    expect(start()).toEqual({ isOnly: false, at: profile });
    expect(held.size).toBe(1);
  });

  test('one that runs since before it was so is the only one', () => {
    lock = `a-machine-${process.pid}`;
    makeReadOnly();
    expect(start().isOnly).toBe(false);
  });

  test('what one that is gone left behind keeps nobody from running', () => {
    lock = `a-machine-${NOBODY}`;
    makeReadOnly();
    expect(start().isOnly).toBe(true);
  });

  test('where no lock can be kept anywhere, one that runs is better than none', () => {
    makeReadOnly();
    vi.stubEnv('XDG_RUNTIME_DIR', join(profile, 'nowhere'));
    expect(start()).toEqual({ isOnly: true, at: profile });
    expect(held.size).toBe(0);
  });
});
