import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getCacheFolder } from '../../scripts/lib/paths.mjs';
import { areNpmPackagesInstalled, getSandboxSwitches } from '../../scripts/lib/setup.mjs';

describe('areNpmPackagesInstalled', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-packages-'));
    await mkdir(join(folder, 'node_modules'));
    await writeLock('package-lock.json', {
      '': {},
      'node_modules/one': { version: '1.0.0' },
      'node_modules/other-system': { version: '1.0.0', optional: true },
    });
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function writeLock(file: string, packages: object): Promise<void> {
    await writeFile(join(folder, file), JSON.stringify({ packages }));
  }

  it('is false before npm has finished', () => {
    expect(areNpmPackagesInstalled(folder)).toBe(false);
  });

  it('is true for the locked versions, with or without optional packages', async () => {
    await writeLock('node_modules/.package-lock.json', {
      'node_modules/one': { version: '1.0.0' },
    });
    expect(areNpmPackagesInstalled(folder)).toBe(true);
  });

  it('is false when a package is missing or has another version', async () => {
    await writeLock('node_modules/.package-lock.json', {});
    expect(areNpmPackagesInstalled(folder)).toBe(false);
    await writeLock('node_modules/.package-lock.json', {
      'node_modules/one': { version: '1.0.1' },
    });
    expect(areNpmPackagesInstalled(folder)).toBe(false);
  });
});

describe('getCacheFolder', () => {
  it.each([
    ['/big/disk', 'linux', { RINGSIDE_CACHE: '/big/disk', XDG_CACHE_HOME: '/x' }],
    ['/x/ringside', 'linux', { XDG_CACHE_HOME: '/x' }],
    ['/home/ada/.cache/ringside', 'linux', { XDG_CACHE_HOME: 'relative' }],
    ['/home/ada/.cache/ringside', 'linux', {}],
    ['/home/ada/Library/Caches/ringside', 'darwin', {}],
  ] as const)('is %s on %s with %j', (folder, platform, env) => {
    expect(getCacheFolder(platform, env, '/home/ada')).toBe(folder);
  });
});

describe('getSandboxSwitches', () => {
  it('turns the sandbox off for root on Linux only', () => {
    expect(getSandboxSwitches('linux', 0)).toEqual(['--no-sandbox']);
    expect(getSandboxSwitches('linux', 1000)).toEqual([]);
    expect(getSandboxSwitches('darwin', 0)).toEqual([]);
    expect(getSandboxSwitches('win32', undefined)).toEqual([]);
  });
});
