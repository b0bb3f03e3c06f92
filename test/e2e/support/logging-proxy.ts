import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that records who is contacted through it. It forwards plain http and refuses the rest. */
export interface LoggingProxy {
  /** The switches that send all of Chromium's requests through the proxy. */
  readonly switches: readonly string[];
  /** Host and port of each contacted server, with the number of requests. */
  readonly hosts: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Starts a proxy. With `credentials` (`user:password`), it refuses requests without them. */
export async function startLoggingProxy(
  credentials?: string,
): Promise<LoggingProxy & { readonly port: number }> {
  const hosts = new Map<string, number>();
  const count = (host: string): void => {
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
  };
  const expected =
    credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    if (expected !== undefined && headers['proxy-authorization'] !== expected) {
      outgoing.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="office"' }).end();
      return;
    }
    count(new URL(url).host);
    const forwarded = request(url, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  proxy.on('connect', ({ url = '', headers }, socket) => {
    // Otherwise it never notices that the other end closed it.
    socket.resume();
    if (expected !== undefined && headers['proxy-authorization'] !== expected) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    count(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    port,
    // By default, loopback addresses bypass the proxy.
    switches: [`--proxy-server=127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    hosts,
    async close() {
      const closed = once(proxy, 'close');
      proxy.close();
      proxy.closeAllConnections();
      await closed;
    },
  };
}
