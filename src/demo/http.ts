import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** More than anybody has to say to the stand-in. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A request, as far as an answer depends on it. */
export interface Request {
  readonly method: string;
  /** Lower case, without a `.json` suffix or a slash at the end. */
  readonly path: string;
  /** The path with the case it was sent in. */
  readonly exactPath: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Asked for by header, suffix or query; whoever does not ask gets HTML. */
  readonly wantsJson: boolean;
}

/** An answer. The `Date` and `Content-Length` are added when it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** Something that is wrong with a request, and the status that says so. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a request to its end. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = message;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new BadRequest(413, 'The request is too long.');
    chunks.push(chunk);
  }
  const target = url.startsWith('/') ? url : '/';
  const { pathname, searchParams: query } = new URL(`http://stand-in${target}`);
  const exactPath = pathname.replace(/\.json$/i, '').replace(/(?<=.)\/$/, '');
  return {
    method,
    path: exactPath.toLowerCase(),
    exactPath,
    query,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    wantsJson:
      /\bapplication\/json\b/i.test(headers.accept ?? '') ||
      /\.json$/i.test(pathname) ||
      query.get('format') === 'json',
  };
}

/** An answer in JSON. */
export function json(value: unknown, status = 200): Reply {
  return written(JSON.stringify(value), status);
}

/** An answer that claims to be JSON, whatever it is. */
export function written(body: string | Uint8Array, status = 200): Reply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body };
}

/** A page for people. */
export function html(title: string, text: string, status = 200): Reply {
  const [safeTitle, safeText] = [title, text].map((part) =>
    part.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  );
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body:
      `<!doctype html><html lang="en"><head><title>${safeTitle ?? ''}</title></head>` +
      `<body><h1>${safeTitle ?? ''}</h1><pre>${safeText ?? ''}</pre></body></html>`,
  };
}

/** An answer of which the status and the headers are all there is to say. */
export function bodiless(status: number, headers: Reply['headers'] = {}): Reply {
  return { status, headers, body: '' };
}
