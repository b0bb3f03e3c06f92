import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { getXfcePanelConfig, SPACER, XFCE_PANEL_FILE } from '../../../scripts/lib/xfce-panel.mjs';
import { connect, hasOwner, type DBusConnection } from '../desktop/dbus';
import type { InstalledApp } from './installed-app';
import type { Area, VirtualScreen } from './virtual-screen';

/** Names the settings service's program. A test's bus doesn't start services itself. */
const XFCONF_SERVICE = '/usr/share/dbus-1/services/org.xfce.Xfconf.service';
const PANEL: Area = { x: 0, y: 0, width: 1280, height: 32 };

/** Only the tray, centered. */
const CONFIG = getXfcePanelConfig(PANEL.height, [SPACER, ['systray'], SPACER]);

/** Xfce's panel with its tray. */
export class XfcePanel {
  private constructor(
    private readonly screen: VirtualScreen,
    private readonly connection: DBusConnection,
    private readonly programs: readonly ChildProcess[],
    private readonly emptyPanel: string,
  ) {}

  /** Starts the panel; resolves when it is drawn and the tray works. */
  static async start(
    app: InstalledApp,
    screen: VirtualScreen,
    busAddress: string,
  ): Promise<XfcePanel> {
    const env = { DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: busAddress };
    const blank = await screen.capture();
    await app.writeUserFile(`.config/${XFCE_PANEL_FILE}`, CONFIG);
    const xfconf = app.spawn([await getXfconfProgram()], env);
    const connection = await connect(busAddress);
    await expect.poll(() => hasOwner(connection, 'org.xfce.Xfconf')).toBe(true);
    // Without this, it would wait for a window manager.
    const panel = app.spawn(['xfce4-panel', '--disable-wm-check'], env);
    await expect
      .poll(() => hasOwner(connection, 'org.kde.StatusNotifierWatcher'), "the panel's tray")
      .toBe(true);
    await expect
      .poll(async () => (await screen.findChange(blank, PANEL))?.width, 'a panel')
      .toBe(PANEL.width);
    let previous = await screen.capture();
    const hasSettled = async (): Promise<boolean> => {
      const change = await screen.findChange(previous, PANEL);
      previous = await screen.capture();
      return change === undefined;
    };
    await expect.poll(hasSettled, 'a panel that has been drawn').toBe(true);
    return new XfcePanel(screen, connection, [panel, xfconf], previous);
  }

  /** Waits for a tray icon; returns where it is. */
  async waitForIcon(): Promise<Area> {
    let icon: Area | undefined;
    await expect
      .poll(async () => {
        icon = await this.screen.findChange(this.emptyPanel, PANEL);
        return icon !== undefined && icon.width > 8 && icon.height > 8;
      }, 'an icon on the panel')
      .toBe(true);
    if (icon === undefined) throw new Error('there is no icon on the panel');
    return icon;
  }

  /** Waits until the icon is gone. */
  async waitUntilEmpty(): Promise<void> {
    await expect.poll(() => this.screen.findChange(this.emptyPanel, PANEL)).toBeUndefined();
  }

  async close(): Promise<void> {
    this.connection.close();
    for (const program of this.programs) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const exited = once(program, 'exit');
      program.kill('SIGKILL');
      await exited;
    }
  }
}

async function getXfconfProgram(): Promise<string> {
  const program = /^Exec=(\S+)$/m.exec(await readFile(XFCONF_SERVICE, 'utf8'))?.[1];
  if (program === undefined) throw new Error(`${XFCONF_SERVICE} names no program`);
  return program;
}
