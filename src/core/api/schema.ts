/**
 * What `GET /sessions/my` writes, field by field, as the vendor's page lists it. Every field can be
 * absent (nulls are left out) and a field of the wrong type becomes absent. Enum values are open:
 * one that is not listed here is kept as the text it came as.
 */
import * as v from 'valibot';
import { compiled } from './compiled';
import { parseServerDate } from './dates';
import { sanitizeLine } from './sanitize';

/** The JSON of one object as it came, for what shows every field under its own name. */
export type RawFields = Readonly<Record<string, unknown>>;

/** UTF-16 units. */
const MAX_IDENTIFIER_LENGTH = 512;
/** Customers above a customer, the innermost ones; members, the first; notes, the latest. */
const MAX_ITEMS = { customers: 50, members: 1_000, notes: 1_000 };

/** A text of the server: printable, on one line, and absent rather than empty. */
const text = optionalOrAbsent(
  v.pipe(
    v.string(),
    v.transform((value) => sanitizeLine(value) || undefined),
  ),
);
/** An identifier: exactly as it came, for it goes back to the server. */
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
  customerBreadcrumb: listOf(v.object({ id: identifier, name: text }), -MAX_ITEMS.customers),
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
  log: listOf(v.object({ date, message: text }), -MAX_ITEMS.notes),
  members: listOf(member, MAX_ITEMS.members),
  callbackNumber: text,
  answeredById: identifier,
  direction: openEnum<'Incoming' | 'Outgoing'>(),
  fromPhoneNumber: text,
  mostRecentParticipantCallSid: text,
  wasMissed: flag,
  ringQueueId: identifier,
});

/** The fields of one session, each decoded or absent. */
export type ApiSession = Readonly<v.InferOutput<typeof session>>;
/** The fields of one member of a session. */
export type ApiMember = Readonly<v.InferOutput<typeof member>>;

/** Reads one session of an answer; `undefined` when it is no object. Never throws. */
export function parseSession(json: unknown): ApiSession | undefined {
  return isObject(json) ? readFields(json) : undefined;
}

const readFields = compiled(session);

/** Whether a value of parsed JSON is an object, and not a list. */
export function isObject(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionalOrAbsent<Out>(schema: v.GenericSchema<unknown, Out>) {
  return v.fallback(v.optional(schema), undefined);
}

/** An enum whose known values are listed and whose unknown ones are kept. */
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
 * A list whose bad items are left out without costing the others. So many of it are read: the
 * first, or the last where the number is negative.
 */
function listOf<Item>(item: v.GenericSchema<unknown, Item>, most: number) {
  const readItem = compiled(item);
  const bounded = (list: readonly unknown[]): readonly unknown[] =>
    most < 0 ? list.slice(most) : list.slice(0, most);
  return v.fallback(
    v.optional(
      v.pipe(
        v.custom<readonly unknown[]>(Array.isArray),
        v.transform((list) =>
          bounded(list)
            .map((entry) => (isObject(entry) ? readItem(entry) : undefined))
            .filter(isDefined),
        ),
      ),
      [],
    ),
    [],
  );
}

function isDefined<Item>(item: Item | undefined): item is Item {
  return item !== undefined;
}

/** One call, chat or fax of the person's: what the API calls a session. Dates are ms since 1970. */
export interface Session extends ApiSession {
  readonly id: string;
  /** Everything that the server sent for this session, fields that no page lists included. */
  readonly raw: RawFields;
}

/** Somebody who takes part in a session: the caller, an agent, the target of a transfer. */
export type Member = ApiMember;
