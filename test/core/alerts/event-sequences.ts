/** Random sequences of events and a check of each against the reference model. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { ConnectionProblem } from '../../../src/core/alerts/alert';
import type { Effect } from '../../../src/core/alerts/reduce';
import type { RawFields } from '../../../src/core/api/schema';
import { parseAlertState, toSavedAlertState } from '../../../src/core/alerts/serialize';
import { MINUTE, SECOND } from '../session-fixture';
import { AlertHarness } from './harness';
import { ModelMismatch, ReferenceModel, type AlertChange } from './reference-model';

/** Fields of the server for every kind of session state. */
const CONDITIONS = {
  ringing: { callState: 'Ringing', direction: 'Incoming' },
  ringingInQueue: { callState: 'Passive', queueState: 'Ringing', direction: 'Incoming' },
  ringingWithoutDirection: { callState: 'Ringing' },
  ringingChat: { callState: 'Ringing', direction: 'Incoming', channel: 'Chat' },
  ringingWithName: { callState: 'Ringing', direction: 'Incoming', fromName: 'Grace Hopper' },
  connected: { callState: 'Connected', direction: 'Incoming' },
  answeredByName: {
    callState: 'Connected',
    direction: 'Incoming',
    answeredByName: 'Katherine Johnson',
  },
  held: { callState: 'Hold', direction: 'Incoming' },
  queued: { callState: 'Disconnected', queueState: 'Queued', direction: 'Incoming' },
  passive: { callState: 'Passive', direction: 'Incoming' },
  open: { callState: 'Disconnected', queueState: 'None', direction: 'Incoming' },
  unknownState: { callState: 'Levitating', direction: 'Incoming' },
  ended: { callState: 'Disconnected', ended: true, direction: 'Incoming' },
  missed: { callState: 'Disconnected', ended: true, wasMissed: true, direction: 'Incoming' },
  missedYetRinging: { callState: 'Ringing', wasMissed: true, direction: 'Incoming' },
  missedAndConnected: { callState: 'Connected', wasMissed: true, direction: 'Incoming' },
  missedAndAnswered: {
    callState: 'Connected',
    wasMissed: true,
    direction: 'Incoming',
    answeredByName: 'Katherine Johnson',
  },
  dialing: { callState: 'Ringing', direction: 'Outgoing' },
  outgoing: { callState: 'Connected', direction: 'Outgoing' },
  outgoingHeld: { callState: 'Hold', direction: 'Outgoing' },
  outgoingMissed: { callState: 'Disconnected', wasMissed: true, direction: 'Outgoing' },
} satisfies Record<string, RawFields>;

type Condition = keyof typeof CONDITIONS;

/** A change of a session on the server, which may also remove it from the list. */
interface Move {
  readonly session: number;
  readonly to: Condition;
  readonly vanishes: boolean;
  /** The server gives the session another id, although it is the same call. */
  readonly isRenamed?: boolean;
}

/** A step of a sequence. Durations are ms. */
export type Step =
  | { readonly kind: 'poll'; readonly after: number; readonly moves: readonly Move[] }
  | { readonly kind: 'fail'; readonly after: number; readonly problem: ConnectionProblem }
  /** Looks up vanished sessions; a later step responds, or none does. */
  | { readonly kind: 'lookup'; readonly result: 'whole' | 'half' | 'failed' | 'refused' }
  | { readonly kind: 'lookup-response' }
  /** A call that is never listed starts and ends. */
  | {
      readonly kind: 'unlisted-call';
      readonly after: number;
      readonly to: Condition;
      readonly isOwn: boolean;
    }
  /** Requests a page of the history; a later step responds, or none does. */
  | {
      readonly kind: 'history-request';
      readonly from: number;
      readonly size: number;
      readonly isLast: boolean;
    }
  | { readonly kind: 'history-response' }
  /** Kills the app after it saved the log, before it saves the alert state. */
  | { readonly kind: 'kill'; readonly during: 'poll' | 'history'; readonly after: number }
  /** The user requests earlier calls. */
  | { readonly kind: 'earlier-calls'; readonly from: number; readonly size: number }
  /** Sets how far the server's clock is ahead. */
  | { readonly kind: 'server-clock'; readonly aheadMs: number }
  | { readonly kind: 'wait'; readonly after: number }
  | { readonly kind: 'restart'; readonly after: number }
  | { readonly kind: 'clock'; readonly by: number }
  | { readonly kind: 'do-not-disturb'; readonly isOn: boolean }
  | { readonly kind: 'rule'; readonly rule: AlertSwitch; readonly isOn: boolean }
  | { readonly kind: 'hold-limit'; readonly limitMs: number | null }
  | { readonly kind: 'mute'; readonly isOn: boolean }
  | { readonly kind: 'mark-seen' };

