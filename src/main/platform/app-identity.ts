import { app, type App } from 'electron';
import { SCHEME } from '../window/protocol';

/** The installer's shortcut carries the same id, which Windows requires for notifications. */
export const APP_ID = 'app.ringside';

/** Never changes, so that a toast of an earlier run still activates the app. */
export const TOAST_ACTIVATOR_CLSID = '{6B1D0C2E-6E0B-4C57-9A57-1E6B6C2F7A41}';

/**
 * Registers the app id and the deep-link scheme on Windows. Linux reads both from the desktop entry
 * and macOS from the bundle.
 */
export function registerAppIdentity(
  platform: NodeJS.Platform = process.platform,
  electronApp: Pick<App, 'isPackaged' | 'setAppUserModelId' | 'setAsDefaultProtocolClient'> &
    Partial<Pick<App, 'setToastActivatorCLSID'>> = app,
): void {
  if (platform !== 'win32') return;
  electronApp.setAppUserModelId(APP_ID);
  // Electron would choose another one at each start. Older versions have no option for it.
  electronApp.setToastActivatorCLSID?.(TOAST_ACTIVATOR_CLSID);
  // A development checkout must not take the links of an installed copy.
  if (electronApp.isPackaged) electronApp.setAsDefaultProtocolClient(SCHEME);
}
