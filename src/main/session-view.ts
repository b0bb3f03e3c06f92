import { partyOf } from '../core/party';
import { numberForms, type Region } from '../core/phone';
import { isIncoming } from '../core/phase';
import { placeOf } from '../core/place';
import type { Member, Session } from '../core/session';
import { sessionKey } from '../core/session-key';
import type { Call } from '../core/watch/call';
import type { MemberView, SessionView } from '../shared/state';

/** Members of one session that a window is given at most. */
const MOST_MEMBERS = 100;

/** What a view takes besides the session. */
export interface ViewContext {
  /** Key of the account that lists it. */
  readonly account: string;
  readonly region: Region | undefined;
  readonly revision: number;
  /** The address within the app of a member's picture, where there is one to be shown. */
  readonly avatar: (url: string | undefined) => string | undefined;
}

/** What the window shows of a session: what the server says, and what Ringside saw of it. */
export function sessionView(session: Session, call: Call, context: ViewContext): SessionView {
  const { account, region, revision, avatar } = context;
  const party = partyOf(session);
  const place = placeOf(session);
  const { number } = party;
  const forms = number === undefined ? undefined : numberForms(number, region);
  return {
    id: sessionKey(account, session.id),
    revision,
    phase: call.phase,
    phaseSince: phaseSince(call),
    startedAt: call.startedAt,
    direction: isIncoming(session) ? 'incoming' : 'outgoing',
    channel: session.channel,
    name: party.name,
    number: forms?.shown,
    dialable: forms?.dialable,
    customer: place.customer,
    path: place.path,
    endpoint: place.endpoint,
    answeredBy: session.answeredByName,
    holdQueue: session.holdQueueName,
    transferring: session.holdReason === 'Transferring',
    missed: call.missed !== null,
    states: {
      call: session.callState,
      queue: session.queueState,
      dial: session.dialState,
    },
    members: session.members
      .slice(0, MOST_MEMBERS)
      .map((member, at) => memberView(member, at, avatar)),
  };
}

/** When the phase began; a call found in the middle of one is given the time since it began. */
function phaseSince(call: Call): number {
  const foundInIt = call.segments.length === 1 && call.phase !== 'held';
  return foundInIt ? call.startedAt : call.phaseSince.wall;
}

function memberView(member: Member, at: number, avatar: ViewContext['avatar']): MemberView {
  return {
    key: `${at}:${member.identity ?? member.callSid ?? ''}`,
    name: member.displayName ?? member.identity,
    role: member.role,
    callState: member.callState,
    muted: member.muted === true,
    held: member.callState === 'Hold',
    avatar: avatar(member.avatarUrl),
  };
}
