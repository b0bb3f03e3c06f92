import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Application } from '../../e2e/application';
import { startPrivateBus, type PrivateBus } from '../../e2e/desktop/bus';
import { NotificationDaemon } from '../../e2e/desktop/notifications';
import { TrayHost } from '../../e2e/desktop/tray';
import { AnswerServer } from './answers';

/** What is measured: Ringside, or what it is measured against. */
export type Subject = 'ringside' | 'bare' | 'empty';

/** How an application comes onto a desk. */
export interface Wishes {
  /** Settings as the person left them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether its inside can be asked by a debugger: that costs, so not where cost is measured. */
  readonly pages?: boolean;
  readonly args?: readonly string[];
}

const REPOSITORY = resolve(import.meta.dirname, '../../..');
const BENCH = join(REPOSITORY, 'test/bench');
const ICON = join(REPOSITORY, 'resources/tray/linux/dark/idle.png');
/** The interval of polls that nobody has changed, in ms. */
export const USUAL_INTERVAL = 2_000;
/** Settings for what does not depend on the interval: it need not be waited for so long. */
export const OFTEN = { pollSeconds: 1 };

/**
 * One application with a server, a bus, a tray, a notification daemon and a profile of its own.
 * Ringside is started as the desktop does it every morning: without a window, and it finds there
 * whom it signed in the day before.
 */
export class Desk {
  #app: Application | undefined;

  private constructor(
    readonly subject: Subject,
    readonly server: AnswerServer,
    readonly daemon: NotificationDaemon,
    readonly tray: TrayHost,
    private readonly bus: PrivateBus,
    private readonly folder: string,
    private readonly wishes: Wishes,
  ) {}

  /** Sets a desk; the application is not started yet. */
  static async set(subject: Subject, wishes: Wishes = {}): Promise<Desk> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-bench-'));
    const server = await AnswerServer.start();
    const bus = await startPrivateBus();
    const daemon = await NotificationDaemon.start(bus.address);
    const tray = await TrayHost.start(bus.address);
    const account = { server: server.url, userName: 'jamie@bench.example' };
    await mkdir(join(folder, 'profile'));
    await writeFile(
      join(folder, 'profile', 'settings.json'),
      JSON.stringify({ settings: wishes.settings ?? {}, account }),
    );
    return new Desk(subject, server, daemon, tray, bus, folder, wishes);
  }

  /** Sets a desk, does something on it, and clears it away whatever happens. */
  static async with<Value>(
    subject: Subject,
    wishes: Wishes,
    work: (desk: Desk) => Promise<Value>,
  ): Promise<Value> {
    const desk = await Desk.set(subject, wishes);
    try {
      return await work(desk);
    } finally {
      await desk.clear();
    }
  }

  /** The application that was started last. */
  get app(): Application {
    if (this.#app === undefined) throw new Error('nothing was started');
    return this.#app;
  }

  /** Starts the application; resolves with the moment at which that began, on the steady clock. */
  async start(): Promise<number> {
    const { pages = false, args = [] } = this.wishes;
    const began = performance.now();
    this.#app = await Application.start({
      busAddress: this.bus.address,
      profile: join(this.folder, 'profile'),
      folder: this.subject === 'ringside' ? REPOSITORY : join(BENCH, this.subject),
      pages,
      args: this.subject === 'ringside' ? ['--hidden', ...args] : args,
      env: {
        BENCH_SERVER: this.server.url,
        BENCH_ICON: ICON,
        BENCH_INTERVAL: String(USUAL_INTERVAL),
        LANG: 'en_US.UTF-8',
        LC_ALL: 'en_US.UTF-8',
        LANGUAGE: 'en',
        TZ: 'UTC',
      },
    });
    return began;
  }

  /** Starts the application and waits until it shows an icon and has polled twice. */
  async startSettled(): Promise<void> {
    const polled = this.subject === 'empty' ? Promise.resolve() : this.server.polled(2);
    await this.start();
    await this.tray.waitFor(() => true, 'an icon');
    await polled;
  }

  /** Ends the application, hard. */
  async stop(): Promise<void> {
    await this.#app?.kill9();
    this.#app = undefined;
  }

  /** Ends everything. */
  async clear(): Promise<void> {
    await this.stop();
    this.daemon.close();
    this.tray.close();
    await this.server.close();
    await this.bus.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
