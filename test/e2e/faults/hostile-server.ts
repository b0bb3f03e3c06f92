import { once } from 'node:events';
import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from './certificate';

/** A request that is to be answered badly. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/** How it is answered. */
export type Strike = (call: Call) => unknown;

/** What speaks at the port: HTTP, HTTP over TLS, or nothing at all. */
export type Tongue = 'http' | 'https' | 'silence';

/** A server that answers truly, by asking another one, until it strikes. */
export class HostileServer {
  /** Answers the polls instead of the truth. */
  strike: Strike | undefined;
  /** Answers everything else instead of the truth. */
  strikeElsewhere: Strike | undefined;
  tongue: Tongue = 'http';
  readonly #truth: string | undefined;
  readonly #http: HttpServer;
  readonly #requests: string[] = [];
  readonly #sockets = new Set<Socket>();
  #certificate: Certificate | undefined;
  #ports: Server | undefined;
  #port = 0;

  private constructor(truth: string | undefined) {
    this.#truth = truth;
    this.#http = createHttpServer((request, response) => {
      void this.#answer(request, response);
    });
    this.#http.keepAliveTimeout = 60_000;
  }

  /** Starts on a free port of 127.0.0.1. Without a truth every answer is 204. */
  static async start(truth?: string): Promise<HostileServer> {
    const server = new HostileServer(truth);
    await server.open();
    return server;
  }

  /** Host and port. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Every request so far, whole: its line, its headers and its body. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** Listens, at the same port as before. */
  async open(): Promise<void> {
    this.#ports = createServer((socket) => {
      this.#accept(socket);
    });
    await once(this.#ports.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#ports.address() as AddressInfo).port;
  }

  /** Listens no more, and cuts every connection. */
  async shut(): Promise<void> {
    if (!this.#ports?.listening) return;
    const closed = once(this.#ports, 'close');
    this.#ports.close();
    this.hangUp();
    await closed;
  }

  /** Cuts every connection. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Speaks TLS with this certificate from now on. */
  present(certificate: Certificate): void {
    this.#certificate = certificate;
    this.tongue = 'https';
    this.hangUp();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Whoever gives up in the middle is what this is about.
    socket.on('error', () => undefined);
    if (this.tongue === 'silence') return;
    if (this.tongue === 'http' || !this.#certificate) {
      this.#http.emit('connection', socket);
      return;
    }
    const secureContext = createSecureContext(this.#certificate);
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    secure.on('error', () => undefined);
    this.#http.emit('connection', secure);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', rawHeaders, socket } = request;
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    this.#requests.push([`${method} ${url}`, ...rawHeaders, body.toString()].join('\n'));
    const isPoll = /\/sessions\/(?:my|active)$/.test(url);
    const strike = isPoll ? this.strike : this.strikeElsewhere;
    if (strike) strike({ request, response, socket });
    else if (this.#truth === undefined) response.writeHead(204).end();
    else this.#tellTruth(this.#truth, request, body, response);
  }

  #tellTruth(
    truth: string,
    { method = 'GET', url = '/', headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): void {
    // A proxy is asked for the whole address.
    const path = url.replace(/^https?:\/\/[^/]+/, '');
    // The mock server refuses requests to another host.
    const own = { ...headers, host: new URL(truth).host };
    const asked = httpRequest(truth + path, { method, headers: own }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    asked.on('error', () => response.destroy());
    asked.end(body);
  }
}
