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

/** A request that gets a bad response. */
export interface ServerCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/** Sends a bad response. */
export type BadResponse = (call: ServerCall) => unknown;

/** The protocol spoken on the port; `silence` accepts connections and never answers. */
export type ServerProtocol = 'http' | 'https' | 'silence';

/** A proxy of the mock server that sends bad responses on demand. */
export class FaultyServer {
  /** The response to polls; proxied while undefined. */
  pollResponse: BadResponse | undefined;
  /** The response to all other requests; proxied while undefined. */
  otherResponse: BadResponse | undefined;
  protocol: ServerProtocol = 'http';
  readonly #upstream: string | undefined;
  readonly #http: HttpServer;
  readonly #requests: string[] = [];
  readonly #sockets = new Set<Socket>();
  #certificate: Certificate | undefined;
  #listener: Server | undefined;
  #port = 0;

  private constructor(upstream: string | undefined) {
    this.#upstream = upstream;
    this.#http = createHttpServer((request, response) => {
      void this.#answer(request, response);
    });
    this.#http.keepAliveTimeout = 60_000;
  }

  /** Starts on a free port of 127.0.0.1. Without an upstream every response is HTTP 204. */
  static async start(upstream?: string): Promise<FaultyServer> {
    const server = new FaultyServer(upstream);
    await server.open();
    return server;
  }

  /** Host and port. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Every request so far with its headers and body. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** Listens, on the same port as before. */
  async open(): Promise<void> {
    this.#listener = createServer((socket) => {
      this.#accept(socket);
    });
    await once(this.#listener.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#listener.address() as AddressInfo).port;
  }

  /** Stops listening and drops all connections. */
  async close(): Promise<void> {
    if (!this.#listener?.listening) return;
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    this.dropConnections();
    await closed;
  }

  /** Drops all connections. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Uses TLS with this certificate from now on. */
  useCertificate(certificate: Certificate): void {
    this.#certificate = certificate;
    this.protocol = 'https';
    this.dropConnections();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Connections that break are what these tests are about.
    socket.on('error', () => undefined);
    if (this.protocol === 'silence') return;
    if (this.protocol === 'http' || !this.#certificate) {
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
    const respond = isPoll ? this.pollResponse : this.otherResponse;
    if (respond) respond({ request, response, socket });
    else if (this.#upstream === undefined) response.writeHead(204).end();
    else this.#proxy(this.#upstream, request, body, response);
  }

  #proxy(
    upstream: string,
    { method = 'GET', url = '/', headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): void {
    // A client that uses this as its proxy requests absolute URLs.
    const path = url.replace(/^https?:\/\/[^/]+/, '');
    // The mock server refuses requests to another host.
    const ownHeaders = { ...headers, host: new URL(upstream).host };
    const upstreamRequest = httpRequest(
      upstream + path,
      { method, headers: ownHeaders },
      (upstreamResponse) => {
        response.writeHead(upstreamResponse.statusCode ?? 500, upstreamResponse.headers);
        upstreamResponse.pipe(response);
      },
    );
    upstreamRequest.on('error', () => response.destroy());
    upstreamRequest.end(body);
  }
}
