import { describe, expect, it } from 'vitest';
import { chooseElectron } from '../../scripts/setup/electron.mjs';
import { isNodeNewEnough } from '../../scripts/setup/node-version.mjs';
import { cacheFolder } from '../../scripts/setup/places.mjs';
import { sandboxSwitches } from '../../scripts/setup/switches.mjs';

describe('where the pinned Electron is not there yet', () => {
  const known = { pinnedFailedLately: false, olderPresent: false, platform: 'linux', arch: 'x64' };

  it('it is fetched, and on Linux x64 the older runtime stands in if that fails', () => {
    expect(chooseElectron(known)).toBe('fetch-pinned-or-older');
    expect(chooseElectron({ ...known, pinnedFailedLately: true })).toBe('fetch-pinned-or-older');
  });

  it('the older runtime is used at once for a day after a failure, and then it is tried again', () => {
    const older = { ...known, olderPresent: true };
    expect(chooseElectron({ ...older, pinnedFailedLately: true })).toBe('older');
    expect(chooseElectron(older)).toBe('fetch-pinned-or-older');
  });

  it.each([
    { platform: 'darwin', arch: 'x64' },
    { platform: 'darwin', arch: 'arm64' },
    { platform: 'win32', arch: 'x64' },
    { platform: 'linux', arch: 'arm64' },
  ])('nothing stands in on $platform $arch', (elsewhere) => {
    const choice = chooseElectron({
      ...known,
      pinnedFailedLately: true,
      olderPresent: true,
      ...elsewhere,
    });
    expect(choice).toBe('fetch-pinned');
  });
});

describe('Node', () => {
  it.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.0.0', true],
    ['20.18.1', false],
    ['18.20.8', false],
  ])('%s: new enough is %s', (version, enough) => {
    expect(isNodeNewEnough(version)).toBe(enough);
  });
});

describe('the cache', () => {
  it('is where the person or the platform wants it', () => {
    expect(cacheFolder('linux', { RINGSIDE_CACHE: '/big/disk', XDG_CACHE_HOME: '/x' }, '/h')).toBe(
      '/big/disk',
    );
    expect(cacheFolder('linux', { XDG_CACHE_HOME: '/x' }, '/h')).toBe('/x/ringside');
    expect(cacheFolder('linux', { XDG_CACHE_HOME: 'relative' }, '/h')).toBe('/h/.cache/ringside');
    expect(cacheFolder('linux', {}, '/h')).toBe('/h/.cache/ringside');
    expect(cacheFolder('darwin', {}, '/h')).toBe('/h/Library/Caches/ringside');
  });
});

describe("Chromium's sandbox", () => {
  it('is given up for root on Linux only, who cannot have it', () => {
    expect(sandboxSwitches('linux', 0)).toEqual(['--no-sandbox']);
    expect(sandboxSwitches('linux', 1000)).toEqual([]);
    expect(sandboxSwitches('darwin', 0)).toEqual([]);
    expect(sandboxSwitches('win32', undefined)).toEqual([]);
  });
});
