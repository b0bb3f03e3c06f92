import type { CatchUp, PastSessions } from '../../core/alerts/catch-up';
import type { Session } from '../../core/api/schema';
import { measureZoneOffset } from '../../core/calls/zone-offset';
import type { LogEntry } from '../../core/log/entry';
import type { SettingsStore } from '../storage/settings-store';
import type { Account, AccountLog } from './account';
import { isRefusal, type ApiClient } from './api-client';

/** How much of a gap's call history has been read. */
interface GapProgress {
  readonly catchUp: CatchUp;
  readonly page: number;
  /** Entries read so far. */
  readonly count: number;
  readonly failureCount: number;
  /** By the monotonic clock. */
  readonly notBeforeMs: number;
}

/** How many of the earlier calls have been read at the user's request. */
interface EarlierProgress {
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

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Older sessions are only in the archive; the server documents about 15 days. */
const MAX_LIVE_HISTORY_MS = 13 * DAY_MS;
const MAX_HISTORY_ENTRIES = 2_000;
const HISTORY_PAGE_SIZE = 100;
const EARLIER_PAGE_SIZE = 25;
/**
 * A request for earlier calls reads at most this many pages until it finds one of the user's calls.
 */
const MAX_EARLIER_PAGES = 8;
const MAX_CATCH_UP_DELAY_MS = 30_000;
/** Polls must not wait longer for pages of the history. */
const MAX_HISTORY_READING_MS = 1_000;

/**
 * Reads the call history of an account: the calls of a gap between two polls, and earlier calls at
 * the user's request. It asks between polls, since an account has one request in flight at most.
 */
export class CallHistory {
  #isRefused = false;
  #gapProgress: GapProgress | undefined;
  #earlierProgress: EarlierProgress | undefined;
  #request: EarlierRequest | undefined;
  #result: EarlierCallsResult = 'failed';

  constructor(
    private readonly account: Account,
    private readonly client: Pick<ApiClient, 'getHistory' | 'clockOffsetMs'>,
    private readonly callLog: AccountLog,
    private readonly settings: Pick<SettingsStore, 'get'>,
  ) {}

  /** Whether the server doesn't let this user read the call history. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Whether the call history of a gap is being read. */
  get isCatchingUp(): boolean {
    const { catchUp } = this.account.alertState;
    return catchUp !== null && !catchUp.isFirstSignIn && this.#canRead;
  }

  /** Whether there may be calls from before the earliest one in the log. */
  get canLoadEarlierCalls(): boolean {
    const isComplete = this.#earlierProgress?.isComplete === true;
    return this.account.alertState.catchUp === null && this.#canRead && !isComplete;
  }

  get #canRead(): boolean {
    return this.account.connection.kind === 'live' && !this.#isRefused;
  }

