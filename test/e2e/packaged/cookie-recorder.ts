import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that records the session cookies a server sets. */
export interface CookieRecorder {
  readonly url: string;
  /** The values so far. */
  readonly cookies: readonly string[];
  close(): Promise<void>;
}

/** Starts a proxy for the server at `url`. */
export async function startCookieRecorder(url: string): Promise<CookieRecorder> {
  const cookies: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { method } = incoming;
    // The mock server refuses requests to another host.
    const headers = { ...incoming.headers, host: new URL(url).host };
    const forwarded = request(
      new URL(incoming.url ?? '/', url),
      { method, headers },
      (response) => {
        for (const cookie of response.headers['set-cookie'] ?? []) {
          const value = /^ss-p?id=([^;]+)/.exec(cookie)?.[1];
          if (value !== undefined) cookies.push(value);
        }
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cookies,
    async close() {
      const closed = once(proxy, 'close');
      proxy.close();
      proxy.closeAllConnections();
      await closed;
    },
  };
}
