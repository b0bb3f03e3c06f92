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
import { PLACE } from './package';

const run = promisify(execFile);

/** An ordinary user that every machine has: Chromium's sandbox is for those, not for root. */
const PERSON = { name: 'nobody', id: 65_534 };

/** What starting the installed app takes. */
export interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** An ordinary person at this machine, with a home of their own and the installed app. */
export class InstalledFor {
  readonly #env: Readonly<Record<string, string>>;
  #app: ChildProcess | undefined;
  #browser: Browser | undefined;
  #output = '';

  private constructor(
    readonly home: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.#env = env;
  }

  /** The user whom the session bus must let in. */
  static readonly user = PERSON.name;

  /** Gives the person a home and a desktop session on a bus. */
  static async person(busAddress: string): Promise<InstalledFor> {
    const home = await mkdtemp(join(tmpdir(), 'ringside-home-'));
    const runtime = join(home, 'run');
    await mkdir(runtime);
    const { XAUTHORITY, DISPLAY = '' } = process.env;
    const authority = join(home, 'authority');
    if (XAUTHORITY !== undefined) await copyFile(XAUTHORITY, authority);
    const belongings = XAUTHORITY === undefined ? [home, runtime] : [home, runtime, authority];
    for (const path of belongings) await chown(path, PERSON.id, PERSON.id);
    await chmod(runtime, 0o700);
    return new InstalledFor(home, {
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

  /** Where the installed app keeps what it keeps, when nobody says otherwise. */
  get profile(): string {
    return join(this.home, '.config', 'Ringside');
  }

  /** Everything the app printed. */
  get output(): string {
    return this.#output;
  }

  /** The app's process. */
  get pid(): number {
    const pid = this.#app?.pid;
    if (pid === undefined) throw new Error('the app was not started');
    return pid;
  }

  /** Runs a program as the person; gives what it printed, also when it failed. */
  async run(program: string, args: readonly string[], env: Start['env'] = {}): Promise<string> {
    const command = this.#asPerson([program, ...args]);
    const { stdout, stderr } = await run('setpriv', command, {
      env: { ...this.#env, ...env },
      cwd: this.home,
      timeout: 20_000,
    }).catch((failure: unknown) => failure as { stdout: string; stderr: string });
    return stdout + stderr;
  }

  /** Starts a program as the person, and lets it run. */
  launch(
    command: readonly string[],
    env: Start['env'] = {},
  ): ChildProcessByStdio<null, Readable, Readable> {
    return spawn('setpriv', this.#asPerson(command), {
      env: { ...this.#env, ...env },
      cwd: this.home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Gives the person a file, with the folders it is in. */
  async put(path: string, text: string): Promise<void> {
    const folders = path.split('/').slice(0, -1);
    for (const [at] of folders.entries()) {
      const folder = join(this.home, ...folders.slice(0, at + 1));
      await mkdir(folder, { recursive: true });
      await chown(folder, PERSON.id, PERSON.id);
    }
    await writeFile(join(this.home, path), text);
    await chown(join(this.home, path), PERSON.id, PERSON.id);
  }

  /** Resolves when the app has ended by itself. */
  async ended(): Promise<void> {
    const app = this.#app;
    if (app === undefined || app.exitCode !== null || app.signalCode !== null) return;
    await once(app, 'exit', { signal: AbortSignal.timeout(20_000) });
  }

  /** Starts the app by a command line, such as the one in its menu entry. */
  async start(command: readonly string[], { args = [], env = {} }: Start = {}): Promise<void> {
    await rm(this.#portFile, { force: true });
    const app = this.launch([...command, '--remote-debugging-port=0', ...args], env);
    this.#app = app;
    for (const stream of [app.stdout, app.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    await once(app, 'spawn');
  }

  /** The window of the app, as soon as there is one. */
  async window(): Promise<Page> {
    this.#browser ??= await chromium.connectOverCDP(await this.#endpoint());
    const [context] = this.#browser.contexts();
    if (context === undefined) throw new Error('the app has no pages at all');
    const shown = (): Page | undefined =>
      context.pages().find((page) => page.url().startsWith('ringside://window/index.html'));
    await expect.poll(shown, 'a window').toBeDefined();
    const page = shown();
    if (page === undefined) throw new Error('the window went as it came');
    await page.locator('html[data-ready]').waitFor();
    return page;
  }

  /** The processes that the app consists of, by their kind as on their command lines. */
  async processes(kind: string): Promise<readonly number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const lines = await Promise.all(
      pids.map(async (pid) => ({ pid, line: await commandLine(pid) })),
    );
    return lines
      .filter(({ line }) => line.startsWith(PLACE) && line.includes(this.home))
      .filter(({ line }) => line.includes(`--type=${kind}`))
      .map(({ pid }) => pid);
  }

  /** Asks the app to quit and waits until it has. */
  async quit(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
    const app = this.#app;
    this.#app = undefined;
    if (app === undefined || app.exitCode !== null || app.signalCode !== null) return;
    const ended = once(app, 'exit');
    app.kill('SIGTERM');
    const late = setTimeout(() => app.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  }

  /** Takes the home away, with everything in it. */
  async leave(): Promise<void> {
    await this.quit();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  get #portFile(): string {
    return join(this.profile, 'DevToolsActivePort');
  }

  #asPerson(command: readonly string[]): readonly string[] {
    const id = String(PERSON.id);
    return [`--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--', ...command];
  }

  async #endpoint(): Promise<string> {
    const port = async (): Promise<string> =>
      (await readFile(this.#portFile, 'utf8').catch(() => '')).split('\n')[0] ?? '';
    await expect.poll(port, 'the port of the window').not.toBe('');
    return `http://127.0.0.1:${await port()}`;
  }
}

async function commandLine(pid: number): Promise<string> {
  // A process that ended meanwhile has none.
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.replaceAll('\0', ' ');
}
