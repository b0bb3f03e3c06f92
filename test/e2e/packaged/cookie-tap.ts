import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes requests on to a server and remembers the cookies that it gave out. */
export interface CookieTap {
  /** Where the app is to find the server. */
  readonly url: string;
  /** The values of the sign-in's cookies so far. */
  readonly cookies: readonly string[];
  close(): Promise<void>;
}

/** Stands in front of the server at `url`. */
export async function startCookieTap(url: string): Promise<CookieTap> {
  const cookies: string[] = [];
  const tap = createServer((asked, answer) => {
    const { method } = asked;
    // The mock server refuses requests to another host.
    const headers = { ...asked.headers, host: new URL(url).host };
    const passed = request(new URL(asked.url ?? '/', url), { method, headers }, (given) => {
      for (const cookie of given.headers['set-cookie'] ?? []) {
        const value = /^ss-p?id=([^;]+)/.exec(cookie)?.[1];
        if (value !== undefined) cookies.push(value);
      }
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await once(tap.listen(0, '127.0.0.1'), 'listening');
  const { port } = tap.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cookies,
    async close() {
      const closed = once(tap, 'close');
      tap.close();
      tap.closeAllConnections();
      await closed;
    },
  };
}
