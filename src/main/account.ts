import { isUrgent } from '../core/cadence';
import type { Part } from '../core/glance';
import type { Region } from '../core/phone';
import type { Rules } from '../core/rules';
import type { Session } from '../core/session';
import { sessionKey } from '../core/session-key';
import type { Settings } from '../core/settings';
import type { Call } from '../core/watch/call';
import { isStale, OFFLINE, type Effect, type Input } from '../core/watch/decide';
import { NEW_WATCH, type Watch } from '../core/watch/watch';
import { troubleOf, type Connection, type SessionView } from '../shared/state';
import type { EvoVoice, Identity } from './api/evo-voice';
import { now } from './clock';
import { Line } from './line';
import { accountKey, type KnownAccount, type Login } from './login';
import { sessionView } from './session-view';
import { Spine, type Picture } from './spine';
import type { WatchFile } from './store/watch-file';

/** What an account is given to work with. */
export interface AccountNeeds {
  readonly watchFileOf: (login: Login) => WatchFile;
  readonly clientOf: (login: Login, signal: AbortSignal) => EvoVoice;
  readonly settings: () => Settings;
  readonly rules: () => Rules;
  readonly region: () => Region | undefined;
  readonly avatar: (url: string | undefined) => string | undefined;
  readonly isWindowVisible: () => boolean;
  readonly isLocked: () => boolean;
  /** What was decided, in the account's own ids. */
  readonly show: (effects: readonly Effect[], account: Account) => void;
  /** An answer came: how long (ms) it took, whether it was good, and how old the app was. */
  readonly onAnswer: (took: number, ok: boolean, sinceStart: number) => void;
  /** Time went on, or an answer came; whether it said anything new. */
  readonly onTurn: (isNews: boolean) => void;
  /** The connection is another one than `before`. */
  readonly onConnection: (account: Account, before: Connection) => void;
  /** After how many ms something is called; returns how to call it off. */
  readonly after: (ms: number, what: () => void) => () => void;
  readonly onPasswordRefused: (login: Login) => void;
  readonly report: (error: unknown) => void;
}

/** Timers may be early by less than this (ms). */
const A_LITTLE = 100;

/** What there is of an account only while it is not paused. */
interface Running {
  readonly api: EvoVoice;
  readonly spine: Spine;
  readonly line: Line;
  readonly watchFile: WatchFile;
  readonly abort: AbortController;
}

/** One account: its line to the server, its calls, and its memory of what was told. */
export class Account {
  readonly key: string;
  readonly colour: number;
  readonly #needs: AccountNeeds;
  #login: Login;
  #running: Running | undefined;
  #connection: Connection;
  /** Who it was when it last said so. */
  #identity: Identity | undefined;
  readonly #views = new Map<string, { session: Session; call: Call; view: SessionView }>();
  #revision = 0;
  #forgetReview: () => void = () => undefined;
  /** The region for which the numbers in the views are formatted. */
  #viewsRegion: Region | undefined;
  #order: readonly string[] = [];
  /** The picture of which {@link #order} was made. */
  #ordered: Picture | undefined;

  constructor({ login, colour, paused }: KnownAccount, needs: AccountNeeds) {
    this.key = accountKey(login);
    this.colour = colour;
    this.#login = login;
    this.#needs = needs;
    this.#connection = paused ? { kind: 'paused' } : { kind: 'starting' };
  }

  get login(): Login {
    return this.#login;
  }

  get connection(): Connection {
    return this.#connection;
  }

  get identity(): Identity | undefined {
    return this.#running?.line.identity ?? this.#identity;
  }

  get watch(): Watch {
    return this.#running?.spine.watch ?? NEW_WATCH;
  }

  get picture(): Picture | undefined {
    return this.#running?.spine.picture;
  }

