import { app, systemPreferences } from 'electron';
import { parseLocale, parsePosixLocale } from '../../core/settings/language';
import type { HourCycle } from '../../shared/date-format';
import type { Platform } from '../../shared/state';

/** Describes this computer and the running copy of Ringside. */
export function getPlatformInfo(isDemo: boolean, hasKeyring: boolean): Platform {
  return {
    os: process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'windows' : 'linux',
    version: app.getVersion(),
    languages: app.getPreferredSystemLanguages(),
    region: app.getLocaleCountryCode() || undefined,
    locale: getFormatLocale(),
    hourCycle: getHourCycle(),
    hasTray: true,
    hasKeyring,
    isDemo,
  };
}

/** The locale of dates and times. On Linux, it may differ from that of the texts. */
function getFormatLocale(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const posix = env['LC_ALL'] || env['LC_TIME'] || env['LANG'];
  const locale = process.platform === 'linux' ? parsePosixLocale(posix) : undefined;
  // Chromium's name of the POSIX locale isn't a tag that `Intl` accepts.
  return locale ?? parseLocale(app.getSystemLocale())?.toString();
}

/** The user's choice of clock, where it differs from the locale: a setting of macOS. */
function getHourCycle(): HourCycle | undefined {
  if (process.platform !== 'darwin') return undefined;
  if (systemPreferences.getUserDefault('AppleICUForce24HourTime', 'boolean')) return 'h23';
  return systemPreferences.getUserDefault('AppleICUForce12HourTime', 'boolean') ? 'h12' : undefined;
}

/**
 * Whether the Linux desktop is GNOME, which shows tray icons only with an extension. Distributions
 * put their own name first, as in `ubuntu:GNOME`.
 */
export function getDesktopEnvironment(env: NodeJS.ProcessEnv = process.env): 'gnome' | 'other' {
  const names = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  return names.includes('gnome') ? 'gnome' : 'other';
}
