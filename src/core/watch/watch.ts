import type { Alert, Miss, Trouble } from '../alert';
import { broughtOver, type Mark } from '../mark';
import type { Call, Hold, Missed, Ring } from './call';

/**
 * Everything Ringside must remember to tell each ring and each miss exactly once. Plain data: it
 * is kept on disk, and what was decided before the app ended is not decided again.
 */
export interface Watch {
  /** The last good answer; `null` until the first one ever for this account. */
  readonly seenAt: Mark | null;
  /** The sessions being followed, those that left a moment ago included, by id. */
  readonly calls: ReadonlyMap<string, Call>;
  /** Every session that was missed, by id, the latest last: its miss is never told again. */
  readonly told: ReadonlyMap<string, Missed>;
  /** Misses that wait to be told together. */
  readonly waiting: readonly Miss[];
  /** What is on the screen now. */
  readonly open: readonly Alert[];
  readonly failing: Failing | null;
}

/** The connection does not work. */
export interface Failing {
  /** Since when there was no good answer. */
  readonly since: Mark;
  readonly trouble: Trouble;
  /** Since when the trouble is of this kind. */
  readonly troubleSince: Mark;
  /** The kinds of trouble that the person was told of since then. */
  readonly told: readonly Trouble[];
}

/** The watch of an account that was never signed in before. */
export const NEW_WATCH: Watch = {
  seenAt: null,
  calls: new Map(),
  told: new Map(),
  waiting: [],
  open: [],
  failing: null,
};

/**
 * The watch as it is taken up again by a new run of the app: its notifications can no longer be
 * reached, so nothing counts as open, and what had been shown is over.
 */
export function takenUpAgain(watch: Watch): Watch {
  const calls = new Map([...watch.calls].map(([id, call]) => [id, asOver(call)]));
  return { ...watch, calls, open: [], failing: null };
}

/** The watch with every mark of an earlier run on the clocks of this one. */
export function inThisRun(watch: Watch, now: Mark): Watch {
  const { seenAt } = watch;
  if (!seenAt || seenAt.run === now.run) return watch;
  const over = (mark: Mark): Mark => broughtOver(mark, now);
  const calls = [...watch.calls].map(([id, call]): [string, Call] => [
    id,
    {
      ...call,
      phaseSince: over(call.phaseSince),
      ring: call.ring && spellOver(call.ring, over),
      hold: call.hold && spellOver(call.hold, over),
      gone: call.gone && over(call.gone),
    },
  ]);
  return { ...watch, seenAt: over(seenAt), calls: new Map(calls), failing: null };
}

function spellOver<Spell extends Ring | Hold>(spell: Spell, over: (mark: Mark) => Mark): Spell {
  const { startedAt, leftAt } = spell;
  return { ...spell, startedAt: over(startedAt), leftAt: leftAt && over(leftAt) };
}

function asOver(call: Call): Call {
  return {
    ...call,
    ring: call.ring && { ...call.ring, telling: overIfTold(call.ring.telling) },
    hold: call.hold && { ...call.hold, telling: overIfTold(call.hold.telling) },
  };
}

function overIfTold<Telling extends string>(telling: Telling): Telling | 'over' {
  return telling === 'untold' ? telling : 'over';
}

/** Ids of vanished sessions of which the server must be asked what became of them. */
export function wantedLookUps(watch: Watch): readonly string[] {
  return [...watch.calls].flatMap(([id, call]) => (call.lookUp ? [id] : []));
}

/** Ids that count as listed by the server, for comparing with its next answer. */
export function listedIds(watch: Watch): readonly string[] {
  return [...watch.calls].flatMap(([id, call]) => (call.gone ? [] : [id]));
}
