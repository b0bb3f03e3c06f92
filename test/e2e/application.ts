import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** How an application is started. */
export interface Launch {
  /** The session bus it lives on. */
  readonly busAddress: string;
  /** Where it keeps what it keeps; a restart on the same folder is a restart of the same person's. */
  readonly profile: string;
  /** Its folder, with a package.json; the built Ringside unless told. */
  readonly folder?: string;
  readonly args?: readonly string[];
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether its windows can be used as pages; without, nothing but the application runs. */
  readonly pages?: boolean;
}

/** An application that was started. */
export class Application {
  readonly #process: ChildProcess;
  readonly #electron: ElectronApplication | undefined;
  readonly #ended: Promise<number | null>;
  #output = '';

  private constructor(process: ChildProcess, electron: ElectronApplication | undefined) {
    this.#process = process;
    this.#electron = electron;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    this.#ended = new Promise((resolve) => {
      process.once('exit', resolve);
    });
  }

  /** Starts it; resolves when its process runs. */
  static async start(launch: Launch): Promise<Application> {
    const { busAddress, profile, folder = REPOSITORY, args = [], pages = true } = launch;
    const executablePath = await electronPath();
    const options = [folder, '--no-sandbox', `--user-data-dir=${profile}`, ...args];
    const env = environment({ DBUS_SESSION_BUS_ADDRESS: busAddress, ...launch.env });
    if (!pages) {
      const child = spawn(executablePath, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      await once(child, 'spawn');
      return new Application(child, undefined);
    }
    const electron = await _electron.launch({ executablePath, args: options, env });
    return new Application(electron.process(), electron);
  }

  /** Everything it printed. */
  get output(): string {
    return this.#output;
  }

  /** Whether its process is there. */
  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Its process. */
  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the application has no process');
    return pid;
  }

  /** The Electron behind it, for what only the inside knows. */
  get electron(): ElectronApplication {
    if (this.#electron === undefined) throw new Error('started without pages');
    return this.#electron;
  }

  /** The page of its window, as soon as it handles keys and clicks. */
  async window(): Promise<Page> {
    let page: Page | undefined;
    await expect(async () => {
      page = this.electron.windows().find((each) => isMainPage(each));
      expect(page, 'the window has a page').toBeDefined();
      await page?.locator('html[data-ready]').waitFor({ timeout: 2_000 });
    }).toPass({ timeout: 20_000, intervals: [20, 50, 100] });
    if (page === undefined) throw new Error('the window has no page');
    return page;
  }

  /** Its exit code, as soon as it ended; null when a signal ended it. Rejects after 10 s. */
  async ended(): Promise<number | null> {
    if (!this.isRunning) return this.#process.exitCode;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`the application still runs after 10 s; it printed:\n${this.#output}`));
      }, 10_000);
    });
    return Promise.race([this.#ended, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  /** Ends it without a chance to tidy up, as a crash or an empty battery does. */
  async kill9(): Promise<void> {
    if (!this.isRunning) return;
    this.#process.kill('SIGKILL');
    await this.ended();
  }

  /** Asks it to quit, as the end of a desktop session does, and waits until it has. */
  async quit(): Promise<void> {
    if (!this.isRunning) return;
    this.#process.kill('SIGTERM');
    await this.ended();
  }
}

/** Not the hidden page that plays the ringtone. */
const isMainPage = (page: Page): boolean => !page.isClosed() && page.url().endsWith('/index.html');

let path: Promise<string> | undefined;

/** The Electron that the repository uses; asked for once. */
function electronPath(): Promise<string> {
  path ??= findElectron();
  return path;
}

async function findElectron(): Promise<string> {
  const given = process.env['ELECTRON_EXEC_PATH'];
  if (given !== undefined && given !== '') return given;
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'electron:path'], {
    cwd: REPOSITORY,
  });
  return stdout.trim();
}

function environment(
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const merged = { ...process.env, ...changes };
  return Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
