import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createAutostartEntry,
  isHiddenStart,
  setLaunchAtLogin,
} from '../../../src/main/platform/autostart';
import type { SystemNotice } from '../../../src/shared/state';

let configFolder: string;
let entryPath: string;
let loginItems: Settings[];
let problems: SystemNotice[];

beforeEach(() => {
  configFolder = mkdtempSync(join(tmpdir(), 'ringside-login-'));
  entryPath = join(configFolder, 'autostart', 'ringside.desktop');
  loginItems = [];
  problems = [];
  vi.stubEnv('APPIMAGE', '/opt/Ringside/Ringside.AppImage');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(configFolder, { recursive: true });
});

describe('launch at login', () => {
  test('writes a hidden-start autostart entry on Linux, and removes it again', () => {
    setLaunch(true, 'linux');
    expect(readFileSync(entryPath, 'utf8')).toContain(
      'Exec="/opt/Ringside/Ringside.AppImage" --hidden\n',
    );
    setLaunch(false, 'linux');
    setLaunch(false, 'linux');
    expect(existsSync(entryPath)).toBe(false);
    expect(problems).toEqual([]);
  });

  test.each(['win32', 'darwin'] as const)('uses the login items of %s', (platform) => {
    setLaunch(true, platform);
    setLaunch(false, platform);
    expect(loginItems).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: ['--hidden'] },
    ]);
    expect(existsSync(entryPath)).toBe(false);
  });

  test.each(['win32', 'darwin', 'linux'] as const)(
    'is left alone on %s while running from a checkout',
    (platform) => {
      setLaunch(true, platform, { isPackaged: false });
      expect([loginItems, existsSync(entryPath)]).toEqual([[], false]);
    },
  );

  test('reports an entry that cannot be written', () => {
    writeFileSync(join(configFolder, 'autostart'), 'a file where the folder belongs');
    setLaunch(true, 'linux');
    expect(problems).toMatchObject([{ kind: 'cannot-save', file: 'ringside.desktop' }]);
  });
});

describe('the autostart entry', () => {
  test('names the program that must still be installed', () => {
    expect(createAutostartEntry('/opt/Ringside/ringside')).toContain(
      'TryExec=/opt/Ringside/ringside\n',
    );
  });

  test('escapes special characters in the path', () => {
    const entry = createAutostartEntry('/home/o"k/Apps $new`/a\\b/Ringside.AppImage');
    expect(entry).toContain(
      'Exec="/home/o\\\\"k/Apps \\\\$new\\\\`/a\\\\\\\\b/Ringside.AppImage" --hidden\n',
    );
    expect(entry).toContain('TryExec=/home/o"k/Apps $new`/a\\\\b/Ringside.AppImage\n');
  });
});

test.each([
  ['linux', true, false, true],
  ['win32', true, false, true],
  ['darwin', true, false, true],
  ['linux', false, true, false],
  ['win32', false, true, false],
  ['darwin', false, false, false],
  ['darwin', false, true, true],
] as const)(
  'on %s with --hidden %s and opened at login %s, a start is hidden: %s',
  (platform, hasHiddenArgument, wasOpenedAtLogin, isHidden) => {
    const settings = { wasOpenedAtLogin } as Electron.LoginItemSettings;
    const electronApp = { getLoginItemSettings: () => settings };
    expect(isHiddenStart(hasHiddenArgument, platform, electronApp)).toBe(isHidden);
  },
);

function setLaunch(isEnabled: boolean, platform: NodeJS.Platform, { isPackaged = true } = {}) {
  setLaunchAtLogin(isEnabled, (notice) => problems.push(notice), platform, {
    isPackaged,
    getPath: () => configFolder,
    setLoginItemSettings: (settings) => loginItems.push(settings),
  });
}
