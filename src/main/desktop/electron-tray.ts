import {
  Menu,
  nativeImage,
  Tray,
  type MenuItemConstructorOptions,
  type NativeImage,
  type Rectangle,
} from 'electron';
import type { TrayHandle } from './tray';
import type { MenuAction, MenuEntry } from './tray-menu';

/** An icon in the tray of this desktop. */
export interface ElectronTray extends TrayHandle {
  /** What a plain click does from now on. */
  readonly onClick: (what: () => void) => void;
  /** Where it is; of no size where the platform does not tell. */
  readonly bounds: () => Rectangle;
}

/** Puts an icon into the tray. */
export function electronTray(image: string, platform: NodeJS.Platform): ElectronTray {
  const images = new Map<string, NativeImage>();
  const imageOf = (path: string): NativeImage => {
    const known = images.get(path);
    if (known) return known;
    const loaded = nativeImage.createFromPath(path);
    images.set(path, loaded);
    return loaded;
  };
  const tray = new Tray(imageOf(image));
  let menu: Electron.Menu | undefined;
  // With a context menu set, macOS opens it on a plain click too; so there it is opened by hand.
  if (platform === 'darwin') {
    tray.on('right-click', () => {
      if (menu) tray.popUpContextMenu(menu);
    });
  }
  return {
    onClick: (what) => {
      tray.on('click', what);
    },
    setImage: (path) => {
      tray.setImage(imageOf(path));
    },
    setToolTip: (text) => {
      tray.setToolTip(text);
    },
    setMenu: (entries, act) => {
      menu = electronMenu(entries, act);
      if (platform !== 'darwin') tray.setContextMenu(menu);
    },
    destroy: () => {
      tray.destroy();
    },
    bounds: () => tray.getBounds(),
  };
}

/** Builds a menu of the system. */
export function electronMenu(
  entries: readonly MenuEntry[],
  act: (action: MenuAction) => void,
): Electron.Menu {
  return Menu.buildFromTemplate(entries.map((entry) => template(entry, act)));
}

function template(entry: MenuEntry, act: (action: MenuAction) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'label':
      return { label: entry.label, enabled: false };
    case 'action':
      return {
        // A single ampersand in a menu marks a shortcut key and would vanish from a firm's name.
        label: entry.label.replace(/&/g, '&&'),
        click: () => {
          act(entry.action);
        },
      };
    case 'submenu':
      return {
        label: entry.label,
        submenu: entry.entries.map((inner) => template(inner, act)),
      };
  }
}
