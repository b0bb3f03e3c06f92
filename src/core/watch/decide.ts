import type { Alert, Trouble } from '../alert';
import type { Changes } from '../compare';
import type { LogEntry } from '../log-entry';
import { elapsed, elapsedWithSleep, type Mark } from '../mark';
import { isIncoming, phaseOf } from '../phase';
import type { Rules } from '../rules';
import { sameJson } from '../same-json';
import type { Session } from '../session';
import { entryOf, type Call } from './call';
import { follow, isMe, leave, SAME_RING, type Me } from './follow';
import { draftOf, keep, missesOf, noteMiss, tellMisses, withoutTaken } from './misses';
import { shown } from './shown';
import { tellHolds, tellRings, type Trust } from './spells';
import { inThisRun, type Watch } from './watch';

/** Without a good answer for longer than this (ms), what is found was missed while away. */
export const GAP = 60_000;
/** Without a good answer for this long (ms), the person is told, and rings are taken down. */
export const OFFLINE = 60_000;
/** Misses left on the screen at most; the notification centres keep no more either. */
const MOST_OPEN = 50;

/** Something that happened. */
export type Input =
  /** The server answered; what changed since the last answer. */
  | {
      readonly kind: 'answer';
      readonly changes: Changes;
      /** How far (ms) the server's clock is ahead of this machine's, where it tells. */
      readonly serverAhead?: number;
    }
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

type Answer = Extract<Input, { kind: 'answer' }>;

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
  // After a gap, too: what returns then is followed anew, and no answer of before counts for it.
  const known = forgetGone(inThisRun(watch, now), now);
  const pruned = forgetGone(take(known, input, rules, me, now), now);
  const trust = trustIn(pruned, now);
  const rung = tellRings(pruned, rules, trust);
  const told = tellTrouble(tellHolds(rung, rules, trust, now), rules, now);
  const next = bounded(tellMisses(withoutTaken(told), rules), watch.open);
  return { watch: next, effects: [...logged(watch, next), ...shown(watch.open, next.open)] };
}

