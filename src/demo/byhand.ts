import {
  chat,
  fax,
  outgoingCall,
  queuedCall,
  ringingCall,
  type Arrival,
  type Contact,
} from './arrivals';
import { CALLERS, type Caller } from './callers';
import { ME, RECEPTION, type Person } from './cast';
import { CUSTOMERS, type Customer } from './customers';
import type { Random } from './random';
import type { WireFields } from './wire';

/**
 * The session somebody asks for by naming some of its fields. What is not said is filled in so
 * that it agrees with what is.
 */
export function arrivalOf(fields: WireFields, random: Random): Arrival {
  const contact: Contact = {
    caller: callerOf(fields, random),
    customer: customerOf(fields, random),
  };
  if (fields.direction === 'Outgoing') return outgoingCall(contact);
  if (fields.channel === 'Chat') return chat(contact, 'rings');
  if (fields.channel === 'Fax') return fax(contact);
  if (fields.queueState === 'Queued') return queuedCall(contact, RECEPTION);
  return ringingCall(contact, [deskOf(fields)]);
}

function callerOf(fields: WireFields, random: Random): Caller {
  const outgoing = fields.direction === 'Outgoing';
  const name = outgoing ? fields.displayName : fields.fromName;
  const address = outgoing ? fields.toAddress : fields.fromAddress;
  if (name === undefined && address === undefined) return random.pick(CALLERS);
  return {
    ...(isText(name) && { name }),
    ...(isText(address) && { address }),
    ...(address === undefined && { address: random.pick(CALLERS).address ?? 'anonymous' }),
  };
}

function customerOf({ customerName, customerBreadcrumb }: WireFields, random: Random): Customer {
  const name = customerName ?? lastName(customerBreadcrumb);
  if (!isText(name)) return random.pick(CUSTOMERS);
  const known = CUSTOMERS.find((customer) => customer.name === name);
  return known ?? { id: `customer-${name}`, name, groups: [], number: '+12025550100' };
}

function lastName(breadcrumb: WireFields['customerBreadcrumb']): string | undefined {
  return Array.isArray(breadcrumb) ? (breadcrumb as { name?: string }[]).at(-1)?.name : undefined;
}

function deskOf({ endpointName, endpointId }: WireFields): Person {
  return {
    ...ME,
    ...(isText(endpointName) && { endpointName, endpointId: `endpoint-${endpointName}` }),
    ...(isText(endpointId) && { endpointId }),
  };
}

/** Fields given by hand may be of any type, whatever the page says. */
function isText(value: unknown): value is string {
  return typeof value === 'string';
}
