import { EventEmitter } from 'node:events';
import { isUrgentPhase, computePollDelayMs } from '../../core/poll-interval';
import { findZoneOffset, measureZoneOffset } from '../../core/calls/zone-offset';
import { diffSnapshots } from '../../core/calls/diff-snapshots';
import { resolveIdentities } from '../../core/calls/session-identity';
import { decodeSessions } from '../../core/api/decode';
import type { AccountCalls } from '../../core/tray-status';
import { getElapsedMsWithSleep, type Timestamp } from '../../core/timestamp';
import { createAlertRules, type AlertRules } from '../../core/alerts/alert-rules';
import type { Session } from '../../core/api/schema';
import {
  reduce,
  MAX_GAP_MS,
  isStale,
  OFFLINE_AFTER_MS,
  type Effect,
  type AlertEvent,
  type LookupResult,
} from '../../core/alerts/reduce';
import {
  getListedIds,
  INITIAL_ALERT_STATE,
  getDueLookups,
  type AlertState,
} from '../../core/alerts/alert-state';
import {
  getConnectionProblem,
  type ConnectionStatus,
  type ConnectionError,
  type SignInFailure,
} from '../../shared/state';
import type { CatchUp, PastSessions } from '../../core/alerts/catch-up';
import { addLoggedCalls, isLaterVersion } from '../../core/alerts/reconcile';
import type { LogEntry } from '../../core/log/entry';
import { log } from '../logger';
import type { SettingsStore } from '../storage/settings-store';
import type { AlertStateFile } from '../storage/alert-state-file';
import type { AccountStorage } from './account-storage';
import {
  isRefusal,
  parseJson,
  toSignInRefusal,
  type ApiClient,
  type ApiError,
  type ApiResult,
  type Identity,
} from './api-client';
import {
  initialConnection,
  updateConnection,
  type ConnectionEvent,
  type ConnectionState,
} from './connection';
import { accountKey, type Credentials, type KnownAccount, type LoadPassword } from './credentials';

/** The sessions of the last good response. */
export interface Snapshot {
  /** By id, in the server's order. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** Entries of the response that couldn't be read. */
  readonly skippedCount: number;
}

/** What the poll interval depends on besides the calls. */
export interface UserActivity {
  readonly isWindowVisible: boolean;
  readonly isScreenLocked: boolean;
}

/** How far the call history of a gap has been read. */
interface HistoryReader {
  readonly catchUp: CatchUp;
  readonly page: number;
  /** Entries read so far. */
  readonly count: number;
  readonly failureCount: number;
  /** By the monotonic clock. */
  readonly notBeforeMs: number;
}

/** How far earlier calls have been read at the user's request. */
interface EarlierReader {
  readonly page: number;
  /** In ms since 1970 by the server's clock; absent to begin with the newest call. */
  readonly until: number | undefined;
  readonly includesArchive: boolean;
  /** When the earliest call that was read began, in ms since 1970. */
  readonly reachedAt: number;
  readonly isComplete: boolean;
}

/** The result of a request for earlier calls. `none`: none of those read was the user's. */
export type EarlierCallsResult = 'loaded' | 'none' | 'failed';

interface EarlierRequest {
  /** When the earliest call in the log began. */
  readonly loggedFrom: number | undefined;
  readonly resolves: readonly ((result: EarlierCallsResult) => void)[];
}

/** What the call log knows about the sessions of an account. */
export interface AccountLog {
  find(id: string): LogEntry | undefined;
  list(): readonly LogEntry[];
}

const NO_LOG: AccountLog = { find: () => undefined, list: () => [] };

interface AccountEvents {
  /** Log entries changed. They are to be saved before the alert state, which follows. */
  log: [effects: readonly Effect[]];
  /** Alerts and log entries changed. The alert state is saved already. */
  effects: [effects: readonly Effect[]];
  polled: [result: { readonly ok: boolean; readonly durationMs: number; readonly isNews: boolean }];
  connection: [previous: ConnectionStatus];
  /** Anything else that is shown of the account changed. */
  change: [];
  passwordRefused: [];
}

