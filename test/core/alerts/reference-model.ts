/**
 * An independent model of the alert rules, written from the specification. It shares no code with
 * the reducer that it checks.
 */
import type { Alert, MissedCall, ConnectionProblem } from '../../../src/core/alerts/alert';
import type { LogEntry } from '../../../src/core/log/entry';
import type { Timestamp } from '../../../src/core/timestamp';
import type { AlertRules } from '../../../src/core/alerts/alert-rules';
import type { RawFields } from '../../../src/core/api/schema';

/** A difference between the model and the reducer. */
export class ModelMismatch extends Error {}

/** An alert that was raised, updated, or withdrawn. */
export type AlertChange = { readonly kind: 'raise' | 'update' | 'withdraw'; readonly alert: Alert };

interface ModelCall {
  /** The id that the server uses now. */
  serverId: string;
  callSid: unknown;
  isListed: boolean;
  goneAt: Timestamp | null;
  /** Whether it has been gone for so long that it would return as a new call. */
  isForgotten: boolean;
  isIncoming: boolean;
  name: unknown;
  channel: unknown;
  phase: string;
  lastPhase: string;
  hadEndedAtFirst: boolean;
  wasAnswered: boolean;
  ring: { isRinging: boolean; stoppedAt: Timestamp | null; isAnnounced: boolean };
  isVisible: boolean;
  hold: { since: Timestamp; isAnnounced: boolean; isVisible: boolean } | null;
  lookup: { isAway: boolean; attempts: number; requestedAt: Timestamp | null } | null;
}

interface Missed {
  isInferred: boolean;
  wasAway: boolean;
  isPast: boolean;
  wasAnsweredLater: boolean;
  /** How it will be announced; null once it has been. */
  due: 'now' | 'away' | 'do-not-disturb' | null;
  channel: unknown;
}

const SAME_RING_MS = 10_000;
const GAP_MS = 60_000;
const OFFLINE_DELAY_MS = 60_000;

/** Which sessions of the history to record and how. */
interface Period {
  readonly since: number;
  /** Missed calls count as seen. */
  readonly isSilent: boolean;
  /** They are only logged. */
  readonly isLost?: boolean;
}

