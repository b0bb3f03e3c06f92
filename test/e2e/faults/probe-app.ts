import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type JSHandle } from '@playwright/test';
import { build } from 'vite';
import { Application } from '../application';
import type { Probe, ProbeLogin, ProbeState } from './probe';

/** The probe, running on the real Electron. */
export class ProbeApp {
  readonly #folder: string;
  readonly #app: Application;
  readonly #probe: JSHandle<Probe>;

  private constructor(folder: string, app: Application, probe: JSHandle<Probe>) {
    this.#folder = folder;
    this.#app = app;
    this.#probe = probe;
  }

  /** Bundles the probe with the client that it drives, and starts it. */
  static async start(): Promise<ProbeApp> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-probe-'));
    const program = join(folder, 'app');
    await mkdir(program);
    await build({
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: join(import.meta.dirname, 'probe.ts'),
        outDir: program,
        emptyOutDir: true,
        target: 'node20.18',
        rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.js' } },
      },
    });
    const description = { name: 'ringside-probe', type: 'module', main: 'main.js' };
    await writeFile(join(program, 'package.json'), JSON.stringify(description));
    const app = await Application.start({
      busAddress: process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
      profile: join(folder, 'profile'),
      folder: program,
    });
    await expect.poll(() => app.electron.evaluate(() => 'probe' in globalThis)).toBe(true);
    const probe = await app.electron.evaluateHandle(
      () => (globalThis as unknown as { readonly probe: Probe }).probe,
    );
    return new ProbeApp(folder, app, probe);
  }

  get isRunning(): boolean {
    return this.#app.isRunning;
  }

  /** Everything it printed. */
  get output(): string {
    return this.#app.output;
  }

  state(): Promise<ProbeState> {
    return this.#probe.evaluate((probe) => probe.state);
  }

  startLine(login: ProbeLogin): Promise<void> {
    return this.#probe.evaluate((probe, given) => {
      probe.start(given);
    }, login);
  }

  /** After how many ms an answer is cut off. */
  limitTo(ms: number): Promise<void> {
    return this.#probe.evaluate((probe, given) => {
      probe.limit = given;
    }, ms);
  }

  sleeps(ms: number): Promise<void> {
    return this.#probe.evaluate((probe, given) => {
      probe.sleeps(given);
    }, ms);
  }

  wakes(): Promise<void> {
    return this.#probe.evaluate((probe) => {
      probe.wakes();
    });
  }

  proxy(address: string | undefined): Promise<void> {
    return this.#probe.evaluate((probe, given) => probe.proxy(given), address);
  }

  trust(fingerprint: string): Promise<void> {
    return this.#probe.evaluate((probe, given) => {
      probe.trust(given);
    }, fingerprint);
  }

  /** Forgets how much memory was used at most until now. */
  async forgetPeak(): Promise<void> {
    for (const { pid } of await this.#processes()) await writeFile(`/proc/${pid}/clear_refs`, '5');
  }

  /** How much memory (MiB) each kind of process has used at most since then. */
  async peaks(): Promise<Readonly<Record<string, number>>> {
    const peaks = (await this.#processes()).map(
      async ({ kind, pid }): Promise<[string, number]> => {
        const status = await readFile(`/proc/${pid}/status`, 'utf8');
        return [kind, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024];
      },
    );
    return Object.fromEntries(await Promise.all(peaks));
  }

  async end(): Promise<void> {
    await this.#app.kill9();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #processes(): Promise<Probe['processes']> {
    return this.#probe.evaluate((probe) => probe.processes);
  }
}
