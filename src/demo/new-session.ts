import type { MemberCallState, SessionFields, SessionMember } from './api-types';
import type { Random } from './random';
import { CUSTOMERS, type Customer } from './scenario/customers';
import { ACCOUNT, CALLERS, JAMIE, RECEPTION, type Caller, type Person } from './scenario/people';
import type { SessionChange } from './session-store';
import { createStaffMember } from './session-updates';

/** Who calls whom. */
export interface Contact {
  readonly caller: Caller;
  readonly customer: Customer;
}

/** A call that rings at the phones of these people at once. */
export function ringingCall(contact: Contact, people: readonly Person[] = [JAMIE]): SessionChange {
  return {
    fields: {
      ...incomingFields(contact, people[0]),
      channel: 'Voice',
      callState: 'Ringing',
      members: [
        createCallerMember(contact.caller, 'Ringing'),
        ...people.map((person) => createStaffMember(person, 'Ringing')),
      ],
    },
    log: [
      incomingMessage(contact),
      `Ringing ${people.map(({ endpointName }) => endpointName).join(', ')}`,
    ],
  };
}

/** A call that waits in the queue; no phone rings yet. */
export function queuedCall(contact: Contact): SessionChange {
  return {
    fields: {
      ...incomingFields(contact),
      channel: 'Voice',
      callState: 'Disconnected',
      queueState: 'Queued',
      ringQueueId: RECEPTION.id,
      members: [createCallerMember(contact.caller, 'Connected')],
    },
    log: [incomingMessage(contact), `Waiting in ${RECEPTION.name}`],
  };
}

/** A call that an employee makes for a customer. */
export function outgoingCall({ caller, customer }: Contact, by: Person = JAMIE): SessionChange {
  return {
    fields: {
      ...commonFields({ caller, customer }),
      channel: 'Voice',
      direction: 'Outgoing',
      dialState: 'Active',
      callState: 'Ringing',
      callbackNumber: customer.number,
      destination: caller.address ?? null,
      toAddress: caller.address ?? null,
      fromAddress: customer.number,
      fromName: by.name,
      endpointId: by.endpointId,
      endpointName: by.endpointName,
      members: [
        createStaffMember(by, 'Connected'),
        { ...createCallerMember(caller, 'Ringing'), isOriginalMember: false },
      ],
    },
    log: [`${by.name} calls ${describeCaller(caller)}`],
  };
}

/** A chat that rings, or one that is open without ringing. */
export function chat(contact: Contact, state: 'ringing' | 'open'): SessionChange {
  const isRinging = state === 'ringing';
  return {
    fields: {
      ...incomingFields(contact, JAMIE),
      channel: 'Chat',
      callState: isRinging ? 'Ringing' : 'Disconnected',
      fromPhoneNumber: contact.caller.address ?? null,
      consoleData: JSON.stringify({ page: '/opening-hours', language: 'en' }),
      members: [createCallerMember(contact.caller, isRinging ? 'Ringing' : 'None')],
    },
    log: [`${describeCaller(contact.caller)} wrote to ${contact.customer.name}`],
  };
}

/** A fax that is being received. */
export function fax(contact: Contact): SessionChange {
  return {
    fields: {
      ...incomingFields(contact, JAMIE),
      channel: 'Fax',
      callState: 'Disconnected',
      members: [createCallerMember(contact.caller, 'None')],
    },
    log: [`Receiving a fax from ${describeCaller(contact.caller)}`],
  };
}

/** Returns a session that fits these fields; what they leave open is filled in at random. */
export function sessionFromFields(fields: SessionFields, random: Random): SessionChange {
  const contact = { caller: getCaller(fields, random), customer: getCustomer(fields, random) };
  if (fields.direction === 'Outgoing') return outgoingCall(contact);
  if (fields.channel === 'Chat') return chat(contact, 'ringing');
  if (fields.channel === 'Fax') return fax(contact);
  if (fields.queueState === 'Queued') return queuedCall(contact);
  const { endpointName, endpointId } = fields;
  const person = {
    ...JAMIE,
    ...(isText(endpointName) && { endpointName, endpointId: `endpoint-${endpointName}` }),
    ...(isText(endpointId) && { endpointId }),
  };
  return ringingCall(contact, [person]);
}

function getCaller(fields: SessionFields, random: Random): Caller {
  const isOutgoing = fields.direction === 'Outgoing';
  const name = isOutgoing ? fields.displayName : fields.fromName;
  const givenAddress = isOutgoing ? fields.toAddress : fields.fromAddress;
  const randomCaller = random.pick(CALLERS);
  if (name === undefined && givenAddress === undefined) return randomCaller;
  const address = givenAddress === undefined ? randomCaller.address : givenAddress;
  return { ...(isText(name) && { name }), ...(isText(address) && { address }) };
}

function getCustomer(fields: SessionFields, random: Random): Customer {
  const { customerName, customerBreadcrumb: path } = fields;
  const last = Array.isArray(path) ? (path.at(-1) as { name?: unknown } | undefined) : undefined;
  const name: unknown = customerName ?? last?.name;
  if (!isText(name)) return random.pick(CUSTOMERS);
  const known = CUSTOMERS.find((customer) => customer.name === name);
  return known ?? { id: `customer-${name}`, name, groups: [], number: '+12025550100' };
}

/** A test may set a field to any type. */
function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function commonFields({ caller, customer }: Contact): SessionFields {
  const { id, name, groups } = customer;
  return {
    accountId: ACCOUNT.id,
    accountName: ACCOUNT.name,
    customerId: id,
    customerName: name,
    customerBreadcrumb: [...groups, { id, name }],
    displayName: getDisplayName(caller),
    queueState: 'None',
    holdReason: 'None',
    ended: false,
    wasMissed: false,
  };
}

function incomingFields(contact: Contact, person?: Person): SessionFields {
  return {
    ...commonFields(contact),
    direction: 'Incoming',
    dialState: 'None',
    fromName: contact.caller.name ?? null,
    fromAddress: contact.caller.address ?? null,
    toAddress: contact.customer.number,
    endpointId: person?.endpointId ?? null,
    endpointName: person?.endpointName ?? null,
  };
}

function createCallerMember(caller: Caller, callState: MemberCallState): SessionMember {
  return {
    ...(caller.address !== undefined && { identity: caller.address }),
    ...(caller.name !== undefined && { displayName: caller.name }),
    isOriginalMember: true,
    callState,
    role: 'Caller',
    muted: false,
  };
}

function getDisplayName({ name, address }: Caller): string | null {
  return name ?? (address === 'anonymous' ? null : (address ?? null));
}

function describeCaller(caller: Caller): string {
  return getDisplayName(caller) ?? 'a withheld number';
}

function incomingMessage({ caller, customer }: Contact): string {
  return `Incoming call from ${describeCaller(caller)} to ${customer.name}`;
}
