/**
 * The sessions of the API, field by field as in the vendor's documentation. The server omits nulls,
 * so any field can be absent; a field of the wrong type becomes absent. Enums are open: unknown
 * values are kept.
 */
import * as v from 'valibot';
import { parseServerDate } from './dates';
import { sanitizeLine } from './sanitize';

/** A JSON object as it was received. */
export type RawFields = Readonly<Record<string, unknown>>;

/** In UTF-16 units. */
const MAX_IDENTIFIER_LENGTH = 512;
/** The innermost customers, the first members, and the latest notes. */
const MAX_ITEMS = { customers: 50, members: 1_000, notes: 1_000 };

/** Sanitized text; an empty one becomes absent. */
const text = optionalOrAbsent(
  v.pipe(
    v.string(),
    v.transform((value) => sanitizeLine(value) || undefined),
  ),
);
/** An identifier, unchanged because it's sent back to the server. */
const identifier = optionalOrAbsent(
  v.pipe(
    v.string(),
    v.check((value) => value !== '' && value.length <= MAX_IDENTIFIER_LENGTH),
  ),
);
const flag = optionalOrAbsent(v.boolean());
/** An instant in ms since 1970. */
const date = optionalOrAbsent(v.pipe(v.string(), v.transform(parseServerDate)));
const fields = optionalOrAbsent(v.custom<RawFields>(isObject));

const member = v.object({
  identity: text,
  endpointId: identifier,
  displayName: text,
  isOriginalMember: flag,
  avatarUrl: text,
  callState: openEnum<'None' | 'Ringing' | 'Connected' | 'Hold'>(),
  role: openEnum<'None' | 'Caller' | 'Agent' | 'Transfer'>(),
  callSid: text,
  muted: flag,
  applicationData: fields,
});

const session = v.object({
  id: identifier,
  dateCreated: date,
  dateLastModified: date,
  createdBy: text,
  lastModifiedBy: text,
  dialState: openEnum<'None' | 'Active'>(),
  callState: openEnum<'Disconnected' | 'Ringing' | 'Connected' | 'Hold' | 'Passive'>(),
  queueState: openEnum<'None' | 'Queued' | 'Ringing' | 'Connected' | 'Hold' | 'Disconnected'>(),
  accountId: identifier,
  accountName: text,
  customerId: identifier,
  customerBreadcrumb: lenientList(v.object({ id: identifier, name: text }), -MAX_ITEMS.customers),
  customerName: text,
  endpointId: identifier,
  endpointName: text,
  dateCompleted: date,
  destination: text,
  toAddress: text,
  fromAddress: text,
  fromName: text,
  answeredByName: text,
  queueMemberId: identifier,
  channel: openEnum<'Voice' | 'Chat' | 'Fax'>(),
  ended: flag,
  outcome: text,
  callSid: text,
  consoleData: text,
  holdQueueName: text,
  heldByUserId: identifier,
  holdReason: openEnum<'None' | 'Transferring'>(),
  conferenceSid: text,
  displayName: text,
  log: lenientList(v.object({ date, message: text }), -MAX_ITEMS.notes),
  members: lenientList(member, MAX_ITEMS.members),
  callbackNumber: text,
  answeredById: identifier,
  direction: openEnum<'Incoming' | 'Outgoing'>(),
  fromPhoneNumber: text,
  mostRecentParticipantCallSid: text,
  wasMissed: flag,
  ringQueueId: identifier,
});

/** The decoded fields of a session. */
export type ApiSession = Readonly<v.InferOutput<typeof session>>;
/** The decoded fields of a member. */
export type ApiMember = Readonly<v.InferOutput<typeof member>>;

/** Parses a session; `undefined` if it isn't an object. Never throws. */
export function parseSession(json: unknown): ApiSession | undefined {
  const result = v.safeParse(session, isObject(json) ? json : undefined);
  return result.success ? result.output : undefined;
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionalOrAbsent<Out>(schema: v.GenericSchema<unknown, Out>) {
  return v.fallback(v.optional(schema), undefined);
}

/** An enum that keeps unknown values. */
function openEnum<Known extends string>() {
  return optionalOrAbsent(
    v.pipe(
      v.string(),
      v.transform(
        (value) => (sanitizeLine(value) || undefined) as Known | (string & {}) | undefined,
      ),
    ),
  );
}

/**
 * A list without its invalid items. Keeps the first `max` items, or the last ones if `max` is
 * negative.
 */
function lenientList<Item>(item: v.GenericSchema<unknown, Item>, max: number) {
  const isItem = (entry: unknown): boolean => isObject(entry) && v.is(item, entry);
  return v.fallback(
    v.optional(
      v.pipe(
        v.custom<readonly unknown[]>(Array.isArray),
        v.transform((list) => (max < 0 ? list.slice(max) : list.slice(0, max)).filter(isItem)),
        v.array(item),
      ),
      [],
    ),
    [],
  );
}

/** A call, chat, or fax. The API calls it a session. Dates are in ms since 1970. */
export interface Session extends ApiSession {
  readonly id: string;
  /** The session as it was received, including unknown fields. */
  readonly raw: RawFields;
}

/** A participant of a session: the caller, an agent, or the target of a transfer. */
export type Member = ApiMember;
