/** What can happen to a session. */
import type { MemberCallState, SessionFields, SessionInfo, SessionMember } from './api-types';
import { CALLERS, RECEPTION, type Person } from './scenario/people';
import type { SessionUpdate } from './session-store';

const NOT_HELD: SessionFields = { heldByUserId: null, holdQueueName: null, holdReason: 'None' };

/** An update with a line in the session's log. */
function change(
  message: string,
  getFields: (session: SessionInfo) => SessionFields,
): SessionUpdate {
  return (session) => ({ fields: getFields(session), log: [message] });
}

export function setFields(fields: SessionFields): SessionUpdate {
  return () => ({ fields });
}

/** The person answers; the other phones stop ringing. */
export function answer(person: Person): SessionUpdate {
  return change(`Answered by ${person.name}`, (session) => ({
    ...queueFields(session, 'Connected'),
    ...(session.queueState === 'Ringing' && { queueMemberId: person.userId }),
    ...answeredFields(person),
    members: [
      ...setCallState(getCallers(session), 'Connected'),
      createStaffMember(person, 'Connected'),
    ],
  }));
}

/** The remote party of an outgoing call answers. */
export const pickUp = change('The call was picked up', (session) => ({
  callState: 'Connected',
  members: setCallState(getMembers(session), 'Connected'),
}));

export function hold(person: Person): SessionUpdate {
  return change(`Put on hold by ${person.name}`, (session) => holdFields(session, person));
}

export function resume(person: Person): SessionUpdate {
  return change(`Taken off hold by ${person.name}`, (session) => ({
    ...NOT_HELD,
    ...queueFields(session, 'Connected'),
    callState: 'Connected',
    lastModifiedBy: person.userId,
    members: setCallState(getMembers(session), 'Connected'),
  }));
}

/** A person offers the call to a colleague, whose phone rings while the caller is on hold. */
export function startTransfer(to: Person, by: Person): SessionUpdate {
  return change(`${by.name} transfers the call to ${to.name}`, (session) => {
    const fields = holdFields(session, by);
    const member = createStaffMember(to, 'Ringing', 'Transfer');
    return { ...fields, holdReason: 'Transferring', members: [...(fields.members ?? []), member] };
  });
}

/** The colleague takes the transferred call. */
export function completeTransfer(to: Person, by: Person): SessionUpdate {
  return change(`${to.name} took over`, (session) => ({
    ...NOT_HELD,
    ...queueFields(session, 'Connected'),
    ...answeredFields(to),
    members: setCallState(removeMember(session, by), 'Connected'),
  }));
}

/** A colleague joins the call, which becomes a conference. */
export function join(person: Person, muted = false): SessionUpdate {
  return change(`${person.name} joined${muted ? ', muted' : ''}`, (session) => ({
    conferenceSid: session.callSid?.replace('CA', 'CF') ?? null,
    members: [...getMembers(session), { ...createStaffMember(person, 'Connected'), muted }],
  }));
}

/** A person leaves the call, which continues without them. */
export function leaveCall(person: Person): SessionUpdate {
  return change(`${person.name} left`, (session) => ({ members: removeMember(session, person) }));
}

/** The name of a known caller arrives. */
export const identifyCaller: SessionUpdate = ({ fromAddress }) => {
  const name = CALLERS.find(({ address }) => address === fromAddress)?.name ?? 'Unknown';
  return { fields: { fromName: name, displayName: name }, log: [`The caller is ${name}`] };
};

/** The person's phone rings, for the first time or again. */
export function ring(person: Person): SessionUpdate {
  return change(`Ringing ${person.endpointName}`, (session) => ({
    ...(isQueued(session)
      ? { queueState: 'Ringing', queueMemberId: person.userId }
      : { callState: 'Ringing' }),
    endpointId: person.endpointId,
    endpointName: person.endpointName,
    members: [...getCallers(session), createStaffMember(person, 'Ringing')],
  }));
}

/** The call goes to the queue, because no one answered. */
export const returnToQueue = change(`No answer, back in ${RECEPTION.name}`, (session) => ({
  callState: 'Disconnected',
  queueState: 'Queued',
  ringQueueId: RECEPTION.id,
  queueMemberId: null,
  endpointId: null,
  endpointName: null,
  members: setCallState(getCallers(session), 'Connected'),
}));

/** The session ends. */
export function end(outcome: string, message = outcome, fields: SessionFields = {}): SessionUpdate {
  return (session) => ({
    fields: {
      ...NOT_HELD,
      ...queueFields(session, 'Disconnected'),
      dialState: 'None',
      callState: 'Disconnected',
      ended: true,
      outcome,
      members: setCallState(getMembers(session), 'None'),
      ...fields,
    },
    log: [message],
    completed: true,
  });
}

/** The call ends without an answer. */
export const miss = end('Missed', 'No answer', { wasMissed: true });

/** The session ends as its state suggests. */
export const endByState: SessionUpdate = (session) => {
  const { callState, queueState, direction, ended } = session;
  if (ended === true) return { fields: {} };
  const isRinging = callState === 'Ringing' || queueState === 'Ringing';
  if (isRinging && direction !== 'Outgoing') return miss(session);
  return end(queueState === 'Queued' ? 'Abandoned' : 'Completed')(session);
};

export function createStaffMember(
  { userId, name, endpointId, endpointName }: Person,
  callState: MemberCallState,
  role: 'Agent' | 'Transfer' = 'Agent',
): SessionMember {
  return {
    identity: userId,
    endpointId,
    displayName: name,
    isOriginalMember: false,
    applicationData: { endpointName },
    callState,
    role,
    muted: false,
  };
}

/** Whether a call came through a queue. */
function isQueued({ queueState = 'None' }: SessionInfo): boolean {
  return queueState !== 'None';
}

function queueFields(
  session: SessionInfo,
  queueState: 'Connected' | 'Hold' | 'Disconnected',
): SessionFields {
  return isQueued(session) ? { queueState } : {};
}

function holdFields(session: SessionInfo, { userId }: Person): SessionFields {
  return {
    ...queueFields(session, 'Hold'),
    callState: 'Hold',
    heldByUserId: userId,
    holdReason: 'None',
    holdQueueName: 'Hold',
    lastModifiedBy: userId,
    members: getMembers(session).map((member) =>
      member.role === 'Caller' ? { ...member, callState: 'Hold' } : member,
    ),
  };
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

function removeMember(session: SessionInfo, { userId }: Person): readonly SessionMember[] {
  return getMembers(session).filter(({ identity }) => identity !== userId);
}
