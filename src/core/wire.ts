/**
 * What `GET /sessions/my` writes, field by field, as the vendor's page lists it. Every field can be
 * absent (nulls are left out) and a field of the wrong type becomes absent. Enum values are open:
 * one that is not listed here is kept as the text it came as.
 */
import * as v from 'valibot';
import { compiled } from './compiled';
import { parseServerDate } from './server-date';
import { plainLine } from './text';

/** The JSON of one object as it came, for what shows every field under its own name. */
export type RawFields = Readonly<Record<string, unknown>>;

/** UTF-16 units. */
const LONGEST_IDENTIFIER = 512;
/** Customers above a customer, the innermost ones; members, the first; notes, the latest. */
const MOST = { customers: 50, members: 1_000, notes: 1_000 };

/** A text of the server: printable, on one line, and absent rather than empty. */
const text = absentIfBad(
  v.pipe(
    v.string(),
    v.transform((value) => plainLine(value) || undefined),
  ),
);
/** An identifier: exactly as it came, for it goes back to the server. */
const identifier = absentIfBad(
  v.pipe(
    v.string(),
    v.check((value) => value !== '' && value.length <= LONGEST_IDENTIFIER),
  ),
);
const flag = absentIfBad(v.boolean());
/** An instant in ms since 1970. */
const date = absentIfBad(v.pipe(v.string(), v.transform(parseServerDate)));
const fields = absentIfBad(v.custom<RawFields>(isObject));

const member = v.object({
  identity: text,
  endpointId: identifier,
  displayName: text,
  isOriginalMember: flag,
  avatarUrl: text,
  callState: open<'None' | 'Ringing' | 'Connected' | 'Hold'>(),
  role: open<'None' | 'Caller' | 'Agent' | 'Transfer'>(),
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
  dialState: open<'None' | 'Active'>(),
  callState: open<'Disconnected' | 'Ringing' | 'Connected' | 'Hold' | 'Passive'>(),
  queueState: open<'None' | 'Queued' | 'Ringing' | 'Connected' | 'Hold' | 'Disconnected'>(),
  accountId: identifier,
  accountName: text,
  customerId: identifier,
  customerBreadcrumb: listOf(v.object({ id: identifier, name: text }), -MOST.customers),
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
  channel: open<'Voice' | 'Chat' | 'Fax'>(),
  ended: flag,
  outcome: text,
  callSid: text,
  consoleData: text,
  holdQueueName: text,
  heldByUserId: identifier,
  holdReason: open<'None' | 'Transferring'>(),
  conferenceSid: text,
  displayName: text,
  log: listOf(v.object({ date, message: text }), -MOST.notes),
  members: listOf(member, MOST.members),
  callbackNumber: text,
  answeredById: identifier,
  direction: open<'Incoming' | 'Outgoing'>(),
  fromPhoneNumber: text,
  mostRecentParticipantCallSid: text,
  wasMissed: flag,
  ringQueueId: identifier,
});

/** The fields of one session, each decoded or absent. */
export type WireSession = Readonly<v.InferOutput<typeof session>>;
/** The fields of one member of a session. */
export type WireMember = Readonly<v.InferOutput<typeof member>>;

/** Reads one session of an answer; `undefined` when it is no object. Never throws. */
export function readSession(json: unknown): WireSession | undefined {
  return isObject(json) ? readFields(json) : undefined;
}

const readFields = compiled(session);

/** Whether a value of parsed JSON is an object, and not a list. */
export function isObject(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function absentIfBad<Out>(schema: v.GenericSchema<unknown, Out>) {
  return v.fallback(v.optional(schema), undefined);
}

/** An enum whose known values are listed and whose unknown ones are kept. */
function open<Known extends string>() {
  return absentIfBad(
    v.pipe(
      v.string(),
      v.transform((value) => (plainLine(value) || undefined) as Known | (string & {}) | undefined),
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
