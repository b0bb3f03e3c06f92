/**
 * The embedded mock server: an HTTP server on loopback that speaks the Evo Voice API and plays a
 * scenario.
 *
 * Tests control it with the methods of {@link DemoServer}. The same can be done over HTTP, without
 * signing in; `GET /demo` lists the control endpoints. For example:
 *
 *     post() { curl -X POST "$URL/demo/$1" -H 'Content-Type: application/json' -d "$2"; }
 *     post calls '{"fromName":"Grace Whitfield","customerName":"Bright Dental"}'
 *     post calls/$ID/answer '{"by":"Maya Kent"}'
 *     post faults '{"path":"/sessions/my","times":3,"status":503}'
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi, type EndpointMode, type EndpointName } from './api';
import type { SessionFields } from './api-types';
import { SignIns } from './auth';
import { handleControlRequest, isControlRequest } from './control-api';
import { applyFault, nextFault, sendResponse, type Fault } from './faults';
import { checkOrigin, jsonResponse, readRequest, RequestError } from './http';
import type { Request, Response } from './http';
import { sessionFromFields } from './new-session';
import { createRandom } from './random';
import { CONTACTS, findPerson, JAMIE } from './scenario/people';
import { Scenario } from './scenario/scenario';
import { SessionStore, type SessionUpdate } from './session-store';
import { Transcripts } from './transcripts';
import { Voicemails, type Message } from './voicemails';
import { answer, end, endByState, hold, miss } from './session-updates';
import { resume, returnToQueue, ring, setFields } from './session-updates';

export interface DemoServerOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** The same seed plays the same scenario. */
  readonly seed?: number;
  /** How many times as fast as real time the scenario plays. */
  readonly speed?: number;
  readonly userName?: string;
  readonly password?: string;
  /** False: only the calls made by hand. */
  readonly scenario?: boolean;
  /** The clock of the server, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** A request to the API. */
export interface ReceivedRequest {
  readonly method: string;
  /** As it was sent, with the query. */
  readonly path: string;
  readonly userAgent: string;
  /** The status of the response; 0 while there is none. */
  status: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const MAX_REQUESTS = 1_000;
const DEFAULT_LISTED_SECONDS = 10;

/** Starts a mock server. Rejects if it can't listen. */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const server = new DemoServer(options);
  await server.listen(options.port ?? 0);
  return server;
}

/**
 * The mock server. The scenario no longer changes a session that was changed by one of these
 * methods. A method throws a {@link RequestError} with status 404 if the session isn't active.
 */
export class DemoServer {
  readonly userName: string;
  readonly password: string;
  /** A user who can sign in but doesn't have the role `User`; the password is the same. */
  readonly userNameWithoutRole = 'dashboard@clearwater.example';
  /** A second login that sees the same sessions; the password is the same. */
  readonly secondUserName = 'reception@clearwater.example';
  /** The latest requests to the API, oldest first. */
  readonly requests: ReceivedRequest[] = [];

