import * as v from 'valibot';
import { decodeSessions } from '../../core/api/decode';
import { decodeContacts, type Contact } from '../../core/contacts/contacts';
import type { Session } from '../../core/api/schema';
import { decodeTranscript, type ChatMessage } from '../../core/chat/transcript';
import { sanitizeLine, truncate } from '../../core/api/sanitize';
import type { ConnectionError, SignInFailure } from '../../shared/state';
import type { HttpClient, HttpRequest, HttpResult } from './http-client';

/** Why a request gave no usable result. */
export type ApiError =
  /** 401: not signed in, or wrong credentials; `message` is the server's text. */
  | { readonly kind: 'unauthorized'; readonly message: string | undefined }
  /** 403: signed in, but without the required role. */
  | { readonly kind: 'forbidden'; readonly role: string }
  /** 404 or 410: the server doesn't have this endpoint. */
  | { readonly kind: 'not-found'; readonly status: 404 | 410 }
  | {
      readonly kind: 'fault';
      readonly fault: ConnectionError;
      /** How long the server asked to wait. */
      readonly retryAfterMs: number | undefined;
    };

/** The value of a request, or the error that prevented it. */
export type ApiResult<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ApiError };

/** The signed-in user according to the server. */
export interface Identity {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly email?: string | undefined;
  readonly roles: readonly string[];
}

/** A page of the call history. */
export interface HistoryResponse {
  readonly sessions: readonly Session[];
  /** Entries of the page, including unreadable ones. */
  readonly count: number;
  readonly hasMore: boolean;
}

/** Which page of the call history, newest first. */
export interface HistoryQuery {
  /** From 0. */
  readonly page: number;
  readonly pageSize: number;
  /** Times of the first and the last day, in ms since 1970 by the server's clock. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly includesArchive: boolean;
}

/** What an {@link ApiClient} needs to know about its account. */
export interface ApiClientOptions {
  /** For example `https://evovoice.io`. */
  readonly origin: string;
  readonly userAgent: string;
  /** Aborts all requests. */
  readonly signal: AbortSignal;
  /** Called after a successful sign-in, when the cookies are new. */
  readonly onSignedIn?: () => void;
}

/** The role that the server requires for reading sessions. */
const REQUIRED_ROLE = 'User';
/** Clocks closer than this count as equal: the Date header has a resolution of one second. */
const CLOCK_TOLERANCE_MS = 3_000;
const MIN_SERVER_CLOCK = Date.UTC(1900, 0, 1);
const MAX_SERVER_CLOCK = Date.UTC(9999, 11, 31);
/** Keeps the URL of a lookup below a thousand characters, which every proxy accepts. */
const MAX_IDS_PER_LOOKUP = 20;
/** The error code for JSON that lacks the requested list. */
const NO_LIST_CODE = 'no list';
const MAX_CODE_LENGTH = 80;
/** Room for 10,000 contacts with long names, or for the messages of a very long chat. */
const MAX_LIST_BYTES = 8 * 1024 * 1024;

const optionalText = v.fallback(v.optional(v.string()), undefined);
const statusSchema = v.object({
  isAuthenticated: v.fallback(v.boolean(), false),
  id: optionalText,
  name: optionalText,
  emailAddress: optionalText,
  roles: v.fallback(v.array(v.string()), []),
});

const pageSchema = v.object({
  hasMorePages: v.fallback(v.optional(v.boolean()), undefined),
  totalPages: v.fallback(v.optional(v.number()), undefined),
});

/** The few Evo Voice requests that Ringside makes. No method rejects. */
export class ApiClient {
  readonly #http: HttpClient;
  readonly #options: ApiClientOptions;
  /** `/sessions/active` is the announced successor of `/sessions/my`. */
  #sessionsPath: '/sessions/my' | '/sessions/active' = '/sessions/my';
  #clockOffsetMs = 0;

  constructor(http: HttpClient, options: ApiClientOptions) {
    this.#http = http;
    this.#options = options;
  }

