import { app } from 'electron';
import type { Platform } from '../../shared/state';
import { hasKeyring } from '../storage/keyring';

/** Describes this computer and the running copy of Ringside. */
export function getPlatformInfo(isDemo: boolean): Platform {
  return {
    os: process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'windows' : 'linux',
    version: app.getVersion(),
    languages: app.getPreferredSystemLanguages(),
    region: app.getLocaleCountryCode() || undefined,
    hasTray: true,
    hasKeyring: hasKeyring(),
    isDemo,
  };
}

/**
 * Whether the Linux desktop is GNOME, which shows tray icons only with an extension. Distributions
 * put their own name first, as in `ubuntu:GNOME`.
 */
export function getDesktopEnvironment(env: NodeJS.ProcessEnv = process.env): 'gnome' | 'other' {
  const names = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  return names.includes('gnome') ? 'gnome' : 'other';
}
