import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { Picture } from '../../../scripts/demo/png.mjs';
import { connect, hasOwner, type Connection } from '../desktop/bus';
import type { InstalledFor } from './installed';
import { difference, type Area, type Screen } from './screen';

/** Where the service says by which program it is; the bus of a test starts none by itself. */
const KEEPER = '/usr/share/dbus-1/services/org.xfce.Xfconf.service';
const CONFIGURATION = '.config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml';
const HEIGHT = 32;

/** One panel along the top, with nothing on it but icons of programs, in the middle. */
const configuration = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="${HEIGHT}"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    ${separator(1)}
    <property name="plugin-2" type="string" value="systray"/>
    ${separator(3)}
  </property>
</channel>
`;

function separator(id: number): string {
  return `<property name="plugin-${id}" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>`;
}

/** The panel of Xfce with its tray, as a person has it. */
export class Panel {
  private constructor(
    private readonly screen: Screen,
    private readonly connection: Connection,
    private readonly programs: readonly ChildProcess[],
    private readonly empty: Picture,
  ) {}

  /** Starts the panel on a screen and a bus, on which it takes the tray; resolves when it is drawn. */
  static async start(person: InstalledFor, screen: Screen, busAddress: string): Promise<Panel> {
    const env = { DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: busAddress };
    await person.put(CONFIGURATION, configuration);
    const keeper = person.launch([await keeperProgram()], env);
    const connection = await connect(busAddress);
    await expect.poll(() => hasOwner(connection, 'org.xfce.Xfconf')).toBe(true);
    // It would wait for a window manager, of which a screen that nobody sees has none.
    const panel = person.launch(['xfce4-panel', '--disable-wm-check'], env);
    await expect
      .poll(() => hasOwner(connection, 'org.kde.StatusNotifierWatcher'), 'the tray of the panel')
      .toBe(true);
    return new Panel(screen, connection, [panel, keeper], await drawn(screen));
  }

  /** The icon of the one program that shows one, as soon as it is on the panel. */
  async icon(): Promise<Area> {
    let found: Area | undefined;
    await expect
      .poll(
        async () => {
          found = difference(this.empty, await this.screen.look(), strip(this.empty));
          return found !== undefined && found.width > 8 && found.height > 8;
        },
        { message: 'an icon on the panel' },
      )
      .toBe(true);
    if (found === undefined) throw new Error('the icon went as it came');
    return found;
  }

  /** Resolves as soon as the panel is empty again. */
  async isEmpty(): Promise<void> {
    await expect
      .poll(async () => difference(this.empty, await this.screen.look(), strip(this.empty)))
      .toBeUndefined();
  }

  async close(): Promise<void> {
    this.connection.close();
    for (const program of this.programs) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const ended = once(program, 'exit');
      program.kill('SIGKILL');
      await ended;
    }
  }
}

/** The part of the screen that the panel takes. */
function strip({ width }: Picture): Area {
  return { x: 0, y: 0, width, height: HEIGHT };
}

/** The screen as soon as the panel is on it, and has come to rest. */
async function drawn(screen: Screen): Promise<Picture> {
  const black = await screen.look();
  black.pixels.fill(0);
  let before = black;
  await expect
    .poll(
      async () => {
        const now = await screen.look();
        const across = difference(black, now, strip(now))?.width === now.width;
        const isStill = difference(before, now, strip(now)) === undefined;
        before = now;
        return across && isStill;
      },
      { message: 'a panel across the screen' },
    )
    .toBe(true);
  return before;
}

async function keeperProgram(): Promise<string> {
  const program = /^Exec=(\S+)$/m.exec(await readFile(KEEPER, 'utf8'))?.[1];
  if (program === undefined) throw new Error(`${KEEPER} names no program`);
  return program;
}
