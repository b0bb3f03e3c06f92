import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { log } from '../log';
import type { Engine } from './updates';

/** Sent in the place of a number by which each computer would be known to the server. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The engine of a system, told by the packager's note at `feed` where to ask. */
export async function electronEngine(platform: NodeJS.Platform, feed: string): Promise<Engine> {
  return engineOf(await updaterOf(platform), feed);
}

/** The engine that an updater is, once it has been told what Ringside wants of it. */
export function engineOf(updater: AppUpdater, feed: string): Engine {
  updater.logger = { info: log.info, warn: log.info, error: log.error };
  updater.updateConfigPath = feed;
  // Whether to ask was decided before, also for copies that only tell.
  updater.forceDevUpdateConfig = true;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.disableWebInstaller = true;
  Object.assign(updater, { stagingUserIdPromise: { value: Promise.resolve(NOBODY) } });
  return {
    check: async (channel) => {
      const isBeta = channel === 'beta';
      updater.channel = isBeta ? 'beta' : 'latest';
      updater.allowPrerelease = isBeta;
      // What sets the channel allows going back too; an older version may not read newer files.
      updater.allowDowngrade = false;
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : undefined;
    },
    download: async (onProgress) => {
      const listener = ({ percent }: { readonly percent: number }): void => {
        onProgress(percent);
      };
      updater.on('download-progress', listener);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', listener);
      }
    },
    restart: () => {
      // The new version may be there before this one has gone.
      app.releaseSingleInstanceLock();
      updater.quitAndInstall(true, true);
    },
  };
}

async function updaterOf(platform: NodeJS.Platform): Promise<AppUpdater> {
  switch (platform) {
    case 'darwin': {
      const { MacUpdater } = await import('electron-updater/out/MacUpdater');
      return new MacUpdater();
    }
    case 'win32': {
      const { NsisUpdater } = await import('electron-updater/out/NsisUpdater');
      return new NsisUpdater();
    }
    default: {
      const { AppImageUpdater } = await import('electron-updater/out/AppImageUpdater');
      return new AppImageUpdater();
    }
  }
}
