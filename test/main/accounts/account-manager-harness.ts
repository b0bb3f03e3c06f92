import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert';
import { createSessionKey } from '../../../src/core/calls/session-key';
import type { Settings } from '../../../src/core/settings/settings';
import type { Effect } from '../../../src/core/alerts/reduce';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { AccountManager } from '../../../src/main/accounts/account-manager';
import { AccountStorage } from '../../../src/main/accounts/account-storage';
import { ApiClient } from '../../../src/main/accounts/api-client';
import {
  accountKey,
  type Credentials,
  type KnownAccount,
} from '../../../src/main/accounts/credentials';
import { CallLog } from '../../../src/main/storage/call-log';
import { SettingsStore } from '../../../src/main/storage/settings-store';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { NO_NOTES, NotesIndex } from '../../../src/core/notes/notes';
import type { SystemNotice } from '../../../src/shared/state';
import type { HttpClient } from '../../../src/main/accounts/http-client';
import { createNodeHttpClient } from './node-http-client';

/** Whether the fake keyring can encrypt passwords. */
const keyring = vi.hoisted(() => ({ isAvailable: true }));

/** Missed calls that the user hasn't seen. */
export function countUnseen(log: CallLog): number {
  const { entries } = log.query({ search: '', only: 'all', offset: 0, limit: 500 });
  return entries.filter(({ isSeen }) => !isSeen).length;
}

/** The mock server and the harness of the current test. */
export let server: DemoServer;
export let harness: AccountManagerHarness;

beforeEach(async () => {
  keyring.isAvailable = true;
  server = await startDemoServer({ scenario: false });
  harness = new AccountManagerHarness();
});

afterEach(async () => {
  harness.dispose();
  await server.close();
});

/** Starts a second mock server for the tests of a file. */
export function setUpSecondServer(): { get(): DemoServer } {
  let second: DemoServer;
  beforeEach(async () => {
    second = await startDemoServer({ scenario: false });
  });
  afterEach(async () => {
    // The accounts must not poll a closed server.
    harness.dispose();
    await second.close();
  });
  return { get: () => second };
}

/** Makes the clocks jump ahead until the end of the test; timers keep running. */
export function useAdjustableClock(): (ms: number) => void {
  let offset = 0;
  for (const clock of [Date, performance]) {
    const now = clock.now.bind(clock);
    const spy = vi.spyOn(clock, 'now').mockImplementation(() => now() + offset);
    onTestFinished(() => {
      spy.mockRestore();
    });
  }
  return (ms) => {
    offset += ms;
  };
}

/** Storage on Node's HTTP client, with cookies in memory. */
class TestStorage extends AccountStorage {
  readonly deleted: [userName: string, withAlertState: boolean][] = [];
  readonly #clients = new Map<string, ReturnType<typeof createNodeHttpClient>>();

  override createClient(credentials: Credentials, signal: AbortSignal): ApiClient {
    const key = accountKey(credentials);
    const http = this.#clients.get(key) ?? createNodeHttpClient();
    this.#clients.set(key, http);
    const { server: origin } = credentials;
    return new ApiClient(http, { origin, userAgent: 'Ringside/1.2.3', signal });
  }

  protected override takeCookies(credentials: Credentials): Promise<HttpClient> {
    const key = accountKey(credentials);
    const http = this.#clients.get(key) ?? createNodeHttpClient();
    this.#clients.delete(key);
    return Promise.resolve(http);
  }

  override deleteData(credentials: Credentials, withAlertState: boolean): Promise<ApiClient> {
    this.deleted.push([credentials.userName, withAlertState]);
    return super.deleteData(credentials, withAlertState);
  }
}

/** Runs account managers one after the other on one profile and records their effects. */
class AccountManagerHarness {
  readonly #profile = mkdtempSync(join(tmpdir(), 'ringside-accounts-'));
  /** All effects, in order. */
  readonly effects: Effect[] = [];
  readonly notices: SystemNotice[] = [];
  /** Kinds of the connections, in order. */
  readonly connections: string[] = [];
  readonly keyring = keyring;
  managed: Partial<Settings> = {};
  changes = 0;
  #accounts: AccountManager | undefined;
  #storage: TestStorage | undefined;

