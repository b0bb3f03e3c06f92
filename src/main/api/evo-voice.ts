import * as v from 'valibot';
import { decodeAnswer } from '../../core/decode';
import type { Session } from '../../core/session';
import { plainLine, shortened } from '../../core/text';
import type { Fault } from '../../shared/state';
import { retryAfterOf } from './retry-after';
import type { Reply, Request, Send } from './send';

/** Why the server gave nothing usable. `retryAfter` is what it asked to wait, in ms. */
export type Problem =
  /** 401: nobody is signed in, or the sign-in was refused; `message` is the server's word. */
  | { readonly kind: 'signed-out'; readonly message: string | undefined }
  /** 403: signed in, but without a role. */
  | { readonly kind: 'forbidden'; readonly role: string }
  /** 404 or 410: this server has no such address. */
  | { readonly kind: 'missing'; readonly status: 404 | 410 }
  | {
      readonly kind: 'fault';
      readonly fault: Fault;
      readonly retryAfter: number | undefined;
    };

/** A result, or the problem that kept it from coming. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** Who the server says is signed in. */
export interface Identity {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly roles: readonly string[];
}

/** The role that the vendor's page requires for sessions. */
const ROLE = 'User';
/** Clocks closer than this (ms) agree: the header counts in seconds, and answers take a while. */
const AGREES = 3_000;
/** The years that a header can name, in ms since 1970: no clock is further off than that. */
const FIRST_CLOCK = Date.UTC(1900, 0, 1);
const LAST_CLOCK = Date.UTC(9999, 11, 31);
/** Ids in one look-up: an address of a thousand characters passes every proxy. */
const MOST_IDS = 20;
/** What a stranger's server says its answer is may be anything: so much of it is told. */
const LONGEST_CODE = 80;

const text = v.fallback(v.optional(v.string()), undefined);
const status = v.object({
  isAuthenticated: v.fallback(v.boolean(), false),
  id: text,
  name: text,
  roles: v.fallback(v.array(v.string()), []),
});
const error = v.object({ message: text });

/** What a client of Evo Voice needs. */
export interface Needs {
  readonly send: Send;
  /** `https://evovoice.io` or wherever the server is. */
  readonly origin: string;
  readonly userAgent: string;
  /** Somebody has signed in: the cookies are new. */
  readonly onSignedIn?: () => void;
  /** Aborts everything under way when the app quits or the account is left. */
  readonly signal: AbortSignal;
  /** Ms since 1970, for a `Retry-After` that names a date where the server tells no clock. */
  readonly now: () => number;
}

/** The few requests that Ringside makes, each with its outcome as a value. */
export class EvoVoice {
  readonly #needs: Needs;
  /** `/sessions/my`, or its announced successor once the server no longer has that. */
  #sessionsPath: '/sessions/my' | '/sessions/active' = '/sessions/my';

