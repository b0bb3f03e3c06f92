/**
 * The JSON of the Evo Voice API. It is written down separately from the client's schema, so that a
 * misreading of the vendor's pages on one side isn't repeated on the other.
 */

/** One of the documented values, or one that the vendor adds without notice. */
type Open<Known extends string> = Known | (string & Record<never, never>);

export type QueueState = 'None' | 'Queued' | 'Ringing' | 'Connected' | 'Hold' | 'Disconnected';
export type MemberCallState = 'None' | 'Ringing' | 'Connected' | 'Hold';
export type MemberRole = 'None' | 'Caller' | 'Agent' | 'Transfer';

/** One level of the path from a customer group down to the customer. */
export interface Breadcrumb {
  readonly id: string;
  readonly name: string;
}

export interface SessionLogEntry {
  readonly date: string;
  readonly message: string;
}

export interface SessionMember {
  readonly identity?: string;
  readonly endpointId?: string;
  readonly displayName?: string;
  readonly isOriginalMember?: boolean;
  readonly avatarUrl?: string;
  readonly applicationData?: Readonly<Record<string, string>>;
  readonly callState?: Open<MemberCallState>;
  readonly role?: Open<MemberRole>;
  readonly callSid?: string;
  readonly muted?: boolean;
}

type DateField = 'dateCreated' | 'dateLastModified' | 'dateCompleted';
type TextField =
  | 'createdBy'
  | 'lastModifiedBy'
  | 'accountId'
  | 'accountName'
  | 'customerId'
  | 'customerName'
  | 'endpointId'
  | 'endpointName'
  | 'destination'
  | 'toAddress'
  | 'fromAddress'
  | 'fromName'
  | 'fromPhoneNumber'
  | 'displayName'
  | 'answeredById'
  | 'answeredByName'
  | 'queueMemberId'
  | 'ringQueueId'
  | 'outcome'
  | 'callSid'
  | 'conferenceSid'
  | 'mostRecentParticipantCallSid'
  | 'consoleData'
  | 'holdQueueName'
  | 'heldByUserId'
  | 'callbackNumber';

/** A session. Every field but the id can be absent, because the API leaves nulls out. */
export interface SessionInfo extends Readonly<Partial<Record<DateField | TextField, string>>> {
  readonly id: string;
  readonly channel?: Open<'Voice' | 'Chat' | 'Fax'>;
  readonly direction?: Open<'Incoming' | 'Outgoing'>;
  readonly dialState?: Open<'None' | 'Active'>;
  readonly callState?: Open<'Disconnected' | 'Ringing' | 'Connected' | 'Hold' | 'Passive'>;
  readonly queueState?: Open<QueueState>;
  readonly holdReason?: Open<'None' | 'Transferring'>;
  readonly customerBreadcrumb?: readonly Breadcrumb[];
  readonly members?: readonly SessionMember[];
  readonly log?: readonly SessionLogEntry[];
  readonly ended?: boolean;
  readonly wasMissed?: boolean;
}

/** Fields to set on a session. `null` removes a field; unknown fields are kept as they are. */
export type SessionFields = {
  readonly [Field in keyof SessionInfo]?: SessionInfo[Field] | null;
} & Readonly<Record<string, unknown>>;

/** The response of `GET /sessions/my` and `GET /sessions/active`. */
export interface MySessions {
  readonly sessions: readonly SessionInfo[];
}

/** A contact. Every field can be absent. */
export interface ContactInfo {
  readonly displayName?: string | undefined;
  /** A number, or another address. */
  readonly address?: string | undefined;
  readonly type?: Open<'User' | 'Team' | 'Contact'>;
  readonly customerName?: string;
  readonly canCall?: boolean;
  readonly canChat?: boolean;
}

/** A message of a chat. Every field can be absent. */
export interface ChatMessageInfo {
  readonly date?: string;
  readonly from?: string;
  readonly body?: string;
  readonly mediaUri?: string;
  readonly mediaContentType?: string;
}

/** The response of `GET /sessions`. */
export interface SessionPage {
  readonly items: readonly SessionInfo[];
  readonly totalCount: number;
  readonly totalPages: number;
  readonly hasMorePages: boolean;
}
