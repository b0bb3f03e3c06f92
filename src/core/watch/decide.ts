import type { Alert, Trouble } from '../alert';
import type { Changes } from '../compare';
import type { LogEntry } from '../log-entry';
import { elapsed, elapsedWithSleep, type Mark } from '../mark';
import { phaseOf } from '../phase';
import type { Rules } from '../rules';
import { sameJson } from '../same-json';
import type { Session } from '../session';
import { entryOf, type Call } from './call';
import { follow, isMe, leave, SAME_RING, type Me } from './follow';
import { draftOf, neverTell, noteMiss, tellMisses } from './misses';
import { tellHolds, tellRings } from './spells';
import { wantedLookUps, type Watch } from './watch';

/** Without a good answer for longer than this (ms), what is found was missed while away. */
const GAP = 60_000;
/** Without a good answer for this long (ms), the person is told, and rings are taken down. */
const OFFLINE = 60_000;
/** Misses left on the screen at most; the notification centres keep no more either. */
const MOST_OPEN = 50;

/** Something that happened. */
export type Input =
  /** The server answered; what changed since the last answer. */
  | { readonly kind: 'answer'; readonly changes: Changes }
  /** No usable answer. */
  | { readonly kind: 'failure'; readonly trouble: Trouble }
  /**
   * What the server says of sessions that vanished; `found` is `null` where it would not or could
   * not say.
   */
  | {
      readonly kind: 'looked-up';
      readonly asked: readonly string[];
      readonly found: readonly Session[] | null;
    }
  /** The person has looked at these missed calls. */
  | { readonly kind: 'seen'; readonly ids: readonly string[] }
  /** Nothing but time, or the rules, went on. */
  | { readonly kind: 'time' };

/** What is to be done about it. */
export type Effect =
  | { readonly kind: 'raise'; readonly alert: Alert }
  | { readonly kind: 'update'; readonly alert: Alert }
  | { readonly kind: 'withdraw'; readonly alert: Alert }
  | { readonly kind: 'log'; readonly entry: LogEntry };

/** What the watch has come to, and what follows. Look-ups are read off the watch itself. */
export interface Decision {
  readonly watch: Watch;
  readonly effects: readonly Effect[];
}

/**
 * The rules of Ringside, as one step of a state machine: each ring and each miss is told exactly
 * once, and nothing stays on the screen that is no longer so.
 */
export function decide(watch: Watch, input: Input, rules: Rules, me: Me, now: Mark): Decision {
  const taken = take(watch, input, rules, me, now);
  const pruned = forgetGone(taken, now);
  const rung = tellRings(pruned, rules, isStale(pruned, now));
  const told = tellTrouble(tellHolds(rung, rules, now), rules, now);
  const next = bounded(tellMisses(told, rules, now));
  return { watch: next, effects: [...logged(watch, next, now), ...shown(watch.open, next.open)] };
}

function take(watch: Watch, input: Input, rules: Rules, me: Me, now: Mark): Watch {
  switch (input.kind) {
    case 'answer':
      return takeAnswer(watch, input.changes, rules, me, now);
    case 'failure':
      return takeFailure(watch, input.trouble, now);
    case 'looked-up':
      return takeLookUp(watch, input.asked, input.found, rules, me, now);
    case 'seen':
      return { ...watch, open: watch.open.filter((alert) => !isSeen(alert, input.ids)) };
    case 'time':
      return watch;
  }
}

function takeAnswer(watch: Watch, changes: Changes, rules: Rules, me: Me, now: Mark): Watch {
  const first = watch.seenAt === null;
  const gap = watch.seenAt !== null && elapsedWithSleep(watch.seenAt, now) > GAP;
  // A digest that still waits for its look-ups stays one.
  const afterGap = gap || (watch.afterGap && wantedLookUps(watch).length > 0);
  const next = { ...watch, afterGap, seenAt: now, failing: null };
  const there = [...changes.appeared, ...changes.changed];
  if (there.length === 0 && changes.vanished.length === 0) return next;
  const draft = draftOf(watch, afterGap);
  for (const session of there) {
    const call = follow(draft.calls.get(session.id), session, me, now);
    draft.calls.set(session.id, call);
    if (session.wasMissed === true) noteMiss(draft, call, first ? 'past' : 'flag', rules, now);
    else if (first && call.phase === 'ended') neverTell(draft, session.id, now);
  }
  for (const id of changes.vanished) {
    const call = draft.calls.get(id);
    if (call) draft.calls.set(id, vanish(call, now));
  }
  return { ...next, calls: draft.calls, told: draft.told, waiting: draft.waiting };
}

/** A call that vanished while it rang may have been answered: only the server can tell. */
function vanish(call: Call, now: Mark): Call {
  const unresolved = call.phase === 'ringing' && !call.missed && !call.answer;
  const left = leave(call, now);
  return unresolved && !call.gone ? { ...left, lookUp: 'wanted' } : left;
}

