import type { Caller } from './callers';
import type { Person } from './cast';
import { callersOf, inState, membersOf, staffMember, withMember } from './members';
import type { HoldReason, QueueState, WireFields, WireSession } from './wire';

/** What a session looks like after something happened, and what its log says about it. */
export interface Change {
  readonly fields: WireFields;
  readonly notes?: readonly string[];
  /** The session is over: the moment is its completion date. */
  readonly completes?: boolean;
}

/** Makes the identifiers of the telephone network. */
export interface Mint {
  /** A call (`CA…`) or conference (`CF…`) identifier. */
  sid(kind: 'CA' | 'CF'): string;
}

/** Something that happens to a session. */
export type Event = (session: WireSession, mint: Mint) => Change;

/** A call that came through a queue carries its state there as well: the field for it. */
export function inQueue(session: WireSession, queueState: QueueState): WireFields {
  return session.queueState === undefined || session.queueState === 'None' ? {} : { queueState };
}

/** No trace of a hold. */
export const NOT_HELD: WireFields = { heldByUserId: null, holdQueueName: null, holdReason: 'None' };

/** Somebody takes the call; the other phones fall silent. */
export function answeredBy(person: Person): Event {
  return (session, mint) => ({
    fields: {
      ...inQueue(session, 'Connected'),
      ...(session.queueState === 'Ringing' && { queueMemberId: person.userId }),
      callState: 'Connected',
      answeredById: person.endpointId,
      answeredByName: person.name,
      endpointId: person.endpointId,
      endpointName: person.endpointName,
      lastModifiedBy: person.userId,
      members: [
        ...inState(callersOf(session), 'Connected'),
        staffMember(person, 'Connected', mint.sid('CA')),
      ],
    },
    notes: [`Answered by ${person.name}`],
  });
}

/** The person called picks up. */
export function pickedUp(): Event {
  return (session) => ({
    fields: {
      callState: 'Connected',
      members: inState(membersOf(session), 'Connected'),
    },
    notes: ['The call was picked up'],
  });
}

/** The other side hears music. */
export function heldBy(person: Person, reason: HoldReason = 'None'): Event {
  return (session) => ({
    fields: {
      ...inQueue(session, 'Hold'),
      callState: 'Hold',
      heldByUserId: person.userId,
      holdReason: reason,
      holdQueueName: 'Hold',
      lastModifiedBy: person.userId,
      members: membersOf(session).map((member) =>
        member.role === 'Caller' ? { ...member, callState: 'Hold' } : member,
      ),
    },
    notes: [`Put on hold by ${person.name}`],
  });
}

/** The talk goes on. */
export function resumedBy(person: Person): Event {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...inQueue(session, 'Connected'),
      callState: 'Connected',
      lastModifiedBy: person.userId,
      members: inState(membersOf(session), 'Connected'),
    },
    notes: [`Taken off hold by ${person.name}`],
  });
}

/** The directory knows the number after all. */
export function namedAs(caller: Caller): Event {
  return (session) => ({
    fields: {
      fromName: caller.name ?? null,
      displayName: caller.name ?? null,
      members: withMember(
        session,
        caller.address,
        caller.name === undefined ? {} : { displayName: caller.name },
      ),
    },
    notes: [`The caller is ${caller.name ?? 'unknown'}`],
  });
}

/** The session is over. */
export function over(outcome: string, note: string = outcome): Event {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...inQueue(session, 'Disconnected'),
      dialState: 'None',
      callState: 'Disconnected',
      ended: true,
      outcome,
      members: inState(membersOf(session), 'None'),
    },
    notes: [note],
    completes: true,
  });
}

/** The session is over, and nobody had answered. */
export function missed(): Event {
  return (session, mint) => {
    const change = over('Missed', 'Nobody answered')(session, mint);
    return { ...change, fields: { ...change.fields, wasMissed: true } };
  };
}

/** Plain fields, as somebody at the controls wants them. */
export function patched(fields: WireFields): Event {
  return () => ({ fields });
}
