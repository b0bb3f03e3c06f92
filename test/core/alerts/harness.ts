/** Runs the alert rules of one account without the app, with visible alerts and a call log. */
import type { Alert, ConnectionProblem } from '../../../src/core/alerts/alert';
import type { LogEntry } from '../../../src/core/log/entry';
import type { Timestamp } from '../../../src/core/timestamp';
import type { AlertRules } from '../../../src/core/alerts/alert-rules';
import type { RawFields, Session } from '../../../src/core/api/schema';
import { diffSnapshots } from '../../../src/core/calls/diff-snapshots';
import { resolveIdentities } from '../../../src/core/calls/session-identity';
import { decodeSessions } from '../../../src/core/api/decode';
import { reduce, type Effect, type AlertEvent } from '../../../src/core/alerts/reduce';
import { groupAlerts, NO_ALERTS } from '../../../src/core/alerts/group-alerts';
import type { CurrentUser } from '../../../src/core/calls/call';
import { parseAlertState, toSavedAlertState } from '../../../src/core/alerts/serialize';
import {
  getListedIds,
  INITIAL_ALERT_STATE,
  restoreAlertState,
  getDueLookups,
  type AlertState,
} from '../../../src/core/alerts/alert-state';
import { ALL_RULES, MINUTE, toApiSession, SECOND, type SessionFixture } from '../session-fixture';

export class AlertHarness {
  state: AlertState = INITIAL_ALERT_STATE;
  rules: AlertRules = ALL_RULES;
  user: CurrentUser = { id: 'U-1', name: 'Ada Lovelace' };
  now: Timestamp = { wall: Date.UTC(2024, 2, 1, 9), monotonic: 0, bootId: 'run 1' };
  /** Open alerts by key, before grouping. */
  readonly openAlerts = new Map<string, Alert>();
  /** Log entries by session id. */
  readonly log = new Map<string, LogEntry>();
  /** Every alert that was raised, in order. */
  readonly raised: Alert[] = [];
  #groups = NO_ALERTS;
  #known: ReadonlyMap<string, Session | undefined> = new Map();
  #runs = 1;

  /** Polls with these sessions as the response. */
  poll(...sessions: readonly SessionFixture[]): readonly Effect[] {
    return this.respond(sessions.map(toApiSession));
  }

