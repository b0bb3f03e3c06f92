/**
 * The embedded stand-in for Evo Voice: an HTTP server on loopback that speaks the vendor's wire
 * format and plays a working day.
 *
 * Beside the API it can be steered by hand over HTTP, without signing in: `GET /demo` lists the
 * requests, for instance
 *
 *     curl -X POST $URL/demo/calls -d '{"fromName":"Grace Whitfield","customerName":"Bright Dental"}'
 *     curl -X POST $URL/demo/calls/$ID/answer -d '{"by":"Maya Kent"}'
 *     curl -X POST $URL/demo/faults -d '{"path":"/sessions/my","times":3,"status":503}'
 *
 * Tests do the same by the methods of {@link DemoServer}.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi } from './api';
import { SignIns } from './auth';
import { ME } from './cast';
import { PlayClock } from './clock';
import { Controls, type ControlParts } from './controls';
import { Faults, faultyReply, send } from './faults';
import { BadRequest, json, readRequest, type Reply, type Request } from './http';
import { seededRandom } from './random';
import { RequestLog, type SeenRequest } from './requests';
import { Scenario } from './scenario';
import { isSteering, steer } from './steering';
import { Switchboard } from './switchboard';

/** How the stand-in is to be started. Everything has a default. */
export interface DemoServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** The same seed plays the same day. */
  readonly seed?: number;
  /** How many times as fast as the world the scenario runs. */
  readonly speed?: number;
  readonly userName?: string;
  readonly password?: string;
  /** False: no calls but those made by hand, until the scenario is resumed. */
  readonly scenario?: boolean;
  /** The clock of the server, in milliseconds since 1970. */
  readonly now?: () => number;
}

const USER_WITHOUT_ROLE = 'dashboard@clearwater.example';

/** Starts the stand-in; resolves when it listens, rejects when it cannot. */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const { port = 0, host = '127.0.0.1' } = options;
  const server = new DemoServer(options);
  await server.listen(port, host);
  return server;
}

/** A running stand-in, steered by the methods of {@link Controls}. */
export class DemoServer extends Controls {
  readonly userName: string;
  readonly password: string;
  /** Somebody who can sign in but lacks the role `User`; the password is the same. */
  readonly userNameWithoutRole = USER_WITHOUT_ROLE;

  readonly #http: Server;
  readonly #api: (request: Request) => Reply;
  readonly #faults: Faults;
  readonly #requests = new RequestLog();
  readonly #now: () => number;
  #url = '';

  constructor({
    seed = 1,
    speed = 1,
    userName = 'jamie@clearwater.example',
    password = 'ring-ring',
    scenario: running = true,
    now = Date.now,
  }: DemoServerOptions) {
    const random = seededRandom(seed);
    const clock = new PlayClock({ now: now(), speed, running });
    const board = new Switchboard(seededRandom(seed + 1));
    const parts: ControlParts = {
      board,
      clock,
      scenario: new Scenario(board, random, (second) => clock.momentOf(second)),
      signIns: new SignIns([
        { userName, password, id: ME.userId, name: ME.name, roles: ['User'] },
        { userName: USER_WITHOUT_ROLE, password, id: 'wall', name: 'Wall', roles: ['Dashboard'] },
      ]),
      faults: new Faults(),
      random: seededRandom(seed + 2),
      now,
    };
    super(parts);
    this.userName = userName;
    this.password = password;
    this.#faults = parts.faults;
    this.#now = now;
    this.#api = createApi({ ...parts, lookupMode: () => this.lookupMode });
    this.#http = createServer((message, response) => {
      void this.#answer(message, response);
    });
    // A client that polls seldom should not meet a connection that is just being closed.
    this.#http.keepAliveTimeout = 60_000;
  }

  /** Where the stand-in is, without a slash at the end. */
  get url(): string {
    return this.#url;
  }

  /** The latest requests to the API, oldest first. */
  get requests(): readonly SeenRequest[] {
    return this.#requests.list();
  }

  /** Begins to listen. */
  async listen(port: number, host: string): Promise<void> {
    await once(this.#http.listen({ port, host }), 'listening');
    const address = this.#http.address() as AddressInfo;
    const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    this.#url = `http://${name}:${address.port}`;
  }

  /** Stops at once: whatever is still open is cut off. */
  async close(): Promise<void> {
    if (!this.#http.listening) return;
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(message);
      if (isSteering(request)) await this.#send(response, steer(this, request));
      else await this.#answerApi(message, request, response);
    } catch (error) {
      if (response.headersSent || response.destroyed) return; // Nobody left to tell.
      const status = error instanceof BadRequest ? error.status : 500;
      const why = error instanceof Error ? error.message : String(error);
      await this.#send(response, json({ error: why }, status));
    }
  }

  async #answerApi(
    message: IncomingMessage,
    request: Request,
    response: ServerResponse,
  ): Promise<void> {
    const userAgent = request.headers['user-agent'] ?? '';
    const at = this.catchUp();
    const answered = this.#requests.note({
      method: request.method,
      path: message.url ?? '/',
      userAgent,
      at,
    });
    const fault = this.#faults.strike(request);
    if (fault?.hang === true) return;
    if (fault?.reset === true) {
      message.socket.resetAndDestroy();
      return;
    }
    const truth = (): Reply => this.#api(request);
    const reply = fault === undefined ? truth() : faultyReply(fault, truth);
    answered(reply.status);
    await this.#send(response, reply, fault);
  }

  async #send(...[response, reply, fault]: Parameters<typeof send>): Promise<void> {
    response.sendDate = false;
    const date = new Date(this.#now()).toUTCString();
    await send(response, { ...reply, headers: { Date: date, ...reply.headers } }, fault);
  }
}
