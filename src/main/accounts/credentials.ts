import { parseServerAddress } from '../../core/api/server-address';

/** What it takes to sign in to an account. */
export interface Credentials {
  readonly server: string;
  readonly userName: string;
  readonly password: string | undefined;
  /** Set by the environment or the demo; never written to disk. */
  readonly managed: boolean;
}

/** An account as it is known before it is started. */
export interface KnownAccount {
  readonly credentials: Credentials;
  readonly color: number;
  readonly paused: boolean;
}

/** Names an account in folders, cookie partitions, and session keys: 16 hexadecimal digits. */
export function accountKey({ server, userName }: Pick<Credentials, 'server' | 'userName'>): string {
  return hash(JSON.stringify([server, userName.toLowerCase()]));
}

/** The credentials in the environment, or what is wrong with its server address. */
export type ManagedCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'bad-address' };

/**
 * Reads `RINGSIDE_SERVER`, `RINGSIDE_USERNAME`, and `RINGSIDE_PASSWORD`. A bad server address is
 * reported even without credentials, because the administrator didn't mean any other server.
 */
export function readManagedCredentials(
  environment: Readonly<Record<string, string | undefined>>,
  defaultServer: string,
): ManagedCredentials {
  const address = parseServerAddress(environment['RINGSIDE_SERVER'] || defaultServer);
  if (!address.ok) return { kind: 'bad-address' };
  const userName = environment['RINGSIDE_USERNAME'] ?? '';
  const password = environment['RINGSIDE_PASSWORD'] ?? '';
  if (userName === '' || password === '') return { kind: 'none' };
  const server = address.origin;
  return { kind: 'credentials', credentials: { server, userName, password, managed: true } };
}

/** The server in the environment, if it is valid. */
export function readManagedServer(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const address = parseServerAddress(environment['RINGSIDE_SERVER'] ?? '');
  return address.ok ? address.origin : undefined;
}

/**
 * A hash for names, not for secrets. Existing profiles have folders, cookies, and log entries under
 * its values, so it can't be replaced by a hash of node:crypto.
 */
function hash(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return toHex(mix(a, b)) + toHex(mix(b, a));
}

/** The finalizer of MurmurHash3. */
function mix(a: number, b: number): number {
  const once = Math.imul(a ^ (a >>> 16), 2246822507);
  return once ^ Math.imul(b ^ (b >>> 13), 3266489909);
}

function toHex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}
