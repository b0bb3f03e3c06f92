/** Random eventSequences of a working day, and what must hold in each of them. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { ConnectionProblem } from '../../../src/core/alerts/alert';
import type { Effect } from '../../../src/core/alerts/reduce';
import type { RawFields } from '../../../src/core/api/schema';
import { parseAlertState, toSavedAlertState } from '../../../src/core/alerts/serialize';
import { MINUTE, SECOND } from '../session-fixture';
import { AlertHarness } from './harness';
import { ModelMismatch, ReferenceModel, type AlertChange } from './reference-model';

/** What a session can be made to be. */
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

/** A change on the server: a session becomes something, or leaves the list having become it. */
interface Move {
  readonly session: number;
  readonly to: Condition;
  readonly leaves: boolean;
  /** The server gives the session another id, although it is the same call. */
  readonly isRenamed?: boolean;
}

/** A step of a sequence. Durations are ms. */
export type Step =
  | { readonly kind: 'poll'; readonly after: number; readonly moves: readonly Move[] }
  | { readonly kind: 'fail'; readonly after: number; readonly trouble: ConnectionProblem }
  /** Asks after vanished sessions; the answer comes with a later step, or never. */
  | { readonly kind: 'ask'; readonly answer: 'whole' | 'half' | 'failed' | 'refused' }
  | { readonly kind: 'told' }
  /** A call comes and goes without ever being listed. */
  | {
      readonly kind: 'pass-by';
      readonly after: number;
      readonly to: Condition;
      readonly isOwn: boolean;
    }
  /** A page of the history is asked for; it arrives with a later step, or never. */
  | {
      readonly kind: 'read';
      readonly from: number;
      readonly size: number;
      readonly isLast: boolean;
    }
  | { readonly kind: 'page' }
  | { readonly kind: 'wait'; readonly after: number }
  | { readonly kind: 'restart'; readonly after: number }
  | { readonly kind: 'clock'; readonly by: number }
  | { readonly kind: 'silence'; readonly on: boolean }
  | { readonly kind: 'rule'; readonly rule: 'ringing' | 'missed' | 'trouble'; readonly on: boolean }
  | { readonly kind: 'hold-limit'; readonly limit: number | null }
  | { readonly kind: 'mute'; readonly on: boolean }
  | { readonly kind: 'look' };

const SESSIONS = 7;

const soon = fc.constantFrom(0, 1, SECOND, 2 * SECOND, 2 * SECOND, 5 * SECOND);
const after = fc.oneof(
  { weight: 6, arbitrary: soon },
  {
    weight: 2,
    arbitrary: fc.constantFrom(9_999, 10 * SECOND, 10_001, 30 * SECOND, 59 * SECOND),
  },
  { weight: 1, arbitrary: fc.constantFrom(MINUTE, MINUTE + 1, 2 * MINUTE, 60 * MINUTE) },
);
// A few sessions have most of the adventures, so that they have enough of them.
const session = fc.oneof(
  { weight: 3, arbitrary: fc.nat(1) },
  { weight: 1, arbitrary: fc.nat(SESSIONS - 1) },
);
const rings = fc.constantFrom<Condition>(
  'ringing',
  'ringing',
  'ringingInQueue',
  'ringingWithName',
  'ringingChat',
);
const over = fc.constantFrom<Condition>('ended', 'missed');
const anything = fc.constantFrom(...(Object.keys(CONDITIONS) as Condition[]));
const move = fc.oneof(
  { weight: 4, arbitrary: fc.record({ session, to: rings, leaves: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ session, to: over, leaves: fc.constant(false) }) },
  { weight: 4, arbitrary: fc.record({ session, to: anything, leaves: fc.constant(false) }) },
  { weight: 3, arbitrary: fc.record({ session, to: anything, leaves: fc.constant(true) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      session,
      to: fc.constant<Condition>('open'),
      leaves: fc.constant(true),
    }),
  },
);
const renamedMove = fc.record({
  session,
  to: anything,
  leaves: fc.boolean(),
  isRenamed: fc.constant(true),
});
const moves = fc.oneof(
  { weight: 10, arbitrary: fc.array(move, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.tuple(renamedMove) },
  { weight: 1, arbitrary: fc.tuple(rings).map(([to]) => everySession(to, false)) },
  { weight: 1, arbitrary: fc.tuple(anything).map(([to]) => everySession(to, true)) },
);
const problem = fc.constantFrom<ConnectionProblem>('offline', 'offline', 'sign-in', 'forbidden');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant('poll'), after, moves }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fail'), after, trouble: problem }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ask'),
      answer: fc.constantFrom('whole', 'whole', 'half', 'failed', 'refused'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('told') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('pass-by'),
      after,
      to: fc.oneof(over, anything),
      isOwn: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('read'),
      from: fc.nat(4),
      size: fc.nat(8),
      isLast: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('page') }) },
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
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('silence'), on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rule'),
      rule: fc.constantFrom('ringing', 'missed', 'trouble'),
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hold-limit'),
      limit: fc.constantFrom(null, 5 * SECOND, MINUTE),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mute'), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('look') }) },
);

