/**
 * The sessions of Evo Voice as they travel: the field and enum names of the vendor's page for
 * `GET /sessions/my`. Written down here once more, apart from the client's own reading of that
 * page, so that a misreading on one side does not repeat itself on the other.
 */

/** A value of one of the listed enums, or one the vendor adds without notice. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

export type DialState = 'None' | 'Active';
export type CallState = 'Disconnected' | 'Ringing' | 'Connected' | 'Hold' | 'Passive';
export type QueueState = 'None' | 'Queued' | 'Ringing' | 'Connected' | 'Hold' | 'Disconnected';
export type Channel = 'Voice' | 'Chat' | 'Fax';
export type HoldReason = 'None' | 'Transferring';
export type Direction = 'Incoming' | 'Outgoing';
export type MemberCallState = 'None' | 'Ringing' | 'Connected' | 'Hold';
export type MemberRole = 'None' | 'Caller' | 'Agent' | 'Transfer';

/** One step of the path from a group of customers down to the customer itself. */
export interface WireBreadcrumb {
  readonly id: string;
  readonly name: string;
}

/** One line of a session's log. */
export interface WireLogEntry {
  readonly date: string;
  readonly message: string;
}

/** Somebody taking part in a session. */
export interface WireMember {
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

/** A session. Every field but the id may be left out, for nulls are not written. */
export interface WireSession {
  readonly id: string;
  readonly dateCreated?: string;
  readonly dateLastModified?: string;
  readonly createdBy?: string;
  readonly lastModifiedBy?: string;
  readonly dialState?: Open<DialState>;
  readonly callState?: Open<CallState>;
  readonly queueState?: Open<QueueState>;
  readonly accountId?: string;
  readonly accountName?: string;
  readonly customerId?: string;
  readonly customerBreadcrumb?: readonly WireBreadcrumb[];
  readonly customerName?: string;
  readonly endpointId?: string;
  readonly endpointName?: string;
  readonly dateCompleted?: string;
  readonly destination?: string;
  readonly toAddress?: string;
  readonly fromAddress?: string;
  readonly fromName?: string;
  readonly answeredByName?: string;
  readonly queueMemberId?: string;
  readonly channel?: Open<Channel>;
  readonly ended?: boolean;
  readonly outcome?: string;
  readonly callSid?: string;
  readonly consoleData?: string;
  readonly holdQueueName?: string;
  readonly heldByUserId?: string;
  readonly holdReason?: Open<HoldReason>;
  readonly conferenceSid?: string;
  readonly displayName?: string;
  readonly log?: readonly WireLogEntry[];
  readonly members?: readonly WireMember[];
  readonly callbackNumber?: string;
  readonly answeredById?: string;
  readonly direction?: Open<Direction>;
  readonly fromPhoneNumber?: string;
  readonly mostRecentParticipantCallSid?: string;
  readonly wasMissed?: boolean;
  readonly ringQueueId?: string;
}

/**
 * Fields to lay over a session. `null` takes a field away; a field the page does not know is
 * passed on as it is.
 */
export type WireFields = {
  readonly [Field in keyof WireSession]?: WireSession[Field] | null;
} & Readonly<Record<string, unknown>>;

/** Lays fields over a session. The id stays, and nulls go. */
export function withFields(session: WireSession, fields: WireFields): WireSession {
  const merged: object = { ...session, ...fields, id: session.id };
  const written = Object.entries(merged).filter(([, value]) => (value ?? null) !== null);
  return { ...(Object.fromEntries(written) as object), id: session.id };
}

/** The answer of `GET /sessions/my` and `GET /sessions/active`. */
export interface WireMySessions {
  readonly sessions: readonly WireSession[];
}

/** The answer of `GET /sessions`. */
export interface WireSessionPage {
  readonly items: readonly WireSession[];
  readonly totalCount: number;
  readonly totalPages: number;
  readonly hasMorePages: boolean;
}

/** The answer of `GET /auth/status`. */
export type WireAuthStatus =
  | { readonly isAuthenticated: false }
  | {
      readonly isAuthenticated: true;
      readonly id: string;
      readonly name: string;
      readonly roles: readonly string[];
      readonly accountIds: readonly string[];
      readonly accountNames: readonly string[];
    };

/** The body of an error. */
export interface WireError {
  readonly responseStatus: {
    readonly errorCode: string;
    readonly message: string;
    readonly errors?: readonly {
      readonly errorCode: string;
      readonly fieldName: string;
      readonly message: string;
    }[];
  };
}
