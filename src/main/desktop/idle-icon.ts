import { join } from 'node:path';
import type { App } from 'electron';
import { panelOf, trayIconPath } from './tray-icons';
import { electronTray, type ElectronTray } from './electron-tray';

/** An icon that is new in the tray: nothing rings, as far as anybody knows. */
export function idleIcon(
  app: Pick<App, 'getAppPath'>,
  dark: boolean,
  os: NodeJS.Platform,
): ElectronTray {
  const resources = join(app.getAppPath(), 'resources');
  return electronTray(trayIconPath('idle', { os, panel: panelOf(os, dark), resources }), os);
}
