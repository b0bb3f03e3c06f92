import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import type { SessionFields } from '../../src/demo/api-types';
import { Application, type Launch } from './application';
import { startPrivateBus, type PrivateBus } from './desktop/bus';
import { NotificationDaemon, USUAL_CAPABILITIES } from './desktop/notifications';
import { TrayHost } from './desktop/tray';

/** How Ringside is started on a stage. */
export interface Start extends Partial<Pick<Launch, 'args' | 'env' | 'pages'>> {
  /** Signed in by the environment, as on a managed desktop; true unless told. */
  readonly signedIn?: boolean;
}

/** What the stage is like before anybody enters it. */
export interface Setting {
  /** What the desktop's notifications can do. */
  readonly capabilities?: readonly string[];
  /** Settings as the person left them; the quickest polls unless told. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Everything one Ringside needs around it: a server whose calls the test makes, a desktop that
 * remembers, and a profile. The monotonic clock of the test is the clock of all of them.
 */
export class Stage {
  readonly #folder: string;
  readonly #bus: PrivateBus;
  readonly #applications: Application[] = [];

  private constructor(
    readonly server: DemoServer,
    readonly daemon: NotificationDaemon,
    readonly tray: TrayHost,
    bus: PrivateBus,
    folder: string,
  ) {
    this.#bus = bus;
    this.#folder = folder;
  }

  /** Sets the stage; nothing of Ringside runs yet. */
  static async set({
    capabilities = USUAL_CAPABILITIES,
    settings = { pollSeconds: 1 },
  }: Setting = {}): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-e2e-'));
    const bus = await startPrivateBus();
    await mkdir(join(folder, 'profile'));
    await writeFile(join(folder, 'profile', 'settings.json'), JSON.stringify({ settings }));
    return new Stage(
      await startDemoServer({ scenario: false, now }),
      await NotificationDaemon.start(bus.address, capabilities),
      await TrayHost.start(bus.address),
      bus,
      folder,
    );
  }

  /** The profile folder, the same for every start. */
  get profile(): string {
    return join(this.#folder, 'profile');
  }

  /** The session bus that everything on the stage is on. */
  get busAddress(): string {
    return this.#bus.address;
  }

  /** The Ringside that was started last. */
  get app(): Application {
    const app = this.#applications.at(-1);
    if (app === undefined) throw new Error('Ringside was not started');
    return app;
  }

  /** Starts Ringside, without a window unless told. */
  async start(start: Start = {}): Promise<Application> {
    const app = await this.startBeside(start);
    this.#applications.push(app);
    return app;
  }

  /** Starts one more Ringside on the same profile, as a second click on its icon does. */
  startBeside({ signedIn = true, args = ['--hidden'], env, pages }: Start): Promise<Application> {
    const { url, userName, password } = this.server;
    return Application.start({
      busAddress: this.#bus.address,
      profile: this.profile,
      args,
      pages: pages ?? true,
      env: {
        RINGSIDE_SERVER: signedIn ? url : undefined,
        RINGSIDE_USERNAME: signedIn ? userName : undefined,
        RINGSIDE_PASSWORD: signedIn ? password : undefined,
        // The words are compared in English, wherever the tests run.
        LANG: 'en_US.UTF-8',
        LC_ALL: 'en_US.UTF-8',
        LANGUAGE: 'en',
        TZ: 'UTC',
        ...env,
      },
    });
  }

  /** Starts Ringside and waits until it has shown the server's first answer. */
  async startSignedIn(start: Start = {}): Promise<Application> {
    const app = await this.start(start);
    await this.settled();
    return app;
  }

  /** The polls that reached the server, by the time they came in ms. */
  polls(since: number, until = Infinity): readonly number[] {
    return this.server.requests
      .filter(({ path, at }) => isPoll(path) && at >= since && at <= until)
      .map(({ at }) => at);
  }

  /** The look-ups that reached the server so far, as they were asked. */
  get lookUps(): readonly string[] {
    return this.server.requests
      .map(({ path }) => path)
      .filter((path) => path.includes('specificIds'));
  }

  /** Resolves when the server's present state has been asked for. */
  polled(): Promise<void> {
    return this.#polls(1);
  }

  /** Resolves when the server's present state has been asked for, and what follows was done. */
  settled(): Promise<void> {
    return this.#polls(2);
  }

  /** Ends what rings and talks, without leaving anything missed, and clears the screen. */
  async calm(): Promise<void> {
    this.server.clearFaults();
    this.server.lookup('ok');
    const { sessions } = this.server.state();
    if (sessions.length > 0) {
      for (const { id } of sessions) this.server.answer(id);
      await this.polled();
      for (const { id } of sessions) this.server.vanish(id);
      await this.polled();
    }
    for (const { id } of this.daemon.open) this.daemon.dismiss(id);
    this.daemon.forget();
    this.tray.forget();
  }

  /** Strikes the stage: everything that was started is ended. */
  async strike(): Promise<void> {
    for (const app of this.#applications) await app.kill9();
    this.daemon.close();
    this.tray.close();
    await this.server.close();
    await this.#bus.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #polls(count: number): Promise<void> {
    const since = now();
    while (this.polls(since).length < count) {
      if (now() > since + 15_000) throw new Error(`no ${count} polls in 15 s`);
      await delay(20);
    }
  }
}

/** Milliseconds since 1970 by the monotonic clock: what the server notes. */
export const now = (): number => performance.timeOrigin + performance.now();

/** A moment of the desktop's records as one of the server's. */
export const serverTime = (at: number): number => performance.timeOrigin + at;

const isPoll = (path: string): boolean => /^\/sessions\/(my|active)\b/.test(path);

/** Grace Hopper calls Bright Dental at the front desk. */
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

/** Ada Byron calls Harbor Legal. */
export const ADA = {
  fromName: 'Ada Byron',
  fromAddress: '+442079460823',
  customerName: 'Harbor Legal',
  customerBreadcrumb: [{ id: 'harbor', name: 'Harbor Legal' }],
  endpointName: 'Front desk',
} as const satisfies SessionFields;

/** Alan Turing calls Acme Rentals. */
export const ALAN = {
  fromName: 'Alan Turing',
  fromAddress: '+493023125460',
  customerName: 'Acme Rentals',
  customerBreadcrumb: [{ id: 'acme', name: 'Acme Rentals' }],
  endpointName: 'Front desk',
} as const satisfies SessionFields;
