import { describe, expect, test } from 'vitest';
import {
  feedPath,
  releasePage,
  updateWayOf,
  type Installation,
} from '../../../src/main/update/installation';

const FEED = 'owner: clearwater\nrepo: ringside\nprovider: github\nupdaterCacheDirName: ringside\n';

function installed(changes: Partial<Installation>): Installation {
  return {
    platform: 'linux',
    executable: '/opt/Ringside/ringside',
    environment: {},
    feed: FEED,
    exists: () => false,
    ...changes,
  };
}

describe('a newer version', () => {
  test('is installed by an AppImage', () => {
    const environment = { APPIMAGE: '/home/maya/Ringside.AppImage', APPDIR: '/tmp/.mount_Ring' };
    const executable = '/tmp/.mount_Ring/ringside';
    expect(updateWayOf(installed({ executable, environment }))).toBe('installs');
  });

  test('is only told of by a Debian package or an archive, also when an AppImage started it', () => {
    expect(updateWayOf(installed({}))).toBe('tells');
    const environment = { APPIMAGE: '/home/maya/Term.AppImage', APPDIR: '/tmp/.mount_Term' };
    expect(updateWayOf(installed({ environment }))).toBe('tells');
    expect(updateWayOf(installed({ environment: { APPIMAGE: '/x.AppImage' } }))).toBe('tells');
    const odd = { APPIMAGE: 'x.AppImage', APPDIR: '/opt' };
    expect(updateWayOf(installed({ environment: odd }))).toBe('tells');
  });

  test('is installed on Windows by who has an installer of their own, not by an MSI', () => {
    const executable = 'C:\\Users\\maya\\AppData\\Local\\Programs\\Ringside\\Ringside.exe';
    const uninstaller =
      'C:\\Users\\maya\\AppData\\Local\\Programs\\Ringside\\Uninstall Ringside.exe';
    const exists = (path: string): boolean => path === uninstaller;
    expect(updateWayOf(installed({ platform: 'win32', executable, exists }))).toBe('installs');
    const byMsi = 'C:\\Program Files\\Ringside\\Ringside.exe';
    expect(updateWayOf(installed({ platform: 'win32', executable: byMsi, exists }))).toBe('tells');
  });

  test('is installed on macOS', () => {
    const executable = '/Applications/Ringside.app/Contents/MacOS/Ringside';
    expect(updateWayOf(installed({ platform: 'darwin', executable }))).toBe('installs');
  });

  test.each(['linux', 'darwin', 'win32'] as const)(
    'is never asked for on %s by a build that knows no place where it is published',
    (platform) => {
      expect(updateWayOf(installed({ platform, feed: undefined }))).toBe('none');
    },
  );
});

test('where to ask is noted in the package, and nobody’s environment says otherwise', () => {
  const environment = { RINGSIDE_UPDATES: '/home/maya/mine.yml' };
  expect(feedPath(true, '/opt/Ringside/resources', environment)).toBe(
    '/opt/Ringside/resources/app-update.yml',
  );
  expect(feedPath(false, '/electron/resources', environment)).toBe('/home/maya/mine.yml');
  expect(feedPath(false, '/electron/resources', {})).toBeUndefined();
});

test('the page of a release is known where releases are on GitHub', () => {
  expect(releasePage(FEED, '2.0.0')).toBe(
    'https://github.com/clearwater/ringside/releases/tag/v2.0.0',
  );
  expect(releasePage(FEED, '2/../../x')).not.toContain('/../');
  expect(releasePage('provider: generic\nurl: https://x.example\n', '2.0.0')).toBeUndefined();
  expect(releasePage(FEED.replace('clearwater', 'a/b'), '2.0.0')).toBeUndefined();
  expect(releasePage(undefined, '2.0.0')).toBeUndefined();
});
