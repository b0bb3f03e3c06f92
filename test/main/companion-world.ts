import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { sessionKey } from '../../src/core/session-key';
import type { Settings } from '../../src/core/settings';
import type { Effect } from '../../src/core/watch/decide';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { EvoVoice } from '../../src/main/api/evo-voice';
import { Companion, type CompanionNeeds } from '../../src/main/companion';
import { accountKey, type KnownAccount, type Login } from '../../src/main/login';
import { CallLog } from '../../src/main/store/call-log';
import { SettingsFile } from '../../src/main/store/settings-file';
import { WatchFile } from '../../src/main/store/watch-file';
import type { Connection, Notice } from '../../src/shared/state';
import { nodeSend } from './node-send';

/** The phone system and the computer of the test that runs; each has its own. */
export let server: DemoServer;
export let world: World;

beforeEach(async () => {
  server = await startDemoServer({ scenario: false });
  world = new World();
});

afterEach(async () => {
  world.end();
  await server.close();
});

/** Makes time pass for all that asks for it, until the test is over. */
export function clockInHand(): (ms: number) => void {
  let ahead = 0;
  for (const clock of [Date, performance]) {
    const now = clock.now.bind(clock);
    const spy = vi.spyOn(clock, 'now').mockImplementation(() => now() + ahead);
    onTestFinished(() => {
      spy.mockRestore();
    });
  }
  return (ms) => {
    ahead += ms;
  };
}

/** A profile, a screen, and the companions that use them one after the other. */
export class World {
  readonly #profile = mkdtempSync(join(tmpdir(), 'ringside-companion-'));
  /** Everything that the companion had shown, in order. */
  readonly effects: Effect[] = [];
  /** What sends for each account: the cookies are in it. */
  readonly #jars = new Map<string, ReturnType<typeof nodeSend>>();
  #companion: Companion | undefined;
  readonly notices: Notice[] = [];
  readonly reported: unknown[] = [];
  readonly connections: Connection[] = [];
  readonly forgotten: [string, boolean][] = [];
  changes = 0;
  guarded: string | undefined = 'guarded';
  locked: Partial<Settings> = {};
  region: ReturnType<CompanionNeeds['region']> = 'US';
  avatar: CompanionNeeds['avatar'] = () => undefined;
  after: CompanionNeeds['after'] = (ms, what) => {
    const timer = setTimeout(what, ms);
    return () => {
      clearTimeout(timer);
    };
  };

  /** Keys of the alerts that were raised, in order. */
  get raised(): readonly string[] {
    return this.effects.flatMap((effect) => (effect.kind === 'raise' ? [effect.alert.key] : []));
  }

  /** Which account each alert that was raised says it is about. */
  get raisedFor(): readonly (string | undefined)[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'raise' ? [effect.alert.account] : [],
    );
  }

  /** Keys of the alerts that are on the screen. */
  get open(): readonly string[] {
    const open = new Set<string>();
    for (const effect of this.effects) {
      if (effect.kind === 'raise') open.add(effect.alert.key);
      if (effect.kind === 'withdraw') open.delete(effect.alert.key);
    }
    return [...open];
  }

  /** The key of the account on the server. */
  get key(): string {
    return accountKey(this.login());
  }

  get watchPath(): string {
    return this.watchPathOf(this.login());
  }

  watchPathOf(login: Login): string {
    return join(this.#profile, 'accounts', accountKey(login), 'watch.json');
  }

  /** The key of a session on the server. */
  keyOf(id: string, on = server): string {
    return sessionKey(accountKey(this.login(on)), id);
  }

  login(on = server): Login {
    const { url, userName, password } = on;
    return { server: url, userName, password, managed: true };
  }

  typed(changes: Readonly<Record<string, string>> = {}, on = server) {
    const { url, userName, password } = on;
    return { server: url, userName, password, withoutKeyring: false, ...changes };
  }

  /** A companion that has started with this login, or with nobody. */
  started(login: Login | undefined) {
    return this.startedWith(login ? [{ login, colour: 1, paused: false }] : []);
  }

  /** A companion that has started with these accounts. */
  startedWith(accounts: readonly KnownAccount[]) {
    this.#companion?.end();
    const report = (notice: Notice): void => {
      this.notices.push(notice);
    };
    const settingsFile = new SettingsFile(this.#profile, report, this.locked);
    const callLog = new CallLog({
      path: join(this.#profile, 'calls.jsonl'),
      keep: () => ({ days: 90, entries: 5_000 }),
      report,
      onChange: () => undefined,
    });
    const companion = new Companion({
      settingsFile,
      callLog,
      watchFileOf: (login) => new WatchFile(this.watchPathOf(login), report),
      clientOf: (login, signal) => {
        const { server: origin } = login;
        const send = this.#jars.get(accountKey(login)) ?? nodeSend();
        this.#jars.set(accountKey(login), send);
        const userAgent = 'Ringside/1.2.3';
        return new EvoVoice({ send, origin, userAgent, signal, now: () => Date.now() });
      },
      forget: (login, everything) => {
        this.forgotten.push([login.userName, everything]);
        this.#jars.delete(accountKey(login));
        if (everything) rmSync(dirname(this.watchPathOf(login)), { recursive: true, force: true });
        return Promise.resolve();
      },
      guarded: () => this.guarded,
      region: () => this.region,
      avatar: (url) => this.avatar(url),
      isWindowVisible: () => false,
      show: (effects) => {
        this.effects.push(...effects);
      },
      onChange: () => {
        this.changes += 1;
      },
      report: (error) => {
        this.reported.push(error);
      },
      onConnection: (connection) => {
        this.connections.push(connection);
      },
      after: (ms, what) => this.after(ms, what),
    });
    this.#companion = companion;
    companion.start(accounts);
    return { companion, settingsFile, callLog };
  }

  /** A companion that is signed in by the environment and has had its first answer. */
  async live() {
    const started = this.started(this.login());
    await vi.waitFor(() => {
      expect(started.companion.connection.kind).toBe('live');
      expect(server.requests.at(-1)).toMatchObject({ path: '/auth/status' });
    });
    await this.quiet();
    return started;
  }

  /** Resolves when the server’s present state was asked for and what follows was done. */
  async polled(on = server): Promise<void> {
    for (let count = 0; count < 2; count += 1) {
      const before = on.requests.length;
      await vi.waitFor(
        () => {
          this.#companion?.pollNow();
          expect(on.requests.length).toBeGreaterThan(before);
        },
        { timeout: 3_000, interval: 5 },
      );
    }
    await this.quiet(on);
  }

  /** Resolves when nothing has been asked for a while. */
  async quiet(on = server): Promise<void> {
    let seen = -1;
    await vi.waitFor(
      () => {
        const before = seen;
        seen = on.requests.length;
        expect(seen).toBe(before);
      },
      { timeout: 3_000, interval: 60 },
    );
  }

  everythingWritten(): string {
    const own = ['settings.json', 'calls.jsonl'].map((name) => join(this.#profile, name));
    const files = [...own, this.watchPath];
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  }

  end(): void {
    this.#companion?.end();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}
