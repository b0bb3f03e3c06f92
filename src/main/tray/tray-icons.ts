import { join } from 'node:path';
import { app, nativeTheme, Tray } from 'electron';
import type { TrayStatus } from '../../core/tray-status';

/** The name of a tray icon: a state, and whether Do Not Disturb is on. */
export type TrayIconName = `${TrayIconState}${'' | '-silent'}`;

type TrayIconState =
  'idle' | `active-${Count}` | `ringing-${0 | 1}` | 'missed' | 'offline' | 'sign-in';

type Count = (typeof DIGITS)[number] | '9plus';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Creates a tray icon in its idle state. */
export function createTray(): Tray {
  return new Tray(getTrayIconPath('idle'));
}

/**
 * Names the icon for a status. Two frames alternate while a call rings; the first one also works on
 * its own. Other states look the same in both frames.
 */
export function getTrayIconName(status: TrayStatus, frame: 0 | 1 = 0): TrayIconName {
  const state = getTrayIconState(status, frame);
  return status.isDoNotDisturb ? `${state}-silent` : state;
}

/**
 * Whether the icon alternates while a call rings. GNOME's extension shows three dots for an icon
 * that changes twice a second, because the icon's file is replaced before it's read.
 */
export function canBlink(
  platform: NodeJS.Platform,
  desktop: 'gnome' | 'other',
  prefersReducedMotion: boolean,
): boolean {
  return !prefersReducedMotion && !(platform === 'linux' && desktop === 'gnome');
}

/** The text next to the icon: macOS shows the number of unseen missed calls in the menu bar. */
export function getTrayTitle({ missedCount }: TrayStatus, language: string): string {
  return missedCount > 0 ? new Intl.NumberFormat(language).format(missedCount) : '';
}

/** The icon file for the platform and its theme. Electron finds the high-density variants itself. */
export function getTrayIconPath(
  name: TrayIconName,
  platform: NodeJS.Platform = process.platform,
  isDark = nativeTheme.shouldUseDarkColors,
  appPath = app.getAppPath(),
): string {
  const folder = join(appPath, 'resources', 'tray');
  switch (platform) {
    case 'darwin':
      return join(folder, 'macos', `${name}Template.png`);
    case 'win32':
      return join(folder, 'windows', isDark ? 'dark' : 'light', `${name}.ico`);
    default:
      // A light Linux desktop can have a dark panel, so this icon suits both.
      return join(folder, 'linux', isDark ? 'dark' : 'unknown', `${name}.png`);
  }
}

function getTrayIconState(status: TrayStatus, frame: 0 | 1): TrayIconState {
  switch (status.kind) {
    case 'ringing':
      return `ringing-${frame}`;
    case 'connection-problem':
      return status.problem === 'offline' ? 'offline' : 'sign-in';
    case 'active':
      return `active-${DIGITS[status.activeCount - 1] ?? '9plus'}`;
    case 'missed':
      return 'missed';
    case 'idle':
      return 'idle';
  }
}
