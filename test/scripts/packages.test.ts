import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalledAsLocked, isUpToDate, packagesStamp } from '../../scripts/setup/packages.mjs';

const one = { version: '1.0.0', integrity: 'sha512-one' };
const two = { version: '2.0.0', integrity: 'sha512-two' };

describe('installed packages', () => {
  it('are right when they are those of the lock', () => {
    const packages = { 'node_modules/one': one, 'node_modules/two': two };
    expect(isInstalledAsLocked({ packages: { '': {}, ...packages } }, { packages })).toBe(true);
  });

  it('are wrong when one is missing, another version, other bytes or not asked for', () => {
    const wanted = { packages: { 'node_modules/one': one } };
    const isRight = (packages: Record<string, object>): boolean =>
      isInstalledAsLocked(wanted, { packages });
    expect(isRight({ 'node_modules/one': one })).toBe(true);
    expect(isRight({})).toBe(false);
    expect(isRight({ 'node_modules/one': { ...one, version: '1.0.1' } })).toBe(false);
    expect(isRight({ 'node_modules/one': { ...one, integrity: 'sha512-x' } })).toBe(false);
    expect(isRight({ 'node_modules/one': one, 'node_modules/two': two })).toBe(false);
  });

  it('may lack an optional one, as those of other platforms', () => {
    const wanted = { packages: { 'node_modules/one': { ...one, optional: true } } };
    expect(isInstalledAsLocked(wanted, { packages: {} })).toBe(true);
  });
});

describe('node_modules', () => {
  const lock = (version: string): string =>
    JSON.stringify({ packages: { 'node_modules/one': { version } } });
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-packages-'));
    await writeFile(join(folder, 'package-lock.json'), lock('1.0.0'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What npm leaves when it is through. */
  async function install(version: string): Promise<void> {
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await writeFile(join(folder, 'node_modules/.package-lock.json'), lock(version));
  }

  it('is stale when it is not there, or when npm was interrupted', async () => {
    expect(await isUpToDate(folder)).toBe(false);
    await mkdir(join(folder, 'node_modules/one'), { recursive: true });
    expect(await isUpToDate(folder)).toBe(false);
  });

  it('is fresh when somebody installed by hand what the lock says', async () => {
    await install('1.0.0');
    expect(await isUpToDate(folder)).toBe(true);
  });

  it('is stale as soon as the lock says something else', async () => {
    await install('1.0.0');
    expect(await isUpToDate(folder)).toBe(true);
    await writeFile(join(folder, 'package-lock.json'), lock('1.0.1'));
    expect(await isUpToDate(folder)).toBe(false);
  });

  it('is stale when somebody installed something else over it', async () => {
    await install('1.0.0');
    expect(await isUpToDate(folder)).toBe(true);
    await install('2.0.0');
    expect(await isUpToDate(folder)).toBe(false);
  });

  it('is fresh as npm ci left it, even where npm keeps its books in another way', async () => {
    await install('2.0.0');
    const stamp = packagesStamp(lock('1.0.0'), lock('2.0.0'));
    await writeFile(join(folder, 'node_modules/.ringside-packages'), stamp);
    expect(await isUpToDate(folder)).toBe(true);
    await install('3.0.0');
    expect(await isUpToDate(folder)).toBe(false);
  });
});
