import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The parts of a request that a response can depend on. */
export interface Request {
  readonly method: string;
  /** In lower case. */
  readonly path: string;
  /** The path in its original case. */
  readonly exactPath: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Whether the client accepts JSON; any other gets HTML. */
  readonly wantsJson: boolean;
}

/** A response. `Date` and `Content-Length` are added when it is sent. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** A request that is refused with this status. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a request including its body. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = message;
  const target = url.startsWith('/') ? url : '/';
  const { pathname: exactPath, searchParams: query } = new URL(`http://localhost${target}`);
  return {
    method,
    path: exactPath.toLowerCase(),
    exactPath,
    query,
    headers,
    body: await text(message),
    wantsJson: /\bapplication\/json\b/i.test(headers.accept ?? ''),
  };
}

/**
 * Refuses requests that a web page could make: one sent by a page of another origin, and one sent
 * to another host name that was made to resolve to this machine.
 */
export function checkOrigin({ headers: { host, origin } }: Pick<Request, 'headers'>, url: string) {
  const { port } = new URL(url);
  const allowed = [url, `http://localhost:${port}`].map((address) => new URL(address).origin);
  if (!allowed.includes(parseOrigin(`http://${host ?? ''}`))) {
    throw new RequestError(403, `The Host header must be ${new URL(url).host}.`);
  }
  if (origin !== undefined && !allowed.includes(parseOrigin(origin))) {
    throw new RequestError(403, 'Requests from web pages are refused.');
  }
}

function parseOrigin(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : '';
}

/** A response that is JSON. */
export function jsonResponse(value: unknown, status = 200): Response {
  return rawResponse(JSON.stringify(value), status);
}

/** A response with this body, labeled as JSON. */
export function rawResponse(body: string | Uint8Array, status = 200): Response {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body };
}

/** A response without a body. */
export function emptyResponse(status: number, headers: Response['headers'] = {}): Response {
  return { status, headers, body: '' };
}

/** A small web page. */
export function htmlResponse(text: string, status: number): Response {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><title>Evo Voice</title><pre>${escaped}</pre></html>`,
  };
}
