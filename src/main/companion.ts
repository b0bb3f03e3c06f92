import { callsOf, glanceOf, type Glance } from '../core/glance';
import { managedSettings } from '../core/policy';
import { rulesOf } from '../core/rules';
import { readServerAddress } from '../core/server-address';
import type { Session } from '../core/session';
import { accountIn, idIn, sessionKey } from '../core/session-key';
import { changeSettings, type Settings } from '../core/settings';
import { isSilent, silenceFor, type Silence, type SilenceChoice } from '../core/silence';
import type { Call } from '../core/watch/call';
import type { Effect } from '../core/watch/decide';
import { missesOf } from '../core/watch/misses';
import { onScreen, QUIET_SCREEN, type RingAlert } from '../core/watch/screen';
import { toldBy } from '../core/watch/told';
import type { Watch } from '../core/watch/watch';
import { labelOf, nextColour, worstOf } from '../shared/accounts';
import {
  troubleOf,
  type Account as AccountState,
  type Connection,
  type SessionView,
  type SignInRefusal,
} from '../shared/state';
import { Account, type AccountNeeds } from './account';
import { accountKey, type KnownAccount, type Login } from './login';
import { signIn } from './sign-in';
import type { CallLog, Owner } from './store/call-log';
import type { RememberedAccount, SettingsFile } from './store/settings-file';
import { Timings, type Figures } from './timings';

/** What the companion is given to work with. */
export interface CompanionNeeds extends Pick<
  AccountNeeds,
  'watchFileOf' | 'clientOf' | 'region' | 'avatar' | 'isWindowVisible' | 'after' | 'report'
> {
  readonly settingsFile: SettingsFile;
  readonly callLog: CallLog;
  /** Removes the cookies of an account, and its memory when asked to. */
  readonly forget: (login: Login, everything: boolean) => Promise<void>;
  readonly guarded: (password: string, withoutKeyring: boolean) => string | undefined;
  readonly show: (effects: readonly Effect[]) => void;
  /** Something that the tray or the window shows has changed. */
  readonly onChange: () => void;
  /** The connection of an account came to be of another kind. */
  readonly onConnection: (connection: Connection, account: string) => void;
}

/** What somebody typed to sign in. */
export interface TypedLogin {
  readonly server: string;
  readonly userName: string;
  readonly password: string;
  readonly withoutKeyring: boolean;
  /** Key of the account that it takes the place of, once it has worked. */
  readonly instead?: string | undefined;
}

/**
 * Ringside without its skin: the accounts, the calls that they follow, the settings. Tray, window
 * and notifications are told what changed and ask for what they show.
 */
export class Companion {
  readonly #needs: CompanionNeeds;
  /** In the order in which they were added. */
  #accounts: readonly Account[] = [];
  #settings: Settings;
  #silence: Silence;
  #locked = false;
  #wasSilent = false;
  /** How things stand while there is no account. */
  #without: Connection = { kind: 'starting' };
  readonly #timings = new Timings();
  /** Ends the sign-in that somebody waits for. */
  #attempt = new AbortController();
  #screen = QUIET_SCREEN;
  /** What is told in one go and not shown yet. */
  #held: Effect[] | undefined;

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

  /** Do not disturb as set by hand; one that is over is none. */
  get silence(): Silence {
    const isOver = typeof this.#silence === 'number' && this.#silence <= Date.now();
    return isOver ? null : this.#silence;
  }