  /** Loads calls from before `loggedFrom`, when the earliest call in the log began. */
  loadEarlierCalls(loggedFrom: number | undefined): Promise<EarlierCallsResult> {
    if (!this.canLoadEarlierCalls) return Promise.resolve('failed');
    return new Promise((resolve) => {
      // A second request while the first one is pending gets the same result.
      const resolves = [...(this.#request?.resolves ?? []), resolve];
      this.#request = { loggedFrom, resolves };
      this.account.pollNow();
    });
  }

  /** Makes earlier calls load from the newest again, because the log was cleared. */
  restartEarlierCalls(): void {
    this.#earlierProgress = undefined;
  }

  /** Lifts a refusal by the server, after a new sign-in. */
  retry(): void {
    this.#isRefused = false;
  }

  /** Starts reading the history when there is a new gap. */
  update(isAfterOutage: boolean): void {
    const { catchUp } = this.account.alertState;
    if ((this.#gapProgress?.catchUp ?? null) === catchUp) return;
    // All clients reconnect at the same time after a server outage.
    const delayMs = isAfterOutage ? Math.random() * MAX_CATCH_UP_DELAY_MS : 0;
    this.#gapProgress = catchUp
      ? { catchUp, page: 0, count: 0, failureCount: 0, notBeforeMs: performance.now() + delayMs }
      : undefined;
    this.account.emit('change');
  }

  /** Reads pages of the call history for a while; the next poll continues. */
  async readGap(): Promise<void> {
    const endMs = performance.now() + MAX_HISTORY_READING_MS;
    while (this.account.isRunning && this.#gapProgress) {
      const { notBeforeMs } = this.#gapProgress;
      if (performance.now() < notBeforeMs || performance.now() > endMs) return;
      await this.#readGapPage(this.#gapProgress);
    }
  }

  async #readGapPage(progress: GapProgress): Promise<void> {
    const { catchUp, page, count, failureCount } = progress;
    if (this.#isRefused) {
      this.#applyGapPage([], true);
      return;
    }
    const since = catchUp.since + this.client.clockOffsetMs - DAY_MS;
    const result = await this.client.getHistory({
      page,
      pageSize: HISTORY_PAGE_SIZE,
      from: since,
      includesArchive: Date.now() - catchUp.since > MAX_LIVE_HISTORY_MS,
    });
    if (!this.account.isRunning || this.#gapProgress !== progress) return;
    if (!result.ok) {
      this.#isRefused = isRefusal(result.error);
      const retryAfterMs = result.error.kind === 'fault' ? result.error.retryAfterMs : undefined;
      const delayMs = this.account.computeDelayMs(failureCount + 1, retryAfterMs);
      const notBeforeMs = performance.now() + delayMs;
      this.#gapProgress = { ...progress, failureCount: failureCount + 1, notBeforeMs };
      if (this.#isRefused) this.#applyGapPage([], true);
      return;
    }
    const { sessions, hasMore } = result.value;
    const total = count + result.value.count;
    const isBeforeGap = ({ dateCreated = Infinity }: Session): boolean => dateCreated < since;
    const isPastGap = sessions.length > 0 && sessions.every(isBeforeGap);
    const isComplete = !hasMore || isPastGap || total >= MAX_HISTORY_ENTRIES;
    this.#gapProgress = { ...progress, page: page + 1, count: total, failureCount: 0 };
    this.#applyGapPage(sessions, isComplete);
  }

  #applyGapPage(sessions: readonly Session[], isComplete: boolean): void {
    this.account.dispatch({ kind: 'history', ...this.#toPastSessions(sessions), isComplete });
    if (!isComplete) return;
    this.#gapProgress = undefined;
    this.account.emit('change');
  }

  #toPastSessions(sessions: readonly Session[]): PastSessions {
    const { aliases } = this.account.alertState;
    const ids = sessions.map(({ id }) => aliases.get(id) ?? id);
    const known = new Map(
      ids.flatMap((id): [string, LogEntry][] => {
        const entry = this.callLog.find(id);
        return entry ? [[id, entry]] : [];
      }),
    );
    this.#learnZoneOffset(sessions, known);
    return { sessions, known, serverAheadMs: this.account.serverAheadMs };
  }

  /** Learns the zone of the server's times from calls that Ringside saw ring in an earlier run. */
  #learnZoneOffset(sessions: readonly Session[], known: ReadonlyMap<string, LogEntry>): void {
    const { aliases } = this.account.alertState;
    for (const session of sessions) {
      const first = known.get(aliases.get(session.id) ?? session.id)?.segments[0];
      if (first?.phase !== 'ringing') continue;
      const offsetMs = measureZoneOffset(session, first.from + this.client.clockOffsetMs);
      if (offsetMs === undefined) continue;
      this.account.zoneOffsetMs = offsetMs;
      return;
    }
  }

  /** Reads pages of earlier calls until one of the user's is found. */
  async readEarlierCalls(): Promise<void> {
    if (!this.#request || !this.canLoadEarlierCalls) return;
    const { loggedFrom } = this.#request;
    let progress = this.#getEarlierProgress(loggedFrom);
    let result: EarlierCallsResult = 'none';
    for (let count = 0; count < MAX_EARLIER_PAGES && !progress.isComplete; count += 1) {
      const { page, until: to, includesArchive } = progress;
      const query = { page, pageSize: EARLIER_PAGE_SIZE, to, includesArchive };
      const response = await this.client.getHistory(query);
      if (!this.account.isRunning) return;
      if (!response.ok) {
        this.#isRefused = isRefusal(response.error);
        result = 'failed';
        break;
      }
      const { sessions, hasMore } = response.value;
      const { found, canKeepMore } = this.#logEarlierCalls(sessions);
      progress = this.#advanceProgress(progress, sessions, hasMore);
      if (!canKeepMore) progress = { ...progress, isComplete: true };
      this.#earlierProgress = progress;
      if (found) {
        result = 'loaded';
        break;
      }
    }
    this.#result = result;
    this.account.emit('change');
  }

  /** Continues where the last request ended, unless the log goes back further. */
  #getEarlierProgress(loggedFrom = Infinity): EarlierProgress {
    const progress = this.#earlierProgress;
    if (progress && progress.reachedAt <= loggedFrom) return progress;
    return {
      page: 0,
      // The zone of the server's days is unknown.
      until: loggedFrom === Infinity ? undefined : loggedFrom + this.client.clockOffsetMs + DAY_MS,
      includesArchive: false,
      reachedAt: loggedFrom,
      isComplete: false,
    };
  }

  #advanceProgress(
    progress: EarlierProgress,
    sessions: readonly Session[],
    hasMore: boolean,
  ): EarlierProgress {
    const { page, includesArchive, until } = progress;
    const ahead = this.client.clockOffsetMs;
    const dates = sessions.map(({ dateCreated = Infinity }) => dateCreated - ahead);
    const kept = dates.filter((date) => date >= this.#oldestLoggedMs);
    const isTooOld = dates.length > 0 && kept.length === 0;
    const reachedAt = Math.min(progress.reachedAt, ...kept);
    const next = { ...progress, page: page + 1, reachedAt };
    if (isTooOld || (!hasMore && includesArchive)) return { ...next, isComplete: true };
    if (hasMore) return next;
    // Sessions that aren't live anymore are only in the archive.
    const from = reachedAt === Infinity ? until : reachedAt + ahead + DAY_MS;
    return { ...next, page: 0, until: from, includesArchive: true };
  }

  /**
   * Logs the user's calls; returns whether there were any, and whether the log has room for more.
   */
  #logEarlierCalls(sessions: readonly Session[]): { found: boolean; canKeepMore: boolean } {
    const oldest = this.#oldestLoggedMs + this.client.clockOffsetMs;
    const wanted = sessions.filter(({ dateCreated = Infinity }) => dateCreated >= oldest);
    const past = this.#toPastSessions(wanted);
    const effects = this.account.dispatch({ kind: 'earlier-calls', ...past });
    const logged = effects.flatMap((effect) =>
      effect.kind === 'log' ? [effect.entry.summary.id] : [],
    );
    const added = logged.filter((id) => !past.known.has(id));
    const found = added.some((id) => this.callLog.find(id) !== undefined);
    return { found, canKeepMore: found || added.length === 0 };
  }

  /** The earliest start of a call that the log keeps. */
  get #oldestLoggedMs(): number {
    return Date.now() - this.settings.get().logDays * DAY_MS;
  }

  /** Resolves a request for earlier calls, as failed if the poll brought no result. */
  finishRequest(): void {
    const [request, result] = [this.#request, this.#result];
    this.#request = undefined;
    this.#result = 'failed';
    for (const resolve of request?.resolves ?? []) resolve(result);
  }
}
