import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import type { Area } from '../e2e/packaged/virtual-screen';
import type { AppWindow } from './session';

const run = promisify(execFile);
/** sway refuses to run as root. */
const NOBODY = 65_534;

interface Node {
  readonly name?: string | null;
  readonly pid?: number;
  readonly focused?: boolean;
  readonly visible?: boolean;
  readonly rect: Area;
  readonly nodes?: readonly Node[];
  readonly floating_nodes?: readonly Node[];
}

/** A sway compositor in a window that fills a virtual screen. */
export class Sway {
  private constructor(
    private readonly programs: readonly ChildProcess[],
    /** How programs find the compositor. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(env: Readonly<Record<string, string>>): Promise<Sway> {
    const { XDG_RUNTIME_DIR: runtime = '', XDG_CONFIG_HOME: configFolder = '' } = env;
    const options = { env: { ...process.env, ...env, WAYLAND_DISPLAY: undefined } };
    // Lets other users of this computer connect, as long as a program keeps the screen in use.
    const keeper = spawn('xprop', ['-root', '-spy'], { ...options, stdio: 'ignore' });
    await run('xhost', ['+local:'], options);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      await chown(runtime, NOBODY, NOBODY);
      await chmod(dirname(runtime), 0o755);
    }
    const sway = spawn('sway', ['-c', join(configFolder, 'sway/config')], {
      ...(isRoot && { uid: NOBODY, gid: NOBODY }),
      env: {
        ...options.env,
        WLR_BACKENDS: 'x11',
        WLR_LIBINPUT_NO_DEVICES: '1',
        WLR_RENDERER: 'pixman',
      },
      stdio: 'ignore',
    });
    const find = async (pattern: RegExp): Promise<string> => {
      let name = '';
      const findNow = async (): Promise<string> =>
        (name = (await readdir(runtime)).find((one) => pattern.test(one)) ?? '');
      await expect.poll(findNow, { timeout: 20_000 }).not.toBe('');
      return name;
    };
    const compositor = new Sway([keeper, sway], {
      SWAYSOCK: join(runtime, await find(/^sway-ipc\..*\.sock$/)),
      WAYLAND_DISPLAY: await find(/^wayland-\d+$/),
    });
    // The X server for X11 programs, which must stay in use too.
    const command = `xhost +local:; echo $DISPLAY > ${runtime}/display; exec xprop -root -spy`;
    await compositor.#message('exec', `sh -c '${command}'`);
    await find(/^display$/);
    const display = (await readFile(join(runtime, 'display'), 'utf8')).trim();
    return new Sway([keeper, sway], { ...compositor.env, DISPLAY: display });
  }

  async findWindow(name: string): Promise<AppWindow | undefined> {
    const tree = JSON.parse(await this.#message('-t', 'get_tree')) as Node;
    const found = flatten(tree).find(
      (node) =>
        node.pid !== undefined && node.name?.endsWith(name) === true && node.visible === true,
    );
    return found && { area: found.rect, isActive: found.focused === true };
  }

  async closeWindow(name: string): Promise<void> {
    await this.#message(`[title="${name}$"] kill`);
  }

  async close(): Promise<void> {
    for (const program of this.programs) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const exited = once(program, 'exit');
      program.kill('SIGKILL');
      await exited;
    }
  }

  async #message(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('swaymsg', args, { env: { ...process.env, ...this.env } });
    return stdout;
  }
}

function flatten(node: Node): readonly Node[] {
  const children = [...(node.nodes ?? []), ...(node.floating_nodes ?? [])];
  return [node, ...children.flatMap(flatten)];
}