  /** How fresh the picture is: of several accounts the worst, of none why there is none. */
  get connection(): Connection {
    return worstOf(this.#accounts)?.connection ?? this.#without;
  }

  get watches(): readonly Watch[] {
    return this.#accounts.map(({ watch }) => watch);
  }

  /** The rings of all accounts that the person is told of, as they are told. */
  get rings(): readonly RingAlert[] {
    return this.#screen.rings;
  }

  get accounts(): readonly AccountState[] {
    return this.#accounts.map(({ key, colour, connection, login, identity }) => ({
      key,
      label: this.#labelOf(login),
      colour,
      connection,
      server: login.server,
      userName: login.userName,
      name: identity?.name,
      roles: identity?.roles ?? [],
      managed: login.managed,
    }));
  }

  /** The account that all calls are of, where there is just one, as the call log names it. */
  get onlyAccount(): Owner | undefined {
    const [only, ...others] = this.#accounts;
    if (!only || others.length > 0) return undefined;
    return { key: only.key, label: this.#loggedAs(only.login) };
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
    return glanceOf({
      calls: callsOf(this.#accounts.map(({ part }) => part)),
      trouble: troubleOf(this.connection),
      missed: this.#needs.callLog.unseen,
      silent: this.isSilent,
    });
  }

  /** Keys of the active sessions, account by account, in their server's order. */
  get order(): readonly string[] {
    const [first, ...others] = this.#accounts;
    if (!first) return [];
    return others.length === 0 ? first.order : this.#accounts.flatMap(({ order }) => order);
  }

  /** Entries of the last answers that could not be used. */
  get setAside(): number {
    return this.#accounts.reduce((sum, { picture }) => sum + (picture?.setAside ?? 0), 0);
  }

  /** An active session as it is shown; the same object as long as nothing about it changed. */
  view(key: string): SessionView | undefined {
    return this.#holderOf(key)?.view(idIn(key));
  }

  /** An active session as the server sent it. */
  session(key: string): Session | undefined {
    return this.#holderOf(key)?.picture?.sessions.get(idIn(key));
  }

  /** A session as it was followed. */
  call(key: string): Call | undefined {
    return this.#holderOf(key)?.watch.calls.get(idIn(key));
  }

  /** Starts with the accounts that are known; without any the person is asked. */
  start(known: readonly KnownAccount[], refused: SignInRefusal | null = null): void {
    this.#accounts = known.map((one) => this.#account(one));
    if (known.length === 0) this.#becomeWithout({ kind: 'signed-out', refused });
    for (const account of this.#accounts) account.start();
  }

  /** Signs in as the person typed; remembers the account, and the password as far as agreed. */
  async signIn(typed: TypedLogin): Promise<SignInRefusal | null> {
    const address = readServerAddress(typed.server);
    if (!address.ok) return { kind: 'bad-address' };
    const { server } = this.#needs.settingsFile.locked;
    if (server !== undefined && server !== address.origin) return { kind: 'bad-address' };
    const { userName, password } = typed;
    const login: Login = { server: address.origin, userName, password, managed: false };
    this.#attempt.abort();
    const { signal } = (this.#attempt = new AbortController());
    this.#becomeWithout({ kind: 'signing-in' });
    const refused = await signIn(this.#needs.clientOf(login, signal), userName, password);
    if (signal.aborted) return refused;
    this.#becomeWithout({ kind: 'signed-out', refused });
    if (refused) return refused;
    const kept = this.#needs.guarded(password, typed.withoutKeyring);
    this.#take(login, kept, typed.instead);
    this.changeSettings({ server: address.origin });
    return null;
  }

  /** Polls an account no more, and takes its alerts down, until it is resumed. */
  pause(key: string): void {
    this.#find(key)?.pause();
    this.#rememberOf(key, { paused: true });
  }

  resume(key: string): void {
    this.#find(key)?.resume();
    this.#rememberOf(key, { paused: false });
  }

  /** Ends a sign-in here and on the server; on request forgets its calls too. */
  async remove(key: string, forgetCalls: boolean): Promise<void> {
    const account = this.#find(key);
    if (!account) return;
    const { settingsFile, callLog } = this.#needs;
    // Whatever becomes of the request: what was remembered is gone from here on.
    settingsFile.accounts = settingsFile.accounts.filter((one) => accountKey(one) !== key);
    await account.signOut();
    // Somebody has signed in again in the meantime.
    if (!this.#accounts.includes(account)) return;
    account.leave();
    this.#accounts = this.#accounts.filter((other) => other !== account);
    await this.#needs.forget(account.login, forgetCalls);
    if (forgetCalls && this.#accounts.length === 0) callLog.clear();
    else if (forgetCalls) callLog.forget(key);
    this.#becomeWithout({ kind: 'signed-out', refused: null });
    this.#needs.onChange();
  }

  pollNow(): void {
    for (const account of this.#accounts) account.pollNow();
  }

  /** The machine goes to sleep or wakes up. */
  setAsleep(asleep: boolean): void {
    for (const account of this.#accounts) account.setAsleep(asleep);
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
    for (const account of this.#accounts) account.forgetViews();
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
  markSeen(keys: readonly string[] | 'all'): void {
    const { callLog } = this.#needs;
    callLog.markSeen(keys);
    for (const account of this.#accounts) {
      // All that was looked at by now: of a digest they may have been looked at one by one.
      const seen = account.watch.open
        .flatMap(missesOf)
        .map(({ facts }) => facts.id)
        .filter((id) => callLog.get(sessionKey(account.key, id))?.seen === true);
      if (seen.length > 0) account.take({ kind: 'seen', ids: seen });
    }
    this.#needs.onChange();
  }

  /** Keeps what must be kept and sends nothing more. */
  end(): void {
    this.#attempt.abort();
    this.#inOneGo((account) => {
      account.leave();
    });
  }

  #find(key: string): Account | undefined {
    return this.#accounts.find((account) => account.key === key);
  }

  /** The account that a key names; a bare id is that of whoever lists or remembers it. */
  #holderOf(key: string): Account | undefined {
    const named = accountIn(key);
    if (named !== undefined) return this.#find(named);
    return (
      this.#accounts.find(({ picture }) => picture?.sessions.has(key)) ??
      this.#accounts.find(({ watch }) => watch.calls.has(key))
    );
  }

  #labelOf(login: Login): string {
    return labelOf(
      login,
      this.#accounts.map((account) => account.login),
    );
  }

  /** What the environment gives is never written down. */
  #loggedAs(login: Login): string | undefined {
    return login.managed ? undefined : this.#labelOf(login);
  }

  /** Takes in an account that has signed in, in the place of another one where it has one. */
  #take(login: Login, password: string | undefined, instead: string | undefined): void {
    const key = accountKey(login);
    const before = this.#find(key) ?? (instead === undefined ? undefined : this.#find(instead));
    const colour = before?.colour ?? nextColour(this.#accounts.map((other) => other.colour));
    before?.leave();
    if (before && before.key !== key) void this.#needs.forget(before.login, false);
    const account = this.#account({ login, colour, paused: false });
    this.#accounts = before
      ? this.#accounts.map((other) => (other === before ? account : other))
      : [...this.#accounts, account];
    this.#remember(account, password, before);
    account.start();
  }

  #remember(account: Account, password: string | undefined, before: Account | undefined): void {
    const { settingsFile } = this.#needs;
    const { server, userName } = account.login;
    const { colour } = account;
    const one: RememberedAccount = { server, userName, password, colour, paused: false };
    const others = settingsFile.accounts;
    const keys = others.map(accountKey);
    const own = keys.indexOf(account.key);
    const at = own < 0 && before ? keys.indexOf(before.key) : own;
    settingsFile.accounts = at < 0 ? [...others, one] : others.with(at, one);
  }

  /** Changes what is remembered of an account, where something is. */
  #rememberOf(key: string, change: Partial<RememberedAccount>): void {
    const { settingsFile } = this.#needs;
    const before = settingsFile.accounts;
    const after = before.map((one) => (accountKey(one) === key ? { ...one, ...change } : one));
    if (after.some((one, at) => one !== before[at])) settingsFile.accounts = after;
  }

  #account(known: KnownAccount): Account {
    const { watchFileOf, clientOf, region, avatar, isWindowVisible, after, report } = this.#needs;
    return new Account(known, {
      watchFileOf,
      clientOf,
      region,
      avatar,
      isWindowVisible,
      after,
      report,
      settings: () => this.#settings,
      rules: () => rulesOf(this.#settings, this.isSilent),
      isLocked: () => this.#locked,
      show: (effects, account) => {
        this.#show(effects, account);
      },
      onAnswer: (took, ok, sinceStart) => {
        this.#timings.add(took, ok, sinceStart);
      },
      onTurn: (isNews) => {
        this.#tellNews(isNews);
      },
      onConnection: ({ connection, key }, before) => {
        if (connection.kind !== before.kind) this.#needs.onConnection(connection, key);
        this.#needs.onChange();
      },
      onPasswordRefused: (login) => {
        if (!login.managed) this.#rememberOf(accountKey(login), { password: undefined });
      },
    });
  }

  #show(effects: readonly Effect[], { key, login }: Account): void {
    const label = this.#labelOf(login);
    const isOneOfSeveral = this.#accounts.length > 1;
    const teller = { key, label, loggedAs: this.#loggedAs(login), isOneOfSeveral };
    const told = effects.map((effect) => toldBy(teller, effect));
    this.#needs.callLog.putAll(
      told.flatMap((effect) => (effect.kind === 'log' ? [effect.entry] : [])),
    );
    if (this.#held) this.#held.push(...told);
    else this.#putUp(told);
  }

  /** Lets all accounts do something before any of it is shown: the screen changes once. */
  #inOneGo(what: (account: Account) => void): void {
    const held: Effect[] = (this.#held = []);
    try {
      for (const account of this.#accounts) what(account);
    } finally {
      this.#held = undefined;
      if (held.length > 0) this.#putUp(held);
    }
  }

  #putUp(told: readonly Effect[]): void {
    const { screen, effects } = onScreen(this.#screen, told);
    this.#screen = screen;
    this.#needs.show(effects);
  }

  /** An answer that says nothing new is no change, unless do not disturb has ended meanwhile. */
  #tellNews(isNews: boolean): void {
    const silent = this.isSilent;
    if (!isNews && silent === this.#wasSilent) return;
    this.#wasSilent = silent;
    this.#needs.onChange();
  }

  #rulesChanged(): void {
    this.#inOneGo((account) => {
      account.take({ kind: 'time' });
    });
    this.#needs.onChange();
  }

  #becomeWithout(connection: Connection): void {
    this.#without = connection;
    if (this.#accounts.length === 0) this.#needs.onChange();
  }
}