function take(watch: Watch, input: Input, rules: Rules, me: Me, now: Mark): Watch {
  switch (input.kind) {
    case 'answer':
      return takeAnswer(watch, input, rules, me, now);
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

function takeAnswer(watch: Watch, input: Answer, rules: Rules, me: Me, now: Mark): Watch {
  const { changes, serverAhead = 0 } = input;
  const first = watch.seenAt === null;
  const away = watch.seenAt !== null && elapsedWithSleep(watch.seenAt, now) > GAP;
  const next = { ...watch, seenAt: now, failing: null };
  const there = [...changes.appeared, ...changes.changed];
  if (there.length === 0 && changes.vanished.length === 0) return next;
  const draft = draftOf(watch);
  for (const session of there) {
    const { id } = session;
    const origin = { missed: draft.told.get(id) ?? null, first, serverAhead };
    const call = follow(draft.calls.get(id), session, origin, me, now);
    keep(draft, call);
    if (session.wasMissed === true && isIncoming(session)) {
      const evidence = { inferred: false, away, past: first || call.past };
      noteMiss(draft, call, evidence, rules.silent, now);
    }
  }
  for (const id of changes.vanished) {
    const call = draft.calls.get(id);
    if (call) keep(draft, vanish(call, away, now));
  }
  return { ...next, ...draft };
}

/** A call that vanished while it rang may have been answered: only the server can tell. */
function vanish(call: Call, away: boolean, now: Mark): Call {
  if (call.gone) return call;
  const isOpenQuestion = call.phase === 'ringing' && !call.missed;
  return { ...leave(call, now), lookUp: isOpenQuestion ? { away } : null };
}

function takeLookUp(
  watch: Watch,
  asked: readonly string[],
  found: readonly Session[] | null,
  rules: Rules,
  me: Me,
  now: Mark,
): Watch {
  const draft = draftOf(watch);
  const byId = new Map(found?.map((session) => [session.id, session]));
  for (const id of asked) {
    const call = draft.calls.get(id);
    if (!call?.lookUp) continue;
    const { away } = call.lookUp;
    const session = byId.get(id);
    const settled = settle({ ...call, lookUp: null }, session, me, now);
    keep(draft, settled);
    const flagged = session?.wasMissed === true && session.answeredByName === undefined;
    if (settled.facts.direction === 'outgoing' || (settled.answer && !flagged)) continue;
    noteMiss(draft, settled, { inferred: !flagged, away, past: false }, rules.silent, now);
  }
  return { ...watch, ...draft };
}

/** The call that vanished with what the server says about it: its direction, and its answer. */
function settle(call: Call, session: Session | undefined, me: Me, now: Mark): Call {
  if (!session) return call;
  if (!isIncoming(session)) return { ...call, facts: { ...call.facts, direction: 'outgoing' } };
  const phase = phaseOf({ ...session, ended: undefined });
  const connected = session.wasMissed !== true && (phase === 'connected' || phase === 'held');
  const by = session.answeredByName ?? call.answer?.by;
  if (by === undefined && !connected) return call;
  const at = call.answer?.at ?? call.gone?.wall ?? now.wall;
  return { ...call, answer: { at, by, byMe: isMe(by, me) } };
}

function takeFailure(watch: Watch, trouble: Trouble, now: Mark): Watch {
  const { failing } = watch;
  if (failing?.trouble === trouble) return watch;
  const since = failing?.since ?? now;
  return { ...watch, failing: { since, trouble, troubleSince: now, told: failing?.told ?? [] } };
}

/**
 * What the last answer is worth. Older than a gap, it raises nothing any more: the next answer
 * will. While the server does not answer, what it said is stale in the end.
 */
function trustIn(watch: Watch, now: Mark): Trust {
  if (isStale(watch, now)) return 'stale';
  const { seenAt } = watch;
  const isRecent = seenAt !== null && elapsedWithSleep(seenAt, now) <= GAP;
  return isRecent ? 'fresh' : 'fading';
}

/** Whether the server has been silent for so long that what it said last means nothing any more. */
export function isStale({ failing }: Watch, now: Mark): boolean {
  return failing !== null && hasLasted(failing.trouble, failing.since, now);
}

/** No connection must last a while before it means anything; other trouble is certain at once. */
function hasLasted(trouble: Trouble, since: Mark, now: Mark): boolean {
  return trouble !== 'offline' || elapsed(since, now) >= OFFLINE;
}

/** Tells each kind of trouble once until the server answers again. */
function tellTrouble(watch: Watch, rules: Rules, now: Mark): Watch {
  const { failing } = watch;
  const trouble = failing && hasLasted(failing.trouble, failing.troubleSince, now) ? failing : null;
  const still = watch.open.filter(
    (alert) => alert.kind !== 'trouble' || (alert.trouble === trouble?.trouble && !rules.silent),
  );
  const open = still.length === watch.open.length ? watch.open : still;
  if (!trouble || rules.silent || !rules.trouble || trouble.told.includes(trouble.trouble)) {
    return { ...watch, open };
  }
  const alert: Alert = {
    kind: 'trouble',
    key: `trouble:${trouble.trouble}`,
    trouble: trouble.trouble,
  };
  const told = [...trouble.told, trouble.trouble];
  return { ...watch, failing: { ...trouble, told }, open: [...open, alert] };
}

/** Calls that left are remembered as long as they may return as the same ring. */
function forgetGone(watch: Watch, now: Mark): Watch {
  const gone = [...watch.calls.values()].filter(
    (call) => call.gone && !call.lookUp && elapsed(call.gone, now) > SAME_RING,
  );
  if (gone.length === 0) return watch;
  const calls = new Map(watch.calls);
  for (const { facts } of gone) calls.delete(facts.id);
  return { ...watch, calls };
}

function isSeen(alert: Alert, ids: readonly string[]): boolean {
  const misses = missesOf(alert);
  return misses.length > 0 && misses.every(({ facts }) => ids.includes(facts.id));
}

/** Takes down the oldest misses where too many are up; never one that was not up before. */
function bounded(watch: Watch, before: readonly Alert[]): Watch {
  if (watch.open.length <= MOST_OPEN) return watch;
  const wereUp = new Set(before);
  const old = watch.open.filter((alert) => isMiss(alert) && wereUp.has(alert));
  const excess = new Set(old.slice(0, watch.open.length - MOST_OPEN));
  return { ...watch, open: watch.open.filter((alert) => !excess.has(alert)) };
}

function isMiss({ kind }: Alert): boolean {
  return kind === 'missed' || kind === 'missed-many';
}

/** The log lines that changed. */
function logged(before: Watch, after: Watch): readonly Effect[] {
  if (before.calls === after.calls) return [];
  const effects: Effect[] = [];
  for (const [id, call] of after.calls) {
    const previous = before.calls.get(id);
    if (previous === call) continue;
    const entry = entryOf(call);
    if (!previous || !sameJson(entryOf(previous), entry)) effects.push({ kind: 'log', entry });
  }
  return effects;
}
