import { readServerAddress, type AddressFault } from '../core/server-address';

/** A sign-in that the environment gives: it wins over what is stored and is never written down. */
export interface ManagedSignIn {
  readonly server: string;
  readonly userName: string;
  readonly password: string;
}

/** The sign-in of the environment, none, or what is wrong with its server address. */
export type ManagedResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'sign-in'; readonly signIn: ManagedSignIn }
  | { readonly kind: 'bad-address'; readonly fault: AddressFault };

/**
 * Reads `RINGSIDE_SERVER`, `RINGSIDE_USERNAME` and `RINGSIDE_PASSWORD`; without a server the given
 * one applies, without a user name or password there is no managed sign-in. A server that cannot be
 * one is told in either case: whoever set it does not mean another.
 */
export function readManagedSignIn(
  environment: Readonly<Record<string, string | undefined>>,
  byDefault: string,
): ManagedResult {
  const server = environment['RINGSIDE_SERVER'] ?? '';
  const address = readServerAddress(server === '' ? byDefault : server);
  if (!address.ok) return { kind: 'bad-address', fault: address.fault };
  const userName = environment['RINGSIDE_USERNAME'] ?? '';
  const password = environment['RINGSIDE_PASSWORD'] ?? '';
  if (userName === '' || password === '') return { kind: 'none' };
  return { kind: 'sign-in', signIn: { server: address.origin, userName, password } };
}

/** The server that the environment gives, where it is one. */
export function readManagedServer(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const address = readServerAddress(environment['RINGSIDE_SERVER'] ?? '');
  return address.ok ? address.origin : undefined;
}
