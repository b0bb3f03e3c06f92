import { EventEmitter } from 'node:events';
import {
  mergeAccountCalls,
  getTrayStatus,
  type AccountCalls,
  type TrayStatus,
} from '../../core/tray-status';
import { parseServerAddress } from '../../core/api/server-address';
import type { Settings } from '../../core/settings/settings';
import type { ConnectionProblem } from '../../core/alerts/alert';
import type { AlertEvent, Effect } from '../../core/alerts/reduce';
import { getMissedCalls } from '../../core/alerts/missed-calls';
import { groupAlerts, NO_ALERTS, type RingAlert } from '../../core/alerts/group-alerts';
import { withAccount, type AccountScope } from '../../core/alerts/scope-effect';
import type { AlertState } from '../../core/alerts/alert-state';
import { pickAccountColor, findWorstAccount } from '../../shared/accounts';
import {
  getConnectionProblem,
  type ConnectionStatus,
  type SignInFailure,
} from '../../shared/state';
import type { SettingsStore } from '../storage/settings-store';
import { NO_NOTES_STORE, type NotesStore } from '../storage/notes-store';
import type { CallLog } from '../storage/call-log';
import type { CallSummary } from '../../core/calls/call-summary';
import { withKnownName } from '../call-views';
import { Account } from './account';
import { AccountList } from './account-list';
import type { EarlierCallsResult } from './call-history';
import type { AccountStorage } from './account-storage';
import { toSignInRefusal, type Identity } from './api-client';
import type { HttpResult } from './http-client';
import { accountKey, type Credentials, type KnownAccount } from './credentials';
import { RequestStats, type RequestStatsSummary } from './request-stats';

/** How long the window takes to be painted. Polling at the same time would delay it. */
const PAINT_MS = 200;

/** What the user entered to sign in. */
export interface SignInRequest {
  readonly server: string;
  readonly userName: string;
  readonly password: string;
  /** Store the password even if there is no keyring. */
  readonly storeWithoutKeyring: boolean;
  /** Key of the account to replace after a successful sign-in. */
  readonly replaces?: string | undefined;
}

interface AccountManagerEvents {
  /** Alerts of all accounts changed; they are saved and logged already. */
  effects: [effects: readonly Effect[]];
  /** Something that the tray or the window shows changed. */
  change: [];
  /** The names of callers, or the first messages of chats, changed. */
  names: [];
  /** The connection of an account changed its kind. */
  connection: [account: Account];
  /** The list of an account's voice messages changed, or the account was removed. */
  voicemails: [key: string];
}

/** The accounts: signs in and out, and merges what happens in each of them. */
export class AccountManager extends EventEmitter<AccountManagerEvents> {
  readonly list: AccountList;
  readonly #settings: SettingsStore;
  readonly #callLog: CallLog;
  readonly #storage: AccountStorage;
  readonly #activity = { isWindowVisible: false, isScreenLocked: false };
  readonly #requestStats = new RequestStats();
  /** The connection to show while there is no account. */
  #connectionWithoutAccount: ConnectionStatus = { kind: 'starting' };
  #signInAbort = new AbortController();
  #alertGroups = NO_ALERTS;
  /** Collects the effects of several accounts that are shown together. */
  #batch: Effect[] | undefined;
  #wasDoNotDisturbActive = false;

  constructor(
    settings: SettingsStore,
    callLog: CallLog,
    storage: AccountStorage,
    private readonly notes: Pick<NotesStore, 'index'> = NO_NOTES_STORE,
  ) {
    super();
    this.list = new AccountList(callLog, notes);
    this.#settings = settings;
    this.#callLog = callLog;
    this.#storage = storage;
    settings.subscribe((current, previous) => {
      this.#handleSettingsChange(current, previous);
    });
  }

  /** The worst connection of all accounts. */
  get connection(): ConnectionStatus {
    return findWorstAccount(this.list.all)?.connection ?? this.#connectionWithoutAccount;
  }

  get alertStates(): readonly AlertState[] {
    return this.list.all.map(({ alertState }) => alertState);
  }

  /** The ring alerts that are shown, grouped across all accounts. */
  get rings(): readonly RingAlert[] {
    return this.#alertGroups.rings;
  }

  get requestStats(): RequestStatsSummary {
    return this.#requestStats.summary;
  }

