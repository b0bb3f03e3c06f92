import { EventEmitter } from 'node:events';
import { isUrgentPhase, computePollDelayMs } from '../../core/poll-interval';
import { findZoneOffset } from '../../core/calls/zone-offset';
import type { CurrentUser } from '../../core/calls/call';
import type { AccountCalls } from '../../core/tray-status';
import { getElapsedMsWithSleep, type Timestamp } from '../../core/timestamp';
import { createAlertRules, type AlertRules } from '../../core/alerts/alert-rules';
import {
  reduce,
  MAX_GAP_MS,
  isStale,
  OFFLINE_AFTER_MS,
  type Effect,
  type AlertEvent,
  type LookupResult,
} from '../../core/alerts/reduce';
import { INITIAL_ALERT_STATE, getDueLookups, type AlertState } from '../../core/alerts/alert-state';
import {
  getConnectionProblem,
  type ConnectionStatus,
  type ConnectionError,
  type SignInFailure,
} from '../../shared/state';
import { addLoggedCalls, isLaterVersion } from '../../core/alerts/reconcile';
import { createCallRecord } from '../../core/log/call-record';
import type { LogEntry } from '../../core/log/entry';
import { log } from '../logger';
import type { SettingsStore } from '../storage/settings-store';
import type { AlertStateFile } from '../storage/alert-state-file';
import type { AccountStorage } from './account-storage';
import {
  isRefusal,
  type ApiClient,
  type ApiError,
  type ApiResult,
  type Identity,
} from './api-client';
import { CallHistory } from './call-history';
import { Chats } from './chats';
import { ContactList } from './contact-list';
import { SignIn } from './sign-in';
import { Snapshots, type Snapshot } from './snapshots';
import { VoicemailInbox } from './voicemail-inbox';
import {
  initialConnection,
  updateConnection,
  type ConnectionEvent,
  type ConnectionState,
} from './connection';
import { accountKey, type Credentials, type KnownAccount, type LoadPassword } from './credentials';

/** What the poll interval depends on besides the calls. */
export interface UserActivity {
  readonly isWindowVisible: boolean;
  readonly isScreenLocked: boolean;
}

/** What the call log knows about the sessions of an account. */
export interface AccountLog {
  find(id: string): LogEntry | undefined;
  list(): readonly LogEntry[];
}

const NO_LOG: AccountLog = { find: () => undefined, list: () => [] };

interface AccountEvents {
  /** Log entries changed. They must be saved before the alert state, which follows. */
  log: [effects: readonly Effect[]];
  /** Alerts and log entries changed. The alert state is saved already. */
  effects: [effects: readonly Effect[]];
  polled: [result: { readonly ok: boolean; readonly durationMs: number; readonly isNews: boolean }];
  connection: [previous: ConnectionStatus];
  /** The names of callers, or the first messages of chats, changed. */
  names: [];
  /** The list of voice messages changed. */
  voicemails: [];
  /** Anything else that is shown of the account changed. */
  change: [];
  passwordRefused: [];
}

/** Limits requests to a server that doesn't identify the user. */
const MAX_IDENTITY_ATTEMPTS = 3;
/** Timers may fire this much early. */
const TIMER_SLACK_MS = 100;

/** Timestamps of two runs of the app only compare by the wall clock. */
const RUN = `${process.pid}-${performance.timeOrigin}`;

/**
 * One account: signs in, polls the server, and follows its calls. It has one request in flight at
 * most, starts once, and stops once; a resumed account is a new one.
 */
