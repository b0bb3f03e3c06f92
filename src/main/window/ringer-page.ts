import { BrowserWindow } from 'electron';
import type { Ringing } from './ringer';

/**
 * Plays a ring in a page that is never shown, made for it and let go after it: the system's own
 * players differ on every platform, and the tray alone has none.
 */
export function playInPage(address: (query: string) => string) {
  return ({ sound, volume }: Ringing): (() => void) => {
    const page = new BrowserWindow({
      show: false,
      width: 1,
      height: 1,
      skipTaskbar: true,
      focusable: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        backgroundThrottling: false,
        // Nobody ever clicks in it.
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    const query = new URLSearchParams({ sound, volume: String(volume) });
    void page.loadURL(address(`ringtone.html?${query.toString()}`));
    return () => {
      page.destroy();
    };
  };
}
