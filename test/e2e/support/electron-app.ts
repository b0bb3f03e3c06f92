import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';

/** The folder of the repository, with the built Ringside. */
export const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** How to launch an app. */
export interface LaunchOptions {
  /** The session bus of the app. */
  readonly busAddress: string;
  /** The profile folder. */
  readonly profile: string;
  /** The folder with the package.json of the app; the built Ringside by default. */
  readonly appFolder?: string;
  readonly args?: readonly string[];
  /** Changes to the environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether Playwright controls the app, which makes its pages always visible; true by default. */
  readonly debuggable?: boolean;
}

/** A running Electron app. */
export class ElectronApp {
  readonly #process: ChildProcess;
  readonly #electron: ElectronApplication | undefined;
  readonly #exit: Promise<number | null>;
  #output = '';

  private constructor(process: ChildProcess, electron: ElectronApplication | undefined) {
    this.#process = process;
    this.#electron = electron;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    this.#exit = new Promise((resolve) => {
      process.once('exit', resolve);
    });
  }

  /** Launches the app and resolves when its process runs. */
  static async launch(launch: LaunchOptions): Promise<ElectronApp> {
    const { busAddress, profile, appFolder = REPOSITORY, args = [], debuggable = true } = launch;
    const executablePath = await getElectronPath();
    const options = [appFolder, '--no-sandbox', `--user-data-dir=${profile}`, ...args];
    const env = mergeEnvironment({ DBUS_SESSION_BUS_ADDRESS: busAddress, ...launch.env });
    if (!debuggable) {
      const child = spawn(executablePath, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      await once(child, 'spawn');
      return new ElectronApp(child, undefined);
    }
    const electron = await _electron.launch({ executablePath, args: options, env });
    return new ElectronApp(electron.process(), electron);
  }

  /** The output of the app. */
  get output(): string {
    return this.#output;
  }

  /** Whether the process runs. */
  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The process id. */
  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the app has no process');
    return pid;
  }

  /** Whether Playwright controls the app. */
  get isDebuggable(): boolean {
    return this.#electron !== undefined;
  }

  /** Playwright's handle of the app. */
  get electron(): ElectronApplication {
    if (this.#electron === undefined) throw new Error('launched without debuggable');
    return this.#electron;
  }

  /**
   * Calls a function in the main process; it can't refer to anything outside of itself. It returns
   * from its own task, because V8 can collect a result that waits behind other work.
   */
  evaluate<Result, Arguments extends readonly unknown[]>(
    callback: (
      electron: typeof Electron.CrossProcessExports,
      ...args: Arguments
    ) => Result | Promise<Result>,
    ...args: Arguments
  ): Promise<Result> {
    return this.electron.evaluate(
      async (electron, [source, given]) => {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
        const call = new Function(`return ${source}`)() as typeof callback;
        const result = await call(electron, ...(given as unknown as Arguments));
        await new Promise(setImmediate);
        return result;
      },
      [String(callback), args] as const,
    );
  }

  /** The page of the main window, as soon as it handles keys and clicks. */
  async mainPage(): Promise<Page> {
    let page: Page | undefined;
    await expect(async () => {
      page = this.electron.windows().find((each) => isMainWindowPage(each));
      expect(page, 'the window has a page').toBeDefined();
      await page?.locator('html[data-ready]').waitFor({ timeout: 2_000 });
    }).toPass({ timeout: 20_000, intervals: [20, 50, 100] });
    if (page === undefined) throw new Error('the window has no page');
    return page;
  }

  /** Waits for the exit code; null if a signal ended the app. Rejects after 10 s. */
  async exitCode(): Promise<number | null> {
    if (!this.isRunning) return this.#process.exitCode;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`the app still runs after 10 s; its output:\n${this.#output}`));
      }, 10_000);
    });
    return Promise.race([this.#exit, timeout]).finally(() => {
      clearTimeout(timer);
    });
  }

  /** Kills the app, as a crash or a power failure does. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    this.#process.kill('SIGKILL');
    await this.exitCode();
  }

  /** Asks the app to quit, as the end of a desktop session does, and waits for it. */
  async quit(): Promise<void> {
    if (!this.isRunning) return;
    this.#process.kill('SIGTERM');
    await this.exitCode();
  }
}

/** Not the hidden page that plays the ringtone. */
const isMainWindowPage = (page: Page): boolean =>
  !page.isClosed() && page.url().endsWith('/index.html');

let electronPath: Promise<string> | undefined;

/** The Electron executable of this repository. */
function getElectronPath(): Promise<string> {
  electronPath ??= findElectron();
  return electronPath;
}

async function findElectron(): Promise<string> {
  const given = process.env['ELECTRON_EXEC_PATH'];
  if (given !== undefined && given !== '') return given;
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'electron:path'], {
    cwd: REPOSITORY,
  });
  return stdout.trim();
}

function mergeEnvironment(
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const merged = { ...process.env, ...changes };
  return Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
