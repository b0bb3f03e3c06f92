import type { Caller } from './callers';
import type { Person } from './cast';
import type { MemberCallState, MemberRole, Open, WireMember, WireSession } from './wire';

/** The other side, as a member of its own call. */
export function callerMember(caller: Caller, callState: MemberCallState): WireMember {
  return {
    ...(caller.address !== undefined && { identity: caller.address }),
    ...(caller.name !== undefined && { displayName: caller.name }),
    isOriginalMember: true,
    callState,
    role: 'Caller',
    muted: false,
  };
}

/** Somebody of the service, as a member of a call. */
export function staffMember(
  person: Person,
  callState: MemberCallState,
  callSid: string,
  role: Open<MemberRole> = 'Agent',
): WireMember {
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

/** The members of a session. What was put in their place by hand counts for nothing. */
export function membersOf({ members }: WireSession): readonly WireMember[] {
  const entries: readonly unknown[] = Array.isArray(members) ? members : [];
  return entries.filter((entry) => typeof entry === 'object' && entry !== null);
}

/** The members who are the other side. */
export function callersOf(session: WireSession): readonly WireMember[] {
  return membersOf(session).filter(({ role }) => role === 'Caller');
}

/** The members with one person's entry changed. */
export function withMember(
  session: WireSession,
  identity: string | undefined,
  fields: Partial<WireMember>,
): readonly WireMember[] {
  return membersOf(session).map((member) =>
    member.identity === identity ? { ...member, ...fields } : member,
  );
}

/** The members in the given state. */
export function inState(
  members: readonly WireMember[],
  callState: MemberCallState,
): readonly WireMember[] {
  return members.map((member) => ({ ...member, callState }));
}

/** The members without one person. */
export function withoutMember(session: WireSession, identity: string): readonly WireMember[] {
  return membersOf(session).filter((member) => member.identity !== identity);
}
