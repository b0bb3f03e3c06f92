import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { connect, hasOwner } from '../e2e/desktop/dbus';

const RECORDER = resolve(import.meta.dirname, 'record-speech.py');
const POLL_MS = 100;
/** Orca needs less between two sentences. */
const PAUSE_MS = 1_200;
const MAX_SILENCE_MS = 10_000;
const MAX_EXIT_MS = 2_000;
const ACCESSIBILITY_BUS = '/usr/libexec/at-spi-bus-launcher';

/** The screen reader Orca, which writes what it says to a file, with the window manager it needs. */
export class Orca {
  readonly #programs: ChildProcess[] = [];
  #heard = 0;

  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Starts Orca on a display and a session bus. */
  static async start(display: string, busAddress: string): Promise<Orca> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-orca-'));
    const data = join(folder, 'data');
    const runtime = join(folder, 'run');
    await mkdir(join(data, 'orca'), { recursive: true });
    await mkdir(runtime, { mode: 0o700 });
    await copyFile(RECORDER, join(data, 'orca', 'orca-customizations.py'));
    await writeFile(join(folder, 'speech'), '');
    const orca = new Orca(folder, {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: data,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_RUNTIME_DIR: runtime,
      DISPLAY: display,
      DBUS_SESSION_BUS_ADDRESS: busAddress,
      GSETTINGS_BACKEND: 'memory',
      LC_ALL: 'C.UTF-8',
      ORCA_SPEECH: join(folder, 'speech'),
    });
    await orca.#run('openbox');
    await orca.#run(ACCESSIBILITY_BUS, '--launch-immediately');
    const bus = await connect(busAddress);
    try {
      await expect.poll(() => hasOwner(bus, 'org.a11y.Bus')).toBe(true);
    } finally {
      bus.close();
    }
    await orca.#run('orca', '--replace', '--disable=braille');
    await expect.poll(() => orca.hear()).not.toEqual([]);
    return orca;
  }

  /** What apps need to find the accessibility bus. */
  get appEnv(): Readonly<Record<string, string | undefined>> {
    const { XDG_RUNTIME_DIR } = this.env;
    return { XDG_RUNTIME_DIR, ACCESSIBILITY_ENABLED: '1', NO_AT_BRIDGE: undefined };
  }

  /** What Orca has said since the last call. */
  async hear(): Promise<readonly string[]> {
    const text = await readFile(join(this.folder, 'speech'), 'utf8');
    const lines = text.split('\n').slice(0, -1);
    const heard = lines.slice(this.#heard);
    this.#heard = lines.length;
    return heard;
  }

  /** Waits until Orca speaks, and returns all that it says before a pause; nothing if it's silent. */
  async hearAll(): Promise<readonly string[]> {
    const heard: string[] = [];
    let quietMs = 0;
    while (quietMs < (heard.length === 0 ? MAX_SILENCE_MS : PAUSE_MS)) {
      await delay(POLL_MS);
      const lines = await this.hear();
      quietMs = lines.length === 0 ? quietMs + POLL_MS : 0;
      heard.push(...lines);
    }
    return heard;
  }

  async close(): Promise<void> {
    for (const program of this.#programs.reverse()) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const exited = once(program, 'exit');
      // The accessibility bus ends with its launcher only if that isn't killed.
      program.kill('SIGTERM');
      await Promise.race([exited, delay(MAX_EXIT_MS)]);
      program.kill('SIGKILL');
      await exited;
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #run(program: string, ...args: readonly string[]): Promise<void> {
    const child = spawn(program, args, { env: this.env, stdio: 'ignore' });
    await once(child, 'spawn');
    this.#programs.push(child);
  }
}
