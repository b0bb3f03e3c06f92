import type { Task } from 'electron';
import type { Say } from '../desktop-words';
import { silenceTasks } from './jump-list';
import { dockMenu, type MenuEntry, type MenuScene } from './tray-menu';

/** What the menu at the icon of the app is made of. */
export interface QuickMenuParts {
  /** The executable, as the person installed it. */
  readonly executable: string;
  /** Sets the menu of macOS's dock. */
  readonly setDockMenu: (entries: readonly MenuEntry[]) => void;
  /** Sets the jump list of Windows. */
  readonly setTasks: (tasks: Task[]) => void;
}

/**
 * Do not disturb at the icon of the app: in the dock of macOS, in the jump list of Windows. Linux
 * has neither; there the tray has it. Showing the same thing twice changes nothing.
 */
export class QuickMenu {
  #shown = '';

  constructor(
    private readonly platform: NodeJS.Platform,
    private readonly parts: QuickMenuParts,
  ) {}

  show(scene: Pick<MenuScene, 'silence' | 'glance'>, say: Say, language: string): void {
    const { executable, setDockMenu, setTasks } = this.parts;
    switch (this.platform) {
      case 'darwin': {
        const entries = dockMenu(scene, say, language);
        if (this.#isNew(entries)) setDockMenu(entries);
        break;
      }
      case 'win32': {
        const tasks = silenceTasks(executable, say);
        if (this.#isNew(tasks)) setTasks(tasks);
        break;
      }
      default:
        break;
    }
  }

  #isNew(menu: unknown): boolean {
    const text = JSON.stringify(menu);
    if (text === this.#shown) return false;
    this.#shown = text;
    return true;
  }
}
