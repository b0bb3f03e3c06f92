import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Reply, Request, Send } from '../../src/main/api/send';

/**
 * Sends over Node's own HTTP with a jar of cookies: in a test without Electron, what Electron's
 * network stack is to the app. Follows no redirects and knows no limits. `now` is the clock by
 * which cookies expire, in ms since 1970.
 */
export function nodeSend(now: () => number = Date.now): Send {
  const jar = new Map<string, string>();
  return (request, signal) =>
    new Promise((resolve) => {
      const { method, url, headers, body } = request;
      const outgoing = httpRequest(url, {
        method,
        signal,
        headers: { ...headers, ...cookiesIn(jar) },
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        resolve({ ok: false, fault: { kind: 'refused', code: error.code ?? error.message } });
      });
      outgoing.on('response', (incoming) => {
        keepCookies(incoming, jar, now());
        read(incoming).then(resolve, () => {
          resolve({ ok: false, fault: { kind: 'bad-answer', code: 'ABORTED' } });
        });
      });
      outgoing.end(body);
    });
}

/** As {@link nodeSend}, and what was sent so far. */
export function recordingSend(send: Send = nodeSend()): Send & { readonly sent: Request[] } {
  const sent: Request[] = [];
  const record: Send = (request, signal) => {
    sent.push(request);
    return send(request, signal);
  };
  return Object.assign(record, { sent });
}

async function read(incoming: IncomingMessage): Promise<Reply> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return { ok: true, status: incoming.statusCode ?? 0, headers, body: await buffer(incoming) };
}

function cookiesIn(jar: ReadonlyMap<string, string>): Record<string, string> {
  if (jar.size === 0) return {};
  return { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
}

function keepCookies(incoming: IncomingMessage, jar: Map<string, string>, now: number): void {
  for (const cookie of incoming.headers['set-cookie'] ?? []) {
    const [pair = '', ...attributes] = cookie.split(';');
    const [name = '', value = ''] = pair.split('=', 2);
    const expires = attributes.map((text) => text.trim()).find((text) => /^expires=/i.test(text));
    const isOver = expires !== undefined && Date.parse(expires.slice(8)) <= now;
    if (isOver) jar.delete(name);
    else jar.set(name, value);
  }
}
