import type { Alert, Miss } from '../alert';
import type { Mark } from '../mark';
import { isMuted, type Rules } from '../rules';
import type { Call } from './call';
import { wantedLookUps, type Watch } from './watch';

/** Sessions remembered as told at most; older ones are long gone from the server. */
const MOST_TOLD = 10_000;
/** Misses listed in one digest at most; the rest is in the call log. */
const MOST_WAITING = 500;

/** Why a call counts as missed. */
export type Evidence = 'flag' | 'inferred' | 'past';

/** The parts of a watch that one step rewrites: a copy of its own, thrown away with the step. */
export interface Draft {
  readonly calls: Map<string, Call>;
  readonly told: Map<string, number>;
  readonly waiting: Miss[];
  /** What is found in this step was missed while away. */
  readonly afterGap: boolean;
}

/** A draft of a watch. */
export function draftOf(watch: Watch, afterGap: boolean): Draft {
  const { calls, told, waiting } = watch;
  return { calls: new Map(calls), told: new Map(told), waiting: [...waiting], afterGap };
}

/**
 * Notes that a call was missed: once per session, ever. When it is told is decided by
 * {@link tellMisses}; a miss from before the first sign-in is only logged.
 */
export function noteMiss(
  draft: Draft,
  call: Call,
  evidence: Evidence,
  rules: Rules,
  now: Mark,
): void {
  const { id } = call.facts;
  const known = draft.told.has(id);
  const past = evidence === 'past' || known;
  const inferred = evidence === 'inferred';
  const missed = call.missed
    ? { ...call.missed, inferred: call.missed.inferred && inferred }
    : { inferred, away: draft.afterGap && !past, past };
  draft.calls.set(id, { ...call, missed });
  if (known) return;
  neverTell(draft, id, now);
  if (past || !rules.missed || isMuted(call.facts, rules)) return;
  draft.waiting.push({
    facts: call.facts,
    at: call.ring?.startedAt.wall ?? call.startedAt,
    rang: call.spent.ringing > 0 ? call.spent.ringing : undefined,
    inferred,
    found: draft.afterGap ? 'away' : rules.silent ? 'silence' : 'now',
  });
  if (draft.waiting.length > MOST_WAITING) draft.waiting.shift();
}

/** Remembers that nothing more is ever to be told about the miss of a session. */
export function neverTell({ told }: Draft, id: string, now: Mark): void {
  told.set(id, now.wall);
  for (const oldest of told.keys()) {
    if (told.size <= MOST_TOLD) break;
    told.delete(oldest);
  }
}

/**
 * Tells the misses that wait, unless do not disturb is on or an answer is still out that belongs
 * with them: one found at once by itself, those of a gap or of a silence as one digest.
 */
export function tellMisses(watch: Watch, rules: Rules, now: Mark): Watch {
  if (watch.waiting.length === 0 || rules.silent) return watch;
  if (watch.afterGap && wantedLookUps(watch).length > 0) return watch;
  const late = watch.waiting.filter(({ found }) => found !== 'now');
  const alone = late.length === 1 ? watch.waiting : watch.waiting.filter((m) => m.found === 'now');
  const alerts = alone.map((miss): Alert => ({ kind: 'missed', key: keyOf(miss), miss }));
  if (late.length > 1) alerts.push(digestOf(late, now));
  return { ...watch, waiting: [], open: [...watch.open, ...alerts] };
}

function digestOf(misses: readonly Miss[], now: Mark): Alert {
  const because = misses.some(({ found }) => found === 'away') ? 'away' : 'silence';
  return { kind: 'missed-many', key: `missed-many:${now.wall}`, misses, because };
}

function keyOf(miss: Miss): string {
  return `missed:${miss.facts.id}`;
}
