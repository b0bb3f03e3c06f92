import type { Region } from '../../core/calls/phone';
import type { Member, Session } from '../../core/api/schema';
import { createSessionKey } from '../../core/calls/session-key';
import {
  isCurrentUser,
  isCurrentUserMember,
  type Call,
  type CurrentUser,
} from '../../core/calls/call';
import type { MemberView, SessionView } from '../../shared/state';
import type { Callbacks } from '../../core/log/callbacks';
import type { CallerHistory } from '../../core/log/caller-history';
import type { NotesIndex } from '../../core/notes/notes';
import type { ContactIndex } from '../../core/contacts/contacts';
import { createCallView, withKnownName } from '../call-views';
import type { CallLog } from '../storage/call-log';
import type { NotesStore } from '../storage/notes-store';
import type { SettingsStore } from '../storage/settings-store';
import type { AvatarLoader } from '../window/avatars';
import type { AccountList } from './account-list';

const MAX_MEMBERS = 100;

/** How a session is presented. */
export interface SessionViewContext {
  readonly accountKey: string;
  readonly region: Region | undefined;
  readonly revision: number;
  readonly currentUser: CurrentUser;
  readonly notes: NotesIndex;
  readonly contacts?: ContactIndex | undefined;
  readonly history: CallerHistory | null;
  readonly firstMessage?: string | undefined;
  /** The app's own URL for a profile picture, if it's shown. */
  readonly getAvatarUrl: (url: string | undefined) => string | undefined;
}

interface CachedView {
  readonly call: Call;
  readonly region: Region | undefined;
  readonly showsAvatars: boolean;
  readonly currentUser: CurrentUser;
  readonly notes: NotesIndex;
  readonly contacts: ContactIndex | undefined;
  readonly firstMessage: string | undefined;
  readonly log: Callbacks;
  readonly view: SessionView;
}

/** The active sessions as they are shown. An unchanged session keeps its view object. */
export class SessionViews {
  readonly #cache = new WeakMap<Session, CachedView>();
  #revision = 0;

  constructor(
    private readonly accounts: Pick<
      AccountList,
      | 'getAccountKey'
      | 'getCall'
      | 'getContacts'
      | 'getCurrentUser'
      | 'getFirstMessage'
      | 'getSession'
      | 'sessionKeys'
    >,
    private readonly settings: Pick<SettingsStore, 'get'>,
    private readonly i18n: { readonly region: Region | undefined },
    private readonly avatars: Pick<AvatarLoader, 'getPageUrl'>,
    private readonly notes: Pick<NotesStore, 'index'>,
    private readonly callLog: Pick<CallLog, 'callbacks' | 'getCallerHistory'>,
  ) {}

  /** The views of all active sessions, by account, in the server's order. */
  get all(): readonly SessionView[] {
    return this.accounts.sessionKeys.flatMap((key) => this.get(key) ?? []);
  }

  /** The view of an active session. */
  get(key: string): SessionView | undefined {
    const accountKey = this.accounts.getAccountKey(key);
    const session = this.accounts.getSession(key);
    const call = this.accounts.getCall(key);
    if (accountKey === undefined || !session || !call) return undefined;
    const { region } = this.i18n;
    const { avatars: showsAvatars } = this.settings.get();
    const currentUser = this.accounts.getCurrentUser(accountKey);
    const notes = this.notes.index;
    const contacts = this.accounts.getContacts(accountKey);
    // Another object after every change of the log.
    const log = this.callLog.callbacks;
    const isRinging = call.phase === 'ringing';
    const firstMessage = isRinging ? this.accounts.getFirstMessage(key) : undefined;
    const cached = this.#cache.get(session);
    const isCurrent =
      cached?.call === call &&
      cached.region === region &&
      cached.showsAvatars === showsAvatars &&
      cached.currentUser === currentUser &&
      cached.notes === notes &&
      cached.contacts === contacts &&
      cached.firstMessage === firstMessage &&
      (!isRinging || cached.log === log);
    if (isCurrent) return cached.view;
    this.#revision += 1;
    const view = createSessionView(session, call, {
      accountKey,
      region,
      revision: this.#revision,
      currentUser,
      notes,
      contacts,
      firstMessage,
      history: isRinging
        ? this.callLog.getCallerHistory({
            id: key,
            number: call.summary.party.number,
            startedAt: call.startedAt,
          })
        : null,
      getAvatarUrl: (url) => (showsAvatars ? this.avatars.getPageUrl(url) : undefined),
    });
    const inputs = { call, region, showsAvatars, currentUser, notes, contacts, firstMessage, log };
    this.#cache.set(session, { ...inputs, view });
    return view;
  }
}

/** Creates the view of a session from what the server says and what Ringside has seen. */
export function createSessionView(
  session: Session,
  call: Call,
  context: SessionViewContext,
): SessionView {
  const { accountKey, region, revision, currentUser, notes, contacts, history, getAvatarUrl } =
    context;
  const summary = withKnownName(call.summary, notes, contacts);
  const calledNumber = summary.direction === 'incoming' ? session.toAddress : undefined;
  const members = session.members
    .slice(0, MAX_MEMBERS)
    .map((member, index) => createMemberView(member, index, currentUser, getAvatarUrl));
  const isParticipant = members.some(
    (member) =>
      member.isCurrentUser && (summary.direction === 'outgoing' || member.role !== 'Caller'),
  );
  const isAnsweredByUser = isCurrentUser(session.answeredByName, currentUser);
  return {
    ...createCallView({ ...call, summary }, calledNumber, notes, region),
    id: createSessionKey(accountKey, session.id),
    revision,
    phase: call.phase,
    phaseSince: getPhaseStart(call),
    isOwn: isParticipant || isAnsweredByUser,
    answeredBy: session.answeredByName,
    isAnsweredByUser,
    history,
    ...(context.firstMessage !== undefined && { firstMessage: context.firstMessage }),
    holdQueue: session.holdQueueName,
    isTransferring: session.holdReason === 'Transferring',
    wasMissed: call.missed !== null,
    states: {
      call: session.callState,
      queue: session.queueState,
      dial: session.dialState,
    },
    members,
  };
}

/**
 * The same start as in the timeline: a call that is still in its first phase has been in it all
 * along.
 */
function getPhaseStart({ segments, phase, phaseSince }: Call): number {
  const [first] = segments;
  return first && segments.length === 1 && first.phase === phase ? first.from : phaseSince.wall;
}

function createMemberView(
  member: Member,
  index: number,
  currentUser: CurrentUser,
  getAvatarUrl: SessionViewContext['getAvatarUrl'],
): MemberView {
  return {
    key: `${index}:${member.identity ?? member.callSid ?? ''}`,
    name: member.displayName ?? member.identity,
    isCurrentUser: isCurrentUserMember(member, currentUser),
    role: member.role,
    callState: member.callState,
    isMuted: member.muted === true,
    isHeld: member.callState === 'Hold',
    avatar: getAvatarUrl(member.avatarUrl),
  };
}