  /** Polls with these sessions, in the server's format, as the response. */
  respond(sessions: readonly RawFields[]): readonly Effect[] {
    const known = new Map([...this.#known].filter(hasSession));
    const decoded = decodeSessions({ sessions }, known);
    if (!decoded.ok) throw new Error('the response was rejected');
    const next = resolveIdentities(decoded.sessions, this.state.calls, this.now);
    const changes = diffSnapshots(this.#known, next);
    this.#known = next;
    return this.dispatch({ kind: 'snapshot', diff: changes });
  }

  failPoll(problem: ConnectionProblem = 'offline'): readonly Effect[] {
    return this.dispatch({ kind: 'poll-failed', problem });
  }

  /** Responds to the due lookups. */
  resolveLookups(
    found: readonly RawFields[] | 'failed' | 'refused',
    requestedIds = this.dueLookups,
  ): readonly Effect[] {
    if (typeof found === 'string') {
      return this.dispatch({ kind: 'lookup', requestedIds, result: { kind: found } });
    }
    const decoded = decodeSessions({ items: found }, undefined, 'items');
    if (!decoded.ok) throw new Error('the response was rejected');
    const result = { kind: 'found', sessions: decoded.sessions } as const;
    return this.dispatch({ kind: 'lookup', requestedIds, result });
  }

  /** Responds the same to every lookup until none is pending. */
  resolveAllLookups(found: readonly RawFields[] | 'failed' | 'refused'): void {
    for (let count = 0; count < 200 && this.isPending; count += 1) {
      if (this.dueLookups.length > 0) this.resolveLookups(found);
      this.advance(SECOND);
    }
  }

  get isPending(): boolean {
    return [...this.state.calls.values()].some(({ pendingLookup }) => pendingLookup !== null);
  }

  /** Responds with a page of the call history. */
  readHistory(
    items: readonly RawFields[],
    isComplete = true,
    serverAheadMs = 0,
  ): readonly Effect[] {
    return this.dispatch({
      kind: 'history',
      ...this.#toPastSessions(items, serverAheadMs),
      isComplete,
    });
  }

  /** Responds with earlier calls that the user requested. */
  loadEarlierCalls(items: readonly RawFields[], serverAheadMs = 0): readonly Effect[] {
    return this.dispatch({ kind: 'earlier-calls', ...this.#toPastSessions(items, serverAheadMs) });
  }

  #toPastSessions(items: readonly RawFields[], serverAheadMs: number) {
    const decoded = decodeSessions({ items }, undefined, 'items');
    if (!decoded.ok) throw new Error('the response was rejected');
    const ids = decoded.sessions.map(({ id }) => this.state.aliases.get(id) ?? id);
    const known = new Map([...this.log].filter(([id]) => ids.includes(id)));
    return { sessions: decoded.sessions, known, serverAheadMs };
  }

  markSeen(...ids: readonly string[]): readonly Effect[] {
    return this.dispatch({ kind: 'missed-calls-seen', ids });
  }

  /** Dispatches an event, and kills the app after it saved the log, before the alert state. */
  dispatchAndKill(dispatch: () => unknown): void {
    const { state } = this;
    const [known, groups] = [this.#known, this.#groups];
    dispatch();
    this.state = state;
    [this.#known, this.#groups] = [known, groups];
  }

  /** Advances the clocks and dispatches a tick. */
  wait(ms: number): readonly Effect[] {
    this.advance(ms);
    return this.dispatch({ kind: 'tick' });
  }

  /** Advances the clocks without an event. */
  advance(ms: number): void {
    this.now = { ...this.now, wall: this.now.wall + ms, monotonic: this.now.monotonic + ms };
  }

  /** Changes the system clock only. */
  changeClock(ms: number): void {
    this.now = { ...this.now, wall: this.now.wall + ms };
  }

  /** Lets the computer sleep, during which its monotonic clock stands still. */
  sleep(ms: number): void {
    this.changeClock(ms);
  }

  /** Restarts the app `ms` later with the saved state. */
  restart(ms = SECOND): void {
    const read = parseAlertState(JSON.parse(JSON.stringify(toSavedAlertState(this.state))));
    if (!read.ok) throw new Error('the saved state is invalid');
    this.state = restoreAlertState(read.state);
    this.#known = new Map(getListedIds(this.state).map((id) => [id, undefined]));
    this.#runs += 1;
    this.now = { wall: this.now.wall + ms, monotonic: 0, bootId: `run ${this.#runs}` };
    this.openAlerts.clear();
    this.#groups = NO_ALERTS;
  }

  changeRules(change: Partial<AlertRules>): readonly Effect[] {
    this.rules = { ...this.rules, ...change };
    return this.dispatch({ kind: 'tick' });
  }

  /** Keeps polling with the same response until a returning ring counts as a new one. */
  pollUntilNewRing(...sessions: readonly SessionFixture[]): void {
    for (let ms = 0; ms < MINUTE / 2; ms += 2 * SECOND) {
      this.advance(2 * SECOND);
      this.poll(...sessions);
    }
  }

  /** The ids of the sessions to look up now. */
  get dueLookups(): readonly string[] {
    return getDueLookups(this.state, this.now);
  }

  /** The alerts after grouping, as the user sees them. */
  get visibleAlerts(): readonly Alert[] {
    return [...this.#groups.rings, ...this.#groups.others];
  }

  dispatch(event: AlertEvent): readonly Effect[] {
    const { state, effects } = reduce(this.state, event, this.rules, this.user, this.now);
    this.state = state;
    for (const effect of effects) this.#apply(effect);
    const grouped = groupAlerts(this.#groups, effects);
    this.#groups = grouped.groups;
    for (const effect of grouped.effects) {
      if (effect.kind === 'raise') this.raised.push(effect.alert);
    }
    return effects;
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case 'raise':
      case 'update':
        this.openAlerts.set(effect.alert.key, effect.alert);
        break;
      case 'withdraw':
        this.openAlerts.delete(effect.alert.key);
        break;
      case 'log':
        this.log.set(effect.entry.summary.id, effect.entry);
        break;
    }
  }
}

function hasSession(entry: readonly [string, Session | undefined]): entry is [string, Session] {
  return entry[1] !== undefined;
}
