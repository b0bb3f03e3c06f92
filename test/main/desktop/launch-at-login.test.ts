import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  autostartEntry,
  isHiddenStart,
  launchAtLogin,
} from '../../../src/main/desktop/launch-at-login';

let configHome: string;

beforeEach(() => {
  configHome = mkdtempSync(join(tmpdir(), 'ringside-login-'));
});

afterEach(() => {
  rmSync(configHome, { recursive: true });
});

const needs = (platform: NodeJS.Platform, calls: unknown[] = []) => ({
  platform,
  executable: '/opt/Ringside/ringside',
  configHome,
  setLoginItem: (open: boolean, args: readonly string[]) => {
    calls.push([open, args]);
  },
});

describe('starting with the desktop', () => {
  test('is an entry of its own on Linux, hidden, and gone when it is turned off', () => {
    const file = join(configHome, 'autostart', 'ringside.desktop');
    launchAtLogin(true, needs('linux'));
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Ringside/ringside" --hidden\n');
    launchAtLogin(false, needs('linux'));
    expect(existsSync(file)).toBe(false);
    launchAtLogin(false, needs('linux'));
  });

  test.each(['win32', 'darwin'] as const)('is the system’s own list on %s', (platform) => {
    const calls: unknown[] = [];
    launchAtLogin(true, needs(platform, calls));
    launchAtLogin(false, needs(platform, calls));
    expect(calls).toEqual([
      [true, ['--hidden']],
      [false, ['--hidden']],
    ]);
    expect(existsSync(join(configHome, 'autostart'))).toBe(false);
  });

  test.each([
    ['linux', '--hidden', true],
    ['win32', '--hidden', true],
    ['darwin', '--hidden', true],
    ['linux', 'nothing', false],
    ['win32', 'nothing', false],
  ] as const)('on %s opens no window by %s: %s', (platform, given, isHidden) => {
    const never = (): boolean => expect.unreachable();
    const asked = platform === 'darwin' ? () => false : never;
    expect(isHiddenStart(given === '--hidden', platform, asked)).toBe(isHidden);
  });

  test.each([true, false])('is known to macOS, which hands over no arguments: %s', (atLogin) => {
    expect(isHiddenStart(false, 'darwin', () => atLogin)).toBe(atLogin);
  });

  test('is passed over by the desktop once the program is uninstalled', () => {
    expect(autostartEntry('/opt/Ringside/ringside')).toContain('TryExec=/opt/Ringside/ringside\n');
  });

  test('survives a path that no shell would like', () => {
    const entry = autostartEntry('/home/o"k/Apps $new`/a\\b/Ringside.AppImage');
    expect(entry).toContain(
      'Exec="/home/o\\\\"k/Apps \\\\$new\\\\`/a\\\\\\\\b/Ringside.AppImage" --hidden\n',
    );
    expect(entry).toContain('TryExec=/home/o"k/Apps $new`/a\\\\b/Ringside.AppImage\n');
  });
});
