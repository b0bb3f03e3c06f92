import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { connect, hasOwner, startPrivateBus, type PrivateBus } from '../e2e/desktop/dbus';
import { VirtualScreen, type Area } from '../e2e/packaged/virtual-screen';
import type { Desktop, Program } from './desktops';
import { Sway } from './sway';

const run = promisify(execFile);
const START_TIMEOUT_MS = 30_000;
/** A place that neither the window nor a notification covers. */
export const WALLPAPER: Area = { x: 60, y: 400, width: 1, height: 1 };

/** A window of Ringside. */
export interface AppWindow {
  readonly area: Area;
  readonly isActive: boolean;
}

/** A running desktop session with a home, a bus, and a screen of its own. */
export class DesktopSession {
  readonly #programs = new Map<Program, ChildProcess>();

  private constructor(
    readonly screen: VirtualScreen,
    private readonly sway: Sway | undefined,
    readonly env: Readonly<Record<string, string>>,
    private readonly bus: PrivateBus,
    private readonly home: string,
    private readonly logFolder: string,
  ) {}

  /** Starts the session without its panel and its notification service. */
  static async start(desktop: Desktop, logFolder: string): Promise<DesktopSession> {
    const home = await mkdtemp(join(tmpdir(), 'ringside-desktop-'));
    const runtime = join(home, 'run');
    await mkdir(runtime, { mode: 0o700 });
    await mkdir(logFolder, { recursive: true });
    for (const [name, content] of Object.entries(desktop.files)) {
      const file = join(home, '.config', name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    const bus = await startPrivateBus();
    const common = {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_CACHE_HOME: join(home, '.cache'),
      XDG_DATA_HOME: join(home, '.local/share'),
      XDG_RUNTIME_DIR: runtime,
      DBUS_SESSION_BUS_ADDRESS: bus.address,
      NO_AT_BRIDGE: '1',
      WAYLAND_DISPLAY: '',
      XDG_SESSION_TYPE: 'x11',
      ...(desktop.hasPrivateSystemBus && { DBUS_SYSTEM_BUS_ADDRESS: bus.address }),
      ...desktop.env,
    };
    const screen = await VirtualScreen.start();
    const onScreen = { ...common, DISPLAY: screen.display };
    const sway = desktop.kind === 'sway' ? await Sway.start(onScreen) : undefined;
    const env = { ...onScreen, ...sway?.env };
    const session = new DesktopSession(screen, sway, env, bus, home, logFolder);
    if (desktop.kind === 'x11') await session.#run('xsetroot', '-solid', '#3a6ea5');
    for (const program of desktop.base) await session.startProgram(program);
    return session;
  }

  get busAddress(): string {
    return this.bus.address;
  }

  get profile(): string {
    return join(this.home, 'profile');
  }

  /** Starts a program of the desktop and waits until it is ready. */
  async startProgram(program: Program): Promise<void> {
    // The panel and the notification service can be the same program.
    if (this.#programs.has(program)) return;
    const [command = '', ...args] = program.command;
    const child = spawn(command, args, {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(this.logFolder, `${command.split('/').at(-1) ?? ''}.log`), {
      flags: 'a',
    });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    await once(child, 'spawn');
    this.#programs.set(program, child);
    const { busName } = program;
    if (busName === undefined) return;
    const connection = await connect(this.bus.address);
    try {
      await expect
        .poll(() => hasOwner(connection, busName), { message: busName, timeout: START_TIMEOUT_MS })
        .toBe(true);
    } finally {
      connection.close();
    }
  }

  /** Ends a program as a crash does. */
  async killProgram(program: Program): Promise<void> {
    await this.endProgram(program, 'SIGKILL');
  }

  async endProgram(program: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#programs.get(program);
    this.#programs.delete(program);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** The visible window of Ringside. */
  async findWindow(): Promise<AppWindow | undefined> {
    if (this.sway) return this.sway.findWindow('Ringside');
    const search = await this.#run('xdotool', 'search', '--onlyvisible', '--name', 'Ringside$');
    const id = search.trim().split('\n').at(-1) ?? '';
    if (id === '') return undefined;
    const geometry = await this.#run('xdotool', 'getwindowgeometry', '--shell', id);
    const get = (name: string): number =>
      Number(new RegExp(`^${name}=(-?\\d+)$`, 'm').exec(geometry)?.[1]);
    const active = await this.#run('xdotool', 'getactivewindow');
    return {
      area: { x: get('X'), y: get('Y'), width: get('WIDTH'), height: get('HEIGHT') },
      isActive: active.trim() === id,
    };
  }

  /** Closes the window as its title bar would, which hides it. */
  async hideWindow(): Promise<void> {
    if (this.sway) {
      await this.sway.closeWindow('Ringside');
      return;
    }
    await this.#run('wmctrl', '-c', 'Ringside');
    // KWin doesn't close popovers. They hide when the desktop gets the focus.
    await this.screen.click(WALLPAPER, 1);
  }

  /** Whether the taskbar lists the window. */
  async isInTaskbar(): Promise<boolean> {
    if (this.sway) return false;
    const search = await this.#run('xdotool', 'search', '--onlyvisible', '--name', 'Ringside$');
    const properties = ['_NET_WM_STATE', '_NET_WM_WINDOW_TYPE'];
    const text = await this.#run('xprop', '-id', search.trim().split('\n')[0] ?? '', ...properties);
    return !/SKIP_TASKBAR|_TYPE_(TOOLBAR|UTILITY)/.test(text);
  }

  async close(): Promise<void> {
    for (const program of [...this.#programs.keys()].reverse()) await this.killProgram(program);
    await this.sway?.close();
    await this.screen.close();
    await this.bus.close();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #run(program: string, ...args: readonly string[]): Promise<string> {
    const options = { env: { ...process.env, ...this.env } };
    // xdotool fails if it finds nothing.
    const { stdout } = await run(program, args, options).catch(() => ({ stdout: '' }));
    return stdout;
  }
}
