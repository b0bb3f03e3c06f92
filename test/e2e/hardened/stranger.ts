import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that no page of ours has any business with. */
export interface Stranger {
  readonly url: string;
  /** The requests and connections that it got. */
  readonly visits: readonly string[];
  close(): Promise<void>;
}

/** Opens a server that gives everybody what they ask for, and notes who came. */
export async function startStranger(): Promise<Stranger> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>Stranger</title>');
  });
  server.on('upgrade', (request, socket) => {
    visits.push(`UPGRADE ${request.url ?? ''}`);
    socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    visits,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
