import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireSession } from '../../../src/demo/wire';

/** A poll that reached the server, by the monotonic clock in ms. */
export interface Poll {
  readonly asked: number;
  /** The last byte of the answer was handed to the system; `undefined` while it was not. */
  readonly answered: number | undefined;
}

/**
 * A server that knows exactly when it was asked and when it had answered. It takes everybody for
 * signed in, and what it answers is written beforehand: its own work is in no figure.
 */
export class AnswerServer {
  readonly polls: Poll[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response);
  });
  #sessions: readonly WireSession[] = [];
  #body = Buffer.from('{"sessions":[]}');
  #url = '';
  #waiting: ((poll: Poll) => void)[] = [];

  /** Resolves when it listens, on loopback. */
  static async start(): Promise<AnswerServer> {
    const answers = new AnswerServer();
    await once(answers.#server.listen(0, '127.0.0.1'), 'listening');
    answers.#url = `http://127.0.0.1:${(answers.#server.address() as AddressInfo).port}`;
    answers.#server.keepAliveTimeout = 60_000;
    return answers;
  }

  get url(): string {
    return this.#url;
  }

  get sessions(): readonly WireSession[] {
    return this.#sessions;
  }

  /** What every poll is told from now on. */
  set sessions(sessions: readonly WireSession[]) {
    this.#sessions = sessions;
    this.#body = Buffer.from(JSON.stringify({ sessions }));
  }

  /** The next poll that comes, once its answer is out. */
  nextPoll(): Promise<Poll> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Resolves once so many polls were answered from now on. */
  async polled(count: number): Promise<void> {
    for (let poll = 0; poll < count; poll += 1) await this.nextPoll();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const asked = performance.now();
    const path = request.url ?? '/';
    if (path !== '/sessions/my') {
      respond(response, Buffer.from(JSON.stringify(besides(path, this.#sessions))));
      return;
    }
    const poll: { asked: number; answered: number | undefined } = { asked, answered: undefined };
    this.polls.push(poll);
    response.once('finish', () => {
      poll.answered = performance.now();
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const tell of waiting) tell(poll);
    });
    respond(response, this.#body);
  }
}

function respond(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
}

/** What else is asked: who is signed in, and what became of sessions. */
function besides(path: string, sessions: readonly WireSession[]): unknown {
  if (path.startsWith('/sessions?')) return { items: sessions, totalCount: sessions.length };
  return {
    isAuthenticated: true,
    id: 'user-bench',
    name: 'Jamie Bench',
    roles: ['User'],
  };
}