  /** The raised alerts, in order: their keys, or the session of a missed call. */
  get raised(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'raise' ? [describeAlert(effect.alert)] : [],
    );
  }

  /** The account label of each raised alert. */
  get raisedAccountLabels(): readonly (string | undefined)[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'raise' ? [effect.alert.accountLabel] : [],
    );
  }

  /** The alerts that are shown, as in {@link raised}. */
  get open(): readonly string[] {
    const open = new Map<string, string>();
    for (const effect of this.effects) {
      if (effect.kind === 'withdraw') open.delete(effect.alert.key);
      else if (effect.kind !== 'log') open.set(effect.alert.key, describeAlert(effect.alert));
    }
    return [...open.values()];
  }

  /** The accounts whose data was deleted. */
  get deleted(): TestStorage['deleted'] {
    return this.#storage?.deleted ?? [];
  }

  /** The key of the account on a server. */
  accountKey(on = server): string {
    return accountKey(this.credentials(on));
  }

  /** The key of a session on a server. */
  sessionKey(id: string, on = server): string {
    return createSessionKey(this.accountKey(on), id);
  }

  alertStatePath(on = server): string {
    return join(this.#profile, 'accounts', this.accountKey(on), 'watch.json');
  }

  credentials(on = server): Credentials {
    const { url, userName, password } = on;
    return { server: url, userName, password, managed: true };
  }

  /** A sign-in request, with some fields changed. */
  request(changes: Readonly<Record<string, string>> = {}, on = server) {
    const { url, userName, password } = on;
    return { server: url, userName, password, storeWithoutKeyring: false, ...changes };
  }

  /** Starts with one account or none. */
  start(credentials?: Credentials) {
    return this.startWithAccounts(credentials ? [{ credentials, color: 1, paused: false }] : []);
  }

  /** Starts with several accounts. */
  startWithAccounts(known: readonly KnownAccount[]) {
    this.#accounts?.dispose();
    const report = (notice: SystemNotice): void => {
      this.notices.push(notice);
    };
    const settings = new SettingsStore(this.#profile, report, this.managed);
    const callLog = new CallLog(join(this.#profile, 'calls.jsonl'), settings, report, undefined, {
      index: new NotesIndex(NO_NOTES, createNumberKeys('US')),
    });
    this.#storage = new TestStorage(
      this.#profile,
      settings,
      { encrypt: () => Promise.resolve(keyring.isAvailable ? 'encrypted' : undefined) },
      { add: report, remove: () => undefined, removeUnsaved: () => undefined },
      'Ringside/1.2.3',
    );
    const accounts = new AccountManager(settings, callLog, this.#storage);
    accounts.on('effects', (effects) => {
      this.effects.push(...effects);
    });
    accounts.on('change', () => {
      this.changes += 1;
    });
    accounts.on('connection', ({ connection }) => {
      this.connections.push(connection.kind);
    });
    this.#accounts = accounts;
    accounts.start(known);
    return { accounts, settings, callLog };
  }

  /** Starts with the managed account of the mock server and waits for the first response. */
  async startLive() {
    const started = this.start(this.credentials());
    await vi.waitFor(() => {
      expect(started.accounts.connection.kind).toBe('live');
      expect(server.requests.some(({ path }) => path.startsWith('/sessions?'))).toBe(true);
    });
    await this.waitForIdle();
    return started;
  }

  /** Waits until the current state of the server was polled and handled. */
  async waitForPoll(...servers: readonly DemoServer[]): Promise<void> {
    for (const on of servers.length > 0 ? servers : [server]) {
      for (let count = 0; count < 2; count += 1) {
        const before = on.requests.length;
        await vi.waitFor(
          () => {
            this.#accounts?.pollNow();
            expect(on.requests.length).toBeGreaterThan(before);
          },
          { timeout: 3_000, interval: 5 },
        );
      }
      await this.waitForIdle(on);
    }
  }

  /** Waits until the server has received no request for a while. */
  async waitForIdle(on = server): Promise<void> {
    let previous = -1;
    await vi.waitFor(
      () => {
        const before = previous;
        previous = on.requests.length;
        expect(previous).toBe(before);
      },
      { timeout: 3_000, interval: 60 },
    );
  }

  /** Returns the text of all files in the profile. */
  readProfile(): string {
    const names = ['settings.json', 'calls.jsonl'].map((name) => join(this.#profile, name));
    const files = [...names, this.alertStatePath()];
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  }

  dispose(): void {
    this.#accounts?.dispose();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

function describeAlert(alert: Alert): string {
  switch (alert.kind) {
    case 'missed':
      return `missed: ${alert.missedCall.summary.id}`;
    case 'missed-digest':
      return `${alert.missedCalls.length} missed`;
    case 'ringing':
    case 'grouped-rings':
    case 'voicemail':
    case 'long-hold':
    case 'connection-problem':
      return alert.key;
  }
}
