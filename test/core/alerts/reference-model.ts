/**
 * A model of a sequence: told what happened, it says what should be on the screen and in the call
 * log. Written from the specification alone, plainly and without a thought for speed; it shares no
 * rule with the code that it judges.
 */
import type { Alert, MissedCall, ConnectionProblem } from '../../../src/core/alerts/alert';
import type { LogEntry } from '../../../src/core/log/entry';
import type { Timestamp } from '../../../src/core/timestamp';
import type { AlertRules } from '../../../src/core/alerts/alert-rules';
import type { RawFields } from '../../../src/core/api/schema';

/** What is wrong, in words. */
export class ModelMismatch extends Error {}

/** One alert as it was raised, updated, or withdrawn. */
export type AlertChange = { readonly kind: 'raise' | 'update' | 'withdraw'; readonly alert: Alert };

interface ModelCall {
  /** What the server calls it now, and the call's own number. */
  serverId: string;
  callSid: unknown;
  listed: boolean;
  goneAt: Timestamp | null;
  /** It has been gone for so long that it would return as another one. */
  forgotten: boolean;
  incoming: boolean;
  name: unknown;
  channel: unknown;
  phase: string;
  lastPhase: string;
  overFromTheStart: boolean;
  answered: boolean;
  ring: { on: boolean; leftAt: Timestamp | null; told: boolean };
  up: boolean;
  hold: { since: Timestamp; told: boolean; up: boolean } | null;
  question: { away: boolean; attempts: number; askedAt: Timestamp | null } | null;
}

interface Missed {
  inferred: boolean;
  away: boolean;
  past: boolean;
  answeredAfter: boolean;
  /** How it is to be told, until it is. */
  due: 'now' | 'away' | 'silence' | null;
  /** On which channel: what is muted is not told. */
  channel: unknown;
}

const SAME_RING = 10_000;
const GAP = 60_000;
const OFFLINE = 60_000;

