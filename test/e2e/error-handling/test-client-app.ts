import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type JSHandle } from '@playwright/test';
import { build } from 'vite';
import { ElectronApp } from '../support/electron-app';
import type { TestClient, TestClientLogin, TestClientState } from './test-client';

/** The {@link TestClient} as an app on a real Electron. */
export class TestClientApp {
  readonly #folder: string;
  readonly #app: ElectronApp;
  readonly #client: JSHandle<TestClient>;

  private constructor(folder: string, app: ElectronApp, client: JSHandle<TestClient>) {
    this.#folder = folder;
    this.#app = app;
    this.#client = client;
  }

  /** Bundles the test client with Ringside's own code and launches it. */
  static async start(): Promise<TestClientApp> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-client-'));
    const program = join(folder, 'app');
    await mkdir(program);
    await build({
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: join(import.meta.dirname, 'test-client.ts'),
        outDir: program,
        emptyOutDir: true,
        target: 'node20.18',
        rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.js' } },
      },
    });
    const description = { name: 'ringside-client', type: 'module', main: 'main.js' };
    await writeFile(join(program, 'package.json'), JSON.stringify(description));
    const app = await ElectronApp.launch({
      busAddress: process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
      profile: join(folder, 'profile'),
      appFolder: program,
    });
    await expect.poll(() => app.evaluate(() => 'client' in globalThis)).toBe(true);
    const client = await app.electron.evaluateHandle(
      () => (globalThis as unknown as { readonly client: TestClient }).client,
    );
    return new TestClientApp(folder, app, client);
  }

  get isRunning(): boolean {
    return this.#app.isRunning;
  }

  /** The output of the app. */
  get output(): string {
    return this.#app.output;
  }

  state(): Promise<TestClientState> {
    return this.#client.evaluate((client) => client.state);
  }

  signIn(login: TestClientLogin): Promise<void> {
    return this.#client.evaluate((client, given) => {
      client.start(given);
    }, login);
  }

  /** Sets the request timeout. */
  setTimeoutMs(ms: number): Promise<void> {
    return this.#client.evaluate((client, given) => {
      client.timeoutMs = given;
    }, ms);
  }

  sleep(ms: number): Promise<void> {
    return this.#client.evaluate((client, given) => {
      client.sleep(given);
    }, ms);
  }

  wake(): Promise<void> {
    return this.#client.evaluate((client) => {
      client.wake();
    });
  }

  setProxy(address: string | undefined): Promise<void> {
    return this.#client.evaluate((client, given) => client.setProxy(given), address);
  }

  trustCertificate(fingerprint: string): Promise<void> {
    return this.#client.evaluate((client, given) => {
      client.trustCertificate(given);
    }, fingerprint);
  }

  /** Resets the peak memory of all processes. */
  async resetPeakMemory(): Promise<void> {
    for (const { pid } of await this.#processes()) await writeFile(`/proc/${pid}/clear_refs`, '5');
  }

  /** The peak memory of each type of process since the reset, in MiB. */
  async getPeakMemory(): Promise<Readonly<Record<string, number>>> {
    const peaks = (await this.#processes()).map(
      async ({ kind, pid }): Promise<[string, number]> => {
        const status = await readFile(`/proc/${pid}/status`, 'utf8');
        return [kind, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024];
      },
    );
    return Object.fromEntries(await Promise.all(peaks));
  }

  async close(): Promise<void> {
    await this.#app.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #processes(): Promise<TestClient['processes']> {
    return this.#client.evaluate((client) => client.processes);
  }
}
