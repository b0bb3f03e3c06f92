import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that Ringside must never contact. */
export interface ExternalServer {
  readonly url: string;
  /** The requests and connections so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Starts a server that answers and records every request. */
export async function startExternalServer(): Promise<ExternalServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>External</title>');
  });
  server.on('upgrade', (request, socket) => {
    requests.push(`UPGRADE ${request.url ?? ''}`);
    socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
