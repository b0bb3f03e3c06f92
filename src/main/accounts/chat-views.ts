import type { ApiMember, Session } from '../../core/api/schema';
import { isCurrentUserMember, type CurrentUser } from '../../core/calls/call';
import { cleanAddress, type RemoteParty } from '../../core/calls/call-summary';
import { isSameNumber, type GetNumberKey } from '../../core/calls/number-key';
import { formatPhoneNumber, type Region } from '../../core/calls/phone';
import { splitLinks, type ChatMessage } from '../../core/chat/transcript';
import type { ChatMessages } from '../../shared/ipc';
import type { ChatResult } from './chats';

/** What identifies the senders of messages. */
export interface ChatContext {
  /** Of the active session; empty after it ended. */
  readonly members: Session['members'];
  /** The other party, with the best name for it. */
  readonly party: RemoteParty | undefined;
  readonly currentUser: CurrentUser;
  readonly region: Region | undefined;
  readonly getNumberKey: GetNumberKey;
  /** How far the server's clock is ahead of this computer's. */
  readonly serverAheadMs: number;
}

/** Limits what the window lists. */
const MAX_SHOWN_MESSAGES = 500;

/** The messages of a chat as the window shows them. */
export function createChatView(result: ChatResult, context: ChatContext): ChatMessages {
  if (result.kind !== 'messages') return result;
  const shown = result.messages.slice(-MAX_SHOWN_MESSAGES);
  return {
    kind: 'messages',
    messages: shown.map(({ at, from, body, attachment }) => ({
      at: at === undefined ? undefined : at - context.serverAheadMs,
      ...getSender(from, context),
      segments: splitLinks(body),
      attachment,
    })),
    earlierCount: result.messages.length - shown.length,
  };
}

/** The API doesn't say whether a sender is a name, a number, or an id. */
function getSender(
  from: ChatMessage['from'],
  { members, party, currentUser, region, getNumberKey }: ChatContext,
): { readonly from: string | undefined; readonly isOwn: boolean } {
  if (from === undefined) return { from, isOwn: false };
  const member = members.find((one) => isSender(one, from));
  const isOwn = isCurrentUserMember(
    member ?? { identity: from, displayName: undefined },
    currentUser,
  );
  const address = cleanAddress(from) ?? from;
  const isParty =
    party?.number !== undefined && isSameNumber(getNumberKey(party.number), getNumberKey(address));
  const name = (isParty ? party.name : undefined) ?? member?.displayName;
  return { from: name ?? formatPhoneNumber(address, region), isOwn: isOwn && !isParty };
}

function isSender({ identity, displayName }: ApiMember, from: string): boolean {
  const wanted = from.toLowerCase();
  return [identity, displayName].some((one) => one?.toLowerCase() === wanted);
}
