import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, type App } from 'electron';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode } from '../storage/atomic-write';

const LAUNCH_ARGUMENTS = ['--hidden'];

type LoginItemApp = Pick<App, 'getPath' | 'isPackaged' | 'setLoginItemSettings'>;

/** Turns launch at login on or off for this installation. */
export function setLaunchAtLogin(
  isEnabled: boolean,
  onProblem: (notice: SystemNotice) => void,
  platform: NodeJS.Platform = process.platform,
  electronApp: LoginItemApp = app,
): void {
  // A development checkout must not add itself to the login items.
  if (!electronApp.isPackaged) return;
  if (platform !== 'linux') {
    electronApp.setLoginItemSettings({ openAtLogin: isEnabled, args: LAUNCH_ARGUMENTS });
    return;
  }
  const path = join(electronApp.getPath('appData'), 'autostart', 'ringside.desktop');
  try {
    if (isEnabled) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, createAutostartEntry(process.env['APPIMAGE'] ?? process.execPath));
    } else {
      rmSync(path, { force: true });
    }
  } catch (error) {
    onProblem({ kind: 'cannot-save', file: 'ringside.desktop', code: getErrorCode(error) });
  }
}

/**
 * Whether the desktop session started Ringside, so that no window opens. macOS passes no arguments
 * to login items and reports it separately.
 */
export function isHiddenStart(
  hasHiddenArgument: boolean,
  platform: NodeJS.Platform = process.platform,
  electronApp: Pick<App, 'getLoginItemSettings'> = app,
): boolean {
  if (hasHiddenArgument) return true;
  return platform === 'darwin' && electronApp.getLoginItemSettings().wasOpenedAtLogin;
}

/** The desktop entry that starts Ringside with a Linux session (XDG Autostart specification). */
export function createAutostartEntry(executable: string): string {
  // The specification requires these four characters to be escaped, and backslashes twice.
  const quoted = executable.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Ringside',
    // Desktops ignore the entry once the program is uninstalled.
    `TryExec=${executable.replaceAll('\\', '\\\\')}`,
    `Exec="${quoted}" ${LAUNCH_ARGUMENTS.join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
