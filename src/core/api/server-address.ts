/** Why a server address is invalid. */
export type AddressProblem = 'empty' | 'no-address' | 'not-https' | 'with-password';

/** The origin of a server, or why the address is invalid. */
export type ParsedAddress =
  | { readonly ok: true; readonly origin: string }
  | { readonly ok: false; readonly problem: AddressProblem };

/**
 * Parses a typed server address: `evovoice.io` means https. Plain http is limited to loopback
 * addresses, since it would expose the password.
 */
export function parseServerAddress(typed: string): ParsedAddress {
  const text = typed.trim();
  if (text === '') return { ok: false, problem: 'empty' };
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return { ok: false, problem: 'no-address' };
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { ok: false, problem: 'not-https' };
  }
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'with-password' };
  return { ok: true, origin: url.origin };
}

/** Whether a host name, as `URL` formats it, is a loopback address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