/** Limits requests to a server that doesn't identify the user. */
const MAX_IDENTITY_ATTEMPTS = 3;
/** The server may lock accounts, so a refused sign-in is repeated slowly. */
const SIGN_IN_RETRY_DELAYS_MS = [10_000, 30_000, 2 * 60_000, 10 * 60_000];
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Older sessions are only in the archive; the server documents about 15 days. */
const MAX_LIVE_HISTORY_MS = 13 * DAY_MS;
const MAX_HISTORY_ENTRIES = 2_000;
const HISTORY_PAGE_SIZE = 100;
const EARLIER_PAGE_SIZE = 25;
/** A request for earlier calls reads no more pages until it finds one of the user's. */
const MAX_EARLIER_PAGES = 8;
const MAX_CATCH_UP_DELAY_MS = 30_000;
/** Polls must not wait longer for pages of the history. */
const MAX_HISTORY_READING_MS = 1_000;
/** An open keyring answers faster. */
const KEYRING_PATIENCE_MS = 1_000;
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
  readonly #settings: Pick<SettingsStore, 'get' | 'isDoNotDisturbActive'>;
  readonly #activity: UserActivity;
  readonly #client: ApiClient;
  readonly #alertStateFile: AlertStateFile;
  readonly #abort = new AbortController();
  #credentials: Credentials;
  #loadPassword: LoadPassword | undefined;
  #passwordLoading: Promise<void> | undefined;
  #connectionState: ConnectionState;
  #identity: Identity | undefined;
  #identityAttempts = 0;
  #alertState = INITIAL_ALERT_STATE;
  #snapshot: Snapshot | undefined;
  #lastBody: Buffer | undefined;
  #canLookUp = true;
  #zoneOffsetMs = 0;
  #isHistoryRefused = false;
  #historyReader: HistoryReader | undefined;
  #earlierReader: EarlierReader | undefined;
  #earlierRequest: EarlierRequest | undefined;
  #earlierResult: EarlierCallsResult = 'failed';
  #mustSignIn: boolean;
  #retryAfterMs: number | undefined;
  /** Sign-ins that were refused, without a reason, since the last good response. */
  #refusedSignIns = 0;
  /** By the monotonic clock. */
  #earliestSignInMs = 0;
  #isRunning = false;
  #isBusy = false;
  #isAsleep = false;
  /** The computer slept since the last good response. */
  #hasSlept = false;
  #pollTimer: NodeJS.Timeout | undefined;
  #staleTimer: NodeJS.Timeout | undefined;

  constructor(
    { credentials, color, paused, loadPassword }: KnownAccount,
    storage: Pick<AccountStorage, 'createClient' | 'openAlertState'>,
    settings: Pick<SettingsStore, 'get' | 'isDoNotDisturbActive'>,
    activity: UserActivity,
    identity?: Identity,
    private readonly callLog: AccountLog = NO_LOG,
    private readonly getPriority?: AlertRules['getPriority'],
  ) {
    super();
    this.key = accountKey(credentials);
    this.color = color;
    this.#credentials = credentials;
    this.#loadPassword = loadPassword;
    this.#settings = settings;
    this.#activity = activity;
    this.#identity = identity;
    this.#client = storage.createClient(credentials, this.#abort.signal);
    this.#alertStateFile = storage.openAlertState(credentials);
    this.#connectionState = initialConnection(paused);
    this.#mustSignIn = credentials.managed;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  /** Reads the saved password, as long as nothing needed it. */
  get loadPassword(): LoadPassword | undefined {
    return this.#loadPassword;
  }

  get connection(): ConnectionStatus {
    return this.#connectionState.connection;
  }

  /** The user according to the server, once known. */
  get identity(): Identity | undefined {
    return this.#identity;
  }

  get alertState(): AlertState {
    return this.#alertState;
  }

  /** `undefined` until the first good response. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** The calls for the tray. */
  get trayPart(): AccountCalls {
    const calls = [...this.#alertState.calls.values()].filter(({ goneAt }) => goneAt === null);
    const problem = getConnectionProblem(this.connection);
    const isCertain = problem !== null && problem !== 'offline';
    return { calls, isStale: isCertain || isStale(this.#alertState, now()) };
  }

  /** Whether only the last poll failed, which the tray doesn't mention yet. */
  get isInterrupted(): boolean {
    const { connection, failures } = this.#connectionState;
    return (
      connection.kind === 'offline' &&
      connection.lastResponseAt !== null &&
      failures < 2 &&
      !isStale(this.#alertState, now())
    );
  }

  /** How far (ms) the server's times are ahead of this computer's: its clock, and its time zone. */
  get serverAheadMs(): number {
    return this.#client.clockOffsetMs + this.#zoneOffsetMs;
  }

  /** Whether the server doesn't let this user read the call history. */
  get isHistoryRefused(): boolean {
    return this.#isHistoryRefused;
  }

  /** Whether the call history of a gap is being read. */
  get isCatchingUp(): boolean {
    const { catchUp } = this.#alertState;
    return catchUp !== null && !catchUp.isFirstSignIn && this.#canReadHistory;
  }

  /** Whether there may be calls from before the earliest one in the log. */
  get canLoadEarlierCalls(): boolean {
    const isComplete = this.#earlierReader?.isComplete === true;
    return this.#alertState.catchUp === null && this.#canReadHistory && !isComplete;
  }

  get #canReadHistory(): boolean {
    return this.connection.kind === 'live' && !this.#isHistoryRefused;
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
    this.#finishEarlierRequest();
    const { open } = this.#alertState;
    this.#alertStateFile.close(this.#alertState);
    this.#alertState = INITIAL_ALERT_STATE;
    this.#snapshot = undefined;
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

  /** Loads calls from before `loggedFrom`, when the earliest call in the log began. */
  loadEarlierCalls(loggedFrom: number | undefined): Promise<EarlierCallsResult> {
    if (!this.canLoadEarlierCalls) return Promise.resolve('failed');
    return new Promise((resolve) => {
      // A second request while the first one is pending gets the same result.
      const resolves = [...(this.#earlierRequest?.resolves ?? []), resolve];
      this.#earlierRequest = { loggedFrom, resolves };
      this.pollNow();
    });
  }

  /** Restarts earlier calls at the newest, because the log was cleared. */
  restartEarlierCalls(): void {
    this.#earlierReader = undefined;
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
    const { id, name, email } = this.#identity ?? {};
    const { state, effects } = reduce(this.#alertState, event, rules, { id, name, email }, now());
    this.#alertState = state;
    const logEffects = effects.filter((effect) => effect.kind === 'log');
    if (logEffects.length > 0) this.#log(logEffects.map(({ entry }) => entry));
    this.#alertStateFile.save(state);
    if (effects.length > 0) this.emit('effects', effects);
    return effects;
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
    this.#finishEarlierRequest();
  }

  async #signInAndPoll(): Promise<void> {
    const hasToSignIn = this.#mustSignIn;
    if (hasToSignIn && !(await this.#signIn())) return;
    let error = await this.pollOnce();
    if (error?.kind === 'unauthorized' && this.#loadPassword && !(await this.#readPassword())) {
      this.dispatch({ kind: 'poll-failed', problem: 'keyring' });
      this.#updateConnection({ kind: 'keyring-locked' });
      return;
    }
    const hasPassword = this.#credentials.password !== undefined;
    if (error?.kind === 'unauthorized' && !hasToSignIn && hasPassword && this.#isRunning) {
      if (!(await this.#signIn())) return;
      error = await this.pollOnce();
    }
    if (!this.#isRunning) return;
    if (error?.kind === 'unauthorized' && hasPassword && this.#retrySignInLater()) return;
    if (error) {
      this.#handleError(error);
      return;
    }
    this.#refusedSignIns = 0;
    this.#updateConnection({ kind: 'answered' });
    await this.#fetchIdentity();
    await this.#readHistory();
    await this.#readEarlierCalls();
  }

  /** Gets the sessions once and updates the alert state; returns the error if there is one. */
  async pollOnce(): Promise<ApiError | null> {
    const startedAt = now();
    const { calls } = this.#alertState;
    const previous = this.#snapshot;
    const response = await this.#client.getSessions();
    if (!this.#isRunning) return null;
    const result = response.ok ? this.#applyResponse(response.value, startedAt) : response;
    if (result.ok) await this.#lookUpVanished();
    this.emit('polled', {
      ok: result.ok,
      durationMs: performance.now() - startedAt.monotonic,
      isNews: calls !== this.#alertState.calls || previous !== this.#snapshot,
    });
    return result.ok ? null : result.error;
  }

  #applyResponse(body: Buffer, startedAt: Timestamp): ApiResult<null> {
    // The response to a request from before a sleep would present old calls as new.
    if (getElapsedMsWithSleep(startedAt, now()) > MAX_GAP_MS) {
      this.#hasSlept = true;
      return failWith({ kind: 'timeout', code: 'asleep' });
    }
    const snapshot = this.#lastBody?.equals(body) ? this.#snapshot : this.#decode(body);
    if (!snapshot) return failWith({ kind: 'bad-answer', code: 'sessions' });
    const changes = diffSnapshots(this.#knownSessions, snapshot.sessions);
    this.#snapshot = snapshot;
    this.#lastBody = body;
    const isAfterOutage = this.#alertState.failure !== null && !this.#hasSlept;
    this.#hasSlept = false;
    this.#zoneOffsetMs =
      findZoneOffset(changes.appeared, Date.now() + this.#client.clockOffsetMs) ??
      this.#zoneOffsetMs;
    this.dispatch({ kind: 'snapshot', diff: changes, serverAheadMs: this.serverAheadMs });
    this.#updateHistoryReader(isAfterOutage);
    return { ok: true, value: null };
  }

  #decode(body: Buffer): Snapshot | undefined {
    const decoded = decodeSessions(parseJson(body), this.#snapshot?.sessions);
    if (!decoded.ok) return undefined;
    const sessions = resolveIdentities(decoded.sessions, this.#alertState.calls, now());
    return { sessions, skippedCount: decoded.skippedCount };
  }

  /** The sessions of the last response; after a restart only their ids are known. */
  get #knownSessions(): ReadonlyMap<string, Session | undefined> {
    const ids = getListedIds(this.#alertState);
    return this.#snapshot?.sessions ?? new Map(ids.map((id) => [id, undefined]));
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

  /** Starts reading the history when there is a new gap. */
  #updateHistoryReader(isAfterOutage: boolean): void {
    const { catchUp } = this.#alertState;
    if ((this.#historyReader?.catchUp ?? null) === catchUp) return;
    // All clients reconnect at the same time after a server outage.
    const delayMs = isAfterOutage ? Math.random() * MAX_CATCH_UP_DELAY_MS : 0;
    this.#historyReader = catchUp
      ? { catchUp, page: 0, count: 0, failureCount: 0, notBeforeMs: performance.now() + delayMs }
      : undefined;
    this.emit('change');
  }

  /** Reads pages of the call history for a while; the next poll continues. */
  async #readHistory(): Promise<void> {
    // Without the user's identity, some of their calls couldn't be recognized.
    if (!this.#identity && this.#identityAttempts < MAX_IDENTITY_ATTEMPTS) return;
    const endMs = performance.now() + MAX_HISTORY_READING_MS;
    while (this.#isRunning && this.#historyReader) {
      const { notBeforeMs } = this.#historyReader;
      if (performance.now() < notBeforeMs || performance.now() > endMs) return;
      await this.#readHistoryPage(this.#historyReader);
    }
  }

  async #readHistoryPage(reader: HistoryReader): Promise<void> {
    const { catchUp, page, count, failureCount } = reader;
    if (this.#isHistoryRefused) {
      this.#applyHistory([], true);
      return;
    }
    const since = catchUp.since + this.#client.clockOffsetMs - DAY_MS;
    const result = await this.#client.getHistory({
      page,
      pageSize: HISTORY_PAGE_SIZE,
      from: since,
      includesArchive: Date.now() - catchUp.since > MAX_LIVE_HISTORY_MS,
    });
    if (!this.#isRunning || this.#historyReader !== reader) return;
    if (!result.ok) {
      this.#isHistoryRefused = isRefusal(result.error);
      const retryAfterMs = result.error.kind === 'fault' ? result.error.retryAfterMs : undefined;
      const delayMs = this.#computeDelayMs(failureCount + 1, retryAfterMs);
      const notBeforeMs = performance.now() + delayMs;
      this.#historyReader = { ...reader, failureCount: failureCount + 1, notBeforeMs };
      if (this.#isHistoryRefused) this.#applyHistory([], true);
      return;
    }
    const { sessions, hasMore } = result.value;
    const total = count + result.value.count;
    const isBeforeGap = ({ dateCreated = Infinity }: Session): boolean => dateCreated < since;
    const isPastGap = sessions.length > 0 && sessions.every(isBeforeGap);
    const isComplete = !hasMore || isPastGap || total >= MAX_HISTORY_ENTRIES;
    this.#historyReader = { ...reader, page: page + 1, count: total, failureCount: 0 };
    this.#applyHistory(sessions, isComplete);
  }

  #applyHistory(sessions: readonly Session[], isComplete: boolean): void {
    this.dispatch({ kind: 'history', ...this.#toPastSessions(sessions), isComplete });
    if (!isComplete) return;
    this.#historyReader = undefined;
    this.emit('change');
  }

  #toPastSessions(sessions: readonly Session[]): PastSessions {
    const { aliases } = this.#alertState;
    const ids = sessions.map(({ id }) => aliases.get(id) ?? id);
    const known = new Map(
      ids.flatMap((id): [string, LogEntry][] => {
        const entry = this.callLog.find(id);
        return entry ? [[id, entry]] : [];
      }),
    );
    this.#learnZoneOffset(sessions, known);
    return { sessions, known, serverAheadMs: this.serverAheadMs };
  }

  /** Learns the zone of the server's times from calls that Ringside saw ring in an earlier run. */
  #learnZoneOffset(sessions: readonly Session[], known: ReadonlyMap<string, LogEntry>): void {
    const { aliases } = this.#alertState;
    for (const session of sessions) {
      const first = known.get(aliases.get(session.id) ?? session.id)?.segments[0];
      if (first?.phase !== 'ringing') continue;
      const offsetMs = measureZoneOffset(session, first.from + this.#client.clockOffsetMs);
      if (offsetMs === undefined) continue;
      this.#zoneOffsetMs = offsetMs;
      return;
    }
  }

  /** Reads pages of earlier calls until one of the user's is found. */
  async #readEarlierCalls(): Promise<void> {
    if (!this.#earlierRequest || !this.canLoadEarlierCalls) return;
    const { loggedFrom } = this.#earlierRequest;
    let reader = this.#getEarlierReader(loggedFrom);
    let result: EarlierCallsResult = 'none';
    for (let count = 0; count < MAX_EARLIER_PAGES && !reader.isComplete; count += 1) {
      const { page, until: to, includesArchive } = reader;
      const query = { page, pageSize: EARLIER_PAGE_SIZE, to, includesArchive };
      const response = await this.#client.getHistory(query);
      if (!this.#isRunning) return;
      if (!response.ok) {
        this.#isHistoryRefused = isRefusal(response.error);
        result = 'failed';
        break;
      }
      const { sessions, hasMore } = response.value;
      const { found, canKeepMore } = this.#logEarlierCalls(sessions);
      reader = this.#advance(reader, sessions, hasMore);
      if (!canKeepMore) reader = { ...reader, isComplete: true };
      this.#earlierReader = reader;
      if (found) {
        result = 'loaded';
        break;
      }
    }
    this.#earlierResult = result;
    this.emit('change');
  }

  /** Continues where the last request ended, unless the log goes back further. */
  #getEarlierReader(loggedFrom = Infinity): EarlierReader {
    const reader = this.#earlierReader;
    if (reader && reader.reachedAt <= loggedFrom) return reader;
    return {
      page: 0,
      // The zone of the server's days is unknown.
      until: loggedFrom === Infinity ? undefined : loggedFrom + this.#client.clockOffsetMs + DAY_MS,
      includesArchive: false,
      reachedAt: loggedFrom,
      isComplete: false,
    };
  }

  #advance(reader: EarlierReader, sessions: readonly Session[], hasMore: boolean): EarlierReader {
    const { page, includesArchive, until } = reader;
    const ahead = this.#client.clockOffsetMs;
    const dates = sessions.map(({ dateCreated = Infinity }) => dateCreated - ahead);
    const kept = dates.filter((date) => date >= this.#oldestLoggedMs);
    const isTooOld = dates.length > 0 && kept.length === 0;
    const reachedAt = Math.min(reader.reachedAt, ...kept);
    const next = { ...reader, page: page + 1, reachedAt };
    if (isTooOld || (!hasMore && includesArchive)) return { ...next, isComplete: true };
    if (hasMore) return next;
    // Sessions that aren't live any more are only in the archive.
    const from = reachedAt === Infinity ? until : reachedAt + ahead + DAY_MS;
    return { ...next, page: 0, until: from, includesArchive: true };
  }

  /** Whether a call of the user's was found, and whether the log has room for more. */
  #logEarlierCalls(sessions: readonly Session[]): { found: boolean; canKeepMore: boolean } {
    const oldest = this.#oldestLoggedMs + this.#client.clockOffsetMs;
    const wanted = sessions.filter(({ dateCreated = Infinity }) => dateCreated >= oldest);
    const past = this.#toPastSessions(wanted);
    const effects = this.dispatch({ kind: 'earlier-calls', ...past });
    const logged = effects.flatMap((effect) =>
      effect.kind === 'log' ? [effect.entry.summary.id] : [],
    );
    const added = logged.filter((id) => !past.known.has(id));
    const found = added.some((id) => this.callLog.find(id) !== undefined);
    return { found, canKeepMore: found || added.length === 0 };
  }

  /** The earliest start of a call that the log keeps. */
  get #oldestLoggedMs(): number {
    return Date.now() - this.#settings.get().logDays * DAY_MS;
  }

  #finishEarlierRequest(): void {
    const [request, result] = [this.#earlierRequest, this.#earlierResult];
    this.#earlierRequest = undefined;
    this.#earlierResult = 'failed';
    for (const resolve of request?.resolves ?? []) resolve(result);
  }

  /** Reads the saved password; `false` if the keyring is still locked after a moment. */
  async #readPassword(): Promise<boolean> {
    this.#passwordLoading ??= this.#loadPassword?.(this.#abort.signal).then((password) => {
      this.#credentials = { ...this.#credentials, password };
      this.#loadPassword = undefined;
      this.pollNow();
    });
    const patience = new Promise((resolve) => setTimeout(resolve, KEYRING_PATIENCE_MS));
    await Promise.race([this.#passwordLoading, patience]);
    return this.#loadPassword === undefined;
  }

  /** Signs in; a failure is handled here. */
  async #signIn(): Promise<boolean> {
    const waitMs = this.#earliestSignInMs - performance.now();
    if (waitMs > 0) {
      this.#failOffline({ kind: 'unexpected', code: 'HTTP 401' }, waitMs);
      return false;
    }
    this.#updateConnection({ kind: 'signing-in' });
    const { userName, password = '' } = this.#credentials;
    const result = await this.#client.signIn(userName, password);
    if (!this.#isRunning) return false;
    if (result.ok) {
      this.#mustSignIn = false;
      this.#isHistoryRefused = false;
      return true;
    }
    const { error } = result;
    const isUnexplained = error.kind === 'unauthorized' && error.message === undefined;
    // The same password was good a moment ago: the server may only be restarting.
    const hasWorked = this.#connectionState.answeredAt !== null;
    if (isUnexplained && hasWorked && this.#retrySignInLater()) return false;
    if (error.kind === 'unauthorized') {
      // The server may lock the account after several attempts with a wrong password.
      this.#credentials = { ...this.#credentials, password: undefined };
      this.emit('passwordRefused');
    }
    const refusal = toSignInRefusal(error);
    if (refusal.kind !== 'unreachable') {
      this.#requireSignIn(refusal);
      return false;
    }
    this.#failOffline(refusal.error, error.kind === 'fault' ? error.retryAfterMs : undefined);
    return false;
  }

  /** Schedules another sign-in, slowly and a few times only; `false` if the user must be asked. */
  #retrySignInLater(): boolean {
    const delayMs = SIGN_IN_RETRY_DELAYS_MS[this.#refusedSignIns];
    if (delayMs === undefined) return false;
    this.#refusedSignIns += 1;
    this.#earliestSignInMs = performance.now() + delayMs;
    this.#failOffline({ kind: 'unexpected', code: 'HTTP 401' }, delayMs);
    return true;
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
    const delay = this.#computeDelayMs(this.#connectionState.failures, this.#retryAfterMs);
    this.#updateConnection({ kind: 'retry-scheduled', retryAt: Date.now() + delay });
    if (!this.#isAsleep) this.#pollTimer = setTimeout(() => void this.#run(), delay);
  }

  #computeDelayMs(failureCount: number, retryAfterMs: number | undefined): number {
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