/** An independent model of the rules that sees every event. */
export class ReferenceModel {
  readonly #met = new Map<string, ModelCall>();
  readonly #missed = new Map<string, Missed>();
  #lastAnswer: Timestamp | null = null;
  #failing: {
    since: Timestamp;
    trouble: ConnectionProblem;
    troubleSince: Timestamp;
    told: Set<ConnectionProblem>;
  } | null = null;
  #troubleUp: ConnectionProblem | null = null;
  /** The gap of which the history is still to be read. */
  #catchUp: { since: number; startedAt: Timestamp; isFirst: boolean } | null = null;
  #isEndpointKnown = false;
  /** The ids of calls by the ids that the server gave them later. */
  readonly #aliases = new Map<string, string>();
  /** What the log must say of calls that only the history told of. */
  readonly #past = new Map<string, { kind: LogEntry['outcome']['kind']; isSeen: boolean }>();
  /** Misses on the screen. */
  readonly #missesUp = new Set<string>();

  /** The server listed these sessions. */
  answered(sessions: readonly RawFields[], rules: AlertRules, now: Timestamp): void {
    const first = this.#lastAnswer === null;
    const away = this.#lastAnswer !== null && sinceByAnyClock(this.#lastAnswer, now) > GAP;
    const last = this.#lastAnswer;
    if (!rules.shouldCatchUp) this.#catchUp = null;
    else if (last === null) {
      const since = new Date(now.wall).setHours(0, 0, 0, 0);
      this.#catchUp = { since, startedAt: now, isFirst: true };
    } else if (away) {
      const before = this.#catchUp?.isFirst === false ? this.#catchUp.since : Infinity;
      this.#catchUp = { since: Math.min(last.wall, before), startedAt: now, isFirst: false };
    }
    this.#lastAnswer = now;
    this.#failing = null;
    this.#forgets(now);
    const serverIds = new Set(sessions.map(idOf));
    const known = new Map(
      sessions.map((session) => [session, this.#recognizes(session, serverIds)]),
    );
    const listed = new Set(known.values());
    for (const [session, id] of known) this.#meets(id, session, first, away, rules, now);
    for (const [id, one] of this.#met) {
      if (one.listed && !listed.has(id)) this.#loses(id, one, away, now);
    }
  }

  failed(problem: ConnectionProblem, now: Timestamp): void {
    const failing = this.#failing ?? {
      since: now,
      trouble: problem,
      troubleSince: now,
      told: new Set(),
    };
    const troubleSince = failing.trouble === problem ? failing.troubleSince : now;
    this.#failing = { ...failing, trouble: problem, troubleSince };
  }

  /** Who is to be asked about now: at once, and then after pauses that grow. */
  asksAbout(now: Timestamp): readonly string[] {
    const pauses = [1, 2, 4, 8, 15, 30];
    return [...this.#met.values()].flatMap(({ serverId, question }) => {
      if (!question) return [];
      const pause = pauses[Math.min(question.attempts, 6) - 1] ?? 0;
      const isDue = !question.askedAt || sinceByAnyClock(question.askedAt, now) >= pause * 1_000;
      return isDue ? [serverId] : [];
    });
  }

  /** The server said what it knows of those asked after, or why it did not. */
  lookedUp(
    asked: readonly string[],
    found: readonly RawFields[] | 'failed' | 'refused',
    rules: AlertRules,
    now: Timestamp,
  ): void {
    for (const [id, one] of this.#met) {
      if (!one.question || !asked.includes(one.serverId)) continue;
      const { away } = one.question;
      const session =
        typeof found === 'string' ? undefined : found.find((other) => idOf(other) === one.serverId);
      const state = session && phaseIn({ ...session, ended: undefined });
      const isFlagged = session?.['wasMissed'] === true;
      const hasEnded = session?.['ended'] === true;
      const isTaken =
        session?.['answeredByName'] !== undefined ||
        (['connected', 'held'].includes(String(state)) && !(hasEnded && isFlagged));
      const goneFor = one.goneAt ? sinceByAnyClock(one.goneAt, now) : 0;
      const isOver = hasEnded || (isFlagged && state === 'open');
      const patience = session || found === 'failed' ? 120 : found === 'refused' ? 15 : 30;
      const isGivenUp =
        goneFor >= patience * 1_000 || (away && session === undefined && found !== 'failed');
      if (session?.['direction'] === 'Outgoing') one.incoming = false;
      else if (isTaken) one.answered = true;
      else if (!one.answered && !isOver && !isGivenUp) {
        one.question = { away, attempts: one.question.attempts + 1, askedAt: now };
        continue;
      } else if (!one.answered) this.#misses(id, one, { away, rules, inferred: !isFlagged });
      one.question = null;
    }
    this.#forgets(now);
  }

  /** The person looked at these. */
  looked(ids: readonly string[]): void {
    for (const id of ids) this.#missesUp.delete(id);
  }

  /** The app ended and began again: its notifications are out of reach. */
  restarted(): void {
    for (const one of this.#met.values()) {
      one.up = false;
      if (one.hold) one.hold.up = false;
    }
    this.#missesUp.clear();
    this.#troubleUp = null;
    this.#failing = null;
  }

  /** Two runs of the app share only the wall clock, as long as it isn't changed. */
  wakes(now: Timestamp): void {
    const here = (timestamp: Timestamp): Timestamp => {
      return {
        ...now,
        wall: timestamp.wall,
        monotonic: now.monotonic - Math.max(0, now.wall - timestamp.wall),
      };
    };
    this.#lastAnswer &&= here(this.#lastAnswer);
    if (this.#catchUp) this.#catchUp.startedAt = here(this.#catchUp.startedAt);
    for (const one of this.#met.values()) {
      one.goneAt &&= here(one.goneAt);
      one.ring.leftAt &&= here(one.ring.leftAt);
      if (one.hold) one.hold.since = here(one.hold.since);
      if (one.question?.askedAt) one.question.askedAt = here(one.question.askedAt);
    }
  }

  /** Whether everything that is owed has been told. */
  get isSettled(): boolean {
    return [...this.#missed.values()].every(({ due }) => due === null);
  }

  /** Compares the effects of this step and the visible alerts with the model. */
  judges(
    told: readonly AlertChange[],
    screen: readonly Alert[],
    rules: AlertRules,
    now: Timestamp,
  ): void {
    this.#forgets(now);
    const raised = told.filter(({ kind }) => kind === 'raise').map(({ alert }) => alert);
    this.#judgesRings(screen, rules, now);
    this.#judgesHolds(screen, rules, now);
    this.#judgesTrouble(screen, rules, now);
    this.#judgesMisses(raised, screen, rules, now);
  }

  /** Compares the call log with the truth. */
  judgesLog(log: ReadonlyMap<string, LogEntry>): void {
    for (const [id, { kind, isSeen }] of this.#past) {
      same(log.get(id)?.outcome.kind, kind, `the outcome of ${id} in the past`);
      same(log.get(id)?.isSeen, isSeen, `whether ${id} in the past is seen`);
    }
    for (const [id, one] of this.#met) {
      if (one.forgotten) continue;
      const entry = log.get(id);
      if (!entry) throw new ModelMismatch(`${id} is not in the log`);
      const missed = this.#missed.get(id);
      const expected = outcomeOf(one, missed);
      same(entry.outcome.kind, expected, `the outcome of ${id}`);
      if (entry.outcome.kind === 'missed' && missed) {
        same(entry.outcome.isInferred, missed.inferred, `${id} missed, inferred`);
        same(entry.outcome.wasAway, missed.away, `${id} missed, away`);
      }
      same(entry.isSeen, expected !== 'missed' || missed?.past === true, `whether ${id} is seen`);
      const isRunning = one.listed && one.phase !== 'ended';
      same(entry.endedAt === undefined, isRunning, `whether ${id} is running`);
      same(entry.summary.direction === 'incoming', one.incoming, `whether ${id} is incoming`);
    }
  }

  /** A page of the history arrived; `log` is what the log said before. */
  historyArrived(
    sessions: readonly RawFields[],
    isComplete: boolean,
    log: ReadonlyMap<string, LogEntry>,
    now: Timestamp,
  ): void {
    if (!this.#catchUp) return;
    this.#forgets(now);
    const done = new Set<string>();
    for (const session of sessions) {
      const id = this.#aliases.get(idOf(session)) ?? idOf(session);
      if (done.has(id)) continue;
      if (this.#isTaughtBy(id, session, log.get(id), this.#catchUp)) done.add(id);
    }
    if (isComplete) this.#catchUp = null;
  }

  /** Whether a session of the history is told of, and what becomes of it. */
  #isTaughtBy(
    id: string,
    session: RawFields,
    known: LogEntry | undefined,
    { since, isFirst }: { since: number; isFirst: boolean },
  ): boolean {
    const met = this.#met.get(id);
    const one = met?.forgotten === false ? met : undefined;
    const isSameCall = [...this.#met.values()].some(
      ({ listed, callSid }) => listed && callSid !== undefined && callSid === session['callSid'],
    );
    const completed = session['dateCompleted'];
    const isOver = session['ended'] === true || completed !== undefined;
    if (!isOver || (one ? one.listed || one.question !== null : isSameCall)) return false;
    const missed = this.#missed.get(id);
    const isInGap = typeof completed !== 'string' || Date.parse(completed) >= since - 120_000;
    const isOwn = this.#isEndpointKnown && session['endpointId'] === 'E-1';
    if (!known && (missed || !isInGap || !isOwn)) return false;

    const isFlagged = session['wasMissed'] === true;
    const state = phaseIn({ ...session, ended: undefined });
    const isTaken =
      session['answeredByName'] !== undefined ||
      known?.outcome.kind === 'answered' ||
      (!isFlagged && (state === 'connected' || state === 'held'));
    const logged = known?.outcome.kind;
    let kind: LogEntry['outcome']['kind'] = state === 'queued' ? 'abandoned' : 'ended';
    if (logged !== undefined && logged !== 'active') kind = logged;
    if (isFlagged) kind = 'missed';
    if (isTaken) kind = 'answered';
    if (session['direction'] === 'Outgoing') kind = 'outgoing';

    if (one) one.forgotten = true;
    if (kind === 'answered' && missed && !missed.answeredAfter) this.#isTakenAfterAll(id, missed);
    if (kind === 'missed' && !missed) {
      const past = isFirst || logged === 'missed';
      this.#missed.set(id, {
        inferred: false,
        away: true,
        past,
        answeredAfter: false,
        due: past ? null : 'away',
        channel: session['channel'],
      });
    }
    const isNews = kind === 'missed' && logged !== 'missed';
    const isSeen = kind === 'answered' || (isNews ? isFirst : (known?.isSeen ?? true));
    this.#past.set(id, { kind, isSeen });
    return true;
  }

  /** The id that a session was first met by, although the server may have renamed it. */
  #recognizes(session: RawFields, listed: ReadonlySet<string>): string {
    const id = idOf(session);
    if (this.#met.get(id)?.forgotten === false) return id;
    const sameCall = [...this.#met].find(
      ([other, one]) =>
        !one.forgotten &&
        !listed.has(other) &&
        one.callSid !== undefined &&
        one.callSid === session['callSid'],
    );
    return sameCall?.[0] ?? id;
  }

  #meets(
    id: string,
    session: RawFields,
    first: boolean,
    away: boolean,
    rules: AlertRules,
    now: Timestamp,
  ): void {
    const known = this.#met.get(id);
    const one =
      known && !known.forgotten ? known : createModelCall(first && session['ended'] === true);
    this.#met.set(id, one);
    one.serverId = idOf(session);
    if (one.serverId !== id) this.#aliases.set(one.serverId, id);
    if (session['endpointId'] === 'E-1') this.#isEndpointKnown = true;
    this.#past.delete(id);
    one.callSid = session['callSid'] ?? one.callSid;
    one.listed = true;
    one.goneAt = null;
    one.question = null;
    one.incoming = session['direction'] !== 'Outgoing';
    one.name = session['fromName'];
    one.channel = session['channel'];
    one.phase = phaseIn(session);
    if (one.phase !== 'ended') {
      one.lastPhase = one.phase;
      one.overFromTheStart = false;
    }
    this.#listens(one, one.phase === 'ringing', now);
    if (one.phase !== 'held') one.hold = null;
    else one.hold ??= { since: now, told: false, up: false };
    const taken =
      session['answeredByName'] !== undefined || one.phase === 'connected' || one.phase === 'held';
    const missed = this.#missed.get(id);
    if (!one.incoming) one.answered = false;
    else if (taken) {
      if (missed && !one.answered) this.#isTakenAfterAll(id, missed);
      one.answered = true;
    }
    if (one.incoming && session['wasMissed'] === true && !one.answered) {
      this.#misses(id, one, { away, rules, past: first || one.overFromTheStart });
    }
  }

  /** It no longer needs an alert. */
  #isTakenAfterAll(id: string, missed: Missed): void {
    missed.answeredAfter = true;
    missed.due = null;
    this.#missesUp.delete(id);
  }

  #loses(id: string, one: ModelCall, away: boolean, now: Timestamp): void {
    if (one.phase === 'ringing' && !this.#missed.has(id))
      one.question = { away, attempts: 0, askedAt: null };
    one.listed = false;
    one.goneAt = now;
    one.hold = null;
    this.#listens(one, false, now);
  }

  #listens(one: ModelCall, rings: boolean, now: Timestamp): void {
    const { ring } = one;
    if (rings && !ring.on) {
      const { leftAt } = ring;
      const returns = leftAt !== null && since(leftAt, now) <= SAME_RING;
      if (!returns) ring.told = false;
    }
    if (!rings && ring.on) {
      ring.leftAt = now;
      one.up = false;
    }
    ring.on = rings;
  }

  #misses(
    id: string,
    one: ModelCall,
    how: { away: boolean; rules: AlertRules; past?: boolean; inferred?: boolean },
  ): void {
    const { away, rules, past = false, inferred = false } = how;
    const before = this.#missed.get(id);
    if (before) {
      before.inferred &&= inferred;
      return;
    }
    const due = past ? null : away ? 'away' : rules.isDoNotDisturb ? 'silence' : 'now';
    const { channel } = one;
    this.#missed.set(id, { inferred, away, past, answeredAfter: false, due, channel });
  }

  #forgets(now: Timestamp): void {
    for (const one of this.#met.values()) {
      if (one.goneAt && !one.question && since(one.goneAt, now) > SAME_RING) one.forgotten = true;
    }
  }

  /** No answer for a minute, or trouble that is certain: what was known is no longer. */
  #isStale(now: Timestamp): boolean {
    const failing = this.#failing;
    if (!failing) return false;
    return failing.trouble !== 'offline' || since(failing.since, now) >= OFFLINE;
  }

  /** Something may be raised about calls only on an answer that is not old. */
  #isFresh(now: Timestamp): boolean {
    const last = this.#lastAnswer;
    return !this.#isStale(now) && last !== null && sinceByAnyClock(last, now) <= GAP;
  }

  #judgesRings(screen: readonly Alert[], rules: AlertRules, now: Timestamp): void {
    const ringing = [...this.#met].filter(([, one]) => one.listed && one.ring.on);
    const shown = screen.flatMap((alert) => (alert.kind === 'ringing' ? [alert.summary] : []));
    for (const { id, party } of shown) {
      same(party.name, this.#met.get(id)?.name, 'the name of a caller');
    }
    if (rules.isDoNotDisturb || this.#isStale(now)) for (const [, one] of ringing) one.up = false;
    const mayRaise = !rules.isDoNotDisturb && this.#isFresh(now) && rules.shouldAlertRings;
    const news = ringing.filter(
      ([, one]) => mayRaise && !one.ring.told && !one.up && !isMuted(one.channel, rules),
    );
    for (const [, one] of news) {
      one.ring.told = true;
      one.up = true;
    }
    const expected = ringing.filter(([, one]) => one.up).map(([id]) => id);
    const ids = shown.map(({ id }) => id);
    same(ids.sort().join(), expected.sort().join(), 'rings on the screen');
  }

  #judgesHolds(screen: readonly Alert[], rules: AlertRules, now: Timestamp): void {
    const limit = rules.holdLimitMs;
    const expected: string[] = [];
    for (const [id, { listed, hold, channel }] of this.#met) {
      if (!listed || !hold) continue;
      if (rules.isDoNotDisturb || limit === null) hold.up = false;
      else if (!hold.told && this.#isFresh(now) && since(hold.since, now) >= limit) {
        hold.up = hold.told = !isMuted(channel, rules);
      }
      if (hold.up) expected.push(id);
    }
    const shown = screen.flatMap((alert) => (alert.kind === 'long-hold' ? [alert.summary.id] : []));
    same(shown.sort().join(), expected.sort().join(), 'holds on the screen');
  }

  #judgesTrouble(screen: readonly Alert[], rules: AlertRules, now: Timestamp): void {
    const failing = this.#failing;
    const lasts =
      failing !== null &&
      (failing.trouble !== 'offline' || since(failing.troubleSince, now) >= OFFLINE);
    if (!lasts || rules.isDoNotDisturb || this.#troubleUp !== failing.trouble)
      this.#troubleUp = null;
    if (
      lasts &&
      !rules.isDoNotDisturb &&
      rules.shouldAlertProblems &&
      !failing.told.has(failing.trouble)
    ) {
      failing.told.add(failing.trouble);
      this.#troubleUp = failing.trouble;
    }
    const shown = screen.flatMap((alert) =>
      alert.kind === 'connection-problem' ? [alert.problem] : [],
    );
    same(shown.join(), this.#troubleUp ?? '', 'trouble on the screen');
  }

  #judgesMisses(
    raised: readonly Alert[],
    screen: readonly Alert[],
    rules: AlertRules,
    now: Timestamp,
  ): void {
    const isReading =
      this.#catchUp?.isFirst === false &&
      sinceByAnyClock(this.#catchUp.startedAt, now) < 2 * 60_000;
    const isIncomplete =
      isReading || [...this.#met.values()].some(({ question }) => question?.away === true);
    const due = [...this.#missed].filter(
      ([, { due }]) => due !== null && !rules.isDoNotDisturb && (due === 'now' || !isIncomplete),
    );
    const wanted = due.filter(
      ([, { channel }]) => rules.shouldAlertMissedCalls && !isMuted(channel, rules),
    );
    for (const [, missed] of due) missed.due = null;
    const told = wanted.map(([id]) => id);
    const missedCalls = raised.flatMap((alert) =>
      alert.kind === 'missed' ? [alert.missedCall] : [],
    );
    same(idsOf(missedCalls), [...told].sort().join(), 'misses that are told');
    for (const { summary, isInferred } of missedCalls) {
      const { id } = summary;
      same(isInferred, this.#missed.get(id)?.inferred, `whether the miss of ${id} is inferred`);
    }
    for (const id of told) this.#missesUp.add(id);
    const shown = screen.flatMap((alert) => (alert.kind === 'missed' ? [alert.missedCall] : []));
    same(idsOf(shown), [...this.#missesUp].sort().join(), 'misses on the screen');
  }
}

/** The table of phases, as the design has it: the first that matches. */
function phaseIn(session: RawFields): string {
  const { ended, direction, callState, queueState } = session as Record<string, unknown>;
  const either = (state: string): boolean => callState === state || queueState === state;
  if (ended === true) return 'ended';
  if (direction !== 'Outgoing' && either('Ringing')) return 'ringing';
  if (direction === 'Outgoing' && callState === 'Ringing') return 'dialing';
  if (either('Hold')) return 'held';
  if (either('Connected')) return 'connected';
  if (queueState === 'Queued') return 'queued';
  return callState === 'Passive' ? 'passive' : 'open';
}

function createModelCall(isOver: boolean): ModelCall {
  return {
    serverId: '',
    callSid: undefined,
    listed: true,
    goneAt: null,
    forgotten: false,
    incoming: true,
    name: undefined,
    channel: undefined,
    phase: 'open',
    lastPhase: '',
    overFromTheStart: isOver,
    answered: false,
    ring: { on: false, leftAt: null, told: false },
    up: false,
    hold: null,
    question: null,
  };
}

function outcomeOf(one: ModelCall, missed: Missed | undefined): LogEntry['outcome']['kind'] {
  if (missed && !missed.answeredAfter) return 'missed';
  if (one.answered) return 'answered';
  if (one.listed && one.phase !== 'ended') return 'active';
  if (!one.incoming) return 'outgoing';
  return one.lastPhase === 'queued' ? 'abandoned' : 'ended';
}

function isMuted(channel: unknown, { muted }: AlertRules): boolean {
  return muted.channels.some((name) => name === channel);
}

function idOf(session: RawFields): string {
  return String(session['id']);
}

function idsOf(missedCalls: readonly MissedCall[]): string {
  return missedCalls
    .map(({ summary }) => summary.id)
    .sort()
    .join();
}

function since(from: Timestamp, to: Timestamp): number {
  return to.monotonic - from.monotonic;
}

/** A steady clock may stand still while the machine sleeps; the one on the wall does not. */
function sinceByAnyClock(from: Timestamp, to: Timestamp): number {
  return Math.max(since(from, to), to.wall - from.wall);
}

function same<Value>(actual: Value, expected: Value, what: string): void {
  if (actual !== expected) {
    throw new ModelMismatch(`${what}: ${String(actual)} instead of ${String(expected)}`);
  }
}