type AlertSwitch = 'shouldAlertRings' | 'shouldAlertMissedCalls' | 'shouldAlertProblems';

const HOUR = 60 * MINUTE;
const SESSION_COUNT = 7;

const shortDelay = fc.constantFrom(0, 1, SECOND, 2 * SECOND, 2 * SECOND, 5 * SECOND);
const after = fc.oneof(
  { weight: 6, arbitrary: shortDelay },
  {
    weight: 2,
    arbitrary: fc.constantFrom(9_999, 10 * SECOND, 10_001, 30 * SECOND, 59 * SECOND),
  },
  { weight: 1, arbitrary: fc.constantFrom(MINUTE, MINUTE + 1, 2 * MINUTE, 60 * MINUTE) },
);
// Most changes happen to two sessions, so that these go through many states.
const session = fc.oneof(
  { weight: 3, arbitrary: fc.nat(1) },
  { weight: 1, arbitrary: fc.nat(SESSION_COUNT - 1) },
);
const ringing = fc.constantFrom<Condition>(
  'ringing',
  'ringing',
  'ringingInQueue',
  'ringingWithName',
  'ringingChat',
);
const ended = fc.constantFrom<Condition>('ended', 'missed');
const anyCondition = fc.constantFrom(...(Object.keys(CONDITIONS) as Condition[]));
const move = fc.oneof(
  { weight: 4, arbitrary: fc.record({ session, to: ringing, vanishes: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ session, to: ended, vanishes: fc.constant(false) }) },
  { weight: 4, arbitrary: fc.record({ session, to: anyCondition, vanishes: fc.constant(false) }) },
  { weight: 3, arbitrary: fc.record({ session, to: anyCondition, vanishes: fc.constant(true) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      session,
      to: fc.constant<Condition>('open'),
      vanishes: fc.constant(true),
    }),
  },
);
const renamedMove = fc.record({
  session,
  to: anyCondition,
  vanishes: fc.boolean(),
  isRenamed: fc.constant(true),
});
const moves = fc.oneof(
  { weight: 10, arbitrary: fc.array(move, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.tuple(renamedMove) },
  { weight: 1, arbitrary: fc.tuple(ringing).map(([to]) => moveAll(to, false)) },
  { weight: 1, arbitrary: fc.tuple(anyCondition).map(([to]) => moveAll(to, true)) },
);
const problem = fc.constantFrom<ConnectionProblem>(
  'offline',
  'offline',
  'keyring',
  'sign-in',
  'forbidden',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant('poll'), after, moves }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fail'), after, problem }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('lookup'),
      result: fc.constantFrom('whole', 'whole', 'half', 'failed', 'refused'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('lookup-response') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('unlisted-call'),
      after,
      to: fc.oneof(ended, anyCondition),
      isOwn: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('history-request'),
      from: fc.nat(4),
      size: fc.nat(8),
      isLast: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('history-response') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('kill'),
      during: fc.constantFrom('poll', 'history'),
      after: fc.constantFrom(0, SECOND, 2 * MINUTE),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('earlier-calls'), from: fc.nat(4), size: fc.nat(8) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('server-clock'),
      aheadMs: fc.constantFrom(0, -5 * HOUR, 9 * HOUR),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait'), after }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('restart'),
      after: fc.oneof(after, fc.constantFrom(-5 * SECOND, -60 * MINUTE)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('clock'),
      by: fc.constantFrom(-60 * MINUTE, -20 * SECOND, 20 * SECOND, 2 * MINUTE, 60 * MINUTE),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('do-not-disturb'), isOn: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rule'),
      rule: fc.constantFrom('shouldAlertRings', 'shouldAlertMissedCalls', 'shouldAlertProblems'),
      isOn: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hold-limit'),
      limitMs: fc.constantFrom(null, 5 * SECOND, MINUTE),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mute'), isOn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mark-seen') }) },
);

