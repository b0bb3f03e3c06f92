import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applyChromiumFlags } from '../../src/main/platform/chromium-flags';
import { ElectronApp } from '../e2e/support/electron-app';
import { startPrivateBus } from '../e2e/desktop/dbus';
import { NotificationDaemon } from '../e2e/desktop/notification-daemon';
import { StatusNotifierHost } from '../e2e/desktop/status-notifier-host';
import { FixedServer } from './fixed-server';

/** The measured app: Ringside or the baseline, the latter with either app's switches. */
export type Subject = 'ringside' | 'baseline' | 'baseline with default switches';

export interface HarnessOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether a debugger can evaluate code in the app, which has a cost. */
  readonly debuggable?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** The default polling interval. */
export const INTERVAL_MS = 2_000;
const REPOSITORY = resolve(import.meta.dirname, '../..');
const ICON = join(REPOSITORY, 'resources/tray/linux/dark/idle.png');

/**
 * One app with its own server, session bus, tray, notification service, and profile. Ringside
 * starts as at login: hidden, and with an account that is signed in.
 */
export class Harness {
  #app: ElectronApp | undefined;

  private constructor(
    readonly subject: Subject,
    readonly server: FixedServer,
    readonly notifications: NotificationDaemon,
    readonly tray: StatusNotifierHost,
    private readonly busAddress: string,
    private readonly profile: string,
    private readonly options: HarnessOptions,
  ) {}

  /** Creates a harness, uses it, and closes it. */
  static async use<Value>(
    subject: Subject,
    options: HarnessOptions,
    run: (harness: Harness) => Promise<Value>,
  ): Promise<Value> {
    const profile = await mkdtemp(join(tmpdir(), 'ringside-bench-'));
    const server = await FixedServer.start();
    const bus = await startPrivateBus();
    const notifications = await NotificationDaemon.start(bus.address);
    const tray = await StatusNotifierHost.start(bus.address);
    const account = { server: server.url, userName: 'jamie@bench.example' };
    await mkdir(profile, { recursive: true });
    await writeFile(
      join(profile, 'settings.json'),
      JSON.stringify({ settings: options.settings ?? {}, account }),
    );
    const parts = [server, notifications, tray, bus.address, profile, options] as const;
    const harness = new Harness(subject, ...parts);
    try {
      return await run(harness);
    } finally {
      await harness.#app?.kill();
      notifications.close();
      tray.close();
      await server.close();
      await bus.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  get app(): ElectronApp {
    if (this.#app === undefined) throw new Error('The app was not started.');
    return this.#app;
  }

  /** Starts the app and returns when that began, by the monotonic clock. */
  async start(): Promise<number> {
    const isRingside = this.subject === 'ringside';
    const switches = this.subject === 'baseline' ? getRingsideSwitches() : [];
    const startedAt = performance.now();
    this.#app = await ElectronApp.launch({
      busAddress: this.busAddress,
      profile: this.profile,
      appFolder: isRingside ? REPOSITORY : join(import.meta.dirname, 'baseline'),
      debuggable: this.options.debuggable ?? false,
      args: isRingside ? ['--hidden'] : switches,
      env: {
        BENCH_SERVER: this.server.url,
        BENCH_ICON: ICON,
        BENCH_INTERVAL: String(INTERVAL_MS),
        LANG: 'en_US.UTF-8',
        LC_ALL: 'en_US.UTF-8',
        LANGUAGE: 'en',
        TZ: 'UTC',
        ...this.options.env,
      },
    });
    return startedAt;
  }

  /** Starts the app and waits until it shows an icon and has polled twice. */
  async startAndSettle(): Promise<void> {
    const polled = this.server.waitForPolls(2);
    await this.start();
    await this.tray.waitFor(() => true, 'an icon');
    await polled;
  }
}

function getRingsideSwitches(): readonly string[] {
  const switches: string[] = [];
  const commandLine = {
    appendSwitch: (name: string, value?: string) => {
      switches.push(value === undefined ? `--${name}` : `--${name}=${value}`);
    },
    getSwitchValue: () => '',
  };
  applyChromiumFlags(commandLine, 'x11');
  return switches;
}
