import type { Fault } from '../../shared/state';

/** One request to the server. The body, if any, is JSON text. */
export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back: an answer of whatever status, or the fault that kept it from coming. */
export type Reply =
  | {
      readonly ok: true;
      readonly status: number;
      /** By lower-case name. */
      readonly headers: Readonly<Record<string, string | undefined>>;
      /** Decoded from gzip and the like. */
      readonly body: Buffer;
    }
  | { readonly ok: false; readonly fault: Fault };

/** Sends one request. Never rejects: what goes wrong is a {@link Fault}. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Reply>;

/** An answer that takes longer than this (ms) in all is cut off. */
export const LONGEST_ANSWER = 15_000;
/** An answer larger than this (bytes, decoded) is cut off. */
export const LARGEST_ANSWER = 32 * 1024 * 1024;

/** The fault that an error of Chromium's network stack (`net::ERR_…`) means. */
export function faultOfNetError(message: string): Fault {
  const code = /ERR_[A-Z0-9_]+/.exec(message)?.[0] ?? message.slice(0, 80);
  if (/NAME_NOT_RESOLVED|NAME_RESOLUTION/.test(code)) return { kind: 'not-found', code };
  if (/INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE|NETWORK_IO/.test(code)) {
    return { kind: 'no-network', code };
  }
  if (/CERT|SSL|TLS/.test(code)) return { kind: 'insecure', code };
  if (/TIMED_OUT/.test(code)) return { kind: 'timeout', code };
  if (/CONNECTION|EMPTY_RESPONSE|SOCKET/.test(code)) return { kind: 'refused', code };
  if (/CONTENT_|INCOMPLETE|INVALID_|MISMATCH|HTTP2|CHUNKED|RESPONSE_HEADERS/.test(code)) {
    return { kind: 'bad-answer', code };
  }
  return { kind: 'unexpected', code };
}
