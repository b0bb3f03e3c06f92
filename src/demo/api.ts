import type { MySessions, SessionPage } from './api-types';
import type { SignIns, User } from './auth';
import { emptyResponse, htmlResponse, jsonResponse, RequestError } from './http';
import type { Request, Response } from './http';
import { listSessions } from './list-sessions';
import { ACCOUNT } from './scenario/people';
import type { SessionStore } from './session-store';
import type { Transcripts } from './transcripts';
import type { Voicemails } from './voicemails';

/** How an endpoint behaves: it works, refuses (403), or doesn't exist (404). */
export type EndpointMode = 'ok' | 'refused' | 'missing';

/** The endpoints whose behavior can be set. */
export type EndpointName = 'lookup' | 'history' | 'contacts' | 'voicemail' | 'transcripts';

export interface ApiOptions {
  readonly store: SessionStore;
  readonly voicemails: Voicemails;
  readonly signIns: SignIns;
  /** `lookup` is `GET /sessions` with `specificIds`, `history` is without. */
  readonly endpointModes: Readonly<Record<EndpointName, EndpointMode>>;
  readonly transcripts: Transcripts;
  /** The contacts, which tests may replace with any value. */
  readonly getContacts: () => unknown;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Handler = (request: Request) => Response;

/** User agents that the platform blocks. */
const GENERIC_USER_AGENT =
  /^(curl|wget|python-requests|python-urllib|node|undici|axios|okhttp|go-http-client|java)(\b|\/)/i;

/** Creates the handler for the vendor's API. */
export function createApi(options: ApiOptions): Handler {
  const { store, signIns, now } = options;
  const mySessions: Handler = (request) => {
    const response: MySessions = { sessions: store.active };
    return dtoResponse(request, 'GetMySessions', response);
  };
  const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    '/auth/credentials': { POST: (request) => signIn(request, options) },
    '/auth/status': { GET: (request) => getAuthStatus(request, options) },
    '/auth/logout': {
      POST: (request) =>
        withCookies(
          dtoResponse(request, 'Authenticate', { responseStatus: {} }),
          signIns.signOut(request.headers),
        ),
    },
    '/sessions/my': { GET: requireUser(mySessions) },
    '/sessions/active': { GET: requireUser(mySessions) },
    '/app/files': { GET: requireUser((request) => getMyFiles(request, options)) },
    '/app/contacts': { GET: requireUser((request) => getMyContacts(request, options)) },
    '/sessions': { GET: requireUser((request) => searchSessions(request, options)) },
  };

  /** Requires a sign-in (401) with the role `User` (403). */
  function requireUser(handler: Handler): Handler {
    return (request) => {
      const user = signIns.authenticate(request.headers, now());
      if (user === undefined) {
        return emptyResponse(401, { 'WWW-Authenticate': 'credentials realm="/auth/credentials"' });
      }
      return user.roles.includes('User')
        ? handler(request)
        : errorResponse(request, 403, 'Forbidden', 'Invalid Role');
    };
  }

  return (request) => {
    const agent = request.headers['user-agent']?.trim() ?? '';
    if (agent === '' || GENERIC_USER_AGENT.test(agent)) {
      return htmlResponse('403 Forbidden', 'Request blocked.', 403);
    }
    const [, chatId] = /^\/sessions\/([^/]+)\/transcript$/i.exec(request.exactPath) ?? [];
    if (chatId !== undefined && request.method === 'GET') {
      return requireUser(() => getTranscript(request, chatId, options))(request);
    }
    const audio = options.voicemails.getAudio(request.exactPath);
    if (audio !== undefined) return requireUser(() => audioResponse(audio))(request);
    const methods = routes[request.path];
    if (methods === undefined) return notFound(request);
    const handler = methods[request.method];
    return handler === undefined
      ? errorResponse(request, 405, 'MethodNotAllowed', `${request.method} is not supported`)
      : handler(request);
  };
}

