import type { Alert } from '../core/alert';
import type { Glance } from '../core/glance';
import { glanceOf } from '../core/glance';
import type { Region } from '../core/phone';
import { managedSettings } from '../core/policy';
import { rulesOf } from '../core/rules';
import { readServerAddress } from '../core/server-address';
import { changeSettings, type Settings } from '../core/settings';
import { isSilent, silenceFor, type Silence, type SilenceChoice } from '../core/silence';
import { isUrgent } from '../core/cadence';
import { isStale, OFFLINE, type Effect } from '../core/watch/decide';
import type { Call } from '../core/watch/call';
import { NEW_WATCH, type Watch } from '../core/watch/watch';
import {
  troubleOf,
  type Account,
  type Connection,
  type SessionView,
  type SignInRefusal,
} from '../shared/state';
import type { EvoVoice } from './api/evo-voice';
import type { Login } from './accounts';
import { now } from './clock';
import { Line } from './line';
import { sessionView } from './session-view';
import { Spine, type Picture } from './spine';
import type { CallLog } from './store/call-log';
import type { SettingsFile } from './store/settings-file';
import type { WatchFile } from './store/watch-file';
import { Timings, type Figures } from './timings';

/** What the companion is given to work with. */
export interface CompanionNeeds {
  readonly settingsFile: SettingsFile;
  readonly callLog: CallLog;
  readonly watchFileOf: (login: Login) => WatchFile;
  readonly clientOf: (login: Login, signal: AbortSignal) => EvoVoice;
  /** Removes the cookies of an account, and its memory when asked to. */
  readonly forget: (login: Login, everything: boolean) => Promise<void>;
  readonly guarded: (password: string, withoutKeyring: boolean) => string | undefined;
  readonly region: () => Region | undefined;
  readonly avatar: (url: string | undefined) => string | undefined;
  readonly isWindowVisible: () => boolean;
  readonly show: (effects: readonly Effect[]) => void;
  /** Something that the tray or the window shows has changed. */
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
  /** The connection came to be of another kind. */
  readonly onConnection: (connection: Connection) => void;
  /** After how many ms something is called; returns how to call it off. */
  readonly after: (ms: number, what: () => void) => () => void;
}

/** What somebody typed to sign in. */
export interface TypedLogin {
  readonly server: string;
  readonly userName: string;
  readonly password: string;
  readonly withoutKeyring: boolean;
}

/** Timers may be early by less than this (ms). */
const A_LITTLE = 100;

interface Running {
  readonly login: Login;
  readonly api: EvoVoice;
  readonly spine: Spine;
  readonly line: Line;
  readonly watchFile: WatchFile;
  readonly abort: AbortController;
}

/**
 * Ringside without its skin: the account that is signed in, the calls that are followed, the
 * settings. Tray, window and notifications are told what changed and ask for what they show.
 */
export class Companion {
  readonly #needs: CompanionNeeds;
  #running: Running | undefined;
  #settings: Settings;
  #silence: Silence;
  #locked = false;
  #wasSilent = false;
  #connection: Connection = { kind: 'starting' };
  readonly #views = new Map<string, { session: unknown; call: Call; view: SessionView }>();
  readonly #timings = new Timings();
  #revision = 0;
  #forgetReview: () => void = () => undefined;
  /** The region for which the numbers in the views are formatted. */
  #viewsRegion: Region | undefined;

