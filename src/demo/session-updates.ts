/** What can happen to a session. */
import type {
  MemberCallState,
  MemberRole,
  QueueState,
  SessionFields,
  SessionInfo,
  SessionMember,
} from './api-types';
import { CALLERS } from './scenario/callers';
import type { Person, Queue } from './scenario/people';
import type { SessionUpdate } from './session-store';

const NOT_HELD: SessionFields = { heldByUserId: null, holdQueueName: null, holdReason: 'None' };

/** The person answers; the other phones stop ringing. */
export function answer(person: Person): SessionUpdate {
  return (session, ids) => ({
    fields: {
      ...queueFields(session, 'Connected'),
      ...(session.queueState === 'Ringing' && { queueMemberId: person.userId }),
      ...answeredFields(person),
      members: [
        ...setCallState(getCallers(session), 'Connected'),
        createStaffMember(person, 'Connected', ids.callSid()),
      ],
    },
    log: [`Answered by ${person.name}`],
  });
}

/** The remote party of an outgoing call answers. */
export const pickUp: SessionUpdate = (session) => ({
  fields: { callState: 'Connected', members: setCallState(getMembers(session), 'Connected') },
  log: ['The call was picked up'],
});

export function hold(person: Person, reason: 'None' | 'Transferring' = 'None'): SessionUpdate {
  return (session) => ({
    fields: {
      ...queueFields(session, 'Hold'),
      callState: 'Hold',
      heldByUserId: person.userId,
      holdReason: reason,
      holdQueueName: 'Hold',
      lastModifiedBy: person.userId,
      members: getMembers(session).map((member) =>
        member.role === 'Caller' ? { ...member, callState: 'Hold' } : member,
      ),
    },
    log: [`Put on hold by ${person.name}`],
  });
}

export function resume(person: Person): SessionUpdate {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...queueFields(session, 'Connected'),
      callState: 'Connected',
      lastModifiedBy: person.userId,
      members: setCallState(getMembers(session), 'Connected'),
    },
    log: [`Taken off hold by ${person.name}`],
  });
}

/** A person offers the call to a colleague, whose phone rings while the caller is on hold. */
export function startTransfer(to: Person, by: Person): SessionUpdate {
  return (session, ids) => {
    const { fields } = hold(by, 'Transferring')(session, ids);
    const member = createStaffMember(to, 'Ringing', ids.callSid(), 'Transfer');
    return {
      fields: { ...fields, members: [...(fields.members ?? []), member] },
      log: [`${by.name} transfers the call to ${to.name}`],
    };
  };
}

/** The colleague takes the transferred call. */
export function completeTransfer(to: Person, by: Person): SessionUpdate {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...queueFields(session, 'Connected'),
      ...answeredFields(to),
      members: setCallState(removeMember(session, by.userId), 'Connected'),
    },
    log: [`${to.name} took over`],
  });
}

/** A colleague joins the call, which becomes a conference. */
export function join(person: Person, muted = false): SessionUpdate {
  return (session, ids) => ({
    fields: {
      conferenceSid: session.conferenceSid ?? ids.conferenceSid(),
      members: [
        ...getMembers(session),
        { ...createStaffMember(person, 'Connected', ids.callSid()), muted },
      ],
    },
    log: [`${person.name} joined${muted ? ', muted' : ''}`],
  });
}

/** A person leaves the call, which continues without them. */
export function leaveCall(person: Person): SessionUpdate {
  return (session) => ({
    fields: { members: removeMember(session, person.userId) },
    log: [`${person.name} left`],
  });
}

/** The name of a known caller arrives. */
export const identifyCaller: SessionUpdate = ({ fromAddress }) => {
  const name = CALLERS.find(({ address }) => address === fromAddress)?.name ?? 'Unknown';
  return { fields: { fromName: name, displayName: name }, log: [`The caller is ${name}`] };
};

/** The person's phone rings, for the first time or again. */
export function ring(person: Person): SessionUpdate {
  return (session, ids) => {
    const isQueued = session.queueState !== undefined && session.queueState !== 'None';
    return {
      fields: {
        ...(isQueued
          ? { queueState: 'Ringing', queueMemberId: person.userId }
          : { callState: 'Ringing' }),
        endpointId: person.endpointId,
        endpointName: person.endpointName,
        members: [...getCallers(session), createStaffMember(person, 'Ringing', ids.callSid())],
      },
      log: [`Ringing ${person.endpointName}`],
    };
  };
}

/** The call goes to the queue, because no one answered. */
export function returnToQueue(queue: Queue): SessionUpdate {
  return (session) => ({
    fields: {
      callState: 'Disconnected',
      queueState: 'Queued',
      ringQueueId: queue.id,
      queueMemberId: null,
      endpointId: null,
      endpointName: null,
      members: setCallState(getCallers(session), 'Connected'),
    },
    log: [`No answer, back in ${queue.name}`],
  });
}

/** The session ends. */
export function end(outcome: string, message: string = outcome): SessionUpdate {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...queueFields(session, 'Disconnected'),
      dialState: 'None',
      callState: 'Disconnected',
      ended: true,
      outcome,
      members: setCallState(getMembers(session), 'None'),
    },
    log: [message],
    completed: true,
  });
}

/** The call ends without an answer. */
export const miss: SessionUpdate = (session, ids) => {
  const change = end('Missed', 'No answer')(session, ids);
  return { ...change, fields: { ...change.fields, wasMissed: true } };
};

/** The session ends as its state suggests. */
export const endByState: SessionUpdate = (session, ids) => {
  const { callState, queueState, direction, ended } = session;
  if (ended === true) return { fields: {} };
  const isRinging = callState === 'Ringing' || queueState === 'Ringing';
  if (isRinging && direction !== 'Outgoing') return miss(session, ids);
  return end(queueState === 'Queued' ? 'Abandoned' : 'Completed')(session, ids);
};

export function setFields(fields: SessionFields): SessionUpdate {
  return () => ({ fields });
}

export function createStaffMember(
  person: Person,
  callState: MemberCallState,
  callSid: string,
  role: MemberRole = 'Agent',
): SessionMember {
  return {
    identity: person.userId,
    endpointId: person.endpointId,
    displayName: person.name,
    isOriginalMember: false,
    applicationData: { endpointName: person.endpointName },
    callState,
    role,
    callSid,
    muted: false,
  };
}

/** The queue state, for a call that came through a queue. */
function queueFields(session: SessionInfo, queueState: QueueState): SessionFields {
  return (session.queueState ?? 'None') === 'None' ? {} : { queueState };
}

function answeredFields({ userId, name, endpointId, endpointName }: Person): SessionFields {
  return {
    callState: 'Connected',
    answeredById: endpointId,
    answeredByName: name,
    endpointId,
    endpointName,
    lastModifiedBy: userId,
  };
}

/** Returns the members that are objects; a test may have put anything there. */
function getMembers({ members }: SessionInfo): readonly SessionMember[] {
  const entries: readonly unknown[] = Array.isArray(members) ? members : [];
  return entries.filter((entry): entry is SessionMember => typeof entry === 'object' && !!entry);
}

function getCallers(session: SessionInfo): readonly SessionMember[] {
  return getMembers(session).filter(({ role }) => role === 'Caller');
}

function setCallState(
  members: readonly SessionMember[],
  callState: MemberCallState,
): readonly SessionMember[] {
  return members.map((member) => ({ ...member, callState }));
}

function removeMember(session: SessionInfo, identity: string): readonly SessionMember[] {
  return getMembers(session).filter((member) => member.identity !== identity);
}
