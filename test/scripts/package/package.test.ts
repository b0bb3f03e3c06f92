import { FuseState, type FuseV1Options } from '@electron/fuses';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import config from '../../../electron-builder.config.js';
import packageJson from '../../../package.json';
import { control } from '../../../scripts/package/deb.mjs';
import { desktopEntry } from '../../../scripts/package/desktop-entry.mjs';
import { isHalf, wrongFuses } from '../../../scripts/package/fuses.mjs';
import { wrongContents, wrongIntegrity } from '../../../scripts/package/inspect.mjs';
import { nameOf, planPackages } from '../../../scripts/package/plan.mjs';
import { wantedPackages } from '../../../scripts/package/wanted.mjs';

const everything = wantedPackages(config);
const debian = { platform: 'linux', arch: 'x64', hasPinned: true, hasDpkg: true };

describe('what is released', () => {
  it('is every format for every system', () => {
    expect(everything.map(nameOf)).toEqual([
      'deb for Linux (x64)',
      'deb for Linux (arm64)',
      'AppImage for Linux (x64)',
      'AppImage for Linux (arm64)',
      'tar.gz for Linux (x64)',
      'tar.gz for Linux (arm64)',
      'nsis for Windows (x64)',
      'nsis for Windows (arm64)',
      'msi for Windows (x64)',
      'dmg for macOS (universal)',
      'zip for macOS (universal)',
    ]);
  });

  it('goes by one name: of the program, its desktop file, its icon and its windows', () => {
    expect(packageJson.desktopName).toBe(`${String(config.linux?.executableName)}.desktop`);
    expect(packageJson.productName).toBe(config.productName);
  });

  it('starts with its sandbox, in every form', () => {
    expect(config.linux).not.toHaveProperty('executableArgs');
    expect(config.appImage).toEqual({ executableArgs: [] });
  });

  it('has the hardened runtime of macOS, loosened for the compiler only', () => {
    expect(config.mac).toMatchObject({
      hardenedRuntime: true,
      entitlements: 'resources/macos/entitlements.plist',
    });
  });
});

describe('what a machine makes', () => {
  it('is everything for its own system where the pinned Electron is there', () => {
    const { make, leave } = planPackages(everything, debian);
    expect(make.every(({ system }) => system === 'linux')).toBe(true);
    expect(make).toHaveLength(6);
    expect(leave.map(({ what }) => what)).toEqual([
      'nsis for Windows (x64)',
      'nsis for Windows (arm64)',
      'msi for Windows (x64)',
      'dmg for macOS (universal)',
      'zip for macOS (universal)',
    ]);
  });

  it('is little where only the older runtime is there, and each omission has its reason', () => {
    const { make, leave } = planPackages(everything, { ...debian, hasPinned: false });
    expect(make.map(nameOf)).toEqual(['deb for Linux (x64)', 'tar.gz for Linux (x64)']);
    expect(leave).toHaveLength(everything.length - 2);
    expect(leave.every(({ why }) => why.length > 10)).toBe(true);
  });

  it('is no Debian package without dpkg-deb', () => {
    const { make } = planPackages(everything, { ...debian, hasDpkg: false });
    expect(make.some(({ format }) => format === 'deb')).toBe(false);
  });

  it.each([
    ['win32', 'x64', 3],
    ['darwin', 'arm64', 2],
  ])('on %s is what belongs to it', (platform, arch, count) => {
    const { make } = planPackages(everything, { ...debian, platform, arch, hasDpkg: false });
    expect(make).toHaveLength(count);
  });
});

describe('the fuses of a packaged binary', () => {
  const asDecided = Object.values({
    RunAsNode: FuseState.DISABLE,
    EnableCookieEncryption: FuseState.ENABLE,
    EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
    EnableNodeCliInspectArguments: FuseState.DISABLE,
    EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
    OnlyLoadAppFromAsar: FuseState.ENABLE,
    LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
    GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
    WasmTrapHandlers: FuseState.ENABLE,
  } satisfies Record<keyof typeof FuseV1Options, FuseState>);
  const wireOf = (states: readonly FuseState[]): Record<string, unknown> => ({
    version: '1',
    ...Object.fromEntries(states.entries()),
  });

  it('are right when each is as decided', () => {
    expect(wrongFuses(wireOf(asDecided))).toEqual([]);
    expect(wrongFuses(wireOf(asDecided.slice(0, 8)))).toEqual([]);
  });

  it.each(asDecided.map((state, place) => ({ state, place })))(
    'are wrong when fuse $place is the other way',
    ({ state, place }) => {
      const other = state === FuseState.ENABLE ? FuseState.DISABLE : FuseState.ENABLE;
      expect(wrongFuses(wireOf(asDecided.with(place, other)))).toHaveLength(1);
    },
  );

  it('are wrong when Electron has one that nobody has decided on', () => {
    expect(wrongFuses(wireOf([...asDecided, FuseState.ENABLE]))).toEqual([
      'fuse 9 of this Electron is not decided',
    ]);
  });
});