function takeLookUp(
  watch: Watch,
  asked: readonly string[],
  found: readonly Session[] | null,
  rules: Rules,
  me: Me,
  now: Mark,
): Watch {
  const draft = draftOf(watch, watch.afterGap);
  const byId = new Map(found?.map((session) => [session.id, session]));
  for (const id of asked) {
    const call = draft.calls.get(id);
    if (call?.lookUp !== 'wanted') continue;
    const session = byId.get(id);
    const settled: Call = { ...call, lookUp: 'done' };
    const answer = session && answerIn(session, me, call, now);
    if (answer) draft.calls.set(id, { ...settled, answer });
    else noteMiss(draft, settled, session?.wasMissed === true ? 'flag' : 'inferred', rules, now);
  }
  return { ...watch, calls: draft.calls, told: draft.told, waiting: draft.waiting };
}

/** The answer of a call that vanished, where the server says that somebody took it. */
function answerIn(session: Session, me: Me, call: Call, now: Mark): Call['answer'] {
  const by = session.answeredByName;
  const phase = phaseOf({ ...session, ended: undefined });
  const connected = session.wasMissed !== true && (phase === 'connected' || phase === 'held');
  if (by === undefined && !connected) return null;
  return { at: call.gone?.wall ?? now.wall, by, byMe: isMe(by, me) };
}

function takeFailure(watch: Watch, trouble: Trouble, now: Mark): Watch {
  const { failing } = watch;
  if (failing?.trouble === trouble) return watch;
  return { ...watch, failing: { since: failing?.since ?? now, trouble, told: false } };
}

/** Whether the failing has lasted long enough to be told, and what was known to be stale. */
function isStale({ failing }: Watch, now: Mark): boolean {
  if (!failing) return false;
  return failing.trouble !== 'offline' || elapsed(failing.since, now) >= OFFLINE;
}

function tellTrouble(watch: Watch, rules: Rules, now: Mark): Watch {
  const { failing } = watch;
  const up = watch.open.filter(({ kind }) => kind === 'trouble');
  const open = up.length === 0 ? watch.open : watch.open.filter(({ kind }) => kind !== 'trouble');
  if (!failing || !isStale(watch, now) || rules.silent) return { ...watch, open };
  if (failing.told) return watch;
  if (!rules.trouble) return { ...watch, open };
  const { trouble } = failing;
  const alert: Alert = { kind: 'trouble', key: `trouble:${trouble}`, trouble };
  return { ...watch, failing: { ...failing, told: true }, open: [...open, alert] };
}

/** Calls that left are remembered as long as they may return as the same ring. */
function forgetGone(watch: Watch, now: Mark): Watch {
  const gone = [...watch.calls].filter(
    ([, call]) => call.gone && call.lookUp !== 'wanted' && elapsed(call.gone, now) > SAME_RING,
  );
  if (gone.length === 0) return watch;
  const calls = new Map(watch.calls);
  for (const [id] of gone) calls.delete(id);
  return { ...watch, calls };
}

function isSeen(alert: Alert, ids: readonly string[]): boolean {
  if (alert.kind === 'missed') return ids.includes(alert.miss.facts.id);
  if (alert.kind !== 'missed-many') return false;
  return alert.misses.every((miss) => ids.includes(miss.facts.id));
}

function bounded(watch: Watch): Watch {
  if (watch.open.length <= MOST_OPEN) return watch;
  const misses = watch.open.filter(({ kind }) => kind === 'missed' || kind === 'missed-many');
  const excess = new Set(misses.slice(0, watch.open.length - MOST_OPEN));
  return { ...watch, open: watch.open.filter((alert) => !excess.has(alert)) };
}

/** The log lines that changed. */
function logged(before: Watch, after: Watch, now: Mark): Effect[] {
  if (before.calls === after.calls) return [];
  return [...after.calls].flatMap(([id, call]): Effect[] => {
    const previous = before.calls.get(id);
    if (previous === call) return [];
    const entry = entryOf(call, now);
    if (previous && sameJson(entryOf(previous, now), entry)) return [];
    return [{ kind: 'log', entry }];
  });
}

/** What must happen on the screen for one set of alerts to become another. */
function shown(before: readonly Alert[], after: readonly Alert[]): Effect[] {
  const old = new Map(before.map((alert) => [alert.key, alert]));
  const now = new Set(after.map(({ key }) => key));
  const down = before.filter(({ key }) => !now.has(key));
  return [
    ...down.map((alert): Effect => ({ kind: 'withdraw', alert })),
    ...after.flatMap((alert): Effect[] => {
      const previous = old.get(alert.key);
      if (!previous) return [{ kind: 'raise', alert }];
      return sameJson(previous, alert) ? [] : [{ kind: 'update', alert }];
    }),
  ];
}
