/** Why an address cannot be a server's. */
export type AddressProblem = 'empty' | 'no-address' | 'not-https' | 'with-password';

/** The origin of a server, or what is wrong with what was typed. */
export type ParsedAddress =
  | { readonly ok: true; readonly origin: string }
  | { readonly ok: false; readonly problem: AddressProblem };

/**
 * Reads a server address as people type it: `evovoice.io` means https. Plain http is for loopback
 * addresses only, for a password would travel in the clear.
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

/** Whether a host name as `URL` writes it means this very machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