  constructor(needs: CompanionNeeds) {
    this.#needs = needs;
    this.#settings = needs.settingsFile.settings;
    this.#silence = needs.settingsFile.silence;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** The settings that the person cannot change. */
  get managed(): readonly (keyof Settings)[] {
    return managedSettings(this.#needs.settingsFile.locked);
  }

  get silence(): Silence {
    return this.#silence;
  }

  get connection(): Connection {
    return this.#connection;
  }

  get watch(): Watch {
    return this.#running?.spine.watch ?? NEW_WATCH;
  }

  get picture(): Picture | undefined {
    return this.#running?.spine.picture;
  }

  get account(): Account | null {
    if (!this.#running) return null;
    const { login, line } = this.#running;
    const { identity } = line;
    return {
      server: login.server,
      userName: login.userName,
      name: identity?.name,
      roles: identity?.roles ?? [],
      managed: login.managed,
    };
  }

  /** How long answers took. */
  get timings(): Figures {
    return this.#timings.figures;
  }

  get isSilent(): boolean {
    const { quietHoursOn, quietWeek } = this.#settings;
    return isSilent(this.#silence, quietHoursOn ? quietWeek : [], Date.now());
  }

  get glance(): Glance {
    const calls = [...this.watch.calls.values()].filter(({ gone }) => gone === null);
    const trouble = troubleOf(this.#connection);
    // What was ringing before the connection was lost for good is no longer known to ring.
    const stale = trouble === 'sign-in' || trouble === 'forbidden' || isStale(this.watch, now());
    return glanceOf({
      calls: stale ? calls.filter(({ phase }) => phase !== 'ringing') : calls,
      trouble,
      missed: this.#needs.callLog.unseen,
      silent: this.isSilent,
    });
  }

  /** Ids of the active sessions in the server's order. */
  get order(): readonly string[] {
    return [...(this.picture?.sessions.keys() ?? [])];
  }

  /** An active session as it is shown; the same object as long as nothing about it changed. */
  view(id: string): SessionView | undefined {
    const session = this.picture?.sessions.get(id);
    const call = this.watch.calls.get(id);
    if (!session || !call) return undefined;
    const region = this.#needs.region();
    if (region !== this.#viewsRegion) this.#views.clear();
    this.#viewsRegion = region;
    const cached = this.#views.get(id);
    if (cached?.session === session && cached.call === call) return cached.view;
    this.#revision += 1;
    const { avatar } = this.#needs;
    const view = sessionView(session, call, { region, avatar, revision: this.#revision });
    this.#views.set(id, { session, call, view });
    return view;
  }

  /** Starts with a login that is known; without one the person is asked. */
  start(login: Login | undefined, refused: SignInRefusal | null = null): void {
    if (!login) {
      this.#setConnection({ kind: 'signed-out', refused });
      return;
    }
    const { line } = this.#run(login);
    if (login.managed) line.startSigningIn();
    else line.start();
  }

  /** Signs in as the person typed; remembers the account, and the password as far as agreed. */
  async signIn(typed: TypedLogin): Promise<SignInRefusal | null> {
    const address = readServerAddress(typed.server);
    if (!address.ok) return { kind: 'bad-address' };
    const { server } = this.#needs.settingsFile.locked;
    if (server !== undefined && server !== address.origin) return { kind: 'bad-address' };
    const { userName, password } = typed;
    const login: Login = { server: address.origin, userName, password, managed: false };
    const refusal = await this.#run(login).line.signIn();
    if (refusal) return refusal;
    const kept = this.#needs.guarded(password, typed.withoutKeyring);
    this.#needs.settingsFile.account = { server: address.origin, userName, password: kept };
    this.changeSettings({ server: address.origin });
    return null;
  }

  /** Ends the sign-in here and on the server; on request forgets the calls too. */
  async signOut(forgetCalls: boolean): Promise<void> {
    const running = this.#running;
    if (!running) return;
    running.line.stop();
    // Whatever becomes of the request: what was remembered is gone from here on.
    this.#needs.settingsFile.account = undefined;
    await running.api.signOut();
    this.#leave();
    await this.#needs.forget(running.login, forgetCalls);
    if (forgetCalls) this.#needs.callLog.clear();
    this.#setConnection({ kind: 'signed-out', refused: null });
  }

  pollNow(): void {
    this.#running?.line.pollNow();
  }

  /** The machine goes to sleep or wakes up. */
  setAsleep(asleep: boolean): void {
    if (asleep) this.#running?.line.pause();
    else this.#running?.line.resume();
  }

  setLocked(locked: boolean): void {
    this.#locked = locked;
    if (!locked) this.pollNow();
  }

  /** Changes settings; returns the names of those that were refused, as all that are locked are. */
  changeSettings(change: Readonly<Record<string, unknown>>): readonly string[] {
    const { locked } = this.#needs.settingsFile;
    const managed = Object.keys(change).filter((name) => Object.hasOwn(locked, name));
    if (managed.length > 0) return managed;
    const changed = changeSettings(this.#settings, change);
    if (!changed.ok) return changed.refused;
    const { pollSeconds } = this.#settings;
    this.#settings = changed.settings;
    this.#needs.settingsFile.settings = changed.settings;
    // How numbers and pictures are shown is for the person to set.
    this.#views.clear();
    this.#rulesChanged();
    if (pollSeconds !== changed.settings.pollSeconds) this.pollNow();
    return [];
  }

  setSilence(choice: SilenceChoice): void {
    this.#silence = silenceFor(choice, Date.now());
    this.#needs.settingsFile.silence = this.#silence;
    this.#rulesChanged();
  }

  /** The person has looked at missed calls. */
  markSeen(ids: readonly string[] | 'all'): void {
    const { callLog } = this.#needs;
    callLog.markSeen(ids);
    // All that was looked at by now: of a digest they may have been looked at one by one.
    const seen = this.watch.open.flatMap(missesOf).filter((id) => callLog.get(id)?.seen === true);
    if (seen.length > 0) this.#running?.spine.take({ kind: 'seen', ids: seen });
    this.#needs.onChange();
  }

  /** Keeps what must be kept and sends nothing more. */
  end(): void {
    this.#leave();
  }

  #run(login: Login): Running {
    this.#leave();
    this.#views.clear();
    const { settingsFile, callLog } = this.#needs;
    const abort = new AbortController();
    const api = this.#needs.clientOf(login, abort.signal);
    const watchFile = this.#needs.watchFileOf(login);
    const spine: Spine = new Spine({
      api,
      watch: watchFile.load(Date.now()),
      rules: () => rulesOf(this.#settings, this.isSilent),
      me: () => line.me,
      now,
      keep: (watch) => {
        watchFile.save(watch);
      },
      show: (effects) => {
        callLog.putAll(effects.flatMap((effect) => (effect.kind === 'log' ? [effect.entry] : [])));
        this.#needs.show(effects);
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
          this.#timings.add(ended - began, turn.ok, ended);
          this.#tellNews(watch.calls !== spine.watch.calls || picture !== spine.picture);
          return turn;
        },
        take: (input) => {
          spine.take(input);
        },
      },
      userName: login.userName,
      password: login.password,
      forgetPassword: () => {
        const { account } = settingsFile;
        // Somebody else may have been remembered before this one tried to sign in.
        const isOurs = account?.server === login.server && account.userName === login.userName;
        if (isOurs && !login.managed) settingsFile.account = { ...account, password: undefined };
      },
      pace: () => ({
        interval: this.#settings.pollSeconds * 1_000,
        urgent: [...spine.watch.calls.values()].some(
          ({ gone, phase }) => gone === null && isUrgent(phase),
        ),
        windowVisible: this.#needs.isWindowVisible(),
        locked: this.#locked,
      }),
      random: Math.random,
      now: () => Date.now(),
      after: this.#needs.after,
      onConnection: (connection) => {
        this.#setConnection(connection);
      },
      report: this.#needs.report,
    });
    this.#running = { login, api, spine, line, watchFile, abort };
    return this.#running;
  }

  #leave(): void {
    if (!this.#running) return;
    const { line, spine, watchFile, abort } = this.#running;
    line.stop();
    abort.abort();
    spine.leave();
    watchFile.finish(spine.watch);
    const open = spine.watch.open;
    this.#running = undefined;
    this.#forgetReview();
    this.#needs.show(open.map((alert): Effect => ({ kind: 'withdraw', alert })));
  }

  /** An answer that says nothing new is no change, unless do not disturb has ended meanwhile. */
  #tellNews(isNews: boolean): void {
    const silent = this.isSilent;
    if (!isNews && silent === this.#wasSilent) return;
    this.#wasSilent = silent;
    this.#forgetOldViews();
    this.#needs.onChange();
  }

  #forgetOldViews(): void {
    for (const id of this.#views.keys()) {
      if (!this.picture?.sessions.has(id)) this.#views.delete(id);
    }
  }

  #rulesChanged(): void {
    this.#running?.spine.take({ kind: 'time' });
    this.#needs.onChange();
  }

  #setConnection(connection: Connection): void {
    if (connection.kind !== this.#connection.kind) {
      this.#needs.onConnection(connection);
      this.#reviewIn(connection);
    }
    this.#connection = connection;
    this.#needs.onChange();
  }

  /** What was known becomes stale with time alone, however far off the next attempt is. */
  #reviewIn({ kind }: Connection): void {
    this.#forgetReview();
    if (kind !== 'offline') return;
    this.#forgetReview = this.#needs.after(OFFLINE + A_LITTLE, () => {
      this.#rulesChanged();
    });
  }
}

/** Ids of the missed calls that an alert tells of. */
function missesOf(alert: Alert): readonly string[] {
  if (alert.kind === 'missed') return [alert.miss.facts.id];
  return alert.kind === 'missed-many' ? alert.misses.map(({ facts }) => facts.id) : [];
}