  get trayStatus(): TrayStatus {
    return getTrayStatus({
      calls: mergeAccountCalls(this.list.all.map((account) => this.#getTrayPart(account))),
      problem: this.#trayProblem,
      missedCount: this.#callLog.callbacks.items.length,
      isDoNotDisturb: this.#settings.isDoNotDisturbActive,
    });
  }

  /** Starts the known accounts; without any, the user has to sign in. */
  start(known: readonly KnownAccount[], refused: SignInFailure | null = null): void {
    this.list.all = known.map((one) => this.#create(one));
    if (known.length === 0)
      this.#setConnectionWithoutAccount({ kind: 'signed-out', error: refused });
    for (const account of this.list.all) account.start();
  }

  /** Signs in and adds the account; returns why that failed, or `null`. */
  async signIn(request: SignInRequest): Promise<SignInFailure | null> {
    const address = parseServerAddress(request.server);
    const server = address.ok ? address.origin : undefined;
    const { server: allowed = server } = this.#settings.managed;
    if (server === undefined || server !== allowed) return { kind: 'bad-address' };
    const { userName, password } = request;
    const credentials = { server, userName, password, managed: false };
    this.#signInAbort.abort();
    const { signal } = (this.#signInAbort = new AbortController());
    this.#setConnectionWithoutAccount({ kind: 'signing-in' });
    const result = await this.#storage.createClient(credentials, signal).signIn(userName, password);
    const refused = result.ok ? null : toSignInRefusal(result.error);
    if (signal.aborted) return refused;
    this.#setConnectionWithoutAccount({ kind: 'signed-out', error: refused });
    if (refused) return refused;
    this.#add(credentials, request);
    // The next sign-in begins with the server of the first account.
    if (this.list.all.length === 1) this.#settings.update({ server });
    this.#settings.startIntroduction();
    return null;
  }

  /** Cancels a sign-in that the server hasn't answered yet. */
  cancelSignIn(): void {
    if (this.#connectionWithoutAccount.kind !== 'signing-in') return;
    this.#signInAbort.abort();
    this.#setConnectionWithoutAccount({ kind: 'signed-out', error: null });
  }

  /** Stops an account until it is resumed. */
  pause(key: string): void {
    this.#setPaused(key, true);
  }

  resume(key: string): void {
    this.#setPaused(key, false);
  }

  /** Signs out and removes an account; on request deletes its calls too. */
  async remove(key: string, forgetCalls: boolean): Promise<void> {
    const account = this.list.find(key);
    if (!account) return;
    const { credentials } = account;
    this.#storage.forget(key);
    account.stop();
    this.list.all = this.list.all.filter((other) => other !== account);
    this.emit('voicemails', key);
    // Nothing in the profile names the server of an account that is gone.
    const first = this.list.all.find((other) => !other.credentials.managed);
    if (first) this.#settings.update({ server: first.credentials.server });
    // The server may answer late or never, so everything here is deleted first.
    if (forgetCalls && this.list.all.length === 0) this.#callLog.clear();
    else if (forgetCalls) this.#callLog.forget(key);
    else account.forgetRecentEntries();
    this.#setConnectionWithoutAccount({ kind: 'signed-out', error: null });
    this.emit('change');
    const client = await this.#storage.deleteData(credentials, forgetCalls);
    await client.signOut();
  }

  /** Loads calls of an account from before the earliest one in the log. */
  async loadEarlierCalls(key: string): Promise<EarlierCallsResult> {
    const loggedFrom = this.#callLog.getEarliestStart(key);
    return (await this.list.find(key)?.history.loadEarlierCalls(loggedFrom)) ?? 'failed';
  }

  /** Polls all accounts immediately. */
  pollNow(): void {
    for (const account of this.list.all) account.pollNow();
  }

  /** Pauses polling while the computer sleeps. */
  setAsleep(isAsleep: boolean): void {
    for (const account of this.list.all) account.setAsleep(isAsleep);
  }

  /** Polls less often while the screen is locked. */
  setScreenLocked(isLocked: boolean): void {
    this.#activity.isScreenLocked = isLocked;
    if (!isLocked) this.pollNow();
  }

  /** Polls more often while the window is visible. The first poll follows its first paint. */
  setWindowVisible(isVisible: boolean): void {
    this.#activity.isWindowVisible = isVisible;
    if (!isVisible) return;
    setTimeout(() => {
      this.pollNow();
    }, PAINT_MS);
  }

  /** Marks missed calls as seen and withdraws their alerts. */
  markSeen(keys: readonly string[] | 'all'): void {
    this.#callLog.markSeen(keys);
    for (const account of this.list.all) {
      // The calls of a digest may have been seen one by one.
      const seen = account.alertState.open
        .flatMap(getMissedCalls)
        .map(({ summary }) => summary.id)
        .filter((id) => this.#callLog.get(this.list.getSessionKey(account, id))?.isSeen === true);
      if (seen.length > 0) account.dispatch({ kind: 'missed-calls-seen', ids: seen });
    }
    this.emit('change');
  }

  /** Takes calls off the list of calls to return, or puts them back. */
  markCallbacks(keys: readonly string[], isDone: boolean): void {
    this.#callLog.markCallbacks(keys, isDone, Date.now());
    this.#withdrawResolvedCalls();
    this.emit('change');
  }

  /** Updates the alerts of an account after its voice messages changed. */
  dispatchVoicemails(
    key: string,
    event: Extract<AlertEvent, { kind: 'voicemails' | 'voicemails-heard' }>,
  ): void {
    this.list.find(key)?.dispatch(event);
    this.emit('change');
  }

  /** Gets a file from the server of an account, with its cookies. */
  async getFile(key: string, url: string, timeoutMs: number): Promise<HttpResult | undefined> {
    const account = this.list.find(key);
    return account && (await this.#storage.getFile(account.credentials, url, timeoutMs));
  }

  /** Deletes all calls of the log for good. */
  clearLog(): void {
    for (const account of this.list.all) account.forgetRecentEntries();
    this.#callLog.clear();
    // They can be loaded from the server again.
    for (const account of this.list.all) account.history.restartEarlierCalls();
    this.emit('change');
  }

  /** Applies changed notes, so that a nuisance call stops ringing. */
  applyNotes(): void {
    this.#forEachInBatch((account) => {
      account.dispatch({ kind: 'tick' });
    });
    this.#withdrawResolvedCalls();
    this.emit('change');
  }

  /** Stops all accounts. */
  dispose(): void {
    this.#signInAbort.abort();
    this.#forEachInBatch((account) => {
      account.stop();
    });
  }

  /** The calls of an account with session keys. */
  #getTrayPart(account: Account): AccountCalls {
    const { calls, isStale } = account.trayPart;
    const { index } = this.notes;
    return {
      isStale,
      calls: calls.flatMap(({ phase, summary }) => {
        // A nuisance call doesn't ring.
        if (phase === 'ringing' && index.getPriority(summary) === 'nuisance') return [];
        const named = withKnownName(summary, index, this.list.getContacts(account.key));
        return [{ phase, summary: { ...named, id: this.list.getSessionKey(account, summary.id) } }];
      }),
    };
  }

  /** The worst problem, ignoring a single failed poll because the next one follows soon. */
  get #trayProblem(): ConnectionProblem | null {
    if (this.list.all.length === 0) return getConnectionProblem(this.connection);
    const lasting = this.list.all.filter((account) => !account.isInterrupted);
    const worst = findWorstAccount(lasting);
    return worst ? getConnectionProblem(worst.connection) : null;
  }

  #add(credentials: Credentials, { storeWithoutKeyring, replaces }: SignInRequest): void {
    const key = accountKey(credentials);
    const replaced =
      this.list.find(key) ?? (replaces === undefined ? undefined : this.list.find(replaces));
    const color = replaced?.color ?? pickAccountColor(this.list.all.map((other) => other.color));
    this.#storage.remember(credentials, color, storeWithoutKeyring, replaced?.key);
    const account = this.#create({ credentials, color, paused: false });
    if (replaced) this.#replace(replaced, account);
    else this.list.all = [...this.list.all, account];
    if (replaced && replaced.key !== key) {
      void this.#storage.deleteData(replaced.credentials, false);
    }
    account.start();
  }

