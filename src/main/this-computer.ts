import { app } from 'electron';
import type { Platform } from '../shared/state';
import { hasKeyring } from './store/keyring';

/** The computer, and the copy of Ringside that runs on it. */
export function thisComputer(demo: boolean): Platform {
  return {
    os: process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'windows' : 'linux',
    version: app.getVersion(),
    languages: app.getPreferredSystemLanguages(),
    region: app.getLocaleCountryCode() || undefined,
    tray: true,
    keyring: hasKeyring(),
    demo,
  };
}