/** What the very first answer finds. */
const beginning = fc
  .array(fc.record({ session, to: fc.oneof(over, anything), leaves: fc.constant(false) }), {
    maxLength: 4,
  })
  .map((moves): Step => ({ kind: 'poll', after: 0, moves }));

/** Histories of up to 40 steps. */
export const eventSequences: fc.Arbitrary<readonly Step[]> = fc
  .tuple(beginning, fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }))
  .map(([first, steps]) => [first, ...steps]);

function getId(fields: RawFields | undefined): string | undefined {
  const id = fields?.['id'];
  return typeof id === 'string' ? id : undefined;
}

/** One and the same for all: a rush, or everybody leaving at once. */
function everySession(to: Condition, leaves: boolean): readonly Move[] {
  return Array.from({ length: SESSIONS }, (_, session) => ({ session, to, leaves }));
}

/** Lives through a sequence; throws an {@link ModelMismatch} where the rules of the product break. */
export function checkSequence(sequence: readonly Step[]): void {
  const day = new SimulatedDay();
  for (const step of sequence) day.goesOn(step);
  day.settles();
}

/** A day at a harness with a server and a model. */
class SimulatedDay {
  readonly #harness = new AlertHarness();
  readonly #model = new ReferenceModel();
  readonly #server = new Map<string, { fields: RawFields; listed: boolean }>();
  readonly #seen = new Set<string>();
  readonly #pastCalls: RawFields[] = [];
  #page: { readonly items: readonly RawFields[]; readonly isLast: boolean } | undefined;
  #asking:
    | {
        readonly asked: readonly string[];
        readonly found: readonly RawFields[] | 'failed' | 'refused';
      }
    | undefined;

  constructor() {
    this.#harness.rules = { ...this.#harness.rules, holdLimitMs: 5 * SECOND, shouldCatchUp: true };
  }

