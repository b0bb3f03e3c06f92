import { sanitizeLine } from '../api/sanitize';
import type { ApiSession, Session } from '../api/schema';
import { splitExtension } from './extension';
import { isIncoming } from './phase';
import { getMissingNameReason, getMissingNumberReason } from './withheld-numbers';

/** What alerts and the call log show about a call. */
export interface CallSummary extends CallContext {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Voice, Chat, Fax, or another value from the server. */
  readonly channel: string | undefined;
  readonly party: RemoteParty;
  /** The first message of a ringing chat, once known; only in alerts. */
  readonly firstMessage?: string;
}

/** Summarizes a session. */
export function summarizeSession(session: Session): CallSummary {
  return {
    id: session.id,
    direction: isIncoming(session) ? 'incoming' : 'outgoing',
    channel: session.channel,
    party: getRemoteParty(session),
    ...getCallContext(session),
  };
}

/** The person at the other end of a call. */
export interface RemoteParty {
  readonly name: string | undefined;
  /** The number or address from the server, without a `tel:` or `sip:` prefix. */
  readonly number: string | undefined;
  /** Set if the caller withheld the number. */
  readonly isWithheld?: boolean;
  /** Set if the name comes from the contacts, because the server gave none with the call. */
  readonly isNameFromContacts?: boolean;
}

/**
 * Numbers with this many equal last digits count as the same number with and without a country
 * code.
 */
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

/** Returns the caller of an incoming session, or the callee of an outgoing one. */
export function getRemoteParty(session: PartyFields): RemoteParty {
  const incoming = isIncoming(session);
  const addresses = incoming
    ? [session.fromAddress, session.fromPhoneNumber, session.callbackNumber]
    : [session.toAddress, session.destination];
  const names = incoming
    ? [session.fromName, session.displayName, findCallerName(session)]
    : [session.displayName];
  return createParty(names.filter(isKnown), addresses.map(cleanAddress).filter(isKnown));
}

/** A party of an older version, without the placeholders that it may have for a name or number. */
export function normalizeParty({ name, number, isWithheld }: RemoteParty): RemoteParty {
  const party = createParty([name].filter(isKnown), [number].filter(isKnown));
  return isWithheld === true ? { ...party, isWithheld } : party;
}

/** The first name and the first number that aren't placeholders. */
function createParty(names: readonly string[], addresses: readonly string[]): RemoteParty {
  const address =
    addresses.find((text) => getMissingNumberReason(text) === undefined) ??
    names.find((text) => isNumber(text) && getMissingNameReason(text) === undefined);
  const name = names.find(
    (text) => getMissingNameReason(text) === undefined && !isSameNumber(text, address),
  );
  if (address !== undefined) return { name, number: addExtension(address, names) };
  const reasons = [...addresses.map(getMissingNumberReason), ...names.map(getMissingNameReason)];
  return reasons.includes('withheld')
    ? { name, number: undefined, isWithheld: true }
    : { name, number: undefined };
}

/** The number with the extension that only a name has: `+1 415-555-0100 x12`. */
function addExtension(number: string, names: readonly string[]): string {
  if (splitExtension(number).extension !== undefined) return number;
  const extension = names
    .filter((name) => isSameNumber(name, number))
    .map((name) => splitExtension(name).extension)
    .find(isKnown);
  return extension === undefined ? number : `${number};ext=${extension}`;
}

/** Returns the display name of the member with the caller role. */
function findCallerName(session: PartyFields): string | undefined {
  return session.members.find((member) => member.role === 'Caller')?.displayName;
}

/**
 * Removes what surrounds an address: `sip:+12025550147@example.com;user=phone` → `+12025550147`. A
 * SIP name stays `name@host`. Of the parameters, only the extension of a number stays.
 */
export function cleanAddress(address: string | undefined): string | undefined {
  // Most addresses are plain numbers.
  if (address === undefined || /^\+?\d+$/.test(address)) return address;
  // `"Grace Hopper" <sip:grace@example.com>`, as in a SIP header.
  const header = /^([^<]*)<((?:tel|sips?):[^<>]*)>/i.exec(address);
  const bracketed = header?.[2] ?? address;
  const uri = bracketed.replace(/^(?:tel|sips?|client):/i, '').replace(/\?.*$/, '');
  const at = uri.indexOf('@');
  const user = removeParameters(decodePercent(at < 0 ? uri : uri.slice(0, at)));
  const host = at < 0 ? undefined : removeParameters(uri.slice(at + 1));
  // Within a phone system, `sip:12@example.com` is the extension 12.
  const isDialable = isNumber(user) || /^[\d*#]+$/.test(user);
  // RFC 3323: a caller who wants privacy has a made-up address behind a name such as "Anonymous".
  const displayName = header?.[1]?.trim() ?? '';
  if (!isDialable && getMissingNameReason(displayName) !== undefined) return displayName;
  return (host === undefined || isDialable ? user : `${user}@${host}`).trim() || undefined;
}

/** Removes URI parameters other than the extension: `+12025550147;ext=12;isub=1`. */
function removeParameters(text: string): string {
  const [base = '', ...parameters] = text.split(';');
  const extension = parameters.map((parameter) => /^ext=[\d.()-]*\d/i.exec(parameter)?.[0]);
  const digits = getDigits(extension.find(isKnown) ?? '');
  return digits === '' ? base : `${base};ext=${digits}`;
}

function decodePercent(text: string): string {
  try {
    return sanitizeLine(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** Whether a name is only the number again, with or without a country code. */
function isSameNumber(name: string, number: string | undefined): boolean {
  if (number === undefined || !isNumber(name)) return false;
  const [short, long] = [name, number]
    .map((text) => getDigits(splitExtension(text).number))
    .sort((a, b) => a.length - b.length);
  if (short === undefined || long === undefined) return false;
  return short === long || (short.length >= MIN_NATIONAL_DIGITS && long.endsWith(short));
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined;
}

function isNumber(text: string): boolean {
  return /^\+?[\d\s().\-/]{3,}$/.test(splitExtension(text).number.trim());
}

function getDigits(text: string): string {
  return text.replace(/\D/g, '');
}

/** The customer and the endpoint of a call. */
export interface CallContext {
  /** The customer's own name. */
  readonly customer: string | undefined;
  /** The customer and its parents, outermost first; empty if unknown. */
  readonly customerPath: readonly string[];
  /** The endpoint of the call, or the queue it's waiting in. */
  readonly endpoint: string | undefined;
}

type ContextFields = Pick<
  ApiSession,
  'customerBreadcrumb' | 'customerName' | 'endpointName' | 'holdQueueName'
>;

/** Returns the customer and endpoint of a session. */
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

/** Joins a customer path: `Northside Group › Bright Dental`. */
export function formatCustomerPath(path: readonly string[]): string {
  return path.join(' › ');
}