/** The first poll. */
const firstStep = fc
  .array(fc.record({ session, to: fc.oneof(ended, anyCondition), vanishes: fc.constant(false) }), {
    maxLength: 4,
  })
  .map((moves): Step => ({ kind: 'poll', after: 0, moves }));

/** A page of the history may arrive before the first poll. */
const stepsBeforeFirst = fc.array(
  fc.constantFrom<Step>(
    { kind: 'history-request', from: 0, size: 8, isLast: true },
    { kind: 'history-response' },
  ),
  { maxLength: 2 },
);

/** Sequences of up to 43 steps. */
export const eventSequences: fc.Arbitrary<readonly Step[]> = fc
  .tuple(stepsBeforeFirst, firstStep, fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }))
  .map(([before, first, steps]) => [...before, first, ...steps]);

function getId(fields: RawFields | undefined): string | undefined {
  const id = fields?.['id'];
  return typeof id === 'string' ? id : undefined;
}

/** Changes all sessions in the same way. */
function moveAll(to: Condition, vanishes: boolean): readonly Move[] {
  return Array.from({ length: SESSION_COUNT }, (_, session) => ({ session, to, vanishes }));
}

/** Runs a sequence and throws a {@link ModelMismatch} if the reducer and the model differ. */
export function checkSequence(sequence: readonly Step[]): void {
  const day = new SimulatedDay();
  for (const step of sequence) day.run(step);
  day.finish();
}

/** Runs steps against a simulated server, the reducer, and the model. */
class SimulatedDay {
  readonly #harness = new AlertHarness();
  readonly #model = new ReferenceModel();
  readonly #server = new Map<string, { fields: RawFields; isListed: boolean }>();
  readonly #announced = new Set<string>();
  readonly #pastCalls: RawFields[] = [];
  #serverAheadMs = 0;
  #page: { readonly items: readonly RawFields[]; readonly isLast: boolean } | undefined;
  #lookup:
    | {
        readonly requestedIds: readonly string[];
        readonly found: readonly RawFields[] | 'failed' | 'refused';
      }
    | undefined;

  constructor() {
    this.#harness.rules = { ...this.#harness.rules, holdLimitMs: 5 * SECOND, shouldCatchUp: true };
  }

