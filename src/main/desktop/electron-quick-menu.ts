import { app } from 'electron';
import { electronMenu } from './electron-tray';
import { QuickMenu } from './quick-menu';
import type { MenuAction } from './tray-menu';

/** The menu at the icon of the app on this desktop. */
export function electronQuickMenu(act: (action: MenuAction) => void): QuickMenu {
  return new QuickMenu(process.platform, {
    executable: process.execPath,
    setDockMenu: (entries) => {
      app.dock?.setMenu(electronMenu(entries, act));
    },
    setTasks: (tasks) => {
      // A checkout that is being worked on is no program to start by itself.
      if (app.isPackaged) app.setUserTasks(tasks);
    },
  });
}
