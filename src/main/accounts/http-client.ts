import { net, type ClientRequest, type IncomingMessage, type Session } from 'electron';
import type { ConnectionError } from '../../shared/state';
import { findProxyCredentials } from './proxy-credentials';

/** One request to the server. The body, if any, is JSON text. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A size limit below {@link MAX_RESPONSE_BYTES}. */
  readonly maxBytes?: number;
}

/** A response of any status, or the reason why there is none. */
export type HttpResult =
  | {
      readonly ok: true;
      readonly status: number;
      /** By lower-case name. */
      readonly headers: Readonly<Record<string, string | undefined>>;
      /** After content decoding, such as gzip. */
      readonly body: Buffer;
    }
  | { readonly ok: false; readonly fault: ConnectionError };

/** Sends one request. Never rejects. */
export type HttpClient = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResult>;

/** Time limit for a whole request, including the response body. */
export const REQUEST_TIMEOUT_MS = 15_000;
/** Size limit for a response body after content decoding. */
export const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

const PROXY_SIGN_IN: ConnectionError = { kind: 'proxy-sign-in', code: 'HTTP 407' };
const MAX_REDIRECTS = 5;
const MAX_ERROR_CODE_LENGTH = 80;

/**
 * Creates a client on Electron's network stack, which brings the system proxy, the system
 * certificates, and the session's cookies. `net.fetch` can't restrict redirects and response size.
 */
export function createHttpClient(session: Session, timeoutMs = REQUEST_TIMEOUT_MS): HttpClient {
  return (request, signal) =>
    new Promise((resolve) => {
      const { method, url } = request;
      const clientRequest = net.request({
        method,
        url,
        session,
        useSessionCookies: true,
        credentials: 'include',
        redirect: 'manual',
        cache: 'no-store',
      });
      for (const [name, value] of Object.entries(request.headers)) {
        clientRequest.setHeader(name, value);
      }

      let isSettled = false;
      const settle = (result: HttpResult): void => {
        if (isSettled) return;
        isSettled = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        // After a timeout or an oversized body the transfer is still running.
        clientRequest.abort();
        resolve(result);
      };
      const abort = (): void => {
        settle({ ok: false, fault: { kind: 'unexpected', code: 'ABORTED' } });
      };
      const timer = setTimeout(() => {
        settle({ ok: false, fault: { kind: 'timeout', code: `${timeoutMs} ms` } });
      }, timeoutMs);

      signal.addEventListener('abort', abort);
      let isProxyLocked = false;
      clientRequest.on('error', (error) => {
        const fault = isProxyLocked ? PROXY_SIGN_IN : classifyNetError(error.message);
        settle({ ok: false, fault });
      });
      let hasTriedProxy = false;
      // Without credentials, the callback cancels the sign-in to the proxy or the server.
      clientRequest.on('login', (authInfo, callback) => {
        const credentials =
          authInfo.isProxy && !hasTriedProxy ? findProxyCredentials(authInfo) : undefined;
        hasTriedProxy = true;
        isProxyLocked = authInfo.isProxy && credentials === undefined;
        if (credentials) callback(...credentials);
        else callback();
      });
      restrictRedirects(clientRequest, method, url, settle);
      clientRequest.on('response', (response) => {
        if (response.statusCode === 407) settle({ ok: false, fault: PROXY_SIGN_IN });
        else readResponse(response, request.maxBytes ?? MAX_RESPONSE_BYTES, settle);
      });
      if (signal.aborted) abort();
      else clientRequest.end(request.body);
    });
}

/** Refuses redirects to another origin, which would carry the sign-in there. */
function restrictRedirects(
  clientRequest: ClientRequest,
  method: string,
  url: string,
  settle: (result: HttpResult) => void,
): void {
  const { origin } = new URL(url);
  let redirects = 0;
  clientRequest.on('redirect', (status, _, target) => {
    redirects += 1;
    const isSameOrigin = URL.canParse(target) && new URL(target).origin === origin;
    if (isSameOrigin && method === 'GET' && redirects <= MAX_REDIRECTS) {
      clientRequest.followRedirect();
    } else {
      settle({ ok: false, fault: { kind: 'redirected', code: String(status) } });
    }
  });
}

function readResponse(
  response: IncomingMessage,
  maxBytes: number,
  settle: (result: HttpResult) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk) => {
    size += chunk.length;
    if (size > maxBytes) {
      settle({ ok: false, fault: { kind: 'too-large', code: `${maxBytes} bytes` } });
    } else chunks.push(chunk);
  });
  response.on('error', (error: Error) => {
    settle({ ok: false, fault: classifyNetError(error.message) });
  });
  response.on('aborted', () => {
    settle({ ok: false, fault: { kind: 'bad-answer', code: 'ABORTED' } });
  });
  response.on('end', () => {
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name.toLowerCase(),
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    settle({ ok: true, status: response.statusCode, headers, body: Buffer.concat(chunks) });
  });
}

/** Turns an error of Chromium's network stack (`net::ERR_…`) into a {@link ConnectionError}. */
export function classifyNetError(message: string): ConnectionError {
  const code = /ERR_[A-Z0-9_]+/.exec(message)?.[0] ?? message.slice(0, MAX_ERROR_CODE_LENGTH);
  if (/NAME_NOT_RESOLVED|NAME_RESOLUTION/.test(code)) return { kind: 'not-found', code };
  if (/INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE|NETWORK_IO/.test(code)) {
    return { kind: 'no-network', code };
  }
  if (/CERT|SSL|TLS/.test(code)) return { kind: 'insecure', code };
  if (/PROXY_AUTH/.test(code)) return { ...PROXY_SIGN_IN, code };
  if (/PROXY|TUNNEL|SOCKS/.test(code)) return { kind: 'proxy', code };
  if (/TIMED_OUT/.test(code)) return { kind: 'timeout', code };
  if (/CONNECTION|EMPTY_RESPONSE|SOCKET/.test(code)) return { kind: 'refused', code };
  if (/CONTENT_|INCOMPLETE|INVALID_|MISMATCH|HTTP2|CHUNKED|RESPONSE_HEADERS/.test(code)) {
    return { kind: 'bad-answer', code };
  }
  return { kind: 'unexpected', code };
}
