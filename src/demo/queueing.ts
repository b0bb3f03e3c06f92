/** What happens to a call between a queue and the desks. */
import type { Person, Queue } from './cast';
import type { Event } from './changes';
import { callersOf, inState, staffMember } from './members';

/** A phone rings again, or for the first time out of a queue. */
export function ringsAt(person: Person): Event {
  return (session, mint) => {
    const queued = session.queueState !== undefined && session.queueState !== 'None';
    return {
      fields: {
        ...(queued
          ? { queueState: 'Ringing', queueMemberId: person.userId }
          : { callState: 'Ringing' }),
        endpointId: person.endpointId,
        endpointName: person.endpointName,
        members: [...callersOf(session), staffMember(person, 'Ringing', mint.sid('CA'))],
      },
      notes: [`Ringing ${person.endpointName}`],
    };
  };
}

/** Nobody answered at the desk: back into the queue. */
export function backIn(queue: Queue): Event {
  return (session) => ({
    fields: {
      callState: 'Disconnected',
      queueState: 'Queued',
      ringQueueId: queue.id,
      queueMemberId: null,
      endpointId: null,
      endpointName: null,
      members: inState(callersOf(session), 'Connected'),
    },
    notes: [`No answer, back in ${queue.name}`],
  });
}