export class Account extends EventEmitter<AccountEvents> {
  readonly key: string;
  readonly color: number;
  readonly history: CallHistory;
  readonly voicemail: VoicemailInbox;
  readonly contacts: ContactList;
  readonly chats: Chats;
  readonly #settings: Pick<SettingsStore, 'get' | 'isDoNotDisturbActive'>;
  readonly #activity: UserActivity;
  readonly #client: ApiClient;
  readonly #alertStateFile: AlertStateFile;
  readonly #abort = new AbortController();
  readonly #signIn: SignIn;
  #connectionState: ConnectionState;
  #identity: Identity | undefined;
  #identityAttempts = 0;
  #alertState = INITIAL_ALERT_STATE;
  readonly #snapshots = new Snapshots();
  #canLookUp = true;
  /** How far (ms) times of the server without a zone are off, as far as known. */
  zoneOffsetMs = 0;
  #retryAfterMs: number | undefined;
  #isRunning = false;
  #isBusy = false;
  #isAsleep = false;
  /** Whether the computer has slept since the last good response. */
  #hasSlept = false;
  #pollTimer: NodeJS.Timeout | undefined;
  #staleTimer: NodeJS.Timeout | undefined;

  constructor(
    known: KnownAccount,
    storage: Pick<AccountStorage, 'createClient' | 'openAlertState'>,
    settings: Pick<SettingsStore, 'get' | 'isDoNotDisturbActive'>,
    activity: UserActivity,
    identity?: Identity,
    private readonly callLog: AccountLog = NO_LOG,
    private readonly getPriority?: AlertRules['getPriority'],
  ) {
    super();
    const { credentials } = known;
    this.key = accountKey(credentials);
    this.color = known.color;
    this.#settings = settings;
    this.#activity = activity;
    this.#identity = identity;
    const { signal } = this.#abort;
    this.#client = storage.createClient(credentials, signal);
    this.#signIn = new SignIn(known, this.#client, signal, () => {
      this.pollNow();
    });
    this.#alertStateFile = storage.openAlertState(credentials);
    this.history = new CallHistory(this, this.#client, callLog, settings);
    this.voicemail = new VoicemailInbox(this, this.#client, settings);
    this.contacts = new ContactList(this, this.#client, settings);
    this.chats = new Chats(this, this.#client, settings);
    this.#connectionState = initialConnection(known.paused);
  }

  get credentials(): Credentials {
    return this.#signIn.credentials;
  }

  /** Reads the saved password; absent once it has been read. */
  get loadPassword(): LoadPassword | undefined {
    return this.#signIn.loadPassword;
  }

  get connection(): ConnectionStatus {
    return this.#connectionState.connection;
  }

  /** The user according to the server, once known. */
  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** Whether the account has been started and not stopped. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Whether a sign-in, a poll, or what belongs to it is in progress. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get alertState(): AlertState {
    return this.#alertState;
  }

  /** `undefined` until the first good response. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshots.last;
  }

  /** The calls for the tray. */
  get trayPart(): AccountCalls {
    const calls = [...this.#alertState.calls.values()].filter(({ goneAt }) => goneAt === null);
    const problem = getConnectionProblem(this.connection);
    const isCertain = problem !== null && problem !== 'offline';
    return { calls, isStale: isCertain || isStale(this.#alertState, now()) };
  }

  /** Whether only the last poll failed, which the tray doesn't show yet. */
  get isInterrupted(): boolean {
    const { connection, failures } = this.#connectionState;
    return (
      connection.kind === 'offline' &&
      connection.lastResponseAt !== null &&
      failures < 2 &&
      !isStale(this.#alertState, now())
    );
  }

  /**
   * How far (ms) the server's times are ahead of this computer's, because of its clock and its time
   * zone.
   */
  get serverAheadMs(): number {
    return this.#client.clockOffsetMs + this.zoneOffsetMs;
  }

  /** Starts polling, unless the account is paused. */
  start(): void {
    if (this.connection.kind === 'paused') return;
    this.#alertState = this.#alertStateFile.load();
    this.#isRunning = true;
    void this.#run();
    // Reading the call log takes a while, and the first request is on its way now.
    this.#reconcileWithLog();
  }

  /** Forgets what the call log no longer has, because the user cleared it. */
  forgetRecentEntries(): void {
    this.#alertStateFile.forgetRecentEntries();
  }

  /** Stops for good: saves the alert state and withdraws all alerts. */
  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#pollTimer);
    clearTimeout(this.#staleTimer);
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.history.finishRequest();
    const { open } = this.#alertState;
    this.#alertStateFile.close(this.#alertState);
    this.#alertState = INITIAL_ALERT_STATE;
    this.#snapshots.clear();
    this.emit(
      'effects',
      open.map((alert) => ({ kind: 'withdraw', alert })),
    );
  }

  /** Polls immediately, unless a request is in flight. */
  pollNow(): void {
    if (!this.#isRunning || this.#isBusy || this.#isAsleep) return;
    if (this.connection.kind !== 'signed-out') void this.#run();
  }

  /** Pauses polling while the computer sleeps. */
  setAsleep(isAsleep: boolean): void {
    if (isAsleep === this.#isAsleep) return;
    this.#isAsleep = isAsleep;
    if (isAsleep) this.#hasSlept = true;
    clearTimeout(this.#pollTimer);
    if (!isAsleep) this.pollNow();
  }

  /**
   * Updates the alert state. Log entries are saved first, then the alert state, and only then alerts
   * are shown: a kill in between loses one notification at most, and never a call.
   */
  dispatch(event: AlertEvent): readonly Effect[] {
    if (!this.#isRunning) return [];
    const settings = this.#settings.get();
    const rules = createAlertRules(settings, this.#settings.isDoNotDisturbActive, this.getPriority);
    const { state, effects } = reduce(this.#alertState, event, rules, this.#currentUser, now());
    this.#alertState = state;
    const logEffects = effects.filter((effect) => effect.kind === 'log');
    if (logEffects.length > 0) this.#log(logEffects.map(({ entry }) => this.#addRecord(entry)));
    this.#alertStateFile.save(state);
    if (effects.length > 0) this.emit('effects', effects);
    return effects;
  }

  get #currentUser(): CurrentUser {
    const { id, name, email } = this.#identity ?? {};
    return { id, name, email };
  }

  /** Adds the record of a call, from the last response that listed the call. */
  #addRecord(entry: LogEntry): LogEntry {
    const session = this.#snapshots.findSession(entry.summary.id);
    if (!session) return entry;
    const record = createCallRecord(session, this.#currentUser, this.serverAheadMs);
    return { ...entry, record };
  }

  #log(entries: readonly LogEntry[]): void {
    this.#alertStateFile.addRecentEntries(entries);
    this.emit(
      'log',
      entries.map((entry) => ({ kind: 'log', entry })),
    );
  }

  /** After a kill, a power cut, or a restored backup, the log or the alert state may be older. */
  #reconcileWithLog(): void {
    const missing = this.#alertStateFile.recentEntries.filter((entry) => {
      const logged = this.callLog.find(entry.summary.id);
      return !logged || isLaterVersion(entry, logged);
    });
    if (missing.length > 0) this.#log(missing);
    this.#alertState = addLoggedCalls(this.#alertState, this.callLog.list(), now());
  }

  /** Signs in if necessary, polls, and schedules the next round. */
  async #run(): Promise<void> {
    clearTimeout(this.#pollTimer);
    this.#isBusy = true;
    this.#retryAfterMs = undefined;
    try {
      await this.#signInAndPoll();
    } catch (error) {
      // A bug must not end polling.
      log.error('unexpected', error);
      this.#updateConnection({ kind: 'failed', fault: { kind: 'unexpected', code: 'internal' } });
    }
    this.#isBusy = false;
    this.#scheduleNext();
    this.history.finishRequest();
    await this.#requestMore();
  }

  /** Makes the requests that polls don't wait for, one at a time. A ringing chat comes first. */
  async #requestMore(): Promise<void> {
    try {
      await this.chats.update();
      await this.contacts.update();
      if (this.connection.kind === 'live') await this.voicemail.refresh();
    } catch (error) {
      log.error('unexpected', error);
    }
  }

  async #signInAndPoll(): Promise<void> {
    const hasToSignIn = this.#signIn.isDue;
    if (hasToSignIn && !(await this.#signInFirst())) return;
    let error = await this.pollOnce();
    if (error?.kind === 'unauthorized' && !(await this.#signIn.readPassword())) {
      this.dispatch({ kind: 'poll-failed', problem: 'keyring' });
      this.#updateConnection({ kind: 'keyring-locked' });
      return;
    }
    const { hasPassword } = this.#signIn;
    if (error?.kind === 'unauthorized' && !hasToSignIn && hasPassword && this.#isRunning) {
      if (!(await this.#signInFirst())) return;
      error = await this.pollOnce();
    }
    if (!this.#isRunning) return;
    const retry = error?.kind === 'unauthorized' && hasPassword && this.#signIn.retryLater();
    if (retry) {
      this.#failOffline(retry.fault, retry.retryAfterMs);
      return;
    }
    if (error) {
      this.#handleError(error);
      return;
    }
    this.#signIn.confirm();
    this.#updateConnection({ kind: 'answered' });
    await this.#fetchIdentity();
    // Without the user's identity, some of their calls couldn't be recognized.
    const isIdentityFinal = this.#identity || this.#identityAttempts >= MAX_IDENTITY_ATTEMPTS;
    if (isIdentityFinal) await this.history.readGap();
    await this.history.readEarlierCalls();
  }

  /** Gets the sessions once and updates the alert state; returns the error if there is one. */
  async pollOnce(): Promise<ApiError | null> {
    const startedAt = now();
    const { calls } = this.#alertState;
    const previous = this.snapshot;
    const response = await this.#client.getSessions();
    if (!this.#isRunning) return null;
    const result = response.ok ? this.#applyResponse(response.value, startedAt) : response;
    if (result.ok) await this.#lookUpVanished();
    this.emit('polled', {
      ok: result.ok,
      durationMs: performance.now() - startedAt.monotonic,
      isNews: calls !== this.#alertState.calls || previous !== this.snapshot,
    });
    return result.ok ? null : result.error;
  }

  #applyResponse(body: Buffer, startedAt: Timestamp): ApiResult<null> {
    // The response to a request from before a sleep would present old calls as new.
    if (getElapsedMsWithSleep(startedAt, now()) > MAX_GAP_MS) {
      this.#hasSlept = true;
      return failWith({ kind: 'timeout', code: 'asleep' });
    }
    const diff = this.#snapshots.update(body, this.#alertState, now());
    if (!diff) return failWith({ kind: 'bad-answer', code: 'sessions' });
    const isAfterOutage = this.#alertState.failure !== null && !this.#hasSlept;
    this.#hasSlept = false;
    this.zoneOffsetMs =
      findZoneOffset(diff.appeared, Date.now() + this.#client.clockOffsetMs) ?? this.zoneOffsetMs;
    this.dispatch({ kind: 'snapshot', diff, serverAheadMs: this.serverAheadMs });
    this.history.update(isAfterOutage);
    return { ok: true, value: null };
  }

  /** Looks up calls that vanished while ringing until the response is final. */
  async #lookUpVanished(): Promise<void> {
    const asked = getDueLookups(this.#alertState, now());
    if (asked.length === 0) return;
    this.dispatch({ kind: 'lookup', requestedIds: asked, result: await this.#lookUp(asked) });
  }

  async #lookUp(ids: readonly string[]): Promise<LookupResult> {
    if (!this.#canLookUp) return { kind: 'refused' };
    const result = await this.#client.findSessions(ids);
    if (result.ok) return { kind: 'found', sessions: result.value };
    this.#canLookUp = !isRefusal(result.error);
    return { kind: this.#canLookUp ? 'failed' : 'refused' };
  }

  /** Signs in; a failure is handled here. */
  async #signInFirst(): Promise<boolean> {
    this.#updateConnection({ kind: 'signing-in' });
    const result = await this.#signIn.run();
    if (!this.#isRunning) return false;
    switch (result.kind) {
      case 'signed-in':
        this.history.retry();
        this.voicemail.retry();
        this.contacts.retry();
        this.chats.retry();
        return true;
      case 'refused':
        this.#signIn.forgetPassword();
        this.emit('passwordRefused');
        this.#requireSignIn(result.refusal);
        return false;
      case 'failed':
        this.#failOffline(result.fault, result.retryAfterMs);
        return false;
    }
  }

  #handleError(error: ApiError): void {
    switch (error.kind) {
      case 'unauthorized':
        this.#requireSignIn({ kind: 'expired' });
        break;
      case 'forbidden':
        this.dispatch({ kind: 'poll-failed', problem: 'forbidden' });
        this.#updateConnection({ kind: 'forbidden', role: error.role });
        break;
      case 'not-found':
        this.#failOffline({ kind: 'bad-answer', code: `HTTP ${error.status}` });
        break;
      case 'fault':
        this.#failOffline(error.fault, error.retryAfterMs);
        break;
    }
  }

  #failOffline(fault: ConnectionError, retryAfterMs?: number): void {
    this.#retryAfterMs = retryAfterMs;
    this.dispatch({ kind: 'poll-failed', problem: 'offline' });
    this.#updateConnection({ kind: 'failed', fault });
  }

  #requireSignIn(refused: SignInFailure): void {
    this.#updateConnection({ kind: 'sign-in-required', refused });
    this.dispatch({ kind: 'poll-failed', problem: 'sign-in' });
  }

  async #fetchIdentity(): Promise<void> {
    if (this.#identity || this.#identityAttempts >= MAX_IDENTITY_ATTEMPTS) return;
    this.#identityAttempts += 1;
    const result = await this.#client.getIdentity();
    if (!this.#isRunning || !result.ok || !result.value) return;
    this.#identity = result.value;
    this.emit('change');
  }

  #scheduleNext(): void {
    if (!this.#isRunning || this.connection.kind === 'signed-out') return;
    const delay = this.computeDelayMs(this.#connectionState.failures, this.#retryAfterMs);
    this.#updateConnection({ kind: 'retry-scheduled', retryAt: Date.now() + delay });
    if (!this.#isAsleep) this.#pollTimer = setTimeout(() => void this.#run(), delay);
  }

  /** How long (ms) to wait for the next request. */
  computeDelayMs(failureCount: number, retryAfterMs: number | undefined): number {
    return computePollDelayMs(
      {
        intervalMs: this.#settings.get().pollSeconds * 1_000,
        isUrgent: this.#hasUrgentCall,
        isWindowVisible: this.#activity.isWindowVisible,
        isScreenLocked: this.#activity.isScreenLocked,
        failureCount,
        retryAfterMs,
      },
      Math.random(),
    );
  }

  get #hasUrgentCall(): boolean {
    const calls = [...this.#alertState.calls.values()];
    return calls.some(({ goneAt, phase }) => goneAt === null && isUrgentPhase(phase));
  }

  #updateConnection(event: ConnectionEvent): void {
    if (!this.#isRunning) return;
    const previous = this.connection;
    this.#connectionState = updateConnection(this.#connectionState, event, Date.now());
    const { connection } = this;
    if (connection === previous) return;
    if (connection.kind !== previous.kind) this.#scheduleStaleCheck();
    try {
      this.emit('connection', previous);
    } catch (error) {
      log.error('unexpected', error);
    }
  }

  /** Offline calls become stale after a while, however late the next attempt is. */
  #scheduleStaleCheck(): void {
    clearTimeout(this.#staleTimer);
    if (this.connection.kind !== 'offline') return;
    this.#staleTimer = setTimeout(() => {
      this.dispatch({ kind: 'tick' });
      this.emit('change');
    }, OFFLINE_AFTER_MS + TIMER_SLACK_MS);
  }
}

function now(): Timestamp {
  return { wall: Date.now(), monotonic: performance.now(), bootId: RUN };
}

function failWith(fault: ConnectionError): ApiResult<never> {
  return { ok: false, error: { kind: 'fault', fault, retryAfterMs: undefined } };
}
