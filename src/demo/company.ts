/** What happens when a call has more than two sides: transfers and conferences. */
import type { Caller } from './callers';
import type { Person } from './cast';
import { heldBy, inQueue, NOT_HELD, type Event } from './changes';
import { inState, membersOf, staffMember, withMember, withoutMember } from './members';

/** One person offers the call to another: the caller waits, the other's phone rings. */
export function offeredTo(other: Person, by: Person): Event {
  return (session, mint) => {
    const { fields } = heldBy(by, 'Transferring')(session, mint);
    const callSid = mint.sid('CA');
    return {
      fields: {
        ...fields,
        conferenceSid: session.conferenceSid ?? mint.sid('CF'),
        mostRecentParticipantCallSid: callSid,
        members: [...(fields.members ?? []), staffMember(other, 'Ringing', callSid, 'Transfer')],
      },
      notes: [`${by.name} transfers the call to ${other.name}`],
    };
  };
}

/** The transfer is done: the other has the call now. */
export function handedOver(other: Person, by: Person): Event {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...inQueue(session, 'Connected'),
      callState: 'Connected',
      answeredById: other.endpointId,
      answeredByName: other.name,
      endpointId: other.endpointId,
      endpointName: other.endpointName,
      lastModifiedBy: other.userId,
      members: inState(withoutMember(session, by.userId), 'Connected'),
    },
    notes: [`${other.name} took over`],
  });
}

/** The transfer came to nothing: the one who offered the call has it again. */
export function takenBack(other: Person, by: Person): Event {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...inQueue(session, 'Connected'),
      callState: 'Connected',
      lastModifiedBy: by.userId,
      members: inState(withoutMember(session, other.userId), 'Connected'),
    },
    notes: [`${other.name} did not answer`, `Back with ${by.name}`],
  });
}

/** Somebody of the service joins the talk. */
export function joinedBy(person: Person, { muted = false } = {}): Event {
  return (session, mint) => {
    const callSid = mint.sid('CA');
    return {
      fields: {
        conferenceSid: session.conferenceSid ?? mint.sid('CF'),
        mostRecentParticipantCallSid: callSid,
        members: [...membersOf(session), { ...staffMember(person, 'Connected', callSid), muted }],
      },
      notes: [`${person.name} joined${muted ? ', muted' : ''}`],
    };
  };
}

/** Somebody from outside joins the talk. */
export function dialledIn(guest: Caller): Event {
  return (session, mint) => {
    const callSid = mint.sid('CA');
    return {
      fields: {
        conferenceSid: session.conferenceSid ?? mint.sid('CF'),
        mostRecentParticipantCallSid: callSid,
        members: [
          ...membersOf(session),
          {
            ...(guest.address !== undefined && { identity: guest.address }),
            ...(guest.name !== undefined && { displayName: guest.name }),
            isOriginalMember: false,
            callState: 'Connected',
            role: 'None',
            callSid,
            muted: false,
          },
        ],
      },
      notes: [`${guest.name ?? guest.address ?? 'Somebody'} joined`],
    };
  };
}

/** Somebody of the service turns the microphone off or on. */
export function microphone(person: Person, state: 'off' | 'on'): Event {
  return (session) => ({
    fields: { members: withMember(session, person.userId, { muted: state === 'off' }) },
    notes: [`${person.name} ${state === 'off' ? 'muted' : 'unmuted'}`],
  });
}

/** Somebody of the service leaves the talk, which goes on. */
export function leftBy(person: Person): Event {
  return (session) => ({
    fields: { members: withoutMember(session, person.userId) },
    notes: [`${person.name} left`],
  });
}