function signIn(request: Request, { signIns, now }: ApiOptions): Response {
  const fields = parseCredentials(request);
  if (fields === undefined) {
    return errorResponse(request, 400, 'SerializationException', 'The request could not be read');
  }
  const [userName, password] = [fields.get('username') ?? '', fields.get('password') ?? ''];
  if (userName === '' || password === '') {
    const [field, label] = userName === '' ? ['UserName', 'User Name'] : ['Password', 'Password'];
    return errorResponse(request, 400, 'NotEmpty', `'${label}' must not be empty.`, field);
  }
  const remember = fields.get('rememberme')?.toLowerCase() === 'true';
  const result = signIns.signIn({ userName, password, remember }, now());
  if (result === undefined) {
    return errorResponse(request, 401, 'Unauthorized', 'Invalid Username or Password');
  }
  const { user, sessionId, cookies } = result;
  const response = dtoResponse(request, 'Authenticate', {
    userId: user.id,
    sessionId,
    userName: user.userName,
    displayName: user.name,
    roles: user.roles,
    responseStatus: {},
  });
  return withCookies(response, cookies);
}

function getAuthStatus(request: Request, { signIns, now }: ApiOptions): Response {
  const user = signIns.authenticate(request.headers, now());
  return dtoResponse(
    request,
    'AuthStatus',
    user === undefined ? { isAuthenticated: false } : describeUser(user),
  );
}

function describeUser({ id, name, roles }: User): unknown {
  const [accountIds, accountNames] = [[ACCOUNT.id], [ACCOUNT.name]];
  return { isAuthenticated: true, id, name, roles, accountIds, accountNames };
}

/** The error of an endpoint that is set to fail. */
function getModeError(request: Request, mode: EndpointMode, action: string): Response | undefined {
  switch (mode) {
    case 'refused':
      return errorResponse(request, 403, 'Forbidden', `You may not ${action}`);
    case 'missing':
      return notFound(request);
    case 'ok':
      return undefined;
  }
}

function getMyFiles(request: Request, { voicemails, endpointModes }: ApiOptions): Response {
  return (
    getModeError(request, endpointModes.voicemail, 'read files') ??
    dtoResponse(request, 'GetMyFiles', { files: voicemails.files })
  );
}

function audioResponse(body: Uint8Array): Response {
  return { status: 200, headers: { 'Content-Type': 'audio/wav' }, body };
}

function getMyContacts(request: Request, { getContacts, endpointModes }: ApiOptions): Response {
  return (
    getModeError(request, endpointModes.contacts, 'read contacts') ??
    dtoResponse(request, 'GetMyContacts', { contacts: getContacts() })
  );
}

function getTranscript(request: Request, encodedId: string, options: ApiOptions): Response {
  const { store, endpointModes, transcripts, now } = options;
  const error = getModeError(request, endpointModes.transcripts, 'read transcripts');
  if (error) return error;
  const session = store.all.find(({ id }) => encodeURIComponent(id) === encodedId);
  if (!session) return notFound(request);
  return dtoResponse(request, 'GetChatTranscript', { messages: transcripts.get(session, now()) });
}

function searchSessions(request: Request, { store, endpointModes, now }: ApiOptions): Response {
  const names = [...request.query.keys()].map((name) => name.toLowerCase());
  const mode = endpointModes[names.includes('specificids') ? 'lookup' : 'history'];
  const modeError = getModeError(request, mode, 'search sessions');
  if (modeError) return modeError;
  try {
    const page: SessionPage = listSessions(store.all, request.query, now());
    return dtoResponse(request, 'ListSessions', page);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return errorResponse(request, error.status, 'ValidationException', error.message);
  }
}

/** Returns the fields of JSON or a form by their lower-case names; undefined if it is neither. */
function parseCredentials({ headers, body }: Request): ReadonlyMap<string, string> | undefined {
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  const fields = isJson ? parseJsonObject(body) : [...new URLSearchParams(body)];
  return fields && new Map(fields.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function parseJsonObject(body: string): [string, unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Responds with JSON if the request asks for it, otherwise with a page, as ServiceStack does. */
function dtoResponse(request: Request, name: string, value: unknown): Response {
  return request.wantsJson
    ? jsonResponse(value)
    : htmlResponse(name, JSON.stringify(value, undefined, 2));
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  return { ...response, headers: { ...response.headers, 'Set-Cookie': cookies } };
}

function notFound(request: Request): Response {
  return errorResponse(request, 404, 'NotFound', `Resource not found: ${request.exactPath}`);
}

function errorResponse(
  request: Request,
  status: number,
  errorCode: string,
  message: string,
  fieldName?: string,
): Response {
  const errors = fieldName === undefined ? [] : [{ errorCode, fieldName, message }];
  return request.wantsJson
    ? jsonResponse({ responseStatus: { errorCode, message, errors } }, status)
    : htmlResponse(errorCode, message, status);
}
