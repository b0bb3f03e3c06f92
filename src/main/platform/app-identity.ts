import { app, type App } from 'electron';
import { SCHEME } from '../window/protocol';

/** The installer's shortcut carries the same id, which Windows requires for notifications. */
export const APP_ID = 'app.ringside';

/**
 * Registers the app id and the deep-link scheme on Windows. Linux reads both from the desktop entry
 * and macOS from the bundle.
 */
export function registerAppIdentity(
  platform: NodeJS.Platform = process.platform,
  electronApp: Pick<App, 'isPackaged' | 'setAppUserModelId' | 'setAsDefaultProtocolClient'> = app,
): void {
  if (platform !== 'win32') return;
  electronApp.setAppUserModelId(APP_ID);
  // A development checkout must not take the links of an installed copy.
  if (electronApp.isPackaged) electronApp.setAsDefaultProtocolClient(SCHEME);
}
