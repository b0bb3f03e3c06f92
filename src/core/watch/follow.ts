import { factsOf } from '../facts';
import { elapsed, type Mark } from '../mark';
import { phaseOf, type Phase } from '../phase';
import { sameJson } from '../same-json';
import type { Session } from '../session';
import { MOST_SEGMENTS, spentUntil, type Call, type Hold, type Ring } from './call';

/** A session that leaves `ringing` and returns within this time (ms) is the same ring. */
export const SAME_RING = 10_000;

/** Who is signed in, for telling one's own answers from a colleague's. */
export interface Me {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** Follows a session one step further: what it is now, given what it was. */
export function follow(before: Call | undefined, session: Session, me: Me, now: Mark): Call {
  const call = before ?? beginning(session, now);
  const phase = phaseOf(session);
  const moved = moveTo(call, phase, now);
  const facts = factsOf(session);
  return {
    ...moved,
    facts: sameJson(facts, call.facts) ? call.facts : facts,
    ring: nextSpell(call.ring, phase === 'ringing', now, SAME_RING),
    hold: nextSpell(call.hold, phase === 'held', now, 0),
    answer: answerOf(call, session, phase, me, now),
    endedAt: phase === 'ended' ? (call.endedAt ?? session.dateCompleted ?? now.wall) : null,
    gone: null,
    lookUp: 'none',
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
    hold: nextSpell(call.hold, false, now, 0),
    endedAt: call.endedAt ?? now.wall,
    gone: now,
  };
}

function beginning(session: Session, now: Mark): Call {
  // A creation date in the future is a clock that disagrees: what was seen is the better witness.
  const startedAt = Math.min(session.dateCreated ?? now.wall, now.wall);
  return {
    facts: factsOf(session),
    phase: phaseOf(session),
    phaseSince: now,
    startedAt,
    ring: null,
    hold: null,
    answer: null,
    missed: null,
    endedAt: null,
    spent: { ringing: 0, connected: 0, held: 0 },
    segments: [{ phase: phaseOf(session), from: now.wall }],
    gone: null,
    lookUp: 'none',
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
  if (call.facts.direction === 'outgoing') return null;
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
