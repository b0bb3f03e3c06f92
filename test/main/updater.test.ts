import { EventEmitter } from 'node:events';
import type { AppUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings/settings';

const releaseSingleInstanceLock = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ app: { releaseSingleInstanceLock } }));
vi.mock('../../src/main/logger', () => ({
  log: { info: () => undefined, error: () => undefined },
}));

const { getConfigPath, getReleasePage, getUpdateProblem, getUpdateMethod, Updater } =
  await import('../../src/main/updater');

const CONFIG = 'owner: clearwater\nrepo: ringside\nprovider: github\n';

/** electron-updater without a network. */
class FakeUpdater extends EventEmitter {
  latest: string | undefined = '2.0.0';
  error: Error | undefined;
  autoDownload = true;
  allowDowngrade = true;
  channel = '';
  readonly checkedChannels: string[] = [];
  readonly downloadUpdate = vi.fn(async () => {
    await Promise.resolve();
    this.emit('download-progress', { percent: 50.7 });
    if (this.error) throw this.error;
    this.emit('update-downloaded', { version: this.latest });
  });
  readonly quitAndInstall = vi.fn();

  async checkForUpdates(): Promise<void> {
    await Promise.resolve();
    this.checkedChannels.push(this.channel);
    if (this.error) throw this.error;
    if (this.latest !== undefined)
      this.emit('update-available', { version: this.latest, files: [] });
  }
}

let fake: FakeUpdater;
let settings: Settings;
let loads: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 7 });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  fake = new FakeUpdater();
  settings = { ...DEFAULT_SETTINGS, updateChannel: 'beta' };
  loads = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function createUpdater({
  method = 'install',
  isAllowed = true,
  canRestart = true,
}: {
  readonly method?: 'install' | 'notify' | 'none';
  readonly isAllowed?: boolean;
  readonly canRestart?: boolean;
} = {}) {
  const installation = { method, configPath: '/opt/app-update.yml', config: CONFIG };
  return new Updater({ get: () => settings }, { isAllowed, canRestart }, installation, () => {
    loads += 1;
    return Promise.resolve(fake as unknown as AppUpdater);
  });
}

describe('Updater checks', () => {
  test('checks after 5 minutes and then every 6 hours, and loads electron-updater only then', async () => {
    const updater = createUpdater();
    updater.start();
    await vi.advanceTimersByTimeAsync(299_999);
    expect(loads).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.checkedChannels).toEqual(['beta']);
    expect(updater.state).toEqual({ kind: 'available', version: '2.0.0', isPostponed: false });
    await vi.advanceTimersByTimeAsync(6 * 3_600_000);
    expect(fake.checkedChannels).toHaveLength(2);
    expect(loads).toBe(1);
    expect(fake.downloadUpdate).not.toHaveBeenCalled();
    expect(fake).toMatchObject({ autoDownload: false, allowDowngrade: false });
  });

  test('checks only on demand if automatic updates are off', async () => {
    settings = { ...settings, automaticUpdates: false };
    const updater = createUpdater();
    updater.start();
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(loads).toBe(0);
    vi.setSystemTime(7);
    fake.latest = undefined;
    await updater.check();
    expect(updater.state).toEqual({ kind: 'idle', checkedAt: 7 });
  });

  test.each([{ isAllowed: false }, { method: 'none' }] as const)(
    'never checks with %o',
    async (options) => {
      const updater = createUpdater(options);
      const onChange = vi.fn();
      updater.on('change', onChange);
      updater.start();
      await vi.advanceTimersByTimeAsync(24 * 3_600_000);
      await updater.check();
      await updater.download();
      await updater.restart();
      expect(loads).toBe(0);
      expect(onChange).not.toHaveBeenCalled();
      expect(updater.state.kind).toBe('off');
    },
  );

  test('reports a failed check and checks again later', async () => {
    fake.error = new Error('net::ERR_NAME_NOT_RESOLVED');
    const updater = createUpdater();
    updater.start();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(updater.state).toEqual({ kind: 'failed', version: null, problem: 'unreachable' });
    fake.error = undefined;
    await vi.advanceTimersByTimeAsync(6 * 3_600_000);
    expect(updater.state.kind).toBe('available');
  });

  test('ignores a check while another one or a download is running', async () => {
    const updater = createUpdater();
    await Promise.all([updater.check(), updater.check()]);
    await Promise.all([updater.download(), updater.check(), updater.download()]);
    expect(fake.checkedChannels).toHaveLength(1);
    expect(fake.downloadUpdate).toHaveBeenCalledTimes(1);
    await updater.check();
    expect(updater.state.kind).toBe('ready');
  });
});

