import { execFile, spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { INSTALL_FOLDER } from './debian-package';

const run = promisify(execFile);

const EXIT_TIMEOUT_MS = 20_000;
const KILL_AFTER_MS = 10_000;

type Env = Readonly<Record<string, string>>;

/** The installed app as an ordinary user runs it, with a home folder and a desktop session. */
export class InstalledApp {
  /** A user that exists on every system; Chromium's sandbox doesn't work for root. */
  static readonly userName = 'nobody';
  static readonly #userId = 65_534;

  #app: ChildProcess | undefined;
  #browser: Browser | undefined;
  #output = '';

  private constructor(
    readonly home: string,
    private readonly env: Env,
  ) {}

  /** Creates the user's home folder. The session bus has to admit `userName`. */
  static async create(busAddress: string): Promise<InstalledApp> {
    const home = await mkdtemp(join(tmpdir(), 'ringside-home-'));
    const runtime = join(home, 'run');
    await mkdir(runtime);
    const { XAUTHORITY, DISPLAY = '' } = process.env;
    const authority = join(home, 'authority');
    if (XAUTHORITY !== undefined) await copyFile(XAUTHORITY, authority);
    for (const path of XAUTHORITY === undefined ? [home, runtime] : [home, runtime, authority]) {
      await chown(path, InstalledApp.#userId, InstalledApp.#userId);
    }
    await chmod(runtime, 0o700);
    return new InstalledApp(home, {
      HOME: home,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      DISPLAY,
      ...(XAUTHORITY === undefined ? {} : { XAUTHORITY: authority }),
      XDG_RUNTIME_DIR: runtime,
      DBUS_SESSION_BUS_ADDRESS: busAddress,
      LANG: 'C.UTF-8',
      LANGUAGE: 'en',
      TZ: 'UTC',
    });
  }

  /** The app's default profile folder. */
  get profile(): string {
    return join(this.home, '.config', 'Ringside');
  }

  /** Everything the app printed. */
  get output(): string {
    return this.#output;
  }

  /** Runs a program as the user; returns its output, even if it failed. */
  async run(program: string, args: readonly string[], env: Env = {}): Promise<string> {
    const { stdout, stderr } = await run('setpriv', this.#toUserCommand([program, ...args]), {
      env: { ...this.env, ...env },
      cwd: this.home,
      timeout: EXIT_TIMEOUT_MS,
    }).catch((error: unknown) => error as { stdout: string; stderr: string });
    return stdout + stderr;
  }

  /** Starts a program as the user. */
  spawn(command: readonly string[], env: Env = {}): ChildProcessByStdio<null, Readable, Readable> {
    return spawn('setpriv', this.#toUserCommand(command), {
      env: { ...this.env, ...env },
      cwd: this.home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Writes a file below the home folder that belongs to the user. */
  async writeUserFile(path: string, text: string): Promise<void> {
    const parts = path.split('/');
    for (const [index] of parts.slice(1).entries()) {
      const folder = join(this.home, ...parts.slice(0, index + 1));
      await mkdir(folder, { recursive: true });
      await chown(folder, InstalledApp.#userId, InstalledApp.#userId);
    }
    await writeFile(join(this.home, path), text);
    await chown(join(this.home, path), InstalledApp.#userId, InstalledApp.#userId);
  }

  /** Starts the app by a command line, such as the one in its menu entry. */
  async start(
    command: readonly string[],
    args: readonly string[] = [],
    env: Env = {},
  ): Promise<void> {
    await rm(this.#portFile, { force: true });
    const app = this.spawn([...command, '--remote-debugging-port=0', ...args], env);
    this.#app = app;
    for (const stream of [app.stdout, app.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    await once(app, 'spawn');
  }

  /** Waits for the app's window. */
  async waitForWindow(): Promise<Page> {
    this.#browser ??= await chromium.connectOverCDP(await this.#waitForDebuggingUrl());
    const [context] = this.#browser.contexts();
    const findWindow = (): Page | undefined =>
      context?.pages().find((page) => page.url().startsWith('ringside://window/index.html'));
    await expect.poll(findWindow, 'a window').toBeDefined();
    const page = findWindow();
    if (page === undefined) throw new Error('the window was closed');
    // The page sets it when it listens.
    await page.locator('html[data-ready]').waitFor();
    return page;
  }

  /** Returns the app's processes of a Chromium type, such as `renderer`. */
  async getProcesses(type: string): Promise<readonly number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const commands = await Promise.all(
      pids.map(async (pid) => ({ pid, command: await readCommandLine(pid) })),
    );
    return commands
      .filter(({ command }) => command.startsWith(INSTALL_FOLDER) && command.includes(this.home))
      .filter(({ command }) => command.includes(`--type=${type}`))
      .map(({ pid }) => pid);
  }

  /** Waits until the app has quit. */
  async waitForExit(): Promise<void> {
    const app = this.#app;
    if (app === undefined || app.exitCode !== null || app.signalCode !== null) return;
    await once(app, 'exit', { signal: AbortSignal.timeout(EXIT_TIMEOUT_MS) });
  }

  /** Quits the app. */
  async quit(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
    const app = this.#app;
    this.#app = undefined;
    if (app === undefined || app.exitCode !== null || app.signalCode !== null) return;
    const exited = once(app, 'exit');
    app.kill('SIGTERM');
    const timer = setTimeout(() => app.kill('SIGKILL'), KILL_AFTER_MS);
    await exited;
    clearTimeout(timer);
  }

  /** Quits the app and removes the home folder. */
  async dispose(): Promise<void> {
    await this.quit();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  get #portFile(): string {
    return join(this.profile, 'DevToolsActivePort');
  }

  #toUserCommand(command: readonly string[]): readonly string[] {
    const id = String(InstalledApp.#userId);
    return [`--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--', ...command];
  }

  async #waitForDebuggingUrl(): Promise<string> {
    const readPort = async (): Promise<string> =>
      (await readFile(this.#portFile, 'utf8').catch(() => '')).split('\n')[0] ?? '';
    await expect.poll(readPort, 'the debugging port').not.toBe('');
    return `http://127.0.0.1:${await readPort()}`;
  }
}

async function readCommandLine(pid: number): Promise<string> {
  // The process may have exited.
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.replaceAll('\0', ' ');
}
