import { existsSync, readFileSync } from 'node:fs';
import { posix, win32, join } from 'node:path';
import type { UpdateMode } from '../../core/update';

/** What is known about how this copy came onto the computer. */
export interface Installation {
  readonly platform: NodeJS.Platform;
  readonly executable: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The packager's note on where new versions are published; absent in a build of one's own. */
  readonly feed: string | undefined;
  readonly exists: (path: string) => boolean;
}

/** Whether this copy can install a newer version, or only tell of it. */
export function updateWayOf(installation: Installation): UpdateMode {
  if (installation.feed === undefined) return 'none';
  switch (installation.platform) {
    case 'darwin':
      return 'installs';
    case 'win32':
      return hasUninstaller(installation) ? 'installs' : 'tells';
    case 'linux':
      return isAppImage(installation) ? 'installs' : 'tells';
    default:
      return 'tells';
  }
}

/** The page of a release, where versions are published on GitHub. */
export function releasePage(feed: string | undefined, version: string): string | undefined {
  const value = (key: string): string =>
    new RegExp(`^${key}: *["']?([\\w.-]+)["']? *$`, 'm').exec(feed ?? '')?.[1] ?? '';
  const [owner, repository] = [value('owner'), value('repo')];
  if (value('provider') !== 'github' || owner === '' || repository === '') return undefined;
  return `https://github.com/${owner}/${repository}/releases/tag/v${encodeURIComponent(version)}`;
}

/** Where the packager's note lies: only a checkout that is worked on can be pointed elsewhere. */
export function feedPath(
  isPackaged: boolean,
  resources: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return isPackaged ? join(resources, 'app-update.yml') : environment['RINGSIDE_UPDATES'];
}

/** The installation that runs. */
export function thisInstallation(path: string | undefined): Installation {
  return {
    platform: process.platform,
    executable: process.execPath,
    environment: process.env,
    feed: path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined,
    exists: existsSync,
  };
}

/** Only the installer for one person leaves an uninstaller; an MSI is taken away by the system. */
function hasUninstaller({ executable, exists }: Installation): boolean {
  const { dir, base } = win32.parse(executable);
  return exists(win32.join(dir, `Uninstall ${base}`));
}

/**
 * Whether what runs is that AppImage. The variable alone does not tell: whatever an AppImage starts
 * inherits it, and the file that it names would be replaced.
 */
function isAppImage({ executable, environment }: Installation): boolean {
  const [image = '', mount = ''] = [environment['APPIMAGE'], environment['APPDIR']];
  if (!posix.isAbsolute(image) || !posix.isAbsolute(mount)) return false;
  return executable.startsWith(mount.endsWith('/') ? mount : `${mount}/`);
}
