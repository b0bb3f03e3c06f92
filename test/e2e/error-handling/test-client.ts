/** The main process of an app that only signs in and polls, with Ringside's own code. */
import { join } from 'node:path';
import { app, session, type Session } from 'electron';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { Account } from '../../../src/main/accounts/account';
import { ApiClient } from '../../../src/main/accounts/api-client';
import {
  createHttpClient,
  REQUEST_TIMEOUT_MS,
  type HttpClient,
} from '../../../src/main/accounts/http-client';
import { getRecentErrors } from '../../../src/main/logger';
import { AlertStateFile } from '../../../src/main/storage/alert-state-file';
import type { ConnectionStatus } from '../../../src/shared/state';

/** Timers are shorter than in Ringside by this factor. */
const SPEEDUP = 40;
const normalSetTimeout = globalThis.setTimeout;
const fastSetTimeout = ((callback: () => void, ms = 0) =>
  normalSetTimeout(callback, ms / SPEEDUP)) as typeof setTimeout;
globalThis.setTimeout = fastSetTimeout;

/** The address and the credentials. */
export interface TestClientLogin {
  readonly origin: string;
  readonly userName: string;
  readonly password: string;
}

/** What Ringside would show. */
export interface TestClientState {
  readonly connection: ConnectionStatus;
  /** Keys of the alerts raised and withdrawn so far, in order. */
  readonly raised: readonly string[];
  readonly withdrawn: readonly string[];
  readonly sessionCount: number;
  /** Entries of the last response that couldn't be decoded. */
  readonly skippedCount: number;
  /** Unexpected errors. */
  readonly errors: readonly string[];
}

/** Runs one account at a time, without a user interface. */
export class TestClient {
  /** The request timeout. */
  timeoutMs = REQUEST_TIMEOUT_MS;
  readonly #session: Session = session.fromPartition('client', { cache: false });
  readonly #trusted = new Set<string>();
  readonly #raised: string[] = [];
  readonly #withdrawn: string[] = [];
  readonly #errors: string[] = [];
  /** How far the wall clock is ahead of the system's, in ms. */
  #clockOffset = 0;
  #account: Account | undefined;
  #accountCount = 0;

  constructor() {
    this.#session.setCertificateVerifyProc(({ certificate }, decide) => {
      // -3 leaves the decision to Chromium.
      decide(this.#trusted.has(certificate.fingerprint) ? 0 : -3);
    });
    const now = Date.now.bind(Date);
    Date.now = () => now() + this.#clockOffset;
    process.on('uncaughtException', (error) => this.#errors.push(String(error.stack)));
    process.on('unhandledRejection', (error) => this.#errors.push(String(error)));
  }

  get state(): TestClientState {
    return {
      connection: this.#account?.connection ?? { kind: 'starting' },
      raised: this.#raised,
      withdrawn: this.#withdrawn,
      sessionCount: this.#account?.snapshot?.sessions.size ?? 0,
      skippedCount: this.#account?.snapshot?.skippedCount ?? 0,
      errors: [...this.#errors, ...getRecentErrors().map(({ text }) => text)],
    };
  }

  /** Signs in and starts polling; stops the previous account. */
  start({ origin, userName, password }: TestClientLogin): void {
    this.#account?.removeAllListeners('effects').stop();
    this.#accountCount += 1;
    const http: HttpClient = (request, signal) => {
      globalThis.setTimeout = normalSetTimeout;
      const result = createHttpClient(this.#session, this.timeoutMs)(request, signal);
      globalThis.setTimeout = fastSetTimeout;
      return result;
    };
    const path = join(app.getPath('userData'), `${this.#accountCount}`, 'watch.json');
    const account = new Account(
      {
        credentials: { server: origin, userName, password, managed: true },
        color: 1,
        paused: false,
      },
      {
        createClient: (_, signal) =>
          new ApiClient(http, { origin, userAgent: 'Ringside/1.2.3', signal }),
        openAlertState: () => new AlertStateFile(path, (notice) => this.#errors.push(notice.kind)),
      },
      { get: () => DEFAULT_SETTINGS, isDoNotDisturbActive: false },
      { isWindowVisible: false, isScreenLocked: false },
    );
    account.on('effects', (effects) => {
      for (const effect of effects) {
        if (effect.kind === 'raise') this.#raised.push(effect.alert.key);
        if (effect.kind === 'withdraw') this.#withdrawn.push(effect.alert.key);
      }
    });
    this.#account = account;
    account.start();
  }

  /** Suspends the machine for this long. */
  sleep(ms: number): void {
    this.#account?.setAsleep(true);
    this.#clockOffset += ms;
  }

  /** Wakes the machine. */
  wake(): void {
    this.#account?.setAsleep(false);
  }

  /** Uses an HTTP proxy, or none. */
  async setProxy(address: string | undefined): Promise<void> {
    await this.#session.setProxy(
      address === undefined
        ? { mode: 'direct' }
        : { proxyRules: `http=${address}`, proxyBypassRules: '<-loopback>' },
    );
    await this.#session.closeAllConnections();
  }

  /** Trusts a certificate by its fingerprint (`sha256/…`). */
  trustCertificate(fingerprint: string): void {
    this.#trusted.add(fingerprint);
  }

  /** The processes of the app and their types. */
  get processes(): readonly { readonly kind: string; readonly pid: number }[] {
    return app.getAppMetrics().map(({ type, pid }) => ({ kind: type, pid }));
  }
}

void app.whenReady().then(() => {
  Object.assign(globalThis, { client: new TestClient() });
});
