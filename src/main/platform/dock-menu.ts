import { app, Menu, type App, type MenuItemConstructorOptions, type Task } from 'electron';
import { DO_NOT_DISTURB_OPTIONS } from '../../core/settings/do-not-disturb';
import { getDoNotDisturbArgument } from '../command-line';
import type { I18n } from '../i18n';
import { getDoNotDisturbMenu, type DoNotDisturbInput, type MenuActions } from '../tray/tray-menu';

/** Do Not Disturb in the dock menu of macOS and in the jump list of Windows. */
export class DockMenu {
  #shownMenu = '';

  constructor(
    private readonly i18n: I18n,
    private readonly actions: Pick<MenuActions, 'setDoNotDisturb'>,
    private readonly platform: NodeJS.Platform = process.platform,
    private readonly electronApp: Pick<App, 'dock' | 'isPackaged' | 'setUserTasks'> = app,
  ) {}

  update(input: DoNotDisturbInput): void {
    if (this.platform === 'darwin') {
      const template = [getDoNotDisturbMenu(input, this.i18n, this.actions)];
      if (this.#isNew(template)) this.electronApp.dock?.setMenu(Menu.buildFromTemplate(template));
    }
    // Tasks start an executable, which a development checkout doesn't have.
    if (this.platform === 'win32' && this.electronApp.isPackaged) {
      const tasks = getTasks(this.i18n);
      if (this.#isNew(tasks)) this.electronApp.setUserTasks(tasks);
    }
  }

  #isNew(menu: readonly (MenuItemConstructorOptions | Task)[]): boolean {
    const previous = this.#shownMenu;
    this.#shownMenu = JSON.stringify(menu);
    return this.#shownMenu !== previous;
  }
}

/** Each task starts Ringside with an argument, which the running instance receives. */
function getTasks({ t }: I18n): Task[] {
  return DO_NOT_DISTURB_OPTIONS.map((choice) => {
    const title = `${t('menu.doNotDisturb')} · ${t(`menu.${choice}`)}`;
    return {
      program: process.execPath,
      arguments: `${getDoNotDisturbArgument(choice)} --hidden`,
      iconPath: process.execPath,
      iconIndex: 0,
      title,
      description: title,
    };
  });
}
