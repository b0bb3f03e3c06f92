import { isIncoming } from './phase';
import type { WireSession } from './wire';

/** The other side of a call, as far as it is known. */
export interface Party {
  readonly name: string | undefined;
  /** The number or address as the server wrote it, without a `tel:` or `sip:` around it. */
  readonly number: string | undefined;
}

/** Digits from which on a number without its country code is taken for the same one. */
const NATIONAL_DIGITS = 7;

type Addresses = Pick<
  WireSession,
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
export function partyOf(session: Addresses): Party {
  const incoming = isIncoming(session);
  const addresses = incoming
    ? [session.fromAddress, session.fromPhoneNumber, session.callbackNumber]
    : [session.toAddress, session.destination];
  const names = incoming
    ? [session.fromName, session.displayName, callerAmong(session)]
    : [session.displayName];
  const number = addresses.map(addressOf).find(isKnown) ?? names.filter(isKnown).find(isNumber);
  return { name: names.filter(isKnown).find((name) => !isSameNumber(name, number)), number };
}

/** The person whose display name the server gives the role of the caller. */
function callerAmong(session: Addresses): string | undefined {
  return session.members.find((member) => member.role === 'Caller')?.displayName;
}

/** `sip:+12025550147@example.com;user=phone` → `+12025550147`; a SIP name stays `name@host`. */
function addressOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const bare = address.replace(/^(?:tel|sips?|client):/i, '').replace(/[;?].*$/, '');
  const [user = '', host] = bare.split('@');
  const shown = host === undefined || isNumber(user) ? user : bare;
  return shown.trim() || undefined;
}

/** A name is news only where it is not just the number over again, country code or not. */
function isSameNumber(name: string, number: string | undefined): boolean {
  if (number === undefined || !isNumber(name)) return false;
  const [short, long] = [digits(name), digits(number)].sort((a, b) => a.length - b.length);
  if (short === undefined || long === undefined) return false;
  return short === long || (short.length >= NATIONAL_DIGITS && long.endsWith(short));
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined;
}

function isNumber(text: string): boolean {
  return /^\+?[\d\s().\-/]{3,}$/.test(text.trim());
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