  readonly #now: () => number;
  readonly #random;
  readonly #store: SessionStore;
  readonly #startedAt: number;
  readonly #speed: number;
  /** Absent if only calls are made by hand. */
  readonly #scenario: Scenario | undefined;
  readonly #signIns: SignIns;
  /** Oldest first. */
  #faults: Fault[] = [];
  readonly #transcripts = new Transcripts();
  readonly #voicemails = new Voicemails();
  readonly #endpointModes: Record<EndpointName, EndpointMode> = {
    lookup: 'ok',
    history: 'ok',
    contacts: 'ok',
    voicemail: 'ok',
    transcripts: 'ok',
  };
  #contacts: unknown = CONTACTS;
  readonly #api: (request: Request) => Response;
  readonly #http = createServer((message, output) => void this.#respond(message, output));
  #url = '';

  constructor({
    seed = 1,
    speed = 1,
    userName = 'jamie@clearwater.example',
    password = 'ring-ring',
    scenario: hasScenario = true,
    now = Date.now,
  }: DemoServerOptions) {
    this.userName = userName;
    this.password = password;
    this.#now = now;
    this.#startedAt = now();
    this.#speed = speed;
    this.#random = createRandom(seed + 2);
    this.#store = new SessionStore(createRandom(seed + 1));
    this.#scenario = hasScenario
      ? new Scenario(this.#store, this.#voicemails, createRandom(seed), (second) =>
          Math.round(this.#startedAt + (second * 1000) / speed),
        )
      : undefined;
    const jamie = { password, id: JAMIE.userId, name: JAMIE.name, roles: ['User'] };
    const dashboard = { password, id: 'dashboard', name: 'Dashboard', roles: ['Dashboard'] };
    this.#signIns = new SignIns([
      { userName, ...jamie },
      { userName: this.secondUserName, ...jamie },
      { userName: this.userNameWithoutRole, ...dashboard },
    ]);
    this.#api = createApi({
      store: this.#store,
      voicemails: this.#voicemails,
      signIns: this.#signIns,
      endpointModes: this.#endpointModes,
      transcripts: this.#transcripts,
      getContacts: () => this.#contacts,
      now,
    });
    // Clients that poll rarely must not reuse a connection that is being closed.
    this.#http.keepAliveTimeout = 60_000;
  }

  /** The address, without a trailing slash. */
  get url(): string {
    return this.#url;
  }

  async listen(port: number): Promise<void> {
    await once(this.#http.listen({ port, host: '127.0.0.1' }), 'listening');
    this.#url = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Stops immediately and closes all connections. */
  async close(): Promise<void> {
    if (!this.#http.listening) return;
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  /** Adds a session with these fields and returns its id. By default it is a ringing call. */
  ring(fields: SessionFields = {}): string {
    const at = this.#advance();
    if (typeof fields.id === 'string' && this.#store.isActive(fields.id)) {
      throw new RequestError(409, `The session ${fields.id} exists already.`);
    }
    return this.#store.add(sessionFromFields(fields, this.#random), { at, fields });
  }

  /** Answers the call. It stays active. */
  answer(id: string, { by = JAMIE.name }: { by?: string } = {}): void {
    this.#update(id, answer(findPerson(by)));
  }

  /** Puts the call on hold. */
  hold(id: string, { by = JAMIE.name }: { by?: string } = {}): void {
    this.#update(id, hold(findPerson(by)));
  }

  /** Takes the call off hold. */
  resume(id: string, { by = JAMIE.name }: { by?: string } = {}): void {
    this.#update(id, resume(findPerson(by)));
  }

  /** Moves the call to a queue. */
  queue(id: string): void {
    this.#update(id, returnToQueue);
  }

  /** Lets the call ring again. */
  ringAgain(id: string, { at = JAMIE.name }: { at?: string } = {}): void {
    this.#update(id, ring(findPerson(at)));
  }

  /** Ends the call as missed. It stays listed for `listedSeconds`. */
  miss(
    id: string,
    { listedSeconds = DEFAULT_LISTED_SECONDS }: { listedSeconds?: number } = {},
  ): void {
    this.#update(id, miss);
    this.#remove(id, listedSeconds);
  }

  /** Ends the call. It stays listed for `listedSeconds`. */
  end(id: string, { listedSeconds = DEFAULT_LISTED_SECONDS, outcome = 'Completed' } = {}): void {
    this.#update(id, end(outcome));
    this.#remove(id, listedSeconds);
  }

  /**
   * Removes the session from the active sessions immediately. A lookup says that it was answered
   * (`by`), doesn't find it (`forget`), or says what its last state suggests: a ringing call was
   * missed. `fields` override all of that.
   */
  vanish(
    id: string,
    { by, forget, fields = {} }: { by?: string; forget?: boolean; fields?: SessionFields } = {},
  ): void {
    this.#update(id, by === undefined ? endByState : answer(findPerson(by)));
    this.#update(id, setFields(fields));
    this.#remove(id, 0);
    if (forget) this.#store.forget(id);
  }

  /** Sets fields of the session; `null` removes a field. */
  patch(id: string, fields: SessionFields): void {
    this.#update(id, setFields(fields));
  }

  /** Removes all sessions, the history, and the voice messages. */
  clear(): void {
    this.#advance();
    this.#voicemails.clear();
    this.#store.clear();
  }

  /** Makes responses go wrong from now on. */
  fault(fault: Fault): void {
    if (fault.times !== 0) this.#faults.push(fault);
  }

  clearFaults(): void {
    this.#faults = [];
  }

  /** Ends all sign-ins. */
  revoke(): void {
    this.#signIns.revokeAll();
  }

  /** Sets how an endpoint behaves. */
  setMode(endpoint: EndpointName, mode: EndpointMode): void {
    this.#endpointModes[endpoint] = mode;
  }

  /** Replaces the contacts with any value, valid or not. */
  setContacts(contacts: unknown): void {
    this.#contacts = contacts;
  }

  /** Replaces the messages of a chat with any value, valid or not. */
  setMessages(id: string, messages: unknown): void {
    this.#transcripts.set(id, messages);
  }

  /** Leaves a voice message. `fields` are fields of its file, such as `fromAddress`. */
  leaveVoicemail(
    fields: Readonly<Record<string, unknown>> = {},
    { seconds = 32, transcription }: Partial<Message> = {},
  ): string {
    return this.#voicemails.add({}, { seconds, transcription }, this.#advance(), fields);
  }

  state() {
    const now = this.#advance();
    return {
      now,
      ...this.#endpointModes,
      signIns: this.#signIns.count,
      faults: [...this.#faults],
      sessions: this.#store.active,
    };
  }

  /** Plays the scenario up to the current time and returns that time. */
  #advance(): number {
    const now = this.#now();
    this.#scenario?.advanceTo(((now - this.#startedAt) / 1000) * this.#speed);
    this.#store.advanceTo(now);
    return now;
  }

  #update(id: string, update: SessionUpdate): void {
    const at = this.#advance();
    if (!this.#store.isActive(id)) throw new RequestError(404, `No session ${id} is active.`);
    this.#scenario?.release(id);
    this.#store.update(id, update, at);
  }

  #remove(id: string, seconds: number): void {
    const now = this.#advance();
    this.#store.removeAt(id, now + seconds * 1000);
    this.#store.advanceTo(now);
  }

  async #respond(message: IncomingMessage, output: ServerResponse): Promise<void> {
    try {
      checkOrigin(message, this.#url);
      const request = await readRequest(message);
      if (isControlRequest(request)) await this.#send(output, handleControlRequest(this, request));
      else await this.#respondToApi(message, request, output);
    } catch (error) {
      if (output.headersSent || output.destroyed) return;
      const status = error instanceof RequestError ? error.status : 500;
      const text = error instanceof Error ? error.message : String(error);
      await this.#send(output, jsonResponse({ error: text }, status));
    }
  }

  async #respondToApi(
    message: IncomingMessage,
    request: Request,
    output: ServerResponse,
  ): Promise<void> {
    const received = {
      method: request.method,
      path: message.url ?? '/',
      userAgent: request.headers['user-agent'] ?? '',
      status: 0,
      at: this.#advance(),
    };
    this.requests.push(received);
    if (this.requests.length > MAX_REQUESTS) this.requests.shift();
    const fault = nextFault(this.#faults, request.path);
    if (fault?.hang === true) return;
    if (fault?.reset === true) {
      message.socket.resetAndDestroy();
      return;
    }
    const createResponse = (): Response => this.#api(request);
    const response = fault === undefined ? createResponse() : applyFault(fault, createResponse);
    received.status = response.status;
    await this.#send(output, response, fault?.delayMs);
  }

  async #send(output: ServerResponse, response: Response, delayMs?: number): Promise<void> {
    output.sendDate = false;
    const headers = { Date: new Date(this.#now()).toUTCString(), ...response.headers };
    await sendResponse(output, { ...response, headers }, delayMs);
  }
}