  #setPaused(key: string, paused: boolean): void {
    const account = this.list.find(key);
    if (!account || (account.connection.kind === 'paused') === paused) return;
    const { credentials, color, identity, loadPassword } = account;
    const next = this.#create({ credentials, color, paused, loadPassword }, identity);
    next.contacts.restore(account.contacts);
    this.#replace(account, next);
    this.#storage.update(key, { paused });
    next.start();
    this.emit('connection', next);
    this.emit('change');
  }

  #replace(account: Account, next: Account): void {
    account.stop();
    this.list.all = this.list.all.map((other) => (other === account ? next : other));
    this.emit('voicemails', account.key);
  }

  #create(known: KnownAccount, identity?: Identity): Account {
    const account: Account = new Account(
      known,
      this.#storage,
      this.#settings,
      this.#activity,
      identity,
      {
        find: (id) => this.list.findLogEntry(account, id),
        list: () => this.list.listLogEntries(account),
      },
      (summary) => this.notes.index.getPriority(summary),
    );
    account.on('log', (effects) => {
      const scoped = this.#scope(account, effects);
      this.#callLog.put(
        ...scoped.flatMap((effect) => (effect.kind === 'log' ? [effect.entry] : [])),
      );
    });
    account.on('effects', (effects) => {
      this.#applyEffects(account, effects);
    });
    account.on('polled', ({ ok, durationMs, isNews }) => {
      this.#requestStats.add(durationMs, ok, performance.now());
      const isActive = this.#settings.isDoNotDisturbActive;
      if (isNews || isActive !== this.#wasDoNotDisturbActive) this.emit('change');
      this.#wasDoNotDisturbActive = isActive;
    });
    account.on('connection', (previous) => {
      if (account.connection.kind !== previous.kind) this.emit('connection', account);
      this.emit('change');
    });
    account.on('change', () => this.emit('change'));
    account.on('voicemails', () => this.emit('voicemails', account.key));
    account.on('names', () => {
      // Indexes thousands of contacts now rather than when a call rings.
      this.list.getContacts(account.key);
      this.#refreshAlertTexts(account);
      this.emit('names');
      this.emit('change');
    });
    account.on('passwordRefused', () => {
      // The environment may name an account that is remembered too.
      if (account.credentials.managed) return;
      this.#storage.update(account.key, { password: undefined });
    });
    return account;
  }

  /** Shows the alerts of an account, rings grouped across all accounts. */
  #applyEffects(account: Account, effects: readonly Effect[]): void {
    const scoped = this.#scope(account, effects).filter(
      (effect) => !this.#isForResolvedCall(effect),
    );
    if (this.#batch) this.#batch.push(...scoped);
    else this.#groupAndEmit(scoped);
    this.#withdrawResolvedCalls();
  }

  /** The summary for alerts, with the caller's name and the first message of a chat. */
  #describe(account: Account, summary: CallSummary): CallSummary {
    const firstMessage = account.chats.getFirstMessage(summary.id);
    const named = withKnownName(summary, this.notes.index, this.list.getContacts(account.key));
    return firstMessage === undefined ? named : { ...named, firstMessage };
  }

  /** Updates open alerts with the names and messages that are known now. */
  #refreshAlertTexts(account: Account): void {
    const { open } = account.alertState;
    this.#applyEffects(
      account,
      open.map((alert) => ({ kind: 'update', alert })),
    );
  }

  /** Whether an effect alerts about a missed call that no longer has to be returned. */
  #isForResolvedCall(effect: Effect): boolean {
    if (effect.kind !== 'raise' || effect.alert.kind !== 'missed') return false;
    const { id } = effect.alert.missedCall.summary;
    return this.#callLog.callbacks.resolutions.has(id);
  }

  /**
   * Withdraws the alerts of missed calls that were returned through any account or marked as done.
   */
  #withdrawResolvedCalls(): void {
    for (const account of this.list.all) {
      const { open, queued } = account.alertState;
      const ids = [...open.flatMap(getMissedCalls), ...queued].map(({ summary }) => summary.id);
      const { resolutions } = this.#callLog.callbacks;
      const resolved = ids.filter((id) => resolutions.has(this.list.getSessionKey(account, id)));
      if (resolved.length > 0) account.dispatch({ kind: 'missed-calls-resolved', ids: resolved });
    }
  }

  /** The effects with session keys and the labels of their accounts. */
  #scope(account: Account, effects: readonly Effect[]): readonly Effect[] {
    const { key, credentials } = account;
    const scope: AccountScope = {
      key,
      getSessionKey: (id) => this.list.getSessionKey(account, id),
      label: this.list.getLabel(credentials),
      logLabel: this.list.getSavedLabel(credentials),
      hasOtherAccounts: this.list.all.length > 1,
    };
    return effects.map((effect) => {
      const scoped = withAccount(scope, effect, (summary) => this.#describe(account, summary));
      if (effect.kind !== 'log' || scoped.kind !== 'log') return scoped;
      const accountLabel = this.list.getSavedLabels(account, effect.entry.summary.id);
      return { ...scoped, entry: { ...scoped.entry, accountLabel } };
    });
  }

  #groupAndEmit(scoped: readonly Effect[]): void {
    const { groups, effects } = groupAlerts(this.#alertGroups, scoped);
    this.#alertGroups = groups;
    this.emit('effects', effects);
  }

  /** Lets every account act before any of the effects are shown. */
  #forEachInBatch(act: (account: Account) => void): void {
    const batch: Effect[] = (this.#batch = []);
    try {
      for (const account of this.list.all) act(account);
    } finally {
      this.#batch = undefined;
      if (batch.length > 0) this.#groupAndEmit(batch);
    }
  }

  #handleSettingsChange(current: Settings, previous: Settings): void {
    this.#forEachInBatch((account) => {
      account.dispatch({ kind: 'tick' });
    });
    if (!current.contacts) for (const { contacts } of this.list.all) void contacts.update();
    if (current.chatMessages !== previous.chatMessages) {
      for (const account of this.list.all) this.#refreshAlertTexts(account);
    }
    this.emit('change');
    if (current.pollSeconds !== previous.pollSeconds) this.pollNow();
  }

  #setConnectionWithoutAccount(connection: ConnectionStatus): void {
    this.#connectionWithoutAccount = connection;
    if (this.list.all.length === 0) this.emit('change');
  }
}
