import { factsOf, type Facts } from '../facts';
import { elapsed, type Mark } from '../mark';
import { isIncoming, phaseOf, type Phase } from '../phase';
import { sameJson } from '../same-json';
import type { Session } from '../session';
import { MOST_SEGMENTS, spentUntil, type Call, type Hold, type Missed, type Ring } from './call';

/** A session that leaves `ringing` and returns within this time (ms) is the same ring. */
export const SAME_RING = 10_000;
/** A hold that is taken up again is another one, however soon. */
const NEVER_THE_SAME = -1;

/** Who is signed in, for telling one's own answers from a colleague's. */
export interface Me {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** What applies to a session that was not followed so far. */
export interface Origin {
  /** That it was missed, where that is remembered. */
  readonly missed: Missed | null;
  /** Nothing was ever seen before this answer. */
  readonly first: boolean;
  /** How far (ms) the server's clock is ahead of this machine's. */
  readonly serverAhead: number;
}

/** Follows a session one step further: what it is now, given what it was. */
export function follow(
  before: Call | undefined,
  session: Session,
  origin: Origin,
  me: Me,
  now: Mark,
): Call {
  const facts = factsOf(session);
  const phase = phaseOf(session);
  const call = before ?? beginning(session, facts, phase, origin, now);
  const answer = answerOf(call, session, phase, me, now);
  const takenAfterAll = call.missed !== null && call.answer === null && answer !== null;
  return {
    ...moveTo(call, phase, now),
    facts: sameJson(facts, call.facts) ? call.facts : facts,
    ring: nextSpell(call.ring, phase === 'ringing', now, SAME_RING),
    hold: nextSpell(call.hold, phase === 'held', now, NEVER_THE_SAME),
    answer,
    missed: takenAfterAll ? { ...call.missed, answered: true } : call.missed,
    past: call.past && phase === 'ended',
    endedAt: phase === 'ended' ? (call.endedAt ?? session.dateCompleted ?? now.wall) : null,
    gone: null,
    lookUp: null,
  };
}

/** The call once the server no longer lists it. */
export function leave(call: Call, now: Mark): Call {
  if (call.gone) return call;
  return {
    ...call,
    spent: spentUntil(call, now),
    phaseSince: now,
    ring: nextSpell(call.ring, false, now, SAME_RING),
    hold: nextSpell(call.hold, false, now, NEVER_THE_SAME),
    endedAt: call.endedAt ?? now.wall,
    gone: now,
  };
}

function beginning(
  session: Session,
  facts: Facts,
  phase: Phase,
  { missed, first, serverAhead }: Origin,
  now: Mark,
): Call {
  return {
    facts,
    phase,
    phaseSince: now,
    // What is still in the future by the server's own clock was not so when it was seen.
    startedAt: Math.min((session.dateCreated ?? Infinity) - serverAhead, now.wall),
    ring: null,
    hold: null,
    answer: null,
    missed,
    past: first && phase === 'ended',
    endedAt: null,
    spent: { ringing: 0, connected: 0, held: 0 },
    segments: [{ phase, from: now.wall }],
    gone: null,
    lookUp: null,
  };
}

function moveTo(call: Call, phase: Phase, now: Mark): Call {
  if (call.phase === phase && !call.gone) return call;
  const segments =
    call.segments.length < MOST_SEGMENTS
      ? [...call.segments, { phase, from: now.wall }]
      : call.segments;
  // A call that had gone spent the time until it went already.
  const spent = call.gone ? call.spent : spentUntil(call, now);
  return { ...call, phase, phaseSince: now, spent, segments };
}

/**
 * A spell of ringing or holding: begins, goes on, stops. One that returns within `grace` ms goes
 * on; its telling does not start over.
 */
function nextSpell<Spell extends Ring | Hold>(
  spell: Spell | null,
  on: boolean,
  now: Mark,
  grace: number,
): Spell | (Ring & Hold) | null {
  if (on) {
    if (spell && (spell.leftAt === null || elapsed(spell.leftAt, now) <= grace)) {
      return spell.leftAt === null ? spell : { ...spell, leftAt: null };
    }
    return { number: (spell?.number ?? 0) + 1, startedAt: now, leftAt: null, telling: 'untold' };
  }
  if (!spell || spell.leftAt) return spell;
  // What was on the screen comes down; what was never told may still be told if it returns.
  const telling = spell.telling === 'untold' ? 'untold' : 'over';
  return { ...spell, leftAt: now, telling };
}

function answerOf(call: Call, session: Session, phase: Phase, me: Me, now: Mark): Call['answer'] {
  if (!isIncoming(session)) return null;
  const by = session.answeredByName;
  const answered = by !== undefined || phase === 'connected' || phase === 'held';
  if (!answered) return call.answer;
  const at = call.answer?.at ?? now.wall;
  const known = by ?? call.answer?.by;
  return { at, by: known, byMe: isMe(known, me) };
}

/** Whether a name that the server gives is the person's own. */
export function isMe(name: string | undefined, me: Me): boolean {
  return (
    name !== undefined && me.name !== undefined && name.toLowerCase() === me.name.toLowerCase()
  );
}
