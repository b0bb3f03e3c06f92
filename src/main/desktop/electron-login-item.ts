import { app } from 'electron';
import type { Notice } from '../../shared/state';
import { codeOf } from '../store/error-code';
import { isHiddenStart, launchAtLogin } from './launch-at-login';

/** Starts this copy of Ringside with the desktop, or no longer does; reports what it cannot do. */
export function electronLaunchAtLogin(launch: boolean, report: (notice: Notice) => void): void {
  // A checkout that is being worked on must not put itself into anybody's session.
  if (!app.isPackaged) return;
  try {
    launchAtLogin(launch, {
      platform: process.platform,
      executable: process.env['APPIMAGE'] ?? process.execPath,
      configHome: app.getPath('appData'),
      setLoginItem: (openAtLogin, args) => {
        app.setLoginItemSettings({ openAtLogin, args: [...args] });
      },
    });
  } catch (error) {
    report({ kind: 'cannot-save', file: 'ringside.desktop', code: codeOf(error) });
  }
}

/** Whether the desktop started this run rather than the person; `hidden` is what it was told. */
export function wasHiddenStart(hidden: boolean): boolean {
  return isHiddenStart(hidden, process.platform, () => app.getLoginItemSettings().wasOpenedAtLogin);
}