describe('Updater downloads', () => {
  test('downloads when the user agrees, and restarts when the user asks for it', async () => {
    const updater = createUpdater();
    const states: string[] = [];
    updater.on('change', () => states.push(JSON.stringify(updater.state)));
    await updater.download();
    await updater.restart();
    expect(loads).toBe(0);
    await updater.check();
    await updater.download();
    expect(updater.state).toMatchObject({ kind: 'ready', version: '2.0.0', canRestart: true });
    expect(states).toContain('{"kind":"downloading","version":"2.0.0","percent":50}');
    expect(fake.quitAndInstall).not.toHaveBeenCalled();
    await updater.restart();
    expect(fake.quitAndInstall).toHaveBeenCalledTimes(1);
    expect(releaseSingleInstanceLock).toHaveBeenCalled();
  });

  test('doesn’t restart if a restarted app would lack the password', async () => {
    const updater = createUpdater({ canRestart: false });
    await updater.check();
    await updater.download();
    await updater.restart();
    expect(updater.state).toMatchObject({ kind: 'ready', canRestart: false });
    expect(fake.quitAndInstall).not.toHaveBeenCalled();
  });

  test('reports a damaged download, which can be tried again', async () => {
    const updater = createUpdater();
    await updater.check();
    fake.error = Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' });
    await updater.download();
    expect(updater.state).toEqual({ kind: 'failed', version: '2.0.0', problem: 'damaged' });
    fake.error = undefined;
    await updater.download();
    expect(updater.state.kind).toBe('ready');
  });

  test('only announces a version that an administrator has to install', async () => {
    const updater = createUpdater({ method: 'notify' });
    expect(updater.releasePage).toBeUndefined();
    await updater.check();
    await updater.download();
    expect(updater.state).toEqual({
      kind: 'manual',
      version: '2.0.0',
      isPostponed: false,
      hasReleasePage: true,
    });
    expect(updater.releasePage).toBe('https://github.com/clearwater/ringside/releases/tag/v2.0.0');
    expect(fake.downloadUpdate).not.toHaveBeenCalled();
  });

  test('doesn’t offer a postponed version again, but offers a newer one', async () => {
    const updater = createUpdater();
    await updater.check();
    updater.postpone();
    await updater.check();
    expect(updater.state).toMatchObject({ kind: 'available', isPostponed: true });
    fake.latest = '2.0.1';
    await updater.check();
    expect(updater.state).toMatchObject({ version: '2.0.1', isPostponed: false });
    fake.error = new Error('aborted');
    await updater.download();
    updater.postpone();
    expect(updater.state).toEqual({ kind: 'available', version: '2.0.1', isPostponed: true });
  });
});

describe('getUpdateMethod', () => {
  const MOUNT = '/tmp/.mount_Ring';
  const APP_IMAGE = { APPIMAGE: '/home/maya/Ringside.AppImage', APPDIR: MOUNT };

  test('installs updates of an AppImage only if it’s running', () => {
    expect(getUpdateMethod('linux', `${MOUNT}/ringside`, APP_IMAGE)).toBe('install');
    const packaged = '/opt/Ringside/ringside';
    for (const environment of [
      {},
      APP_IMAGE,
      { APPIMAGE: '/home/maya/x.AppImage' },
      { APPIMAGE: 'x.AppImage', APPDIR: '/opt' },
    ]) {
      expect(getUpdateMethod('linux', packaged, environment)).toBe('notify');
    }
  });

  test('installs updates on Windows if there is an uninstaller, but not for an MSI package', () => {
    const folder = 'C:\\Users\\maya\\AppData\\Local\\Programs\\Ringside';
    const exists = (path: string): boolean => path === `${folder}\\Uninstall Ringside.exe`;
    expect(getUpdateMethod('win32', `${folder}\\Ringside.exe`, {}, exists)).toBe('install');
    const msi = 'C:\\Program Files\\Ringside\\Ringside.exe';
    expect(getUpdateMethod('win32', msi, {}, exists)).toBe('notify');
  });

  test('installs updates on macOS', () => {
    expect(getUpdateMethod('darwin')).toBe('install');
  });
});

test('getConfigPath ignores the environment in a packaged app', () => {
  const environment = { RINGSIDE_UPDATES: '/home/maya/mine.yml' };
  expect(getConfigPath(true, '/opt/Ringside/resources', environment)).toBe(
    '/opt/Ringside/resources/app-update.yml',
  );
  expect(getConfigPath(false, '/electron/resources', environment)).toBe('/home/maya/mine.yml');
  expect(getConfigPath(false, '/electron/resources', {})).toBe('');
});

test('getReleasePage returns a page for releases on GitHub only', () => {
  expect(getReleasePage(CONFIG, '2/../../x')).not.toContain('/../');
  expect(getReleasePage('provider: generic\nurl: https://x.example\n', '2.0.0')).toBeUndefined();
  expect(getReleasePage(CONFIG.replace('clearwater', 'a/b'), '2.0.0')).toBeUndefined();
  expect(getReleasePage('', '2.0.0')).toBeUndefined();
});

test.each([
  ['ERR_CHECKSUM_MISMATCH', '', 'damaged'],
  ['ERR_UPDATER_INVALID_SIGNATURE', 'not signed by the publisher', 'unsigned'],
  ['ENOSPC', '', 'cannot-save'],
  ['HTTP_ERROR_404', '', 'unreachable'],
  ['', 'net::ERR_CONNECTION_RESET', 'unreachable'],
  ['', 'odd', 'unexpected'],
])('getUpdateProblem classifies %s %s as %s', (code, message, problem) => {
  expect(getUpdateProblem(Object.assign(new Error(message), { code }))).toBe(problem);
});
