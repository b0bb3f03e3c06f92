import type { App } from 'electron';
import { SCHEME } from '../window/scheme';

/**
 * The name by which Windows knows the installed app. Its shortcut carries the same, so that
 * notifications are listed under it in the system's settings.
 */
export const APP_ID = 'app.ringside';

/**
 * Tells the system who this is and which links are its own. Linux reads both in the menu entry and
 * macOS in the bundle; a checkout that is being worked on takes no links from what is installed.
 */
export function identify(
  app: Pick<App, 'isPackaged' | 'setAppUserModelId' | 'setAsDefaultProtocolClient'>,
  platform: NodeJS.Platform,
): void {
  if (platform !== 'win32') return;
  app.setAppUserModelId(APP_ID);
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME);
}
