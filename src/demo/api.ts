import * as v from 'valibot';
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
export const ENDPOINTS = {
  lookup: 'GET /sessions with specificIds',
  history: 'GET /sessions without specificIds',
  contacts: 'GET /app/contacts',
  voicemail: 'GET /app/files',
  transcripts: 'GET /sessions/:id/transcript',
};
export type EndpointName = keyof typeof ENDPOINTS;

export interface ApiOptions {
  readonly store: SessionStore;
  readonly voicemails: Voicemails;
  readonly signIns: SignIns;
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

const credentials = v.object({
  userName: v.optional(v.string(), ''),
  password: v.optional(v.string(), ''),
  rememberMe: v.optional(v.boolean(), false),
});

/** Creates the handler for the vendor's API. */
export function createApi(options: ApiOptions): Handler {
  const { store, voicemails, signIns, endpointModes, transcripts, getContacts, now } = options;

  const routes: Readonly<Record<string, Handler>> = {
    'POST /auth/credentials': signIn,
    'GET /auth/status': ({ headers }) => describeUser(signIns.authenticate(headers, now())),
    'POST /auth/logout': ({ headers }) =>
      withCookies(jsonResponse({ responseStatus: {} }), signIns.signOut(headers)),
    'GET /sessions/my': requireUser(() => jsonResponse({ sessions: store.active })),
    'GET /sessions/active': requireUser(() => jsonResponse({ sessions: store.active })),
    'GET /sessions': requireUser(searchSessions),
    'GET /app/files': requireUser(
      () => getModeError('voicemail') ?? jsonResponse({ files: voicemails.files }),
    ),
    'GET /app/contacts': requireUser(
      () => getModeError('contacts') ?? jsonResponse({ contacts: getContacts() }),
    ),
  };

  return (request) => {
    const agent = request.headers['user-agent']?.trim() ?? '';
    if (agent === '' || GENERIC_USER_AGENT.test(agent)) {
      return htmlResponse('Request blocked.', 403);
    }
    const response = respond(request);
    const { status, headers, body } = response;
    if (request.wantsJson || typeof body !== 'string' || body === '') return response;
    // As ServiceStack does.
    const page = htmlResponse(body, status);
    return { ...page, headers: { ...headers, ...page.headers } };
  };

  function respond(request: Request): Response {
    const { method, path, exactPath } = request;
    const [, chatId] = /^\/sessions\/([^/]+)\/transcript$/i.exec(exactPath) ?? [];
    if (chatId !== undefined && method === 'GET') {
      return requireUser(() => getTranscript(chatId))(request);
    }
    const body = voicemails.getAudio(exactPath);
    if (body !== undefined) {
      const headers = { 'Content-Type': 'audio/wav' };
      return requireUser(() => ({ status: 200, headers, body }))(request);
    }
    const handler = routes[`${method} ${path}`];
    if (handler) return handler(request);
    return Object.keys(routes).some((route) => route.endsWith(` ${path}`))
      ? errorResponse(405, 'MethodNotAllowed', `${method} is not supported`)
      : notFound();
  }

  /** Requires a sign-in (401) with the role `User` (403). */
  function requireUser(handler: Handler): Handler {
    return (request) => {
      const user = signIns.authenticate(request.headers, now());
      if (user === undefined) {
        return emptyResponse(401, { 'WWW-Authenticate': 'credentials realm="/auth/credentials"' });
      }
      return user.roles.includes('User')
        ? handler(request)
        : errorResponse(403, 'Forbidden', 'Invalid Role');
    };
  }

  function signIn({ body }: Request): Response {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), credentials), body);
    if (!parsed.success) {
      return errorResponse(400, 'SerializationException', 'The request could not be read');
    }
    const { userName, password, rememberMe } = parsed.output;
    if (userName === '' || password === '') {
      const field = userName === '' ? 'UserName' : 'Password';
      return errorResponse(400, 'NotEmpty', `'${field}' must not be empty.`, field);
    }
    const result = signIns.signIn(userName, password, rememberMe, now());
    if (result === undefined) {
      return errorResponse(401, 'Unauthorized', 'Invalid Username or Password');
    }
    const { user, sessionId, cookies } = result;
    const response = {
      userId: user.id,
      sessionId,
      userName: user.userName,
      displayName: user.name,
      roles: user.roles,
      responseStatus: {},
    };
    return withCookies(jsonResponse(response), cookies);
  }

  /** The error of an endpoint that is set to fail. */
  function getModeError(endpoint: EndpointName): Response | undefined {
    const mode = endpointModes[endpoint];
    if (mode === 'ok') return undefined;
    return mode === 'missing' ? notFound() : errorResponse(403, 'Forbidden', 'Access is denied');
  }

  function getTranscript(encodedId: string): Response {
    const error = getModeError('transcripts');
    if (error) return error;
    const session = store.all.find(({ id }) => encodeURIComponent(id) === encodedId);
    return session ? jsonResponse({ messages: transcripts.get(session, now()) }) : notFound();
  }

  function searchSessions({ query }: Request): Response {
    const isLookup = [...query.keys()].some((name) => name.toLowerCase() === 'specificids');
    const modeError = getModeError(isLookup ? 'lookup' : 'history');
    if (modeError) return modeError;
    try {
      return jsonResponse(listSessions(store.all, query, now()));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return errorResponse(error.status, 'ValidationException', error.message);
    }
  }
}

function describeUser(user: User | undefined): Response {
  if (user === undefined) return jsonResponse({ isAuthenticated: false });
  const { id, name, roles } = user;
  const [accountIds, accountNames] = [[ACCOUNT.id], [ACCOUNT.name]];
  return jsonResponse({ isAuthenticated: true, id, name, roles, accountIds, accountNames });
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  return { ...response, headers: { ...response.headers, 'Set-Cookie': cookies } };
}

function notFound(): Response {
  return errorResponse(404, 'NotFound', 'Resource not found');
}

function errorResponse(
  status: number,
  errorCode: string,
  message: string,
  fieldName?: string,
): Response {
  const errors = fieldName === undefined ? [] : [{ errorCode, fieldName, message }];
  return jsonResponse({ responseStatus: { errorCode, message, errors } }, status);
}
