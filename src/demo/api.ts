import type { Login, SignIns } from './auth';
import { ACCOUNT } from './cast';
import { bodiless, html, json, type Reply, type Request } from './http';
import type { Switchboard } from './switchboard';
import type { WireAuthStatus, WireError, WireMySessions, WireSessionPage } from './wire';

/** How looking sessions up by `specificIds` goes: well, refused (403) or unheard of (404). */
export type LookupMode = 'ok' | 'refused' | 'missing';

/** What the API stands on. */
export interface ApiParts {
  readonly board: Switchboard;
  readonly signIns: SignIns;
  readonly lookupMode: () => LookupMode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Answer = (request: Request) => Reply;

/** Programs that the platform turns away at the door. */
const GENERIC_AGENT =
  /^(curl|wget|python-requests|python-urllib|node|undici|axios|okhttp|go-http-client|java)(\b|\/)/i;

/** The vendor's API: what answers anybody who does not speak to the controls of the stand-in. */
export function createApi(parts: ApiParts): Answer {
  const routes: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
    '/auth/credentials': { POST: (request) => signIn(request, parts) },
    '/auth/status': { GET: (request) => authStatus(request, parts) },
    '/auth/logout': { POST: (request) => signOut(request, parts) },
    '/sessions/my': { GET: forUsers(parts, (request) => activeSessions(request, parts)) },
    '/sessions/active': { GET: forUsers(parts, (request) => activeSessions(request, parts)) },
    '/sessions': { GET: forUsers(parts, (request) => lookedUp(request, parts)) },
  };

  return (request) => {
    const agent = request.headers['user-agent']?.trim() ?? '';
    if (agent === '' || GENERIC_AGENT.test(agent)) {
      return html('403 Forbidden', 'Request blocked.', 403);
    }
    const methods = routes[request.path];
    if (methods === undefined) {
      return refusal(request, 404, 'NotFound', `Resource not found: ${request.exactPath}`);
    }
    const answer = methods[request.method];
    return answer === undefined
      ? refusal(request, 405, 'MethodNotAllowed', `${request.method} is not supported`)
      : answer(request);
  };
}

/** Lets nobody through who is not signed in (401) or lacks the role `User` (403). */
function forUsers({ signIns, now }: ApiParts, answer: Answer): Answer {
  return (request) => {
    const login = signIns.whoIs(request.headers, now());
    if (login === undefined) {
      return bodiless(401, { 'WWW-Authenticate': 'credentials realm="/auth/credentials"' });
    }
    return login.roles.includes('User')
      ? answer(request)
      : refusal(request, 403, 'Forbidden', 'Invalid Role');
  };
}

function signIn(request: Request, { signIns, now }: ApiParts): Reply {
  const fields = bodyFields(request);
  if (fields === undefined) {
    return refusal(request, 400, 'SerializationException', 'The request could not be read');
  }
  const [userName, password] = [fields.get('username') ?? '', fields.get('password') ?? ''];
  if (userName === '' || password === '') {
    const [fieldName, words] =
      userName === '' ? ['UserName', 'User Name'] : ['Password', 'Password'];
    return refusal(request, 400, 'NotEmpty', `'${words}' must not be empty.`, fieldName);
  }
  const remember = fields.get('rememberme')?.toLowerCase() === 'true';
  const signedIn = signIns.signIn({ userName, password, remember }, now());
  if (signedIn === undefined) {
    return refusal(request, 401, 'Unauthorized', 'Invalid Username or Password');
  }
  const { login, sessionId, cookies } = signedIn;
  const reply = dto(request, 'Authenticate', {
    userId: login.id,
    sessionId,
    userName: login.userName,
    displayName: login.name,
    roles: login.roles,
    responseStatus: {},
  });
  return { ...reply, headers: { ...reply.headers, 'Set-Cookie': cookies } };
}

function signOut(request: Request, { signIns }: ApiParts): Reply {
  const reply = dto(request, 'Authenticate', { responseStatus: {} });
  return {
    ...reply,
    headers: { ...reply.headers, 'Set-Cookie': signIns.signOut(request.headers) },
  };
}

function authStatus(request: Request, { signIns, now }: ApiParts): Reply {
  const login = signIns.whoIs(request.headers, now());
  return dto(request, 'AuthStatus', login === undefined ? NOBODY : statusOf(login));
}

const NOBODY: WireAuthStatus = { isAuthenticated: false };

function statusOf({ id, name, roles }: Login): WireAuthStatus {
  return {
    isAuthenticated: true,
    id,
    name,
    roles,
    accountIds: [ACCOUNT.id],
    accountNames: [ACCOUNT.name],
  };
}

function activeSessions(request: Request, { board }: ApiParts): Reply {
  const answer: WireMySessions = { sessions: board.listed() };
  return dto(request, 'GetMySessions', answer);
}

function lookedUp(request: Request, { board, lookupMode }: ApiParts): Reply {
  switch (lookupMode()) {
    case 'refused':
      return refusal(request, 403, 'Forbidden', 'You may not search sessions');
    case 'missing':
      return refusal(request, 404, 'NotFound', `Resource not found: ${request.exactPath}`);
    case 'ok': {
      const wanted = request.query.get('specificIds')?.split(',');
      const items = board.known().filter(({ id }) => wanted?.includes(id) ?? true);
      const answer: WireSessionPage = {
        items,
        totalCount: items.length,
        totalPages: items.length === 0 ? 0 : 1,
        hasMorePages: false,
      };
      return dto(request, 'SearchSessions', answer);
    }
  }
}

/** What was sent, by lower-cased name, from JSON or a form; undefined if it is neither. */
function bodyFields({ headers, body }: Request): ReadonlyMap<string, string> | undefined {
  const type = headers['content-type'] ?? '';
  const pairs = type.startsWith('application/json')
    ? jsonPairs(body)
    : [...new URLSearchParams(body)];
  return pairs && new Map(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function jsonPairs(body: string): [string, unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}

/** An answer as JSON to whoever asked for it, else as a page. */
function dto(request: Request, name: string, value: unknown): Reply {
  return request.wantsJson ? json(value) : html(name, JSON.stringify(value, undefined, 2));
}

function refusal(
  request: Request,
  status: number,
  errorCode: string,
  message: string,
  fieldName?: string,
): Reply {
  const errors = fieldName === undefined ? [] : [{ errorCode, fieldName, message }];
  const error: WireError = { responseStatus: { errorCode, message, errors } };
  return request.wantsJson ? json(error, status) : html(errorCode, message, status);
}