describe('the app that is universal', () => {
  it.each([
    ['dist/mac-universal-x64-temp', true],
    ['dist/mac-universal-arm64-temp', true],
    ['dist/mac-universal', false],
    ['dist/mac-arm64', false],
    ['dist/linux-unpacked', false],
  ])('is made of two that keep their fuses until they are one: %s, %s', (folder, half) => {
    expect(isHalf(folder)).toBe(half);
  });
});

describe('the integrity of the archive', () => {
  const table = Buffer.from('{"files":{"package.json":{"size":7}}}');
  const sum = createHash('sha256').update(table).digest('hex');

  it('is checked by the app where what is signed holds the checksum of its table', () => {
    expect(wrongIntegrity(table, Buffer.from(`…<string>${sum}</string>…`))).toEqual([]);
  });

  it('is not where the table is another, or nothing holds its checksum', () => {
    const other = Buffer.from('{"files":{"package.json":{"size":8}}}');
    expect(wrongIntegrity(other, Buffer.from(sum))).toHaveLength(1);
    expect(wrongIntegrity(table, Buffer.from('no checksum'))).toHaveLength(1);
  });
});

describe('the archive of the app', () => {
  const needed = [
    'package.json',
    'out/main/index.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/renderer/licences.txt',
  ];

  it('is right when it holds what was built, and pictures', () => {
    const more = ['out/renderer/assets/index-B1.css', 'resources/tray/linux/dark/idle@2x.png'];
    expect(wrongContents([...needed, ...more])).toEqual([]);
  });

  it.each([
    'node_modules/conf/index.js',
    'src/main/index.ts',
    'out/main/index.js.map',
    'test/e2e/stage.ts',
    '.env',
    'resources/icons/icon.ico',
  ])('has no business with %s', (name) => {
    expect(wrongContents([...needed, name])).toEqual([`${name} does not belong into the package`]);
  });

  it('is wrong without its preload', () => {
    expect(wrongContents(needed.filter((name) => !name.includes('preload')))).toEqual([
      'out/preload/index.cjs is missing',
    ]);
  });
});

describe('the menu entry', () => {
  const entry = desktopEntry({
    name: 'Ringside',
    comment: 'One line\nand another \\ of it',
    executable: '/opt/Ringside/ringside',
    id: 'ringside',
    categories: 'Network;Telephony;',
    schemes: ['ringside'],
    more: { 'X-GNOME-UsesNotifications': 'true' },
  });

  it('opens links, and has one name for program, icon and window', () => {
    for (const line of [
      'Exec=/opt/Ringside/ringside %U',
      'TryExec=/opt/Ringside/ringside',
      'Icon=ringside',
      'MimeType=x-scheme-handler/ringside;',
      'StartupWMClass=ringside',
      'X-GNOME-UsesNotifications=true',
    ]) {
      expect(entry.split('\n')).toContain(line);
    }
  });

  it('keeps each value on its own line', () => {
    expect(entry).toContain('Comment=One line\\nand another \\\\ of it\n');
  });
});

it('the Debian package says what it is, what it needs, and how large it becomes', () => {
  const text = control(
    {
      name: 'ringside',
      version: '1.2.3',
      arch: 'arm64',
      productName: 'Ringside',
      section: 'net',
      priority: 'optional',
      maintainer: 'Somebody <somebody@example.invalid>',
      depends: ['libnss3', 'libgtk-3-0t64 | libgtk-3-0'],
      recommends: ['desktop-file-utils'],
      synopsis: 'What it is',
      description: 'More about it.',
    },
    2049,
  );
  expect(text.split('\n')).toEqual([
    'Package: ringside',
    'Version: 1.2.3',
    'Architecture: arm64',
    'Maintainer: Somebody <somebody@example.invalid>',
    'Installed-Size: 3',
    'Depends: libnss3, libgtk-3-0t64 | libgtk-3-0',
    'Recommends: desktop-file-utils',
    'Section: net',
    'Priority: optional',
    'Description: What it is',
    ' More about it.',
    '',
  ]);
});
