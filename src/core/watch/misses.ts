import type { Alert, Miss } from '../alert';
import { isMuted, type Rules } from '../rules';
import { spentUntil, type Call, type Missed } from './call';
import type { Mark } from '../mark';
import type { Watch } from './watch';

/** Sessions remembered as missed at most; older ones are long gone from the server. */
const MOST_TOLD = 10_000;
/** Misses that can wait to be told at most: as many as the call log keeps. */
const MOST_WAITING = 5_000;

/** The parts of a watch that one step rewrites: a copy of its own, thrown away with the step. */
export interface Draft {
  readonly calls: Map<string, Call>;
  readonly told: Map<string, Missed>;
  readonly waiting: Miss[];
}

/** A draft of a watch. */
export function draftOf({ calls, told, waiting }: Watch): Draft {
  return { calls: new Map(calls), told: new Map(told), waiting: [...waiting] };
}

/** What is known about a miss when it is noted. */
export type Evidence = Pick<Missed, 'inferred' | 'away' | 'past'>;

/**
 * Notes that a call was missed: once per session, ever. When it is told is decided by
 * {@link tellMisses}; a miss from before the first sign-in is only logged.
 */
export function noteMiss(
  draft: Draft,
  call: Call,
  evidence: Evidence,
  silent: boolean,
  now: Mark,
): void {
  const { missed } = call;
  if (missed) {
    if (missed.inferred && !evidence.inferred) confirmMiss(draft, { ...call, missed });
    return;
  }
  keep(draft, { ...call, missed: { ...evidence, answered: false } });
  if (evidence.past) return;
  const rang = call.gone ? call.spent.ringing : spentUntil(call, now).ringing;
  draft.waiting.push({
    facts: call.facts,
    at: call.ring?.startedAt.wall ?? call.startedAt,
    rang: rang > 0 ? rang : undefined,
    inferred: evidence.inferred,
    found: evidence.away ? 'away' : silent ? 'silence' : 'now',
  });
  if (draft.waiting.length > MOST_WAITING) draft.waiting.shift();
}

/** What was inferred is now certain: the server says so. */
function confirmMiss(draft: Draft, call: Call & { readonly missed: Missed }): void {
  keep(draft, { ...call, missed: { ...call.missed, inferred: false } });
  const waiting = draft.waiting.findIndex(({ facts }) => facts.id === call.facts.id);
  const miss = draft.waiting[waiting];
  if (miss) draft.waiting[waiting] = { ...miss, inferred: false };
}

/** Takes a call into the draft, and its miss into what is remembered for good. */
export function keep({ calls, told }: Draft, call: Call): void {
  const { id } = call.facts;
  calls.set(id, call);
  if (!call.missed || told.get(id) === call.missed) return;
  told.set(id, call.missed);
  for (const oldest of told.keys()) {
    if (told.size <= MOST_TOLD) break;
    told.delete(oldest);
  }
}

/**
 * Tells the misses that wait, unless do not disturb is on: one found at once by itself, those of a
 * gap or of a silence as one digest, once every look-up is answered that belongs to it. What the
 * person does not want to be told of is in the call log.
 */
export function tellMisses(watch: Watch, rules: Rules): Watch {
  if (watch.waiting.length === 0 || rules.silent) return watch;
  const isIncomplete = [...watch.calls.values()].some(({ lookUp }) => lookUp?.away === true);
  const due = isIncomplete ? watch.waiting.filter(isFoundAtOnce) : watch.waiting;
  if (due.length === 0) return watch;
  const waiting = isIncomplete ? watch.waiting.filter((miss) => !isFoundAtOnce(miss)) : [];
  const wanted = due.filter(({ facts }) => rules.missed && !isMuted(facts, rules));
  const late = wanted.filter((miss) => !isFoundAtOnce(miss));
  const [first, second] = late;
  const alone = second ? wanted.filter(isFoundAtOnce) : wanted;
  const alerts = alone.map((miss): Alert => {
    return { kind: 'missed', key: `missed:${miss.facts.id}`, miss };
  });
  if (first && second) alerts.push(digestOf([first, ...late.slice(1)]));
  return { ...watch, waiting, open: [...watch.open, ...alerts] };
}

/** The watch without the misses that somebody took after all: neither shown nor told later. */
export function withoutTaken(watch: Watch): Watch {
  const isTaken = ({ facts }: Miss): boolean => watch.told.get(facts.id)?.answered === true;
  const waiting = watch.waiting.some(isTaken)
    ? watch.waiting.filter((miss) => !isTaken(miss))
    : watch.waiting;
  const open = watch.open.some((alert) => missesOf(alert).some(isTaken))
    ? watch.open.flatMap((alert) => withoutMisses(alert, isTaken))
    : watch.open;
  return waiting === watch.waiting && open === watch.open ? watch : { ...watch, waiting, open };
}

/** The missed calls that an alert tells of. */
export function missesOf(alert: Alert): readonly Miss[] {
  if (alert.kind === 'missed') return [alert.miss];
  return alert.kind === 'missed-many' ? alert.misses : [];
}

/** What is left of an alert: the last miss of a digest is a caller again and not a number. */
function withoutMisses(alert: Alert, isTaken: (miss: Miss) => boolean): readonly Alert[] {
  const misses = missesOf(alert);
  const left = misses.filter((miss) => !isTaken(miss));
  if (left.length === misses.length) return [alert];
  const [first, second] = left;
  if (!first) return [];
  if (!second) return [{ kind: 'missed', key: alert.key, miss: first }];
  return alert.kind === 'missed-many' ? [{ ...alert, misses: left }] : [];
}

function isFoundAtOnce({ found }: Miss): boolean {
  return found === 'now';
}

/** The digest of several misses. A session is missed once, so its first one names it for ever. */
function digestOf(misses: readonly [Miss, ...Miss[]]): Alert {
  const because = misses.some(({ found }) => found === 'away') ? 'away' : 'silence';
  return { kind: 'missed-many', key: `missed-many:${misses[0].facts.id}`, misses, because };
}