  goesOn(step: Step): void {
    switch (step.kind) {
      case 'poll':
        this.#harness.advance(step.after);
        for (const move of step.moves) this.#changes(move);
        this.#polls();
        break;
      case 'fail':
        this.#harness.advance(step.after);
        this.#model.failed(step.trouble, this.#harness.now);
        this.#judged(() => this.#harness.failPoll(step.trouble));
        break;
      case 'ask':
        this.#asks(step.answer);
        break;
      case 'told':
        this.#isTold();
        break;
      case 'pass-by':
        this.#harness.advance(step.after);
        this.#passesBy(step.to, step.isOwn);
        break;
      case 'read': {
        const items = this.#history.slice(step.from, step.from + step.size);
        this.#page = { items, isLast: step.isLast };
        break;
      }
      case 'page':
        this.#turnsPage();
        break;
      case 'wait':
        this.#judged(() => this.#harness.wait(step.after));
        break;
      case 'restart':
        this.#restarts(step.after);
        break;
      case 'clock':
        this.#harness.changeClock(step.by);
        break;
      case 'silence':
        this.#judged(() => this.#harness.changeRules({ isDoNotDisturb: step.on }));
        break;
      case 'rule':
        this.#judged(() => this.#harness.changeRules({ [step.rule]: step.on }));
        break;
      case 'hold-limit':
        this.#judged(() => this.#harness.changeRules({ holdLimitMs: step.limit }));
        break;
      case 'mute': {
        const channels = step.on ? ['Chat'] : [];
        const muted = { ...this.#harness.rules.muted, channels };
        this.#judged(() => this.#harness.changeRules({ muted }));
        break;
      }
      case 'look': {
        const ids = [...this.#harness.log.keys()];
        this.#model.looked(ids);
        this.#judged(() => this.#harness.markSeen(...ids));
        break;
      }
    }
  }

  /** Ends every call: pending alerts are raised, and finished ones are gone. */
  settles(): void {
    this.#judged(() =>
      this.#harness.changeRules({ isDoNotDisturb: false, shouldAlertMissedCalls: true }),
    );
    this.#polls();
    this.#readsToTheEnd();
    this.#asksToTheEnd('whole');
    this.#polls();
    this.#readsToTheEnd();
    if (!this.#model.isSettled) throw new ModelMismatch('the model still waits for a miss');
    if (this.#harness.state.queued.length > 0) throw new ModelMismatch('a miss was never told');
    const nothingNew = this.#polls();
    if (nothingNew.length > 0) throw new ModelMismatch('the same answer twice had another effect');

    for (const server of this.#server.values()) server.listed = false;
    this.#polls();
    this.#asksToTheEnd('refused');
    this.#harness.advance(11 * SECOND);
    this.#polls();
    if (this.#harness.state.calls.size > 0)
      throw new ModelMismatch('a call is remembered for ever');
  }

  #changes({ session, to, leaves, isRenamed = false }: Move): void {
    const key = ['__proto__', 'S-1', 'S-2', 'S-3', 'S-4', 'S-5', 'S-6'][session] ?? 'S-7';
    const before = getId(this.#server.get(key)?.fields) ?? key;
    const id = isRenamed ? `${before}'` : before;
    const fields = { ...CONDITIONS[to], id, callSid: `call of ${key}`, endpointId: 'E-1' };
    this.#server.set(key, { fields, listed: !leaves });
  }

  #passesBy(to: Condition, isOwn: boolean): void {
    const dateCompleted = new Date(this.#harness.now.wall).toISOString();
    const id = `P-${this.#pastCalls.length}`;
    const endpointId = isOwn ? 'E-1' : 'E-9';
    this.#pastCalls.unshift({ ...CONDITIONS[to], ended: true, id, endpointId, dateCompleted });
  }

  /** Everything that the server knows, calls that go on included. */
  get #history(): readonly RawFields[] {
    return [...this.#pastCalls, ...[...this.#server.values()].map(({ fields }) => fields)];
  }

  #turnsPage(): void {
    if (!this.#page) return;
    const { items, isLast } = this.#page;
    this.#page = undefined;
    const log = new Map(this.#harness.log);
    this.#model.historyArrived(items, isLast, log, this.#harness.now);
    this.#judged(() => this.#harness.readHistory(items, isLast));
  }

  #readsToTheEnd(): void {
    for (const isLast of [false, true]) {
      this.#page = { items: this.#history, isLast };
      this.#turnsPage();
    }
  }

  get #listed(): readonly RawFields[] {
    return [...this.#server.values()].flatMap(({ fields, listed }) => (listed ? [fields] : []));
  }

  #polls(): readonly Effect[] {
    this.#model.answered(this.#listed, this.#harness.rules, this.#harness.now);
    return this.#judged(() => this.#harness.respond(this.#listed));
  }

  #asks(answer: 'whole' | 'half' | 'failed' | 'refused'): void {
    const asked = this.#harness.dueLookups;
    const expected = this.#model.asksAbout(this.#harness.now);
    if (!isDeepStrictEqual([...asked].sort(), [...expected].sort())) {
      throw new ModelMismatch(`asks about ${asked.join()} instead of ${expected.join()}`);
    }
    const known = [...this.#server.values()]
      .map(({ fields }) => fields)
      .filter(({ id }) => asked.some((other) => other === id));
    const found = answer === 'half' ? known.filter((_, at) => at % 2 === 0) : known;
    const isAnswered = answer === 'whole' || answer === 'half';
    this.#asking = { asked, found: isAnswered ? found : answer };
  }

  #asksToTheEnd(answer: 'whole' | 'refused'): void {
    for (let count = 0; count < 10 && this.#harness.isPending; count += 1) {
      this.#asks(answer);
      this.#isTold();
      this.#harness.advance(30 * SECOND);
    }
    if (this.#harness.isPending) throw new ModelMismatch('a lookup has no end');
  }

  #isTold(): void {
    if (!this.#asking) return;
    const { asked, found } = this.#asking;
    this.#asking = undefined;
    this.#model.lookedUp(asked, found, this.#harness.rules, this.#harness.now);
    this.#judged(() => this.#harness.resolveLookups(found, asked));
  }

  #restarts(after: number): void {
    const { state } = this.#harness;
    const read = parseAlertState(JSON.parse(JSON.stringify(toSavedAlertState(state))));
    if (!read.ok || !isDeepStrictEqual(read.state, state)) {
      throw new ModelMismatch('the watch is not what was saved');
    }
    this.#harness.restart(after);
    this.#asking = undefined;
    this.#page = undefined;
    this.#model.restarted();
    this.#model.wakes(this.#harness.now);
    this.#judged(() => this.#harness.wait(0));
  }

  /** Lets something happen, and has the effects judged. */
  #judged(happen: () => readonly Effect[]): readonly Effect[] {
    const before = new Map(this.#harness.openAlerts);
    const effects = happen();
    const told = effects.filter((effect): effect is AlertChange => effect.kind !== 'log');
    const keys = new Set<string>();
    for (const { kind, alert } of told) {
      const isOpen = before.has(alert.key);
      if (kind === 'raise' && isOpen) throw new ModelMismatch(`${alert.key} is raised twice`);
      if (kind !== 'raise' && !isOpen) throw new ModelMismatch(`${kind} of ${alert.key}, not open`);
      if (kind === 'update' && isDeepStrictEqual(before.get(alert.key), alert)) {
        throw new ModelMismatch(`${alert.key} is updated to the same`);
      }
      if (keys.has(alert.key))
        throw new ModelMismatch(`${alert.key} is announced twice in one step`);
      keys.add(alert.key);
    }
    const open = new Map(this.#harness.state.open.map((alert) => [alert.key, alert]));
    if (!isDeepStrictEqual(open, this.#harness.openAlerts)) {
      throw new ModelMismatch('the screen does not show what the watch believes');
    }
    this.#judgesOnce(told);
    this.#model.judges(
      told,
      [...this.#harness.openAlerts.values()],
      this.#harness.rules,
      this.#harness.now,
    );
    this.#model.judgesLog(this.#harness.log);
    return effects;
  }

  /** Whatever else: no session's miss is ever raised twice, and no outgoing call rings. */
  #judgesOnce(told: readonly AlertChange[]): void {
    for (const { kind, alert } of told) {
      if (kind !== 'raise') continue;
      if (alert.kind === 'ringing' && alert.summary.direction === 'outgoing') {
        throw new ModelMismatch('an outgoing call rings');
      }
      const missedCalls = alert.kind === 'missed' ? [alert.missedCall] : [];
      for (const { summary } of missedCalls) {
        if (this.#seen.has(summary.id))
          throw new ModelMismatch(`the miss of ${summary.id} is announced twice`);
        if (summary.direction === 'outgoing') throw new ModelMismatch('an outgoing call is missed');
        this.#seen.add(summary.id);
      }
    }
  }
}
