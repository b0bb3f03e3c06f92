import { Arch } from 'electron-builder';
import { findFile } from 'electron-updater/out/providers/Provider';
import { afterEach, describe, expect, it, vi } from 'vitest';
import config from '../../../electron-builder.config.js';
import { formatsByArch, isList, isPackage } from '../../../scripts/package/formats.mjs';
import { wantedPackages } from '../../../scripts/package/wanted.mjs';

const everything = wantedPackages(config);
const of = (system: string) => everything.filter((one) => one.system === system);

describe('what is made in one call', () => {
  it('on Windows is both architectures, so that one list for the updater names both', () => {
    expect(formatsByArch(of('windows'), ['x64', 'arm64'])).toEqual(
      new Map([
        [Arch.x64, ['nsis', 'msi']],
        [Arch.arm64, ['nsis']],
      ]),
    );
    expect(config.nsis).toMatchObject({ buildUniversalInstaller: false });
  });

  it('on Linux is what is not made by ourselves', () => {
    expect(formatsByArch(of('linux'), ['x64', 'arm64'])).toEqual(
      new Map([
        [Arch.x64, ['AppImage']],
        [Arch.arm64, ['AppImage']],
      ]),
    );
  });

  it('is the unpacked app where there is no package of it to make', () => {
    const debs = of('linux').filter(({ format }) => format === 'deb');
    expect(formatsByArch(debs, ['x64'])).toEqual(new Map([[Arch.x64, ['dir']]]));
  });
});

describe('a list for the updater that names two installers', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each(['x64', 'arm64'])('gives %s its own', (arch) => {
    const pattern = String(config.nsis?.artifactName);
    const nameOf = (of: string): string =>
      pattern
        .replace('${name}', 'ringside')
        .replace('${version}', '1.0.0')
        .replace('${os}', 'win')
        .replace('${arch}', of)
        .replace('${ext}', 'exe');
    const listed = ['x64', 'arm64'].map((of) => ({
      url: new URL(nameOf(of), 'https://updates.example/'),
      info: { url: nameOf(of), sha512: '' },
    }));
    vi.stubGlobal('process', { ...process, arch });
    expect(findFile(listed, 'exe')?.info.url).toBe(`ringside-1.0.0-win-${arch}-setup.exe`);
  });
});

describe('what a release consists of', () => {
  it.each([
    'ringside-1.0.0-linux-x64.deb',
    'ringside-1.0.0-linux-x64.tar.gz',
    'ringside-1.0.0-linux-arm64.AppImage',
    'ringside-1.0.0-win-x64-setup.exe',
    'ringside-1.0.0-win-x64-setup.exe.blockmap',
    'ringside-1.0.0-win-x64.msi',
    'ringside-1.0.0-mac-universal.zip.blockmap',
  ])('is %s', (name) => {
    expect([isPackage(name), isList(name)]).toEqual([true, false]);
  });

  it.each(['latest.yml', 'latest-linux-arm64.yml', 'latest-mac.yml', 'beta-linux.yml'])(
    'is the list %s',
    (name) => {
      expect([isPackage(name), isList(name)]).toEqual([false, true]);
    },
  );

  it.each(['builder-debug.yml', 'builder-effective-config.yaml', 'SHA256SUMS.txt', 'win-unpacked'])(
    'is not %s',
    (name) => {
      expect([isPackage(name), isList(name)]).toEqual([false, false]);
    },
  );
});
