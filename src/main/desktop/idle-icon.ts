import { join } from 'node:path';
import type { App } from 'electron';
import { panelOf, trayIconPath } from '../tray-icons';
import { electronTray, type ElectronTray } from './electron-tray';

/** The icon of the first moment, when nothing rings as far as anybody knows. */
export function firstIcon(
  app: Pick<App, 'getAppPath'>,
  dark: boolean,
  os: NodeJS.Platform,
): ElectronTray {
  const resources = join(app.getAppPath(), 'resources');
  return electronTray(trayIconPath('idle', { os, panel: panelOf(os, dark), resources }), os);
}
