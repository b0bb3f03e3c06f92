/**
 * The main process of an application that is nothing but Ringside's client, line and spine on the
 * real Electron. The tests drive it through {@link Probe} and see what it would show.
 */
import { app, session, type Session } from 'electron';
import { electronSend } from '../../../src/main/api/electron-send';
import { EvoVoice } from '../../../src/main/api/evo-voice';
import { LONGEST_ANSWER, type Send } from '../../../src/main/api/send';
import { Line } from '../../../src/main/line';
import { Spine } from '../../../src/main/spine';
import { rulesOf } from '../../../src/core/rules';
import { DEFAULT_SETTINGS } from '../../../src/core/settings';
import { isUrgent } from '../../../src/core/cadence';
import { NEW_WATCH } from '../../../src/core/watch/watch';
import type { Connection } from '../../../src/shared/state';

/** Waits of the line are this many times shorter than in the app; everything else is as it is. */
const HASTE = 40;

/** Whom to sign in, and where. */
export interface ProbeLogin {
  readonly origin: string;
  readonly userName: string;
  readonly password: string;
}

/** What is to be seen of a line. */
export interface ProbeState {
  readonly connection: Connection;
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
  limit = LONGEST_ANSWER;
  readonly #jar: Session = session.fromPartition('probe', { cache: false });
  readonly #trusted = new Set<string>();
  readonly #raised: string[] = [];
  readonly #withdrawn: string[] = [];
  readonly #errors: string[] = [];
  /** How far (ms) the wall clock is ahead of the machine's. */
  #ahead = 0;
  #abort = new AbortController();
  #spine: Spine | undefined;
  #line: Line | undefined;

  constructor() {
    this.#jar.setCertificateVerifyProc(({ certificate }, decide) => {
      // -3 leaves it to Chromium.
      decide(this.#trusted.has(certificate.fingerprint) ? 0 : -3);
    });
    process.on('uncaughtException', (error) => this.#errors.push(String(error.stack)));
    process.on('unhandledRejection', (error) => this.#errors.push(String(error)));
  }

  get state(): ProbeState {
    return {
      connection: this.#line?.connection ?? { kind: 'starting' },
      raised: this.#raised,
      withdrawn: this.#withdrawn,
      sessions: this.#spine?.picture?.sessions.size ?? 0,
      setAside: this.#spine?.picture?.setAside ?? 0,
      errors: this.#errors,
    };
  }

  /** Signs in and polls from now on; whoever was signed in is left. */
  start({ origin, userName, password }: ProbeLogin): void {
    this.#line?.stop();
    this.#abort.abort();
    this.#abort = new AbortController();
    const send: Send = (request, signal) => electronSend(this.#jar, this.limit)(request, signal);
    const api = new EvoVoice({
      send,
      origin,
      userAgent: 'Ringside/1.2.3',
      signal: this.#abort.signal,
      now: () => Date.now(),
    });
    const spine = new Spine({
      api,
      watch: NEW_WATCH,
      rules: () => rulesOf(DEFAULT_SETTINGS, false),
      me: () => line.me,
      now: () => ({
        wall: Date.now() + this.#ahead,
        steady: performance.now(),
        run: 'probe',
      }),
      keep: () => undefined,
      show: (effects) => {
        for (const effect of effects) {
          if (effect.kind === 'raise') this.#raised.push(effect.alert.key);
          if (effect.kind === 'withdraw') this.#withdrawn.push(effect.alert.key);
        }
      },
    });
    const line: Line = new Line({
      api,
      spine,
      userName,
      password,
      forgetPassword: () => undefined,
      pace: () => ({
        interval: 2_000,
        urgent: [...spine.watch.calls.values()].some(
          ({ gone, phase }) => gone === null && isUrgent(phase),
        ),
        windowVisible: false,
        locked: false,
      }),
      random: () => 0.5,
      now: () => Date.now(),
      after: (ms, what) => {
        const timer = setTimeout(what, ms / HASTE);
        return () => {
          clearTimeout(timer);
        };
      },
      onConnection: () => undefined,
      report: (error) => {
        this.#errors.push(String(error));
      },
    });
    this.#spine = spine;
    this.#line = line;
    line.startSigningIn();
  }

  /** The machine sleeps for so many ms. */
  sleeps(ms: number): void {
    this.#line?.pause();
    this.#ahead += ms;
  }

  /** It is awake again. */
  wakes(): void {
    this.#line?.resume();
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
