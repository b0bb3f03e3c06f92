import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import type { SessionFields } from '../../../src/demo/api-types';
import { ElectronApp, REPOSITORY, type LaunchOptions } from './electron-app';
import { createWrappedApp, advanceClock, START_OFFLINE } from './wrapped-app';
import { startPrivateBus, type PrivateBus } from '../desktop/dbus';
import { NotificationDaemon, DEFAULT_CAPABILITIES } from '../desktop/notification-daemon';
import { StatusNotifierHost } from '../desktop/status-notifier-host';

/** How to launch Ringside. */
export interface LaunchRingsideOptions extends Partial<
  Pick<LaunchOptions, 'appFolder' | 'args' | 'env' | 'debuggable'>
> {
  /** Whether the environment has credentials, as on a managed desktop; true by default. */
  readonly signedIn?: boolean;
}

/** Ringside's environment in a test. */
export interface TestAppOptions {
  /** The capabilities of the notification daemon. */
  readonly capabilities?: readonly string[];
  /** The stored settings; polls as often as possible by default. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Ringside with everything it needs: a mock server, a notification daemon and a tray on a session
 * bus, and a profile. All of them use the monotonic clock of the test.
 */
export class TestApp {
  readonly #folder: string;
  readonly #bus: PrivateBus;
  readonly #launched: ElectronApp[] = [];

  private constructor(
    readonly server: DemoServer,
    readonly daemon: NotificationDaemon,
    readonly tray: StatusNotifierHost,
    bus: PrivateBus,
    folder: string,
  ) {
    this.#bus = bus;
    this.#folder = folder;
  }

  /** Creates everything around Ringside; call {@link launch} to start it. */
  static async create({
    capabilities = DEFAULT_CAPABILITIES,
    settings = { pollSeconds: 1 },
  }: TestAppOptions = {}): Promise<TestApp> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-e2e-'));
    const bus = await startPrivateBus();
    await mkdir(join(folder, 'profile'));
    await writeFile(join(folder, 'profile', 'settings.json'), JSON.stringify({ settings }));
    return new TestApp(
      await startDemoServer({ scenario: false, now }),
      await NotificationDaemon.start(bus.address, capabilities),
      await StatusNotifierHost.start(bus.address),
      bus,
      folder,
    );
  }

