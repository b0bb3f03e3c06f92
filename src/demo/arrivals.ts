import type { Caller } from './callers';
import { ACCOUNT, ME, type Person, type Queue } from './cast';
import type { Change, Mint } from './changes';
import { breadcrumb, type Customer } from './customers';
import { callerMember, staffMember } from './members';
import type { WireFields } from './wire';

/** Who calls, and which customer they want. */
export interface Contact {
  readonly caller: Caller;
  readonly customer: Customer;
}

/** How a session comes into being. */
export type Arrival = (mint: Mint) => Change;

/** The name to show for a caller, if there is anything to show. */
function displayName({ name, address }: Caller): string | null {
  return name ?? (address === 'anonymous' ? null : (address ?? null));
}

function spoken(caller: Caller): string {
  return displayName(caller) ?? 'a withheld number';
}

function between({ caller, customer }: Contact): WireFields {
  return {
    accountId: ACCOUNT.id,
    accountName: ACCOUNT.name,
    customerId: customer.id,
    customerName: customer.name,
    customerBreadcrumb: breadcrumb(customer),
    displayName: displayName(caller),
    queueState: 'None',
    holdReason: 'None',
    ended: false,
    wasMissed: false,
  };
}

function incoming(contact: Contact, people: readonly Person[]): WireFields {
  const [first] = people;
  return {
    ...between(contact),
    direction: 'Incoming',
    dialState: 'None',
    fromName: contact.caller.name ?? null,
    fromAddress: contact.caller.address ?? null,
    toAddress: contact.customer.number,
    endpointId: first?.endpointId ?? null,
    endpointName: first?.endpointName ?? null,
  };
}

/** A call that rings at the desks of these people at once. */
export function ringingCall(contact: Contact, people: readonly Person[] = [ME]): Arrival {
  return (mint) => ({
    fields: {
      ...incoming(contact, people),
      channel: 'Voice',
      callState: 'Ringing',
      callSid: mint.sid('CA'),
      members: [
        callerMember(contact.caller, 'Ringing'),
        ...people.map((person) => staffMember(person, 'Ringing', mint.sid('CA'))),
      ],
    },
    notes: [
      `Incoming call from ${spoken(contact.caller)} to ${contact.customer.name}`,
      `Ringing ${people.map(({ endpointName }) => endpointName).join(', ')}`,
    ],
  });
}

/** A call that waits in a queue; nobody's phone rings yet. */
export function queuedCall(contact: Contact, queue: Queue): Arrival {
  return (mint) => ({
    fields: {
      ...incoming(contact, []),
      channel: 'Voice',
      callState: 'Disconnected',
      queueState: 'Queued',
      ringQueueId: queue.id,
      callSid: mint.sid('CA'),
      members: [callerMember(contact.caller, 'Connected')],
    },
    notes: [
      `Incoming call from ${spoken(contact.caller)} to ${contact.customer.name}`,
      `Waiting in ${queue.name}`,
    ],
  });
}

/** A call that somebody of the service makes on behalf of a customer. */
export function outgoingCall({ caller, customer }: Contact, by: Person = ME): Arrival {
  return (mint) => ({
    fields: {
      ...between({ caller, customer }),
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
      callSid: mint.sid('CA'),
      members: [
        staffMember(by, 'Connected', mint.sid('CA')),
        { ...callerMember(caller, 'Ringing'), isOriginalMember: false },
      ],
    },
    notes: [`${by.name} calls ${spoken(caller)}`],
  });
}

/** A chat that waits to be taken: it rings, or simply lies open. */
export function chat(contact: Contact, how: 'rings' | 'open'): Arrival {
  return () => ({
    fields: {
      ...incoming(contact, [ME]),
      channel: 'Chat',
      callState: how === 'rings' ? 'Ringing' : 'Disconnected',
      fromPhoneNumber: contact.caller.address ?? null,
      consoleData: JSON.stringify({ page: '/opening-hours', language: 'en' }),
      members: [callerMember(contact.caller, how === 'rings' ? 'Ringing' : 'None')],
    },
    notes: [`${spoken(contact.caller)} wrote to ${contact.customer.name}`],
  });
}

/** A fax on its way in. */
export function fax(contact: Contact): Arrival {
  return () => ({
    fields: {
      ...incoming(contact, [ME]),
      channel: 'Fax',
      callState: 'Disconnected',
      members: [callerMember(contact.caller, 'None')],
    },
    notes: [`Receiving a fax from ${spoken(contact.caller)}`],
  });
}
