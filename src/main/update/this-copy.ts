import { app } from 'electron';
import { log } from '../log';
import { feedPath, releasePage, thisInstallation, updateWayOf } from './installation';
import { Updates, type UpdatesNeeds } from './updates';

/** What keeps this copy of Ringside up to date. */
export function updatesOfThisCopy(
  needs: Pick<UpdatesNeeds, 'allowed' | 'canRestart' | 'settings' | 'onChange'>,
): Updates {
  const path = feedPath(app.isPackaged, process.resourcesPath, process.env);
  const installation = thisInstallation(path);
  return new Updates({
    ...needs,
    way: updateWayOf(installation),
    engine: async () => {
      const { electronEngine } = await import('./engine');
      return electronEngine(process.platform, path ?? '');
    },
    pageOf: (version) => releasePage(installation.feed, version),
    after: (ms, what) => {
      setTimeout(what, ms).unref();
    },
    random: Math.random,
    now: () => Date.now(),
    report: (error) => {
      log.error('update', error);
    },
  });
}
