/**
 * The main process of an app that is nothing but an account of Ringside on the real Electron. The
 * tests drive it through {@link Probe}.
 */
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
import { lastErrors } from '../../../src/main/log';
import { AlertStateFile } from '../../../src/main/storage/alert-state-file';
import type { ConnectionStatus } from '../../../src/shared/state';

/** Timers of the account are this many times shorter than in the app. */
const SPEEDUP = 40;
const normalSetTimeout = globalThis.setTimeout;
const fastSetTimeout = ((callback: () => void, ms = 0) =>
  normalSetTimeout(callback, ms / SPEEDUP)) as typeof setTimeout;
globalThis.setTimeout = fastSetTimeout;

/** Whom to sign in, and where. */
export interface ProbeLogin {
  readonly origin: string;
  readonly userName: string;
  readonly password: string;
}

/** What is to be seen of a line. */
export interface ProbeState {
  readonly connection: ConnectionStatus;
  /** Keys of the alerts raised and withdrawn so far, in order. */
  readonly raised: readonly string[];
  readonly withdrawn: readonly string[];
  /** Active sessions in the picture, and entries of the last answer that could not be used. */
  readonly sessions: number;
  readonly setAside: number;
  /** Errors that should not be, of the line or of the process. */
  readonly errors: readonly string[];
}

/** One client at a time, on one cookie jar. */
export class Probe {
  /** After how many ms an answer is cut off. */
  limit = REQUEST_TIMEOUT_MS;
  readonly #jar: Session = session.fromPartition('probe', { cache: false });
  readonly #trusted = new Set<string>();
  readonly #raised: string[] = [];
  readonly #withdrawn: string[] = [];
  readonly #errors: string[] = [];
  /** How far (ms) the wall clock is ahead of the machine's. */
  #ahead = 0;
  #account: Account | undefined;
  #accounts = 0;

  constructor() {
    this.#jar.setCertificateVerifyProc(({ certificate }, decide) => {
      // -3 leaves it to Chromium.
      decide(this.#trusted.has(certificate.fingerprint) ? 0 : -3);
    });
    const now = Date.now.bind(Date);
    Date.now = () => now() + this.#ahead;
    process.on('uncaughtException', (error) => this.#errors.push(String(error.stack)));
    process.on('unhandledRejection', (error) => this.#errors.push(String(error)));
  }

  get state(): ProbeState {
    return {
      connection: this.#account?.connection ?? { kind: 'starting' },
      raised: this.#raised,
      withdrawn: this.#withdrawn,
      sessions: this.#account?.snapshot?.sessions.size ?? 0,
      setAside: this.#account?.snapshot?.setAside ?? 0,
      errors: [...this.#errors, ...lastErrors().map(({ text }) => text)],
    };
  }

  /** Signs in and polls from now on; whoever was signed in is left. */
  start({ origin, userName, password }: ProbeLogin): void {
    this.#account?.removeAllListeners('effects').stop();
    this.#accounts += 1;
    const http: HttpClient = (request, signal) => {
      globalThis.setTimeout = normalSetTimeout;
      const result = createHttpClient(this.#jar, this.limit)(request, signal);
      globalThis.setTimeout = fastSetTimeout;
      return result;
    };
    const path = join(app.getPath('userData'), `${this.#accounts}`, 'watch.json');
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

  /** The machine sleeps for so many ms. */
  sleeps(ms: number): void {
    this.#account?.setAsleep(true);
    this.#ahead += ms;
  }

  /** It is awake again. */
  wakes(): void {
    this.#account?.setAsleep(false);
  }

  /** Sends everything through an HTTP proxy, or directly with none. */
  async proxy(address: string | undefined): Promise<void> {
    await this.#jar.setProxy(
      address === undefined
        ? { mode: 'direct' }
        : { proxyRules: `http=${address}`, proxyBypassRules: '<-loopback>' },
    );
    await this.#jar.closeAllConnections();
  }

  /** Takes a certificate for good, by its fingerprint (`sha256/…`). */
  trust(fingerprint: string): void {
    this.#trusted.add(fingerprint);
  }

  /** The processes of the application, by their kind. */
  get processes(): readonly { readonly kind: string; readonly pid: number }[] {
    return app.getAppMetrics().map(({ type, pid }) => ({ kind: type, pid }));
  }
}

void app.whenReady().then(() => {
  Object.assign(globalThis, { probe: new Probe() });
});