  /** By how much (ms) the server's clock was ahead of ours when it last answered. */
  #serverAhead = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** How far (ms) the server's clock is ahead of this machine's, to the second; 0 if it agrees. */
  get serverAhead(): number {
    return Math.abs(this.#serverAhead) < AGREES ? 0 : this.#serverAhead;
  }

  /** Signs in; the cookies stay in the session that sends. Never repeats a refused attempt. */
  async signIn(userName: string, password: string): Promise<Result<null>> {
    const body = { provider: 'credentials', userName, password, rememberMe: true };
    const reply = await this.#ask('POST', '/auth/credentials', JSON.stringify(body));
    if (reply.ok) this.#needs.onSignedIn?.();
    return reply.ok ? { ok: true, value: null } : reply;
  }

  /** Asks who is signed in; `null` when nobody is. */
  async who(): Promise<Result<Identity | null>> {
    const reply = await this.#ask('GET', '/auth/status');
    if (!reply.ok) {
      // The page promises `isAuthenticated: false`; some proxies say 401 before it gets a word in.
      return reply.problem.kind === 'signed-out' ? { ok: true, value: null } : reply;
    }
    const json = parse(reply.value);
    const read = v.safeParse(status, json);
    if (!read.success) return badAnswer('auth/status');
    const { isAuthenticated, id, name, roles } = read.output;
    return { ok: true, value: isAuthenticated ? { id, name, roles } : null };
  }

  /** Ends the sign-in on the server. */
  async signOut(): Promise<Result<null>> {
    const reply = await this.#ask('POST', '/auth/logout', '{}');
    return reply.ok ? { ok: true, value: null } : reply;
  }

  /** The answer that lists the active sessions, as bytes: the caller knows whether they are new. */
  async sessions(): Promise<Result<Buffer>> {
    const reply = await this.#ask('GET', this.#sessionsPath);
    if (reply.ok || reply.problem.kind !== 'missing') return reply;
    if (this.#sessionsPath === '/sessions/active') {
      this.#sessionsPath = '/sessions/my';
      return reply;
    }
    this.#sessionsPath = '/sessions/active';
    return this.#ask('GET', this.#sessionsPath);
  }

  /** What became of sessions that are no longer active. */
  async lookUp(ids: readonly string[]): Promise<Result<readonly Session[]>> {
    const found: Session[] = [];
    for (let at = 0; at < ids.length; at += MOST_IDS) {
      const some = ids
        .slice(at, at + MOST_IDS)
        // Half an emoji is an id that JSON can carry and an address cannot: it will not be found.
        .map((id) => encodeURIComponent(id.toWellFormed()))
        .join(',');
      const reply = await this.#ask('GET', `/sessions?specificIds=${some}`);
      if (!reply.ok) return reply;
      const decoded = decodeAnswer(parse(reply.value));
      if (!decoded.ok) return badAnswer('sessions');
      found.push(...decoded.sessions);
    }
    return { ok: true, value: found };
  }

  async #ask(method: Request['method'], path: string, body?: string): Promise<Result<Buffer>> {
    const { send, origin, userAgent, signal, now } = this.#needs;
    const headers = {
      Accept: 'application/json',
      'User-Agent': userAgent,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const url = `${origin}${path}`;
    const reply = await send(
      { method, url, headers, ...(body === undefined ? {} : { body }) },
      signal,
    );
    const clock = reply.ok ? serverClock(reply.headers) : undefined;
    if (clock !== undefined) this.#serverAhead = clock - now();
    return judge(reply, now());
  }
}

/** What some writers of UTF-8 begin with, though JSON has no use for it. */
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Parses JSON; what is none is `undefined`, which no schema takes. */
export function parse(body: Buffer): unknown {
  const isMarked = body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  try {
    return JSON.parse(body.toString('utf8', isMarked ? BYTE_ORDER_MARK.length : 0));
  } catch {
    return undefined;
  }
}

function judge(reply: Reply, now: number): Result<Buffer> {
  if (!reply.ok) return failed(reply.fault, undefined);
  const { headers, body } = reply;
  const code = `HTTP ${reply.status}`;
  if (reply.status === 401) {
    return { ok: false, problem: { kind: 'signed-out', message: messageIn(body) } };
  }
  if (reply.status === 403) return { ok: false, problem: { kind: 'forbidden', role: ROLE } };
  if (reply.status === 404 || reply.status === 410) {
    return { ok: false, problem: { kind: 'missing', status: reply.status } };
  }
  const retryAfter = retryAfterOf(headers['retry-after'], serverClock(headers) ?? now);
  if (reply.status === 429) return failed({ kind: 'too-many-requests', code }, retryAfter);
  if (reply.status >= 500) return failed({ kind: 'server-error', code }, retryAfter);
  if (reply.status < 200 || reply.status >= 300) {
    return failed({ kind: 'unexpected', code }, retryAfter);
  }
  // A login page or a proxy's page comes with status 200 too: only the type tells.
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '');
  if (!isJson && body.length > 0) {
    const type = shortened(plainLine(headers['content-type'] ?? code), LONGEST_CODE);
    return failed({ kind: 'bad-answer', code: type }, undefined);
  }
  return { ok: true, value: body };
}

/** What time it is for the server, in ms since 1970: a date that it names is by its own clock. */
function serverClock({ date }: Extract<Reply, { ok: true }>['headers']): number | undefined {
  const clock = Date.parse(date ?? '');
  return clock >= FIRST_CLOCK && clock <= LAST_CLOCK ? clock : undefined;
}

/** What the server says about an error, camelCase or PascalCase, as one line. */
function messageIn(body: Buffer): string | undefined {
  const json = lowerKeys(parse(body));
  const read = v.safeParse(v.object({ responsestatus: v.unknown() }), json);
  if (!read.success) return undefined;
  const inner = v.safeParse(error, lowerKeys(read.output.responsestatus));
  const message = inner.success ? inner.output.message : undefined;
  return message === undefined ? undefined : plainLine(message);
}

function lowerKeys(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key.toLowerCase(), value as unknown]),
  );
}

function badAnswer(code: string): Result<never> {
  return failed({ kind: 'bad-answer', code }, undefined);
}

function failed(fault: Fault, retryAfter: number | undefined): Result<never> {
  return { ok: false, problem: { kind: 'fault', fault, retryAfter } };
}
