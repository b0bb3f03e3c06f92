/** Checks the mock server's sessions against the vendor's documentation of `GET /sessions/my`. */

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const listOf =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => findViolations(item, fields).length === 0);
const texts: Check = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every(text);

const DATE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?|\/Date\(-?\d+([+-]\d{4})?\)\/)$/;
const date: Check = (value) => typeof value === 'string' && DATE.test(value);

const FIELDS: Readonly<Record<string, Check>> = {
  id: text,
  dateCreated: date,
  dateLastModified: date,
  createdBy: text,
  lastModifiedBy: text,
  dialState: oneOf('None', 'Active'),
  callState: oneOf('Disconnected', 'Ringing', 'Connected', 'Hold', 'Passive'),
  queueState: oneOf('None', 'Queued', 'Ringing', 'Connected', 'Hold', 'Disconnected'),
  accountId: text,
  accountName: text,
  customerId: text,
  customerBreadcrumb: listOf({ id: text, name: text }),
  customerName: text,
  endpointId: text,
  endpointName: text,
  dateCompleted: date,
  destination: text,
  toAddress: text,
  fromAddress: text,
  fromName: text,
  answeredByName: text,
  queueMemberId: text,
  channel: oneOf('Voice', 'Chat', 'Fax'),
  ended: flag,
  outcome: text,
  callSid: text,
  consoleData: text,
  holdQueueName: text,
  heldByUserId: text,
  holdReason: oneOf('None', 'Transferring'),
  conferenceSid: text,
  displayName: text,
  log: listOf({ date, message: text }),
  members: listOf({
    identity: text,
    endpointId: text,
    displayName: text,
    isOriginalMember: flag,
    avatarUrl: text,
    applicationData: texts,
    callState: oneOf('None', 'Ringing', 'Connected', 'Hold'),
    role: oneOf('None', 'Caller', 'Agent', 'Transfer'),
    callSid: text,
    muted: flag,
  }),
  callbackNumber: text,
  answeredById: text,
  direction: oneOf('Incoming', 'Outgoing'),
  fromPhoneNumber: text,
  mostRecentParticipantCallSid: text,
  wasMissed: flag,
  ringQueueId: text,
};

/** Returns the fields of a session that don't match the vendor's documentation. */
export function findViolations(value: unknown, fields = FIELDS): string[] {
  if (typeof value !== 'object' || value === null) return ['(not an object)'];
  return Object.entries(value)
    .filter(([name, field]) => fields[name]?.(field) !== true)
    .map(([name, field]) => `${name}=${JSON.stringify(field)}`);
}
