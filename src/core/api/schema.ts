/**
 * The sessions of the API, field by field as in the vendor's documentation. The server omits nulls,
 * so any field can be absent; a field of the wrong type becomes absent. Enums are open: unknown
 * values are kept.
 */
import { parseServerDate } from './dates';
import { sanitizeLine } from './sanitize';

/** A JSON object as it was received. */
export type RawFields = Readonly<Record<string, unknown>>;

/** In UTF-16 units. */
const MAX_IDENTIFIER_LENGTH = 512;
/** The innermost customers, the first members, and the latest notes. */
const MAX_ITEMS = { customers: 50, members: 1_000, notes: 1_000 };

/** The known values of an enum; unknown ones are kept. */
type OpenEnum<Known extends string> = Known | (string & {}) | undefined;

/** Parses a session. Never throws. */
export function parseSession(json: RawFields) {
  return {
    id: parseIdentifier(json['id']),
    dateCreated: parseDate(json['dateCreated']),
    dateLastModified: parseDate(json['dateLastModified']),
    createdBy: parseText(json['createdBy']),
    lastModifiedBy: parseText(json['lastModifiedBy']),
    dialState: parseText(json['dialState']) as OpenEnum<'None' | 'Active'>,
    callState: parseText(json['callState']) as OpenEnum<
      'Disconnected' | 'Ringing' | 'Connected' | 'Hold' | 'Passive'
    >,
    queueState: parseText(json['queueState']) as OpenEnum<
      'None' | 'Queued' | 'Ringing' | 'Connected' | 'Hold' | 'Disconnected'
    >,
    accountId: parseIdentifier(json['accountId']),
    accountName: parseText(json['accountName']),
    customerId: parseIdentifier(json['customerId']),
    customerBreadcrumb: parseList(json['customerBreadcrumb'], -MAX_ITEMS.customers, parseCustomer),
    customerName: parseText(json['customerName']),
    endpointId: parseIdentifier(json['endpointId']),
    endpointName: parseText(json['endpointName']),
    dateCompleted: parseDate(json['dateCompleted']),
    destination: parseText(json['destination']),
    toAddress: parseText(json['toAddress']),
    fromAddress: parseText(json['fromAddress']),
    fromName: parseText(json['fromName']),
    answeredByName: parseText(json['answeredByName']),
    queueMemberId: parseIdentifier(json['queueMemberId']),
    channel: parseText(json['channel']) as OpenEnum<'Voice' | 'Chat' | 'Fax'>,
    ended: parseFlag(json['ended']),
    outcome: parseText(json['outcome']),
    callSid: parseText(json['callSid']),
    consoleData: parseText(json['consoleData']),
    holdQueueName: parseText(json['holdQueueName']),
    heldByUserId: parseIdentifier(json['heldByUserId']),
    holdReason: parseText(json['holdReason']) as OpenEnum<'None' | 'Transferring'>,
    conferenceSid: parseText(json['conferenceSid']),
    displayName: parseText(json['displayName']),
    log: parseList(json['log'], -MAX_ITEMS.notes, parseNote),
    members: parseList(json['members'], MAX_ITEMS.members, parseMember),
    callbackNumber: parseText(json['callbackNumber']),
    answeredById: parseIdentifier(json['answeredById']),
    direction: parseText(json['direction']) as OpenEnum<'Incoming' | 'Outgoing'>,
    fromPhoneNumber: parseText(json['fromPhoneNumber']),
    mostRecentParticipantCallSid: parseText(json['mostRecentParticipantCallSid']),
    wasMissed: parseFlag(json['wasMissed']),
    ringQueueId: parseIdentifier(json['ringQueueId']),
    /** The session as it was received, including unknown fields. */
    raw: json,
  };
}

function parseMember(json: RawFields) {
  return {
    identity: parseText(json['identity']),
    endpointId: parseIdentifier(json['endpointId']),
    displayName: parseText(json['displayName']),
    isOriginalMember: parseFlag(json['isOriginalMember']),
    avatarUrl: parseText(json['avatarUrl']),
    callState: parseText(json['callState']) as OpenEnum<'None' | 'Ringing' | 'Connected' | 'Hold'>,
    role: parseText(json['role']) as OpenEnum<'None' | 'Caller' | 'Agent' | 'Transfer'>,
    callSid: parseText(json['callSid']),
    muted: parseFlag(json['muted']),
    applicationData: isObject(json['applicationData']) ? json['applicationData'] : undefined,
  };
}

function parseCustomer(json: RawFields) {
  return { id: parseIdentifier(json['id']), name: parseText(json['name']) };
}

function parseNote(json: RawFields) {
  return { date: parseDate(json['date']), message: parseText(json['message']) };
}

/** The decoded fields of a session. */
export type ApiSession = Readonly<ReturnType<typeof parseSession>>;
/** The decoded fields of a member. */
export type ApiMember = Readonly<ReturnType<typeof parseMember>>;

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sanitizes text; an empty one becomes absent. */
function parseText(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitizeLine(value) || undefined : undefined;
}

/** Keeps an identifier unchanged because it's sent back to the server. */
function parseIdentifier(value: unknown): string | undefined {
  const isValid =
    typeof value === 'string' && value !== '' && value.length <= MAX_IDENTIFIER_LENGTH;
  return isValid ? value : undefined;
}

function parseFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Parses an instant to ms since 1970. */
function parseDate(value: unknown): number | undefined {
  return typeof value === 'string' ? parseServerDate(value) : undefined;
}

/**
 * Parses a list without its invalid items. Keeps the first `max` items, or the last ones if `max`
 * is negative.
 */
function parseList<Item>(
  value: unknown,
  max: number,
  parseItem: (json: RawFields) => Item,
): readonly Item[] {
  if (!Array.isArray(value)) return [];
  let items: readonly unknown[] = value;
  if (items.length > Math.abs(max)) items = max < 0 ? items.slice(max) : items.slice(0, max);
  return items.filter(isObject).map((item) => parseItem(item));
}

/** A call, chat, or fax. The API calls it a session. Dates are in ms since 1970. */
export interface Session extends ApiSession {
  readonly id: string;
}

/** A participant of a session: the caller, an agent, or the target of a transfer. */
export type Member = ApiMember;
