import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Settings } from 'electron';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  Autostart,
  createAutostartEntry,
  isHiddenStart,
} from '../../../src/main/platform/autostart';
import type { SystemNotice } from '../../../src/shared/state';

let configFolder: string;
let entryPath: string;
let loginItems: Settings[];
let problems: SystemNotice[];
/** Whether the desktop turned the login item off. */
let isTurnedOff: boolean;

beforeEach(() => {
  configFolder = mkdtempSync(join(tmpdir(), 'ringside-login-'));
  entryPath = join(configFolder, 'autostart', 'ringside.desktop');
  loginItems = [];
  problems = [];
  isTurnedOff = false;
});

afterEach(() => {
  rmSync(configFolder, { recursive: true });
});

describe('launch at login', () => {
  test('writes a hidden-start autostart entry on Linux, and removes it again', () => {
    const autostart = create('linux');
    autostart.set(true);
    expect(readEntry()).toBe(createAutostartEntry(process.execPath));
    expect(readEntry()).toContain(' --hidden\n');
    expect(autostart.isEnabled).toBe(true);
    autostart.set(false);
    autostart.set(false);
    expect(existsSync(entryPath)).toBe(false);
    expect(autostart.isEnabled).toBe(false);
    expect(problems).toEqual([]);
  });

  test.each([
    ['its own AppImage', dirname(process.execPath), '/opt/Ringside.AppImage'],
    ['the AppImage of a program that started it', '/tmp/.mount_other', process.execPath],
  ])('with the variables of %s, starts the right program', (_, APPDIR, program) => {
    create('linux', { APPIMAGE: '/opt/Ringside.AppImage', APPDIR }).set(true);
    expect(readEntry()).toBe(createAutostartEntry(program));
  });

  test.each(['win32', 'darwin'] as const)('uses the login items of %s', (platform) => {
    const autostart = create(platform);
    for (const isEnabled of [true, true, false, false]) autostart.set(isEnabled);
    expect(loginItems).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: ['--hidden'] },
    ]);
    expect(existsSync(entryPath)).toBe(false);
  });

  test('is off on Windows if the Task Manager turned it off', () => {
    const autostart = create('win32');
    autostart.set(true);
    isTurnedOff = true;
    expect([autostart.isEnabled, autostart.hasEntry]).toEqual([false, true]);
  });

  test.each(['win32', 'darwin', 'linux'] as const)(
    'is left alone on %s while running from a checkout',
    (platform) => {
      const autostart = create(platform, {}, { isPackaged: false });
      autostart.set(true);
      autostart.repair();
      expect(autostart.isEnabled).toBeUndefined();
      expect([loginItems, existsSync(entryPath)]).toEqual([[], false]);
    },
  );

  test('reports an entry that cannot be written', () => {
    writeFileSync(join(configFolder, 'autostart'), 'a file where the folder belongs');
    create('linux').set(true);
    expect(problems).toMatchObject([{ kind: 'cannot-save', file: 'ringside.desktop' }]);
  });
});

describe('an entry that the user or the desktop changed', () => {
  const OWN = createAutostartEntry(process.execPath);

  test.each([
    ['hidden', OWN + 'Hidden=true\n', false],
    ['hidden in other words', OWN + 'Hidden = True \n', false],
    ['off in GNOME', OWN.replace('enabled=true', 'enabled=false'), false],
    ['off in MATE', OWN + 'X-MATE-Autostart-enabled=false\n', false],
    ['hidden by a number', OWN + 'Hidden=1\n', false],
    ['hidden and on in GNOME', OWN + 'Hidden=TRUE\nX-GNOME-Autostart-enabled=true\n', false],
    ['off, with Windows line ends', (OWN + 'Hidden=true\n').replaceAll('\n', '\r\n'), false],
    ['below a comment', '# mine\n' + OWN + 'X-GNOME-Autostart-Delay=5\n', true],
    ['for some desktops', OWN + 'OnlyShowIn=XFCE;LXQt;\n', true],
    ['started by env', '[Desktop Entry]\nExec=env LANG=de_DE ringside --hidden\n', true],
    ['started by Flatpak', '[Desktop Entry]\nExec=flatpak run example.Ringside\n', true],
    ['delayed', OWN + 'X-GNOME-Autostart-Delay=30\n', true],
    ['with an action that is hidden', OWN + '[Desktop Action x]\nHidden=true\n', true],
    ['with a command of its own', '[Desktop Entry]\nExec=sh -c "sleep 9; ringside"\n', true],
  ])('that is %s stays as it is', (_, entry, isEnabled) => {
    writeEntry(entry);
    const autostart = create('linux');
    autostart.repair();
    expect(autostart.isEnabled).toBe(isEnabled);
    autostart.set(isEnabled);
    expect(readEntry()).toBe(entry);
  });

  test('is turned on again where it was turned off, with everything else kept', () => {
    writeEntry(`${OWN.replace('enabled=true', 'enabled=false')}Hidden=true\n# mine\nX-Delay=9\n`);
    create('linux').set(true);
    expect(readEntry()).toBe(`${OWN}Hidden=false\n# mine\nX-Delay=9\n`);
  });

  test.each([
    ['moved', '/gone/ringside'],
    ['an AppImage that was replaced', '/home/maya/Apps $x/Ringside "0.1".AppImage'],
  ])('is corrected after the program was %s', (_, program) => {
    const changes = (entry: string) =>
      `${entry.replace('--hidden', '--hidden --theme=dark')}X-GNOME-Autostart-Delay=30\n`;
    writeEntry(changes(createAutostartEntry(program)));
    create('linux').repair();
    expect(readEntry()).toBe(changes(OWN));
  });

  test('is corrected even while it’s turned off, and stays off', () => {
    writeEntry(`${createAutostartEntry('/gone/ringside')}Hidden=true\n`);
    const autostart = create('linux');
    autostart.repair();
    expect(readEntry()).toBe(`${OWN}Hidden=true\n`);
    expect(autostart.isEnabled).toBe(false);
  });

  test('isn’t created again after it was deleted', () => {
    create('linux').repair();
    expect(existsSync(entryPath)).toBe(false);
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

function create(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv = {},
  { isPackaged = true } = {},
): Autostart {
  const report = (notice: SystemNotice): void => {
    problems.push(notice);
  };
  return new Autostart(
    report,
    platform,
    {
      isPackaged,
      getPath: () => configFolder,
      getLoginItemSettings: () => {
        const openAtLogin = loginItems.at(-1)?.openAtLogin === true;
        return {
          openAtLogin,
          executableWillLaunchAtLogin: openAtLogin && !isTurnedOff,
        } as Electron.LoginItemSettings;
      },
      setLoginItemSettings: (settings) => loginItems.push(settings),
    },
    env,
  );
}

const readEntry = (): string => readFileSync(entryPath, 'utf8');

function writeEntry(entry: string): void {
  mkdirSync(dirname(entryPath), { recursive: true });
  writeFileSync(entryPath, entry);
}
