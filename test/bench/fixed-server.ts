import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SessionInfo } from '../../src/demo/api-types';

/** A poll, by the monotonic clock in ms. */
export interface Poll {
  readonly receivedAt: number;
  /** When the last byte of the response was handed to the system. */
  readonly answeredAt: number;
}

/**
 * A server that records when it was polled. It accepts every user, and its responses are prepared
 * beforehand, so that its own work isn't part of a measurement.
 */
export class FixedServer {
  readonly #http = createServer((request, response) => {
    this.#respond(request.url ?? '/', response);
  });
  #sessions: readonly SessionInfo[] = [];
  #body = Buffer.from('{"sessions":[]}');
  #waiting: ((poll: Poll) => void)[] = [];
  pollCount = 0;

  static async start(): Promise<FixedServer> {
    const server = new FixedServer();
    await once(server.#http.listen(0, '127.0.0.1'), 'listening');
    server.#http.keepAliveTimeout = 60_000;
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Sets the response to every poll from now on. */
  set sessions(sessions: readonly SessionInfo[]) {
    this.#sessions = sessions;
    this.#body = Buffer.from(JSON.stringify({ sessions }));
  }

  /** Resolves with the next poll once it is answered. */
  nextPoll(): Promise<Poll> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  async waitForPolls(count: number): Promise<void> {
    for (let poll = 0; poll < count; poll += 1) await this.nextPoll();
  }

  async close(): Promise<void> {
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  #respond(path: string, response: ServerResponse): void {
    const receivedAt = performance.now();
    let body = this.#body;
    if (path === '/sessions/my') {
      response.once('finish', () => {
        this.pollCount += 1;
        const poll = { receivedAt, answeredAt: performance.now() };
        for (const resolve of this.#waiting.splice(0)) resolve(poll);
      });
    } else if (path.startsWith('/sessions?')) {
      body = Buffer.from(JSON.stringify({ items: this.#sessions, hasMorePages: false }));
    } else {
      const user = { id: 'bench', name: 'Jamie Bench', roles: ['User'] };
      body = Buffer.from(JSON.stringify({ isAuthenticated: true, ...user }));
    }
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    });
    response.end(body);
  }
}
