import type { ApiSession, Session } from '../api/schema';
import { isIncoming } from './phase';

/** The few facts of a session that alerts and the call log tell: small enough to keep on disk. */
export interface CallSummary extends CallContext {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Voice, Chat or Fax, or whatever else the server says. */
  readonly channel: string | undefined;
  readonly party: RemoteParty;
}

/** Reads the facts of a session. */
export function summarizeSession(session: Session): CallSummary {
  return {
    id: session.id,
    direction: isIncoming(session) ? 'incoming' : 'outgoing',
    channel: session.channel,
    party: getRemoteParty(session),
    ...getCallContext(session),
  };
}

/** The other side of a call, as far as it is known. */
export interface RemoteParty {
  readonly name: string | undefined;
  /** The number or address as the server wrote it, without a `tel:` or `sip:` around it. */
  readonly number: string | undefined;
}

/** Digits from which on a number without its country code is taken for the same one. */
const MIN_NATIONAL_DIGITS = 7;

type PartyFields = Pick<
  ApiSession,
  | 'direction'
  | 'fromName'
  | 'fromAddress'
  | 'fromPhoneNumber'
  | 'callbackNumber'
  | 'toAddress'
  | 'destination'
  | 'displayName'
  | 'members'
>;

/** Who is at the other end: the caller of an incoming session, the called of an outgoing one. */
export function getRemoteParty(session: PartyFields): RemoteParty {
  const incoming = isIncoming(session);
  const addresses = incoming
    ? [session.fromAddress, session.fromPhoneNumber, session.callbackNumber]
    : [session.toAddress, session.destination];
  const names = incoming
    ? [session.fromName, session.displayName, findCallerName(session)]
    : [session.displayName];
  const number = addresses.map(cleanAddress).find(isKnown) ?? names.filter(isKnown).find(isNumber);
  return { name: names.filter(isKnown).find((name) => !isSameNumber(name, number)), number };
}

/** The person whose display name the server gives the role of the caller. */
function findCallerName(session: PartyFields): string | undefined {
  return session.members.find((member) => member.role === 'Caller')?.displayName;
}

/** `sip:+12025550147@example.com;user=phone` → `+12025550147`; a SIP name stays `name@host`. */
function cleanAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const bare = address.replace(/^(?:tel|sips?|client):/i, '').replace(/[;?].*$/, '');
  const [user = '', host] = bare.split('@');
  const shown = host === undefined || isNumber(user) ? user : bare;
  return shown.trim() || undefined;
}

/** A name is news only where it is not just the number over again, country code or not. */
function isSameNumber(name: string, number: string | undefined): boolean {
  if (number === undefined || !isNumber(name)) return false;
  const [short, long] = [getDigits(name), getDigits(number)].sort((a, b) => a.length - b.length);
  if (short === undefined || long === undefined) return false;
  return short === long || (short.length >= MIN_NATIONAL_DIGITS && long.endsWith(short));
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined;
}

function isNumber(text: string): boolean {
  return /^\+?[\d\s().\-/]{3,}$/.test(text.trim());
}

function getDigits(text: string): string {
  return text.replace(/\D/g, '');
}

/** For whom a call is, and where it came in. */
export interface CallContext {
  /** The customer in the shortest form that names it. */
  readonly customer: string | undefined;
  /** The customer and those above it, the outermost first; empty when no customer is known. */
  readonly customerPath: readonly string[];
  /** The endpoint that the call is on, or else the queue in which it waits. */
  readonly endpoint: string | undefined;
}

type ContextFields = Pick<
  ApiSession,
  'customerBreadcrumb' | 'customerName' | 'endpointName' | 'holdQueueName'
>;

/** Reads where a session belongs. */
export function getCallContext(session: ContextFields): CallContext {
  const crumbs = session.customerBreadcrumb
    .map(({ name }) => name)
    .filter((name) => name !== undefined);
  const { customerName } = session;
  const path =
    customerName === undefined || crumbs.includes(customerName)
      ? crumbs
      : [...crumbs, customerName];
  return {
    customer: customerName ?? crumbs.at(-1),
    customerPath: path,
    endpoint: session.endpointName ?? session.holdQueueName,
  };
}

/** The path as one text: `Northside Group › Bright Dental`. */
export function formatCustomerPath(path: readonly string[]): string {
  return path.join(' › ');
}