  run(step: Step): void {
    switch (step.kind) {
      case 'poll':
        this.#harness.advance(step.after);
        for (const move of step.moves) this.#change(move);
        this.#poll();
        break;
      case 'fail':
        this.#harness.advance(step.after);
        this.#model.recordFailure(step.problem, this.#harness.now);
        this.#check(() => this.#harness.failPoll(step.problem));
        break;
      case 'lookup':
        this.#requestLookup(step.result);
        break;
      case 'lookup-response':
        this.#respondToLookup();
        break;
      case 'unlisted-call':
        this.#harness.advance(step.after);
        this.#addUnlistedCall(step.to, step.isOwn);
        break;
      case 'history-request': {
        const items = this.#history.slice(step.from, step.from + step.size);
        this.#page = { items, isLast: step.isLast };
        break;
      }
      case 'history-response':
        this.#respondWithHistory();
        break;
      case 'kill':
        this.#kill(step.during, step.after);
        break;
      case 'earlier-calls': {
        const items = this.#history.slice(step.from, step.from + step.size);
        this.#model.recordEarlierCalls(items, new Map(this.#harness.log), this.#harness.now);
        this.#check(() => this.#harness.loadEarlierCalls(items, this.#serverAheadMs));
        break;
      }
      case 'server-clock':
        this.#serverAheadMs = step.aheadMs;
        break;
      case 'wait':
        this.#check(() => this.#harness.wait(step.after));
        break;
      case 'restart':
        this.#restart(step.after);
        break;
      case 'clock':
        this.#harness.changeClock(step.by);
        break;
      case 'do-not-disturb':
        this.#check(() => this.#harness.changeRules({ isDoNotDisturb: step.isOn }));
        break;
      case 'rule':
        this.#check(() => this.#harness.changeRules({ [step.rule]: step.isOn }));
        break;
      case 'hold-limit':
        this.#check(() => this.#harness.changeRules({ holdLimitMs: step.limitMs }));
        break;
      case 'mute': {
        const channels = step.isOn ? ['Chat'] : [];
        const muted = { ...this.#harness.rules.muted, channels };
        this.#check(() => this.#harness.changeRules({ muted }));
        break;
      }
      case 'mark-seen': {
        const ids = [...this.#harness.log.keys()];
        this.#model.markSeen(ids);
        this.#check(() => this.#harness.markSeen(...ids));
        break;
      }
    }
  }

  /** Completes all lookups, ends all calls, and checks that nothing is left. */
  finish(): void {
    this.#check(() =>
      this.#harness.changeRules({ isDoNotDisturb: false, shouldAlertMissedCalls: true }),
    );
    this.#poll();
    this.#readWholeHistory();
    this.#completeLookups('whole');
    this.#poll();
    this.#readWholeHistory();
    if (!this.#model.isSettled) throw new ModelMismatch('a missed call was never announced');
    if (this.#harness.state.queued.length > 0)
      throw new ModelMismatch('a missed call is still queued');
    const effects = this.#poll();
    if (effects.length > 0) throw new ModelMismatch('a repeated response had an effect');

    for (const server of this.#server.values()) server.isListed = false;
    this.#poll();
    this.#completeLookups('refused');
    this.#harness.advance(11 * SECOND);
    this.#poll();
    if (this.#harness.state.calls.size > 0)
      throw new ModelMismatch('an ended call is never forgotten');
  }

  #change({ session, to, vanishes, isRenamed = false }: Move): void {
    const key = ['__proto__', 'S-1', 'S-2', 'S-3', 'S-4', 'S-5', 'S-6'][session] ?? 'S-7';
    const before = getId(this.#server.get(key)?.fields) ?? key;
    const id = isRenamed ? `${before}'` : before;
    const fields = { ...CONDITIONS[to], id, callSid: `call of ${key}`, endpointId: 'E-1' };
    this.#server.set(key, { fields, isListed: !vanishes });
  }

  #addUnlistedCall(to: Condition, isOwn: boolean): void {
    const dateCompleted = new Date(this.#harness.now.wall + this.#serverAheadMs).toISOString();
    const id = `P-${this.#pastCalls.length}`;
    const endpointId = isOwn ? 'E-1' : 'E-9';
    this.#pastCalls.unshift({ ...CONDITIONS[to], ended: true, id, endpointId, dateCompleted });
  }

  /** All calls the server knows, including active ones. */
  get #history(): readonly RawFields[] {
    return [...this.#pastCalls, ...[...this.#server.values()].map(({ fields }) => fields)];
  }

  #respondWithHistory(): void {
    if (!this.#page) return;
    const { items, isLast } = this.#page;
    this.#page = undefined;
    const log = new Map(this.#harness.log);
    this.#model.recordHistory(items, isLast, log, this.#serverAheadMs, this.#harness.now);
    this.#check(() => this.#harness.readHistory(items, isLast, this.#serverAheadMs));
  }

  #kill(during: 'poll' | 'history', after: number): void {
    if (during === 'poll') {
      this.#harness.dispatchAndKill(() => this.#harness.respond(this.#listed));
      // The first poll after the restart gets the same response.
      this.#restart(0, () => this.#poll());
      this.#harness.advance(after);
    } else if (this.#page) {
      const { items, isLast } = this.#page;
      const log = new Map(this.#harness.log);
      this.#model.recordLostHistory(items, log, this.#serverAheadMs, this.#harness.now);
      this.#harness.dispatchAndKill(() =>
        this.#harness.readHistory(items, isLast, this.#serverAheadMs),
      );
      this.#restart(after);
    }
  }

  #readWholeHistory(): void {
    for (const isLast of [false, true]) {
      this.#page = { items: this.#history, isLast };
      this.#respondWithHistory();
    }
  }

  get #listed(): readonly RawFields[] {
    return [...this.#server.values()].flatMap(({ fields, isListed }) => (isListed ? [fields] : []));
  }

  #poll(): readonly Effect[] {
    this.#model.recordResponse(this.#listed, this.#harness.rules, this.#harness.now);
    return this.#check(() => this.#harness.respond(this.#listed));
  }

  #requestLookup(result: 'whole' | 'half' | 'failed' | 'refused'): void {
    const requestedIds = this.#harness.dueLookups;
    const expected = this.#model.getDueLookups(this.#harness.now);
    if (!isDeepStrictEqual([...requestedIds].sort(), [...expected].sort())) {
      throw new ModelMismatch(`looks up ${requestedIds.join()} instead of ${expected.join()}`);
    }
    const known = [...this.#server.values()]
      .map(({ fields }) => fields)
      .filter(({ id }) => requestedIds.some((requestedId) => requestedId === id));
    const found = result === 'half' ? known.filter((_, index) => index % 2 === 0) : known;
    const hasSessions = result === 'whole' || result === 'half';
    this.#lookup = { requestedIds, found: hasSessions ? found : result };
  }

  #completeLookups(result: 'whole' | 'refused'): void {
    for (let count = 0; count < 10 && this.#harness.isPending; count += 1) {
      this.#requestLookup(result);
      this.#respondToLookup();
      this.#harness.advance(30 * SECOND);
    }
    if (this.#harness.isPending) throw new ModelMismatch('a lookup never ends');
  }

  #respondToLookup(): void {
    if (!this.#lookup) return;
    const { requestedIds, found } = this.#lookup;
    this.#lookup = undefined;
    this.#model.recordLookup(requestedIds, found, this.#harness.rules, this.#harness.now);
    this.#check(() => this.#harness.resolveLookups(found, requestedIds));
  }

  #restart(
    after: number,
    start: () => unknown = () => this.#check(() => this.#harness.wait(0)),
  ): void {
    const { state } = this.#harness;
    const read = parseAlertState(JSON.parse(JSON.stringify(toSavedAlertState(state))));
    if (!read.ok || !isDeepStrictEqual(read.state, state)) {
      throw new ModelMismatch('the restored state differs from the saved one');
    }
    this.#harness.restart(after);
    this.#lookup = undefined;
    this.#page = undefined;
    this.#model.recordRestart();
    this.#model.rebaseTimestamps(this.#harness.now);
    start();
  }

  /** Runs an action and checks its effects. */
  #check(action: () => readonly Effect[]): readonly Effect[] {
    const before = new Map(this.#harness.openAlerts);
    const effects = action();
    const changes = effects.filter((effect): effect is AlertChange => effect.kind !== 'log');
    const keys = new Set<string>();
    for (const { kind, alert } of changes) {
      const isOpen = before.has(alert.key);
      if (kind === 'raise' && isOpen) throw new ModelMismatch(`${alert.key} is raised twice`);
      if (kind !== 'raise' && !isOpen) throw new ModelMismatch(`${kind} of ${alert.key}, not open`);
      if (kind === 'update' && isDeepStrictEqual(before.get(alert.key), alert)) {
        throw new ModelMismatch(`${alert.key} is updated without a change`);
      }
      if (keys.has(alert.key)) throw new ModelMismatch(`${alert.key} changes twice in one step`);
      keys.add(alert.key);
    }
    const open = new Map(this.#harness.state.open.map((alert) => [alert.key, alert]));
    if (!isDeepStrictEqual(open, this.#harness.openAlerts)) {
      throw new ModelMismatch('the effects do not match the open alerts in the state');
    }
    this.#checkOnce(changes);
    this.#model.checkAlerts(
      changes,
      [...this.#harness.openAlerts.values()],
      this.#harness.rules,
      this.#harness.now,
    );
    this.#model.checkLog(this.#harness.log);
    return effects;
  }

  /** Checks that no call is announced as missed twice and that no outgoing call alerts. */
  #checkOnce(changes: readonly AlertChange[]): void {
    for (const { kind, alert } of changes) {
      if (kind !== 'raise') continue;
      if (alert.kind === 'ringing' && alert.summary.direction === 'outgoing') {
        throw new ModelMismatch('an outgoing call rings');
      }
      const missedCalls = alert.kind === 'missed' ? [alert.missedCall] : [];
      for (const { summary } of missedCalls) {
        if (this.#announced.has(summary.id))
          throw new ModelMismatch(`${summary.id} is announced as missed twice`);
        if (summary.direction === 'outgoing') throw new ModelMismatch('an outgoing call is missed');
        this.#announced.add(summary.id);
      }
    }
  }
}
