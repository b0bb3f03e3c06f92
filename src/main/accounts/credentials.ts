import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { parseServerAddress } from '../../core/api/server-address';
import { getErrorCode } from '../storage/atomic-write';
import { decodeText } from '../storage/decode-text';

/** The credentials of an account. */
export interface Credentials {
  readonly server: string;
  readonly userName: string;
  readonly password: string | undefined;
  /** Set by the environment or the demo; never written to disk. */
  readonly managed: boolean;
}

/**
 * Reads the saved password; `undefined` if that's impossible. May wait for the user to unlock the
 * keyring.
 */
export type LoadPassword = (signal: AbortSignal) => Promise<string | undefined>;

/** An account that can be started. */
export interface KnownAccount {
  readonly credentials: Credentials;
  readonly color: number;
  readonly paused: boolean;
  /** Absent if no password is saved, or if the credentials have it. */
  readonly loadPassword?: LoadPassword | undefined;
}

/** Names an account in folders, cookie partitions, and session keys: 16 hexadecimal digits. */
export function accountKey({ server, userName }: Pick<Credentials, 'server' | 'userName'>): string {
  return hash(JSON.stringify([server, userName.toLowerCase()]));
}

/** The environment's variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The credentials in the environment, or why they can't be used. */
export type ManagedCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'bad-address' }
  | { readonly kind: 'bad-password-file'; readonly file: string; readonly code: string };

/** A longer file isn't a password. */
const MAX_PASSWORD_FILE_BYTES = 10_000;

/**
 * Returns a copy of the environment and removes the password from the original, so that processes
 * started from then on don't inherit it.
 */
export function takeEnvironment(environment: Record<string, string | undefined>): Environment {
  const copy = { ...environment };
  delete environment['RINGSIDE_PASSWORD'];
  return copy;
}

/**
 * Reads `RINGSIDE_SERVER`, `RINGSIDE_USERNAME`, and `RINGSIDE_PASSWORD` or `RINGSIDE_PASSWORD_FILE`.
 * A bad server address is reported even without credentials, because the administrator didn't mean
 * any other server. `defaultServer` must not be one that a user can choose: the password is sent
 * to it.
 */
export function readManagedCredentials(
  environment: Environment,
  defaultServer: string,
): ManagedCredentials {
  const address = parseServerAddress(environment['RINGSIDE_SERVER'] || defaultServer);
  if (!address.ok) return { kind: 'bad-address' };
  const userName = environment['RINGSIDE_USERNAME'] ?? '';
  if (userName === '') return { kind: 'none' };
  let password = environment['RINGSIDE_PASSWORD'] ?? '';
  const file = environment['RINGSIDE_PASSWORD_FILE'] ?? '';
  if (password === '' && file !== '') {
    try {
      password = readPasswordFile(file);
    } catch (error) {
      return { kind: 'bad-password-file', file, code: getErrorCode(error) };
    }
  }
  if (password === '') return { kind: 'none' };
  const server = address.origin;
  return { kind: 'credentials', credentials: { server, userName, password, managed: true } };
}

/** Returns the first line of a file. */
function readPasswordFile(path: string): string {
  // Otherwise, opening a named pipe would block.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > MAX_PASSWORD_FILE_BYTES) {
      throw Object.assign(new Error('not a password file'), { code: 'EINVAL' });
    }
    const [line = ''] = decodeText(readFileSync(file)).split(/\r?\n/);
    if (line === '') throw Object.assign(new Error('empty password file'), { code: 'ENODATA' });
    return line;
  } finally {
    closeSync(file);
  }
}

/** The server in the environment, if it is valid. */
export function readManagedServer(environment: Environment): string | undefined {
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