  /** How far the server's clock is ahead of this computer's; 0 if they agree. */
  get clockOffsetMs(): number {
    return Math.abs(this.#clockOffsetMs) < CLOCK_TOLERANCE_MS ? 0 : this.#clockOffsetMs;
  }

  /** Signs in. The cookies stay in the HTTP client. */
  async signIn(userName: string, password: string): Promise<ApiResult<null>> {
    const body = { provider: 'credentials', userName, password, rememberMe: true };
    const result = await this.#send('POST', '/auth/credentials', JSON.stringify(body));
    if (!result.ok) return result;
    this.#options.onSignedIn?.();
    return { ok: true, value: null };
  }

  /** Signs out on the server. */
  async signOut(): Promise<ApiResult<null>> {
    const result = await this.#send('POST', '/auth/logout', '{}');
    return result.ok ? { ok: true, value: null } : result;
  }

  /** Gets the signed-in user; `null` if there is none. */
  async getIdentity(): Promise<ApiResult<Identity | null>> {
    const result = await this.#send('GET', '/auth/status');
    if (!result.ok) {
      // The server answers `isAuthenticated: false`, but some proxies send a 401 instead.
      return result.error.kind === 'unauthorized' ? { ok: true, value: null } : result;
    }
    const parsed = v.safeParse(statusSchema, parseJson(result.value));
    if (!parsed.success) return failBadAnswer('auth/status');
    const { isAuthenticated, id, name, emailAddress: email, roles } = parsed.output;
    return { ok: true, value: isAuthenticated ? { id, name, email, roles } : null };
  }

  /** Gets the active sessions as bytes, so that the caller can skip decoding an equal response. */
  async getSessions(): Promise<ApiResult<Buffer>> {
    const result = await this.#send('GET', this.#sessionsPath);
    if (result.ok || result.error.kind !== 'not-found') return result;
    if (this.#sessionsPath === '/sessions/active') {
      this.#sessionsPath = '/sessions/my';
      return result;
    }
    this.#sessionsPath = '/sessions/active';
    return this.#send('GET', this.#sessionsPath);
  }

  /** Looks up sessions that are no longer active. */
  async findSessions(ids: readonly string[]): Promise<ApiResult<readonly Session[]>> {
    const found: Session[] = [];
    for (let start = 0; start < ids.length; start += MAX_IDS_PER_LOOKUP) {
      const encodedIds = ids
        .slice(start, start + MAX_IDS_PER_LOOKUP)
        // JSON allows unpaired surrogates, but encodeURIComponent throws on them.
        .map((id) => encodeURIComponent(id.toWellFormed()))
        .join(',');
      const result = await this.#send('GET', `/sessions?specificIds=${encodedIds}`);
      if (!result.ok) return result;
      const decoded = decodeSessions(parseJson(result.value), undefined, 'items');
      if (!decoded.ok) return failBadAnswer('sessions');
      found.push(...decoded.sessions);
    }
    return { ok: true, value: found };
  }

  /** Gets a page of the call history, newest first. */
  async getHistory(options: HistoryQuery): Promise<ApiResult<HistoryResponse>> {
    const { page, pageSize, from, to, includesArchive } = options;
    const query = new URLSearchParams({
      ...(from !== undefined && { startDate: formatDay(from) }),
      ...(to !== undefined && { endDate: formatDay(to) }),
      sortField: 'dateCreated',
      sortOrder: 'Descend',
      page: String(page),
      countPerPage: String(pageSize),
      ...(includesArchive && { searchArchive: 'true' }),
    });
    const result = await this.#send('GET', `/sessions?${query}`);
    if (!result.ok) return result;
    const json = parseJson(result.value);
    const decoded = decodeSessions(json, undefined, 'items');
    if (!decoded.ok) return failBadAnswer(NO_LIST_CODE);
    const { sessions, skippedCount } = decoded;
    const parsed = v.safeParse(pageSchema, json);
    const { hasMorePages, totalPages } = parsed.success ? parsed.output : {};
    const count = sessions.length + skippedCount;
    const hasMore = hasMorePages ?? (totalPages ?? Infinity) > page + 1;
    return { ok: true, value: { sessions, count, hasMore: count > 0 && hasMore } };
  }

  /** Gets the voice messages as bytes, so that the caller can skip decoding an equal response. */
  getVoicemails(): Promise<ApiResult<Buffer>> {
    return this.#send('GET', '/app/files?FileTypes=VoiceMessage');
  }

  /** Gets the contacts that the phone system keeps for the user. */
  async getContacts(): Promise<ApiResult<readonly Contact[]>> {
    const result = await this.#send('GET', '/app/contacts', undefined, MAX_LIST_BYTES);
    if (!result.ok) return result;
    const contacts = decodeContacts(parseJson(result.value));
    return contacts ? { ok: true, value: contacts } : failBadAnswer(NO_LIST_CODE);
  }

  /** Gets the messages of a chat, the oldest first. */
  async getTranscript(sessionId: string): Promise<ApiResult<readonly ChatMessage[]>> {
    // Dots in a path would lead to another endpoint.
    if (/^\.\.?$/.test(sessionId)) {
      return { ok: false, error: { kind: 'not-found', status: 404 } };
    }
    const id = encodeURIComponent(sessionId.toWellFormed());
    const path = `/sessions/${id}/transcript`;
    const result = await this.#send('GET', path, undefined, MAX_LIST_BYTES);
    if (!result.ok) return result;
    const messages = decodeTranscript(parseJson(result.value));
    return messages ? { ok: true, value: messages } : failBadAnswer(NO_LIST_CODE);
  }

  async #send(
    method: HttpRequest['method'],
    path: string,
    body?: string,
    maxBytes?: number,
  ): Promise<ApiResult<Buffer>> {
    const { origin, userAgent, signal } = this.#options;
    const headers = {
      Accept: 'application/json',
      'User-Agent': userAgent,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const request = {
      method,
      url: `${origin}${path}`,
      headers,
      ...(body !== undefined && { body }),
      ...(maxBytes !== undefined && { maxBytes }),
    };
    const result = await this.#http(request, signal);
    const serverClock = result.ok ? readServerClock(result.headers) : undefined;
    if (serverClock !== undefined) this.#clockOffsetMs = serverClock - Date.now();
    return checkResponse(result);
  }
}

/** A day as `YYYY-MM-DD`. */
function formatDay(time: number): string {
  const date = new Date(Math.min(Math.max(time, MIN_SERVER_CLOCK), MAX_SERVER_CLOCK));
  return date.toISOString().slice(0, 10);
}

/** Whether the same request would fail again later. */
export function isRefusal(error: ApiError): boolean {
  if (error.kind !== 'fault') return error.kind !== 'unauthorized';
  const { kind, code } = error.fault;
  if (kind === 'bad-answer') return code === NO_LIST_CODE;
  // A 4xx status other than 429; a network error may not happen again.
  return kind === 'unexpected' && code.startsWith('HTTP 4');
}

/** Why a sign-in failed, for the user. */
export function toSignInRefusal(error: ApiError): SignInFailure {
  switch (error.kind) {
    case 'unauthorized':
      return { kind: 'wrong-credentials', message: error.message };
    case 'fault':
      return { kind: 'unreachable', error: error.fault };
    case 'not-found':
    case 'forbidden': {
      // A server that responds to a sign-in like this isn't the phone system.
      const status = error.kind === 'forbidden' ? 403 : error.status;
      return { kind: 'unreachable', error: { kind: 'bad-answer', code: `HTTP ${status}` } };
    }
  }
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Parses JSON; `undefined` if it's invalid. */
export function parseJson(body: Buffer): unknown {
  const hasMark = body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  try {
    return JSON.parse(body.toString('utf8', hasMark ? BYTE_ORDER_MARK.length : 0));
  } catch {
    return undefined;
  }
}

/**
 * Reads a `Retry-After` header (seconds or an HTTP date) as ms from `now`; `undefined` if it is
 * missing, invalid, or in the past.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return date > now ? date - now : undefined;
}

function checkResponse(result: HttpResult): ApiResult<Buffer> {
  if (!result.ok) return fail(result.fault);
  const { status, headers, body } = result;
  const code = `HTTP ${status}`;
  if (status === 401) {
    return { ok: false, error: { kind: 'unauthorized', message: readErrorMessage(body) } };
  }
  if (status === 403) return { ok: false, error: { kind: 'forbidden', role: REQUIRED_ROLE } };
  if (status === 404 || status === 410) return { ok: false, error: { kind: 'not-found', status } };
  // A date in Retry-After goes by the server's clock.
  const now = readServerClock(headers) ?? Date.now();
  const retryAfterMs = parseRetryAfter(headers['retry-after'], now);
  if (status === 429) return fail({ kind: 'too-many-requests', code }, retryAfterMs);
  if (status >= 500) return fail({ kind: 'server-error', code }, retryAfterMs);
  if (status < 200 || status >= 300) return fail({ kind: 'unexpected', code }, retryAfterMs);
  // Login pages and proxy pages come with status 200 too.
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '');
  if (!isJson && body.length > 0) {
    return failBadAnswer(truncate(sanitizeLine(headers['content-type'] ?? code), MAX_CODE_LENGTH));
  }
  return { ok: true, value: body };
}

function readServerClock({
  date,
}: Readonly<Record<string, string | undefined>>): number | undefined {
  const clock = Date.parse(date ?? '');
  return clock >= MIN_SERVER_CLOCK && clock <= MAX_SERVER_CLOCK ? clock : undefined;
}

/** The message of an error response, whose property names come in camelCase or PascalCase. */
function readErrorMessage(body: Buffer): string | undefined {
  const { responsestatus } = lowerCaseKeys(parseJson(body));
  const { message } = lowerCaseKeys(responsestatus);
  return typeof message === 'string' ? sanitizeLine(message) : undefined;
}

function lowerCaseKeys(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null) return {};
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key.toLowerCase(), value]));
}

function failBadAnswer(code: string): ApiResult<never> {
  return fail({ kind: 'bad-answer', code });
}

function fail(fault: ConnectionError, retryAfterMs?: number): ApiResult<never> {
  return { ok: false, error: { kind: 'fault', fault, retryAfterMs } };
}