  /** Its share in the glance. */
  get part(): Part {
    const { watch } = this;
    const calls = [...watch.calls.values()].filter(({ gone }) => gone === null);
    const trouble = troubleOf(this.#connection);
    const stale = trouble === 'sign-in' || trouble === 'forbidden' || isStale(watch, now());
    return { calls, stale };
  }

  /** Keys of the active sessions in the server's order; the same list as long as it is the same. */
  get order(): readonly string[] {
    const { picture } = this;
    if (picture !== this.#ordered) {
      this.#order = [...(picture?.sessions.keys() ?? [])].map((id) => sessionKey(this.key, id));
      this.#ordered = picture;
    }
    return this.#order;
  }

  /** An active session as it is shown; the same object as long as nothing about it changed. */
  view(id: string): SessionView | undefined {
    const session = this.picture?.sessions.get(id);
    const call = this.watch.calls.get(id);
    if (!session || !call) return undefined;
    const { avatar } = this.#needs;
    const region = this.#needs.region();
    if (region !== this.#viewsRegion) this.#views.clear();
    this.#viewsRegion = region;
    const cached = this.#views.get(id);
    if (cached?.session === session && cached.call === call) return cached.view;
    this.#revision += 1;
    const context = { account: this.key, region, avatar, revision: this.#revision };
    const view = sessionView(session, call, context);
    this.#views.set(id, { session, call, view });
    return view;
  }

  /** How numbers and pictures are shown has changed. */
  forgetViews(): void {
    this.#views.clear();
  }

  /** Begins, unless it is paused. */
  start(): void {
    if (this.#connection.kind === 'paused') return;
    const { line } = (this.#running = this.#run());
    if (this.#login.managed) line.startSigningIn();
    else line.start();
  }

  /** Sends nothing and shows nothing until {@link resume}. */
  pause(): void {
    this.leave();
    this.#become({ kind: 'paused' });
  }

  resume(): void {
    if (this.#connection.kind !== 'paused') return;
    this.#become({ kind: 'starting' });
    this.start();
  }

  pollNow(): void {
    this.#running?.line.pollNow();
  }

  /** The machine goes to sleep or wakes up. */
  setAsleep(asleep: boolean): void {
    if (asleep) this.#running?.line.pause();
    else this.#running?.line.resume();
  }

  /** Lets the rules decide about something that happened. */
  take(input: Input): void {
    this.#running?.spine.take(input);
  }

  /** Ends the sign-in on the server, and polls no more. */
  async signOut(): Promise<void> {
    this.#running?.line.stop();
    const api = this.#running?.api ?? this.#client(new AbortController().signal);
    await api.signOut();
  }

  /** Keeps what must be kept, takes its alerts down and sends nothing more. */
  leave(): void {
    if (!this.#running) return;
    const { line, spine, watchFile, abort } = this.#running;
    line.stop();
    abort.abort();
    spine.leave();
    watchFile.finish(spine.watch);
    this.#identity = line.identity;
    this.#running = undefined;
    this.#forgetReview();
    this.#views.clear();
    this.#needs.show(
      spine.watch.open.map((alert) => ({ kind: 'withdraw', alert })),
      this,
    );
  }

  #client(signal: AbortSignal): EvoVoice {
    return this.#needs.clientOf(this.#login, signal);
  }

  #run(): Running {
    const needs = this.#needs;
    const abort = new AbortController();
    const api = this.#client(abort.signal);
    const watchFile = needs.watchFileOf(this.#login);
    const spine: Spine = new Spine({
      api,
      watch: watchFile.load(Date.now()),
      rules: needs.rules,
      me: () => line.me,
      now,
      keep: (watch) => {
        watchFile.save(watch);
      },
      show: (effects) => {
        needs.show(effects, this);
      },
    });
    const line: Line = new Line({
      api,
      spine: {
        turn: async () => {
          const { watch, picture } = spine;
          const began = performance.now();
          const turn = await spine.turn();
          const ended = performance.now();
          needs.onAnswer(ended - began, turn.ok, ended);
          this.#forgetOldViews();
          needs.onTurn(watch.calls !== spine.watch.calls || picture !== spine.picture);
          return turn;
        },
        take: (input) => {
          spine.take(input);
        },
      },
      userName: this.#login.userName,
      password: this.#login.password,
      forgetPassword: () => {
        this.#login = { ...this.#login, password: undefined };
        needs.onPasswordRefused(this.#login);
      },
      pace: () => ({
        interval: needs.settings().pollSeconds * 1_000,
        urgent: [...spine.watch.calls.values()].some(
          ({ gone, phase }) => gone === null && isUrgent(phase),
        ),
        windowVisible: needs.isWindowVisible(),
        locked: needs.isLocked(),
      }),
      random: Math.random,
      now: () => Date.now(),
      after: needs.after,
      onConnection: (connection) => {
        this.#become(connection);
      },
      report: needs.report,
    });
    return { api, spine, line, watchFile, abort };
  }

  #forgetOldViews(): void {
    for (const id of this.#views.keys()) {
      if (!this.picture?.sessions.has(id)) this.#views.delete(id);
    }
  }

  #become(connection: Connection): void {
    const before = this.#connection;
    this.#connection = connection;
    if (connection.kind !== before.kind) this.#reviewIn(connection);
    this.#needs.onConnection(this, before);
  }

  /** What was known becomes stale with time alone, however far off the next attempt is. */
  #reviewIn({ kind }: Connection): void {
    this.#forgetReview();
    if (kind !== 'offline') return;
    this.#forgetReview = this.#needs.after(OFFLINE + A_LITTLE, () => {
      this.take({ kind: 'time' });
      this.#needs.onTurn(true);
    });
  }
}