/** Predicts the alerts and the call log for every event. */
export class ReferenceModel {
  readonly #calls = new Map<string, ModelCall>();
  readonly #missed = new Map<string, Missed>();
  #lastResponseAt: Timestamp | null = null;
  #failing: {
    since: Timestamp;
    problem: ConnectionProblem;
    problemSince: Timestamp;
    announced: Set<ConnectionProblem>;
  } | null = null;
  #visibleProblem: ConnectionProblem | null = null;
  /** The gap whose history hasn't been read yet. */
  #catchUp: { since: number; startedAt: Timestamp; isFirst: boolean } | null = null;
  #isEndpointKnown = false;
  /** The original ids of calls by their later ids. */
  readonly #aliases = new Map<string, string>();
  /** What the log must say about calls that were only in the history. */
  readonly #history = new Map<string, { kind: LogEntry['outcome']['kind']; isSeen: boolean }>();
  /** Ids of the missed calls with a visible alert. */
  readonly #visibleMissedCalls = new Set<string>();

  /** Records a response to a poll. */
  recordResponse(sessions: readonly RawFields[], rules: AlertRules, now: Timestamp): void {
    const isFirst = this.#lastResponseAt === null;
    const isAway =
      this.#lastResponseAt !== null && getElapsedMsWithSleep(this.#lastResponseAt, now) > GAP_MS;
    const previous = this.#lastResponseAt;
    if (!rules.shouldCatchUp) this.#catchUp = null;
    else if (previous === null) {
      const since = new Date(now.wall).setHours(0, 0, 0, 0);
      this.#catchUp = { since, startedAt: now, isFirst: true };
    } else if (isAway) {
      const earlier = this.#catchUp?.isFirst === false ? this.#catchUp.since : Infinity;
      this.#catchUp = { since: Math.min(previous.wall, earlier), startedAt: now, isFirst: false };
    }
    this.#lastResponseAt = now;
    this.#failing = null;
    this.#forgetOldCalls(now);
    const serverIds = new Set(sessions.map(getId));
    const ids = new Map(sessions.map((session) => [session, this.#resolveId(session, serverIds)]));
    const listed = new Set(ids.values());
    for (const [session, id] of ids) this.#recordSession(id, session, isFirst, isAway, rules, now);
    for (const [id, call] of this.#calls) {
      if (call.isListed && !listed.has(id)) this.#recordVanished(id, call, isAway, now);
    }
  }

  /** Records a failed poll. */
  recordFailure(problem: ConnectionProblem, now: Timestamp): void {
    const failing = this.#failing ?? {
      since: now,
      problem,
      problemSince: now,
      announced: new Set(),
    };
    const problemSince = failing.problem === problem ? failing.problemSince : now;
    this.#failing = { ...failing, problem, problemSince };
  }

  /** Returns the ids to look up now: immediately and then after increasing delays. */
  getDueLookups(now: Timestamp): readonly string[] {
    const delaysSeconds = [1, 2, 4, 8, 15, 30];
    return [...this.#calls.values()].flatMap(({ serverId, lookup }) => {
      if (!lookup) return [];
      const delaySeconds = delaysSeconds[Math.min(lookup.attempts, 6) - 1] ?? 0;
      const isDue =
        !lookup.requestedAt ||
        getElapsedMsWithSleep(lookup.requestedAt, now) >= delaySeconds * 1_000;
      return isDue ? [serverId] : [];
    });
  }

  /** Records the response to a lookup. */
  recordLookup(
    requestedIds: readonly string[],
    found: readonly RawFields[] | 'failed' | 'refused',
    rules: AlertRules,
    now: Timestamp,
  ): void {
    for (const [id, call] of this.#calls) {
      if (!call.lookup || !requestedIds.includes(call.serverId)) continue;
      const { isAway } = call.lookup;
      const session =
        typeof found === 'string'
          ? undefined
          : found.find((other) => getId(other) === call.serverId);
      const state = session && getPhase({ ...session, ended: undefined });
      const isFlagged = session?.['wasMissed'] === true;
      const hasEnded = session?.['ended'] === true;
      const isAnswered =
        session?.['answeredByName'] !== undefined ||
        (['connected', 'held'].includes(String(state)) && !(hasEnded && isFlagged));
      const goneForMs = call.goneAt ? getElapsedMsWithSleep(call.goneAt, now) : 0;
      const isOver = hasEnded || (isFlagged && state === 'open');
      const timeoutSeconds = session || found === 'failed' ? 120 : found === 'refused' ? 15 : 30;
      const hasTimedOut =
        goneForMs >= timeoutSeconds * 1_000 ||
        (isAway && session === undefined && found !== 'failed');
      if (session?.['direction'] === 'Outgoing') call.isIncoming = false;
      else if (isAnswered) call.wasAnswered = true;
      else if (!call.wasAnswered && !isOver && !hasTimedOut) {
        call.lookup = { isAway, attempts: call.lookup.attempts + 1, requestedAt: now };
        continue;
      } else if (!call.wasAnswered)
        this.#recordMissed(id, call, { isAway, rules, isInferred: !isFlagged });
      call.lookup = null;
    }
    this.#forgetOldCalls(now);
  }

  /** Records that the user saw these calls. */
  markSeen(ids: readonly string[]): void {
    for (const id of ids) this.#visibleMissedCalls.delete(id);
  }

  /** Records a restart, after which earlier notifications can't be reached. */
  recordRestart(): void {
    for (const call of this.#calls.values()) {
      call.isVisible = false;
      if (call.hold) call.hold.isVisible = false;
    }
    this.#visibleMissedCalls.clear();
    this.#visibleProblem = null;
    this.#failing = null;
  }

  /** Rebases timestamps to this run; two runs share only the wall clock. */
  rebaseTimestamps(now: Timestamp): void {
    const rebase = (timestamp: Timestamp): Timestamp => {
      return {
        ...now,
        wall: timestamp.wall,
        monotonic: now.monotonic - Math.max(0, now.wall - timestamp.wall),
      };
    };
    this.#lastResponseAt &&= rebase(this.#lastResponseAt);
    if (this.#catchUp) this.#catchUp.startedAt = rebase(this.#catchUp.startedAt);
    for (const call of this.#calls.values()) {
      call.goneAt &&= rebase(call.goneAt);
      call.ring.stoppedAt &&= rebase(call.ring.stoppedAt);
      if (call.hold) call.hold.since = rebase(call.hold.since);
      if (call.lookup?.requestedAt) call.lookup.requestedAt = rebase(call.lookup.requestedAt);
    }
  }

  /** Whether every missed call has been announced. */
  get isSettled(): boolean {
    return [...this.#missed.values()].every(({ due }) => due === null);
  }

  /** Compares the alerts with the model. */
  checkAlerts(
    changes: readonly AlertChange[],
    open: readonly Alert[],
    rules: AlertRules,
    now: Timestamp,
  ): void {
    this.#forgetOldCalls(now);
    const raised = changes.filter(({ kind }) => kind === 'raise').map(({ alert }) => alert);
    this.#checkRings(open, rules, now);
    this.#checkHolds(open, rules, now);
    this.#checkProblems(open, rules, now);
    this.#checkMissedCalls(raised, open, rules, now);
  }

  /** Compares the call log with the model. */
  checkLog(log: ReadonlyMap<string, LogEntry>): void {
    for (const id of log.keys()) {
      const isExpected = this.#calls.has(id) || this.#history.has(id);
      if (!isExpected) throw new ModelMismatch(`${id} is in the log`);
    }
    for (const [id, { kind, isSeen }] of this.#history) {
      expectSame(log.get(id)?.outcome.kind, kind, `the outcome of ${id} in the history`);
      expectSame(log.get(id)?.isSeen, isSeen, `whether ${id} in the history is seen`);
    }
    for (const [id, call] of this.#calls) {
      if (call.isForgotten || this.#history.has(id)) continue;
      const entry = log.get(id);
      if (!entry) throw new ModelMismatch(`${id} is not in the log`);
      const missed = this.#missed.get(id);
      const expected = getOutcome(call, missed);
      expectSame(entry.outcome.kind, expected, `the outcome of ${id}`);
      if (entry.outcome.kind === 'missed' && missed) {
        expectSame(entry.outcome.isInferred, missed.isInferred, `${id} missed, inferred`);
        expectSame(entry.outcome.wasAway, missed.wasAway, `${id} missed, away`);
      }
      expectSame(
        entry.isSeen,
        expected !== 'missed' || missed?.isPast === true,
        `whether ${id} is seen`,
      );
      const isActive = call.isListed && call.phase !== 'ended';
      expectSame(entry.endedAt === undefined, isActive, `whether ${id} is active`);
      expectSame(
        entry.summary.direction === 'incoming',
        call.isIncoming,
        `whether ${id} is incoming`,
      );
    }
  }

  /** Records a page of the history; `log` is the call log before it. */
  recordHistory(
    sessions: readonly RawFields[],
    isComplete: boolean,
    log: ReadonlyMap<string, LogEntry>,
    serverAheadMs: number,
    now: Timestamp,
  ): void {
    if (!this.#catchUp) return;
    this.#forgetOldCalls(now);
    const { since, isFirst } = this.#catchUp;
    this.#applyHistory(sessions, log, { since: since + serverAheadMs, isSilent: isFirst });
    if (isComplete) this.#catchUp = null;
  }

  /** Records a page of the history that was logged only. */
  recordLostHistory(
    sessions: readonly RawFields[],
    log: ReadonlyMap<string, LogEntry>,
    serverAheadMs: number,
    now: Timestamp,
  ): void {
    if (!this.#catchUp) return;
    const remembered = [...this.#calls.values()].filter(({ isForgotten }) => !isForgotten);
    this.#forgetOldCalls(now);
    const { since, isFirst } = this.#catchUp;
    const period = { since: since + serverAheadMs, isSilent: isFirst, isLost: true };
    this.#applyHistory(sessions, log, period);
    for (const call of remembered) call.isForgotten = false;
  }

  /** Records earlier calls that the user requested, after those of a gap. */
  recordEarlierCalls(
    sessions: readonly RawFields[],
    log: ReadonlyMap<string, LogEntry>,
    now: Timestamp,
  ): void {
    this.#forgetOldCalls(now);
    if (this.#catchUp) return;
    this.#applyHistory(sessions, log, { since: -Infinity, isSilent: true });
  }

  #applyHistory(
    sessions: readonly RawFields[],
    log: ReadonlyMap<string, LogEntry>,
    period: Period,
  ): void {
    const applied = new Set<string>();
    for (const session of sessions) {
      const id = this.#aliases.get(getId(session)) ?? getId(session);
      if (applied.has(id)) continue;
      if (this.#applyPastSession(id, session, log.get(id), period)) applied.add(id);
    }
  }

  /** Applies a session of the history and returns whether it was used. */
  #applyPastSession(
    id: string,
    session: RawFields,
    known: LogEntry | undefined,
    { since, isSilent, isLost = false }: Period,
  ): boolean {
    const recorded = this.#calls.get(id);
    const call = recorded?.isForgotten === false ? recorded : undefined;
    const isSameCall = [...this.#calls.values()].some(
      ({ isListed, callSid }) =>
        isListed && callSid !== undefined && callSid === session['callSid'],
    );
    const completed = session['dateCompleted'];
    const isOver = session['ended'] === true || completed !== undefined;
    if (!isOver || (call ? call.isListed || call.lookup !== null : isSameCall)) return false;
    const missed = this.#missed.get(id);
    const isInPeriod =
      typeof completed === 'string'
        ? Date.parse(completed) >= since - 120_000
        : since !== -Infinity;
    const isOwn = this.#isEndpointKnown && session['endpointId'] === 'E-1';
    if (!known && ((missed && !isSilent) || !isInPeriod || !isOwn)) return false;

    const isFlagged = session['wasMissed'] === true;
    const state = getPhase({ ...session, ended: undefined });
    const isAnswered =
      session['answeredByName'] !== undefined ||
      known?.outcome.kind === 'answered' ||
      (!isFlagged && (state === 'connected' || state === 'held'));
    const logged = known?.outcome.kind;
    let kind: LogEntry['outcome']['kind'] = state === 'queued' ? 'abandoned' : 'ended';
    if (logged !== undefined && logged !== 'active') kind = logged;
    if (isFlagged) kind = 'missed';
    if (isAnswered) kind = 'answered';
    if (session['direction'] === 'Outgoing') kind = 'outgoing';

    if (!isLost) {
      if (call) call.isForgotten = true;
      if (kind === 'answered' && missed && !missed.wasAnsweredLater)
        this.#recordLateAnswer(id, missed);
      if (kind === 'missed' && !missed) {
        const isPast = isSilent || logged === 'missed';
        this.#missed.set(id, {
          isInferred: false,
          wasAway: true,
          isPast,
          wasAnsweredLater: false,
          due: isPast ? null : 'away',
          channel: session['channel'],
        });
      }
    }
    const isNewlyMissed = kind === 'missed' && logged !== 'missed';
    const isSeen = kind === 'answered' || (isNewlyMissed ? isSilent : (known?.isSeen ?? true));
    this.#history.set(id, { kind, isSeen });
    return true;
  }

  /** Returns the id under which a session was first seen. */
  #resolveId(session: RawFields, listed: ReadonlySet<string>): string {
    const id = getId(session);
    if (this.#calls.get(id)?.isForgotten === false) return id;
    const sameCall = [...this.#calls].find(
      ([other, call]) =>
        !call.isForgotten &&
        !listed.has(other) &&
        call.callSid !== undefined &&
        call.callSid === session['callSid'],
    );
    return sameCall?.[0] ?? id;
  }

  #recordSession(
    id: string,
    session: RawFields,
    isFirst: boolean,
    isAway: boolean,
    rules: AlertRules,
    now: Timestamp,
  ): void {
    const known = this.#calls.get(id);
    const call =
      known && !known.isForgotten ? known : createModelCall(isFirst && session['ended'] === true);
    this.#calls.set(id, call);
    call.serverId = getId(session);
    if (call.serverId !== id) this.#aliases.set(call.serverId, id);
    if (session['endpointId'] === 'E-1') this.#isEndpointKnown = true;
    this.#history.delete(id);
    call.callSid = session['callSid'] ?? call.callSid;
    call.isListed = true;
    call.goneAt = null;
    call.lookup = null;
    call.isIncoming = session['direction'] !== 'Outgoing';
    call.name = session['fromName'];
    call.channel = session['channel'];
    call.phase = getPhase(session);
    if (call.phase !== 'ended') {
      call.lastPhase = call.phase;
      call.hadEndedAtFirst = false;
    }
    this.#updateRing(call, call.phase === 'ringing', now);
    if (call.phase !== 'held') call.hold = null;
    else call.hold ??= { since: now, isAnnounced: false, isVisible: false };
    const isAnswered =
      session['answeredByName'] !== undefined ||
      call.phase === 'connected' ||
      call.phase === 'held';
    const missed = this.#missed.get(id);
    if (!call.isIncoming) call.wasAnswered = false;
    else if (isAnswered) {
      if (missed && !call.wasAnswered) this.#recordLateAnswer(id, missed);
      call.wasAnswered = true;
    }
    if (call.isIncoming && session['wasMissed'] === true && !call.wasAnswered) {
      this.#recordMissed(id, call, { isAway, rules, isPast: isFirst || call.hadEndedAtFirst });
    }
  }

  /** Removes the alert of a missed call that was answered later. */
  #recordLateAnswer(id: string, missed: Missed): void {
    missed.wasAnsweredLater = true;
    missed.due = null;
    this.#visibleMissedCalls.delete(id);
  }

  #recordVanished(id: string, call: ModelCall, isAway: boolean, now: Timestamp): void {
    if (call.phase === 'ringing' && !this.#missed.has(id))
      call.lookup = { isAway, attempts: 0, requestedAt: null };
    call.isListed = false;
    call.goneAt = now;
    call.hold = null;
    this.#updateRing(call, false, now);
  }

  #updateRing(call: ModelCall, isRinging: boolean, now: Timestamp): void {
    const { ring } = call;
    if (isRinging && !ring.isRinging) {
      const { stoppedAt } = ring;
      const isSameRing = stoppedAt !== null && getElapsedMs(stoppedAt, now) <= SAME_RING_MS;
      if (!isSameRing) ring.isAnnounced = false;
    }
    if (!isRinging && ring.isRinging) {
      ring.stoppedAt = now;
      call.isVisible = false;
    }
    ring.isRinging = isRinging;
  }

  #recordMissed(
    id: string,
    call: ModelCall,
    options: { isAway: boolean; rules: AlertRules; isPast?: boolean; isInferred?: boolean },
  ): void {
    const { isAway, rules, isPast = false, isInferred = false } = options;
    const before = this.#missed.get(id);
    if (before) {
      before.isInferred &&= isInferred;
      return;
    }
    const due = isPast ? null : isAway ? 'away' : rules.isDoNotDisturb ? 'do-not-disturb' : 'now';
    const { channel } = call;
    this.#missed.set(id, {
      isInferred,
      wasAway: isAway,
      isPast,
      wasAnsweredLater: false,
      due,
      channel,
    });
  }

  #forgetOldCalls(now: Timestamp): void {
    for (const call of this.#calls.values()) {
      if (call.goneAt && !call.lookup && getElapsedMs(call.goneAt, now) > SAME_RING_MS)
        call.isForgotten = true;
    }
  }

  /** Whether there was no response for a minute or the problem is certain. */
  #isStale(now: Timestamp): boolean {
    const failing = this.#failing;
    if (!failing) return false;
    return !maySoonPass(failing.problem) || getElapsedMs(failing.since, now) >= OFFLINE_DELAY_MS;
  }

  /** Whether the last response is recent enough to raise alerts about calls. */
  #isFresh(now: Timestamp): boolean {
    const last = this.#lastResponseAt;
    return !this.#isStale(now) && last !== null && getElapsedMsWithSleep(last, now) <= GAP_MS;
  }

  #checkRings(open: readonly Alert[], rules: AlertRules, now: Timestamp): void {
    const ringing = [...this.#calls].filter(([, call]) => call.isListed && call.ring.isRinging);
    const shown = open.flatMap((alert) => (alert.kind === 'ringing' ? [alert.summary] : []));
    for (const { id, party } of shown) {
      expectSame(party.name, this.#calls.get(id)?.name, 'a caller’s name');
    }
    if (rules.isDoNotDisturb || this.#isStale(now))
      for (const [, call] of ringing) call.isVisible = false;
    const canRaise = !rules.isDoNotDisturb && this.#isFresh(now) && rules.shouldAlertRings;
    const newRings = ringing.filter(
      ([, call]) =>
        canRaise && !call.ring.isAnnounced && !call.isVisible && !isMuted(call.channel, rules),
    );
    for (const [, call] of newRings) {
      call.ring.isAnnounced = true;
      call.isVisible = true;
    }
    const expected = ringing.filter(([, call]) => call.isVisible).map(([id]) => id);
    const ids = shown.map(({ id }) => id);
    expectSame(ids.sort().join(), expected.sort().join(), 'the visible rings');
  }

  #checkHolds(open: readonly Alert[], rules: AlertRules, now: Timestamp): void {
    const limit = rules.holdLimitMs;
    const expected: string[] = [];
    for (const [id, { isListed, hold, channel }] of this.#calls) {
      if (!isListed || !hold) continue;
      if (rules.isDoNotDisturb || limit === null) hold.isVisible = false;
      else if (!hold.isAnnounced && this.#isFresh(now) && getElapsedMs(hold.since, now) >= limit) {
        hold.isVisible = hold.isAnnounced = !isMuted(channel, rules);
      }
      if (hold.isVisible) expected.push(id);
    }
    const shown = open.flatMap((alert) => (alert.kind === 'long-hold' ? [alert.summary.id] : []));
    expectSame(shown.sort().join(), expected.sort().join(), 'the visible long holds');
  }

  #checkProblems(open: readonly Alert[], rules: AlertRules, now: Timestamp): void {
    const failing = this.#failing;
    const isCertain =
      failing !== null &&
      (!maySoonPass(failing.problem) ||
        getElapsedMs(failing.problemSince, now) >= OFFLINE_DELAY_MS);
    if (!isCertain || rules.isDoNotDisturb || this.#visibleProblem !== failing.problem)
      this.#visibleProblem = null;
    if (
      isCertain &&
      !rules.isDoNotDisturb &&
      rules.shouldAlertProblems &&
      !failing.announced.has(failing.problem)
    ) {
      failing.announced.add(failing.problem);
      this.#visibleProblem = failing.problem;
    }
    const shown = open.flatMap((alert) =>
      alert.kind === 'connection-problem' ? [alert.problem] : [],
    );
    expectSame(shown.join(), this.#visibleProblem ?? '', 'the visible problem');
  }

  #checkMissedCalls(
    raised: readonly Alert[],
    open: readonly Alert[],
    rules: AlertRules,
    now: Timestamp,
  ): void {
    const isReading =
      this.#catchUp?.isFirst === false &&
      getElapsedMsWithSleep(this.#catchUp.startedAt, now) < 2 * 60_000;
    const isIncomplete =
      isReading || [...this.#calls.values()].some(({ lookup }) => lookup?.isAway === true);
    const due = [...this.#missed].filter(
      ([, { due }]) => due !== null && !rules.isDoNotDisturb && (due === 'now' || !isIncomplete),
    );
    const announceable = due.filter(
      ([, { channel }]) => rules.shouldAlertMissedCalls && !isMuted(channel, rules),
    );
    for (const [, missed] of due) missed.due = null;
    const announced = announceable.map(([id]) => id);
    const missedCalls = raised.flatMap((alert) =>
      alert.kind === 'missed' ? [alert.missedCall] : [],
    );
    expectSame(joinIds(missedCalls), [...announced].sort().join(), 'the announced missed calls');
    for (const { summary, isInferred } of missedCalls) {
      const { id } = summary;
      expectSame(
        isInferred,
        this.#missed.get(id)?.isInferred,
        `whether the missed call ${id} is inferred`,
      );
    }
    for (const id of announced) this.#visibleMissedCalls.add(id);
    const shown = open.flatMap((alert) => (alert.kind === 'missed' ? [alert.missedCall] : []));
    expectSame(
      joinIds(shown),
      [...this.#visibleMissedCalls].sort().join(),
      'the visible missed calls',
    );
  }
}

/** Returns the first phase of the specification's table that matches. */
function getPhase(session: RawFields): string {
  const { ended, direction, callState, queueState } = session as Record<string, unknown>;
  const hasState = (state: string): boolean => callState === state || queueState === state;
  if (ended === true) return 'ended';
  if (direction !== 'Outgoing' && hasState('Ringing')) return 'ringing';
  if (direction === 'Outgoing' && callState === 'Ringing') return 'dialing';
  if (hasState('Hold')) return 'held';
  if (hasState('Connected')) return 'connected';
  if (queueState === 'Queued') return 'queued';
  return callState === 'Passive' ? 'passive' : 'open';
}

function createModelCall(hadEnded: boolean): ModelCall {
  return {
    serverId: '',
    callSid: undefined,
    isListed: true,
    goneAt: null,
    isForgotten: false,
    isIncoming: true,
    name: undefined,
    channel: undefined,
    phase: 'open',
    lastPhase: '',
    hadEndedAtFirst: hadEnded,
    wasAnswered: false,
    ring: { isRinging: false, stoppedAt: null, isAnnounced: false },
    isVisible: false,
    hold: null,
    lookup: null,
  };
}

function getOutcome(call: ModelCall, missed: Missed | undefined): LogEntry['outcome']['kind'] {
  if (missed && !missed.wasAnsweredLater) return 'missed';
  if (call.wasAnswered) return 'answered';
  if (call.isListed && call.phase !== 'ended') return 'active';
  if (!call.isIncoming) return 'outgoing';
  return call.lastPhase === 'queued' ? 'abandoned' : 'ended';
}

function isMuted(channel: unknown, { muted }: AlertRules): boolean {
  return muted.channels.some((name) => name === channel);
}

function getId(session: RawFields): string {
  return String(session['id']);
}

function joinIds(missedCalls: readonly MissedCall[]): string {
  return missedCalls
    .map(({ summary }) => summary.id)
    .sort()
    .join();
}

function getElapsedMs(from: Timestamp, to: Timestamp): number {
  return to.monotonic - from.monotonic;
}

/** The monotonic clock may stand still while the computer sleeps; the wall clock doesn't. */
function getElapsedMsWithSleep(from: Timestamp, to: Timestamp): number {
  return Math.max(getElapsedMs(from, to), to.wall - from.wall);
}

function expectSame<Value>(actual: Value, expected: Value, description: string): void {
  if (actual !== expected) {
    throw new ModelMismatch(`${description}: ${String(actual)} instead of ${String(expected)}`);
  }
}

function maySoonPass(problem: ConnectionProblem): boolean {
  return problem === 'offline' || problem === 'keyring';
}
