import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { HttpClient, HttpRequest, HttpResult } from '../../../src/main/accounts/http-client';

/** Creates a client on Node's HTTP with cookies but without redirects, for tests without Electron. */
export function createNodeHttpClient(): HttpClient {
  const cookies = new Map<string, string>();
  return (request, signal) =>
    new Promise((resolve) => {
      const { method, url, headers, body } = request;
      const outgoing = httpRequest(url, {
        method,
        signal,
        headers: { ...headers, ...cookieHeader(cookies) },
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        resolve({ ok: false, fault: { kind: 'refused', code: error.code ?? error.message } });
      });
      outgoing.on('response', (incoming) => {
        storeCookies(incoming, cookies);
        read(incoming).then(resolve, () => {
          resolve({ ok: false, fault: { kind: 'bad-answer', code: 'ABORTED' } });
        });
      });
      outgoing.end(body);
    });
}

/** Wraps a client and records its requests. */
export function recordRequests(http: HttpClient): HttpClient & { readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const record: HttpClient = (request, signal) => {
    sent.push(request);
    return http(request, signal);
  };
  return Object.assign(record, { sent });
}

async function read(incoming: IncomingMessage): Promise<HttpResult> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return { ok: true, status: incoming.statusCode ?? 0, headers, body: await buffer(incoming) };
}

function cookieHeader(cookies: ReadonlyMap<string, string>): Record<string, string> {
  if (cookies.size === 0) return {};
  return { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

function storeCookies(incoming: IncomingMessage, cookies: Map<string, string>): void {
  for (const cookie of incoming.headers['set-cookie'] ?? []) {
    const [pair = '', ...attributes] = cookie.split(';');
    const [name = '', value = ''] = pair.split('=', 2);
    const expires = attributes.map((text) => text.trim()).find((text) => /^expires=/i.test(text));
    const isExpired = expires !== undefined && Date.parse(expires.slice(8)) <= Date.now();
    if (isExpired) cookies.delete(name);
    else cookies.set(name, value);
  }
}
