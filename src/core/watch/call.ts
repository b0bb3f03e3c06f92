import type { Facts } from '../facts';
import type { LogEntry, Outcome, Segment } from '../log-entry';
import { elapsed, type Mark } from '../mark';
import type { Phase } from '../phase';

/**
 * How far the telling of a ring or a hold has got: not yet, on the screen by itself, on the screen
 * as one of many, or over and done with.
 */
export type Telling = 'untold' | 'shown' | 'counted' | 'over';

/** One ring of a call. Leaving and coming back within seconds is still the same ring. */
export interface Ring {
  readonly number: number;
  readonly startedAt: Mark;
  /** When it stopped, `null` while it rings. */
  readonly leftAt: Mark | null;
  readonly telling: Telling;
}

/** One hold of a call. */
export interface Hold {
  readonly number: number;
  readonly startedAt: Mark;
  readonly leftAt: Mark | null;
  readonly telling: Telling;
}

/** That a call was missed, and what is known of it. */
export interface Missed {
  /** The server never said so: it rang, it is gone, and nothing tells of an answer. */
  readonly inferred: boolean;
  readonly away: boolean;
  /** It was over before Ringside first signed in: logged, never told. */
  readonly past: boolean;
  /** Somebody took the call after it had been missed. */
  readonly answered: boolean;
}

/** A session as Ringside has followed it: what one answer of the server alone does not tell. */
export interface Call {
  readonly facts: Facts;
  readonly phase: Phase;
  /** When the phase began, as far as was seen. */
  readonly phaseSince: Mark;
  /** When the session began, in ms since 1970. */
  readonly startedAt: number;
  readonly ring: Ring | null;
  readonly hold: Hold | null;
  readonly answer: {
    readonly at: number;
    readonly by: string | undefined;
    readonly byMe: boolean;
  } | null;
  readonly missed: Missed | null;
  /** It was over already when Ringside first signed in, and has been since. */
  readonly past: boolean;
  readonly endedAt: number | null;
  /** Ms spent so far in phases that are over. */
  readonly spent: { readonly ringing: number; readonly connected: number; readonly held: number };
  readonly segments: readonly Segment[];
  /** When the server stopped listing it, `null` while it does. */
  readonly gone: Mark | null;
  /** The server must still be asked what became of it; `away`: it left while nobody looked. */
  readonly lookUp: { readonly away: boolean } | null;
}

/** The longest history of phases that is kept: enough for any call, bounded for a hostile one. */
export const MOST_SEGMENTS = 100;

/** The line that the call log keeps of a call. */
export function entryOf(call: Call): LogEntry {
  return {
    facts: call.facts,
    account: undefined,
    outcome: outcomeOf(call),
    startedAt: call.startedAt,
    answeredAt: call.answer?.at,
    endedAt: call.endedAt ?? undefined,
    rang: call.spent.ringing,
    talked: call.spent.connected,
    held: call.spent.held,
    segments: call.segments,
    seen: call.missed === null || call.missed.past || call.missed.answered,
  };
}

function outcomeOf(call: Call): Outcome {
  const { answer, missed } = call;
  if (missed && !missed.answered) {
    return { kind: 'missed', inferred: missed.inferred, away: missed.away };
  }
  if (answer) return { kind: 'answered', by: answer.by, byMe: answer.byMe };
  if (call.gone === null && call.phase !== 'ended') return { kind: 'active' };
  if (call.facts.direction === 'outgoing') return { kind: 'outgoing' };
  return { kind: lastPhase(call) === 'queued' ? 'abandoned' : 'ended' };
}

/** The last phase that a call was in before it ended. */
function lastPhase(call: Call): Phase | undefined {
  return call.segments.findLast(({ phase }) => phase !== 'ended')?.phase;
}

/** The phase clocks with the time of the phase that ends `now` added. */
export function spentUntil(call: Call, now: Mark): Call['spent'] {
  const { phase, spent } = call;
  if (phase !== 'ringing' && phase !== 'connected' && phase !== 'held') return spent;
  return { ...spent, [phase]: spent[phase] + elapsed(call.phaseSince, now) };
}