  /** The profile folder, the same for each launch. */
  get profile(): string {
    return join(this.#folder, 'profile');
  }

  get busAddress(): string {
    return this.#bus.address;
  }

  /** The instance launched last. */
  get app(): ElectronApp {
    const app = this.#launched.at(-1);
    if (app === undefined) throw new Error('Ringside was not launched');
    return app;
  }

  /** Launches Ringside, hidden by default. */
  async launch(options: LaunchRingsideOptions = {}): Promise<ElectronApp> {
    const app = await this.launchSecondInstance(options);
    this.#launched.push(app);
    return app;
  }

  /** Launches another Ringside on the same profile while the first one runs. */
  launchSecondInstance({
    signedIn = true,
    args = ['--hidden'],
    env,
    debuggable = true,
    appFolder = REPOSITORY,
  }: LaunchRingsideOptions): Promise<ElectronApp> {
    const { url, userName, password } = this.server;
    return ElectronApp.launch({
      busAddress: this.#bus.address,
      profile: this.profile,
      args,
      debuggable,
      appFolder,
      env: {
        RINGSIDE_SERVER: signedIn ? url : undefined,
        RINGSIDE_USERNAME: signedIn ? userName : undefined,
        RINGSIDE_PASSWORD: signedIn ? password : undefined,
        // Tests expect English regardless of this machine's language.
        LANG: 'en_US.UTF-8',
        LC_ALL: 'en_US.UTF-8',
        LANGUAGE: 'en',
        TZ: 'UTC',
        ...env,
      },
    });
  }

  /** Launches Ringside with a clock that is ahead, as if this much time had passed. */
  async launchLater(ms: number, options: LaunchRingsideOptions = {}): Promise<ElectronApp> {
    const appFolder = await createWrappedApp(this.#folder, advanceClock(ms));
    return this.launch({ ...options, appFolder });
  }

  /** Launches Ringside before there is a network. */
  async launchOffline(): Promise<ElectronApp> {
    return this.launch({ appFolder: await createWrappedApp(this.#folder, START_OFFLINE) });
  }

  /** Launches Ringside and waits until it has handled the first response. */
  async launchSignedIn(options: LaunchRingsideOptions = {}): Promise<ElectronApp> {
    const app = await this.launch(options);
    await this.settle();
    return app;
  }

  /** When polls reached the server, in ms. */
  pollTimes(since: number, until = Infinity): readonly number[] {
    return this.server.requests
      .filter(({ path, at }) => isPollPath(path) && at >= since && at <= until)
      .map(({ at }) => at);
  }

  /** The pages of the call history that were asked for so far. */
  get historyRequests(): readonly string[] {
    return this.server.requests
      .map(({ path }) => path)
      .filter((path) => path.startsWith('/sessions?') && path.includes('sortField'));
  }

  /** The requests so far that could change something on the server, besides signing in and out. */
  get writingRequests(): readonly string[] {
    return this.server.requests
      .map(({ method, path }) => `${method} ${path}`)
      .filter((request) => !/^GET |^POST \/auth\/(credentials|logout)$/.test(request));
  }

  /** The lookups of vanished sessions so far. */
  get lookupRequests(): readonly string[] {
    return this.server.requests
      .map(({ path }) => path)
      .filter((path) => path.includes('specificIds'));
  }

  /** Waits until Ringside has requested the current state of the server. */
  waitForPoll(): Promise<void> {
    return this.#waitForPolls(1);
  }

  /** Waits until Ringside has handled the current state of the server. */
  settle(): Promise<void> {
    // Normal polls are a second apart, so the effects of one are complete by the next.
    return this.#waitForPolls(this.app.isDebuggable ? 3 : 2);
  }

  /** Ends all calls without missing one, and clears what the desktop recorded. */
  async reset(): Promise<void> {
    this.server.clearFaults();
    this.server.setMode('lookup', 'ok');
    const { sessions } = this.server.state();
    if (sessions.length > 0) {
      for (const { id } of sessions) this.server.answer(id);
      await this.waitForPoll();
      for (const { id } of sessions) this.server.vanish(id);
      await this.settle();
    }
    for (const { id } of this.daemon.open) this.daemon.dismiss(id);
    this.daemon.reset();
    this.tray.clearHistory();
  }

  /** Stops everything and removes the profile. Whatever a test did, Ringside only reads. */
  async close(): Promise<void> {
    const { writingRequests } = this;
    for (const app of this.#launched) await app.kill();
    this.daemon.close();
    this.tray.close();
    await this.server.close();
    await this.#bus.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    expect(writingRequests).toEqual([]);
  }

  async #waitForPolls(count: number): Promise<void> {
    const since = now();
    await this.#pollFaster(true);
    try {
      await expect
        .poll(() => this.pollTimes(since).length, {
          message: `${count} polls`,
          timeout: 15_000,
          intervals: [20],
        })
        .toBeGreaterThanOrEqual(count);
    } finally {
      await this.#pollFaster(false);
    }
  }

  /** Makes Ringside poll immediately and repeatedly, as it does when the screen is unlocked. */
  async #pollFaster(isFaster: boolean): Promise<void> {
    const { app } = this;
    if (!app.isDebuggable || !app.isRunning) return;
    await app.evaluate(({ powerMonitor }, start) => {
      const { fasterPolls } = globalThis as { fasterPolls?: NodeJS.Timeout };
      clearInterval(fasterPolls);
      const unlock = (): boolean => powerMonitor.emit('unlock-screen');
      if (start) Object.assign(globalThis, { fasterPolls: setInterval(unlock, 25) });
    }, isFaster);
  }
}

/** Milliseconds since 1970 by the monotonic clock, as the mock server records them. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Converts a time recorded by the desktop to one recorded by the server. */
export const toServerTime = (at: number): number => performance.timeOrigin + at;

const isPollPath = (path: string): boolean => /^\/sessions\/(my|active)\b/.test(path);

/** A call from Grace Hopper to Bright Dental. */
export const GRACE = {
  fromName: 'Grace Hopper',
  fromAddress: '+12025550147',
  customerName: 'Bright Dental',
  customerBreadcrumb: [
    { id: 'northside', name: 'Northside Group' },
    { id: 'bright', name: 'Bright Dental' },
  ],
  endpointName: 'Front desk',
} as const satisfies SessionFields;

/** A call from Ada Byron to Harbor Legal. */
export const ADA = {
  fromName: 'Ada Byron',
  fromAddress: '+442079460823',
  customerName: 'Harbor Legal',
  customerBreadcrumb: [{ id: 'harbor', name: 'Harbor Legal' }],
  endpointName: 'Front desk',
} as const satisfies SessionFields;

/** A call from Alan Turing to Acme Rentals. */
export const ALAN = {
  fromName: 'Alan Turing',
  fromAddress: '+493023125460',
  customerName: 'Acme Rentals',
  customerBreadcrumb: [{ id: 'acme', name: 'Acme Rentals' }],
  endpointName: 'Front desk',
} as const satisfies SessionFields;
