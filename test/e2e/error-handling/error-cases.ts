import type { ConnectionError } from '../../../src/shared/state';
import type { ErrorTestBed } from './error-test-bed';
import type { BadResponse } from './faulty-server';
import {
  respondWith,
  respondWithCompressedBomb,
  respondSlowly,
  respondWithLargeBody,
  respondWithBytes,
  redirectTo,
  respondWithStatus,
} from './bad-responses';

/** The connection while the error lasts. */
export type Outcome =
  /** Offline for this reason. */
  | ConnectionError
  /** The account lacks the required role. */
  | 'forbidden'
  /** The response is usable. */
  | 'live';

/** One error of the server or the network, and the expected connection. */
export interface ErrorCase {
  readonly name: string;
  readonly expected: Outcome;
  readonly begin: (testBed: ErrorTestBed) => unknown;
  /** Called after the server responds correctly again. */
  readonly end?: (testBed: ErrorTestBed) => unknown;
  /** The server to poll; the faulty one over HTTP by default. */
  readonly origin?: (testBed: ErrorTestBed) => string;
  /** The request timeout; the app's own by default. */
  readonly timeoutMs?: number;
  /** Sessions that can't be decoded. */
  readonly skippedCount?: number;
  /** How much more memory each process may use, in MiB; not measured by default. */
  readonly maxExtraMib?: number;
  /** The expected wait before the next request. */
  readonly retryAfterMs?: number;
}

const MIB = 1024 * 1024;
/** Shorter than in the app, to keep the tests fast. */
const SHORT_TIMEOUT_MS = 400;
const VALID_SESSION = '{"id":"valid","direction":"Incoming","callState":"Connected"}';
const UNKNOWN_HOST = 'http://ringside.invalid';
const RESPONSE_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** Every case. Statuses that take the same branch have three examples each. */
export const ERROR_CASES: readonly ErrorCase[] = [
  ...[400, 409, 499].map((code): ErrorCase =>
    badResponse(`HTTP ${code}`, httpProblem('unexpected', code), respondWithStatus(code)),
  ),
  ...[500, 503, 599].map((code): ErrorCase =>
    badResponse(`HTTP ${code}`, httpProblem('server-error', code), respondWithStatus(code)),
  ),
  badResponse('HTTP 403, a missing role', 'forbidden', respondWithStatus(403)),
  badResponse(
    'HTTP 404 for /sessions/my and /sessions/active',
    httpProblem('bad-answer', 404),
    respondWithStatus(404),
  ),
  badResponse('HTTP 204', problem('bad-answer', 'sessions'), respondWithStatus(204)),
  badResponse('an unrequested HTTP 304', httpProblem('unexpected', 304), respondWithStatus(304)),
  badResponse(
    'HTTP 407 from a server that is not a proxy',
    problem('proxy-sign-in', 'ERR_UNEXPECTED_PROXY_AUTH'),
    respondWithStatus(407),
  ),
  badResponse('HTTP 429', httpProblem('too-many-requests', 429), respondWithStatus(429)),
  {
    ...badResponse(
      'HTTP 429 with Retry-After in seconds',
      httpProblem('too-many-requests', 429),
      respondWithStatus(429, { 'Retry-After': '2' }),
    ),
    retryAfterMs: 2_000,
  },
  {
    ...badResponse(
      'HTTP 503 with a Retry-After date of a clock that is a year ahead',
      httpProblem('server-error', 503),
      respondWithStatus(503, {
        Date: httpDateInYears(1),
        'Retry-After': httpDateInYears(1, 2_000),
      }),
    ),
    retryAfterMs: 2_000,
  },

  wrongContentType(
    'an HTML page with HTTP 200',
    'text/html; charset=utf-8',
    '<p>Welcome to the hotel</p>',
  ),
  wrongContentType('plain text with HTTP 200', 'text/plain', '{"sessions":[]}'),
  badResponse('an empty body', problem('bad-answer', 'sessions'), respondWith('')),
  ...['null', '[]', '{"sessions":{}}', '{"error":"none"}'].map((json) =>
    badResponse(`the body ${json}`, problem('bad-answer', 'sessions'), respondWith(json)),
  ),
  badResponse(
    'truncated JSON',
    problem('bad-answer', 'sessions'),
    respondWith(`{"sessions":[${VALID_SESSION},`),
  ),
  badResponse(
    'a binary body',
    problem('bad-answer', 'sessions'),
    respondWith(Buffer.alloc(999, 0xff)),
  ),
  {
    ...badResponse(
      'wrong types at every depth around a valid session',
      'live',
      respondWith(wrongTypes()),
    ),
    skippedCount: 9,
  },
  {
    ...badResponse(
      'a hundred sessions with the same id',
      'live',
      respondWith(`{"sessions":[${Array.from({ length: 100 }, () => VALID_SESSION).join()}]}`),
    ),
    skippedCount: 99,
  },
  badResponse(
    'JSON nested a hundred thousand levels deep',
    'live',
    respondWith(
      `{"sessions":[{"id":"deep","members":${'['.repeat(1e5)}${']'.repeat(1e5)}},${VALID_SESSION}]}`,
    ),
  ),

  badResponse(
    'a body shorter than its Content-Length',
    problem('bad-answer', 'ERR_CONTENT_LENGTH_MISMATCH'),
    respondWithBytes(`${RESPONSE_HEAD}Content-Length: 999\r\n\r\n{"sessions":[`),
  ),
  badResponse(
    'a chunked body without its last chunk',
    problem('bad-answer', 'ERR_INCOMPLETE_CHUNKED_ENCODING'),
    respondWithBytes(`${RESPONSE_HEAD}Transfer-Encoding: chunked\r\n\r\nd\r\n{"sessions":[\r\n`),
  ),
  badResponse(
    'an invalid chunk size',
    problem('bad-answer', 'ERR_INVALID_CHUNKED_ENCODING'),
    respondWithBytes(`${RESPONSE_HEAD}Transfer-Encoding: chunked\r\n\r\nmuch\r\n`),
  ),
  badResponse(
    'a body that is not in its Content-Encoding',
    problem('bad-answer', 'ERR_CONTENT_DECODING_FAILED'),
    respondWith('{"sessions":[]}', { 'Content-Encoding': 'gzip' }),
  ),
  badResponse(
    'a response that is not HTTP',
    problem('bad-answer', 'ERR_INVALID_HTTP_RESPONSE'),
    respondWithBytes('\0\0\0 ringside \0\0\0\r\n'),
  ),
  badResponse(
    'two different Content-Length headers',
    problem('bad-answer', 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH'),
    respondWithBytes(
      `${RESPONSE_HEAD}Content-Length: 2\r\nContent-Length: 15\r\n\r\n{"sessions":[]}`,
    ),
  ),
  badResponse(
    '512 KB of headers',
    problem('bad-answer', 'ERR_RESPONSE_HEADERS_TOO_BIG'),
    respondWithBytes(
      `${RESPONSE_HEAD}X-Filler: ${'x'.repeat(512 * 1024)}\r\nContent-Length: 2\r\n\r\n{}`,
    ),
  ),

  {
    ...badResponse(
      'a body of 200 MB',
      problem('too-large', `${32 * MIB} bytes`),
      respondWithLargeBody(200_000_000),
    ),
    maxExtraMib: 140,
  },
  {
    ...badResponse(
      'a gzip bomb of 1 GB',
      problem('too-large', `${32 * MIB} bytes`),
      respondWithCompressedBomb('gzip', 1_000_000_000),
    ),
    maxExtraMib: 140,
  },
  {
    ...badResponse(
      'a brotli bomb of 1 GB',
      problem('too-large', `${32 * MIB} bytes`),
      respondWithCompressedBomb('br', 1_000_000_000),
    ),
    maxExtraMib: 140,
  },
  {
    ...badResponse(
      'two million sessions',
      'live',
      respondWith(`{"sessions":[${VALID_SESSION}${',{"id":"bomb"}'.repeat(2e6)}]}`),
    ),
    // Parsing is bounded by the size of the body only.
    maxExtraMib: 220,
  },
  badResponse(
    'a body of 30 MB, just below the limit',
    'live',
    respondWith(`{"sessions":[${VALID_SESSION}],"filler":"${'x'.repeat(30 * MIB)}"}`),
  ),
  {
    ...badResponse(
      'a response of one byte per second',
      problem('timeout', `${SHORT_TIMEOUT_MS} ms`),
      respondSlowly(`${RESPONSE_HEAD}Content-Length: 15\r\n\r\n{"sessions":[]}`, 1_000),
    ),
    timeoutMs: SHORT_TIMEOUT_MS,
  },
  {
    ...badResponse(
      'a body of one byte per second',
      problem('timeout', `${SHORT_TIMEOUT_MS} ms`),
      ({ response, ...call }) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 15 });
        response.flushHeaders();
        respondSlowly('{"sessions":[]}', 1_000)({ response, ...call });
      },
    ),
    timeoutMs: SHORT_TIMEOUT_MS,
  },
  {
    ...badResponse(
      'a response that never comes',
      problem('timeout', `${SHORT_TIMEOUT_MS} ms`),
      () => undefined,
    ),
    timeoutMs: SHORT_TIMEOUT_MS,
  },

  badResponse('a connection reset', problem('refused', 'ERR_CONNECTION_RESET'), ({ socket }) =>
    socket.resetAndDestroy(),
  ),
  badResponse(
    'a connection reset in the middle of a response',
    problem('refused', 'ERR_CONNECTION_RESET'),
    ({ response, socket }) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 999 });
      response.write('{"sessions":[', () => socket.resetAndDestroy());
    },
  ),
  badResponse(
    'a connection closed without a response',
    problem('refused', 'ERR_EMPTY_RESPONSE'),
    respondWithBytes(''),
  ),
  {
    name: 'a closed port',
    expected: problem('refused', 'ERR_CONNECTION_REFUSED'),
    begin: ({ server }) => server.close(),
    end: ({ server }) => server.open(),
  },

  {
    name: 'an unknown host name',
    expected: problem('not-found', 'ERR_NAME_NOT_RESOLVED'),
    origin: () => UNKNOWN_HOST,
    begin: ({ client }) => client.setProxy(undefined),
    end: ({ client, server }) => client.setProxy(server.address),
  },
  {
    name: 'an unreachable proxy',
    expected: problem('proxy', 'ERR_PROXY_CONNECTION_FAILED'),
    origin: () => UNKNOWN_HOST,
    begin: ({ client }) => client.setProxy('127.0.0.1:9'),
    end: ({ client, server }) => client.setProxy(server.address),
  },
  {
    ...badResponse(
      'a proxy that requires authentication',
      httpProblem('proxy-sign-in', 407),
      respondWithStatus(407, { 'Proxy-Authenticate': 'Basic realm="proxy"' }),
    ),
    origin: () => UNKNOWN_HOST,
  },

  {
    name: 'an untrusted certificate',
    expected: problem('insecure', 'ERR_CERT_AUTHORITY_INVALID'),
    origin: ({ secure }) => `https://${secure.address}`,
    begin: ({ secure, untrusted }) => {
      secure.useCertificate(untrusted);
    },
    end: ({ secure, trusted }) => {
      secure.useCertificate(trusted);
    },
  },
  {
    name: 'a server without TLS on an https address',
    expected: problem('insecure', 'ERR_SSL_PROTOCOL_ERROR'),
    origin: ({ secure }) => `https://${secure.address}`,
    begin: ({ secure }) => {
      secure.protocol = 'http';
      secure.dropConnections();
    },
    end: ({ secure, trusted }) => {
      secure.useCertificate(trusted);
    },
  },
  {
    name: 'a TLS handshake that never finishes',
    expected: problem('timeout', `${SHORT_TIMEOUT_MS} ms`),
    origin: ({ secure }) => `https://${secure.address}`,
    timeoutMs: SHORT_TIMEOUT_MS,
    begin: ({ secure }) => {
      secure.protocol = 'silence';
      secure.dropConnections();
    },
    end: ({ secure, trusted }) => {
      secure.useCertificate(trusted);
    },
  },

  ...[302, 307].map((code): ErrorCase => ({
    name: `a redirect (${code}) to another host`,
    expected: problem('redirected', String(code)),
    begin: ({ server, elsewhere }) => {
      server.pollResponse = redirectTo(code, `http://localhost:${getPort(elsewhere)}/sessions/my`);
    },
  })),
  {
    name: 'a redirect to another port',
    expected: problem('redirected', '302'),
    begin: ({ server, elsewhere }) => {
      server.pollResponse = redirectTo(302, `http://${elsewhere.address}/sessions/my`);
    },
  },
  {
    name: 'a redirect from https to http',
    expected: problem('redirected', '307'),
    origin: ({ secure }) => `https://${secure.address}`,
    begin: ({ secure, elsewhere }) => {
      secure.pollResponse = redirectTo(307, `http://${elsewhere.address}/sessions/my`);
    },
  },
  ...['file:///etc/passwd', 'data:application/json,{"sessions":[]}'].map((location) =>
    badResponse(
      `a redirect to ${location}`,
      problem('redirected', '302'),
      redirectTo(302, location),
    ),
  ),
  badResponse('a redirect loop', problem('redirected', '302'), redirectTo(302, '/sessions/my')),

  badResponse(
    'a server clock that is a year ahead',
    'live',
    respondWith(`{"sessions":[${sessionCreatedInYears(1)}]}`, { Date: httpDateInYears(1) }),
  ),
  badResponse(
    'a server clock that is a year behind',
    'live',
    respondWith(`{"sessions":[${sessionCreatedInYears(-1)}]}`, { Date: httpDateInYears(-1) }),
  ),
  badResponse(
    'an invalid Date header',
    'live',
    respondWith(`{"sessions":[${VALID_SESSION}]}`, { Date: 'noon' }),
  ),
  badResponse(
    'a thousand cookies',
    'live',
    respondWith(`{"sessions":[${VALID_SESSION}]}`, {
      'Set-Cookie': Array.from({ length: 1_000 }, (_, at) => `c${at}=${at}; Path=/; HttpOnly`),
    }),
  ),
];

function badResponse(name: string, expected: Outcome, response: BadResponse): ErrorCase {
  return {
    name,
    expected,
    begin: ({ server }) => {
      server.pollResponse = response;
    },
  };
}

function wrongContentType(name: string, type: string, text: string): ErrorCase {
  return badResponse(
    name,
    problem('bad-answer', type),
    respondWith(text, { 'Content-Type': type }),
  );
}

function problem(kind: ConnectionError['kind'], code: string): ConnectionError {
  return { kind, code };
}

function httpProblem(kind: ConnectionError['kind'], code: number): ConnectionError {
  return problem(kind, `HTTP ${code}`);
}

function getPort({ address }: ErrorTestBed['elsewhere']): string {
  return address.split(':')[1] ?? '';
}

/** An HTTP date this many years, and optionally milliseconds, from now. */
function httpDateInYears(years: number, ms = 0): string {
  const date = new Date(Date.now() + ms);
  date.setFullYear(date.getFullYear() + years);
  return date.toUTCString();
}

function sessionCreatedInYears(years: number): string {
  const dateCreated = new Date(httpDateInYears(years)).toISOString();
  return JSON.stringify({ id: 'valid', callState: 'Connected', dateCreated });
}

/** Nine entries that aren't sessions, three with fields of wrong types, and a valid session. */
function wrongTypes(): string {
  const fields = ['direction', 'callState', 'fromName', 'customerBreadcrumb', 'log', 'members'];
  const wrong = [
    { id: 'wrong', ...Object.fromEntries(fields.map((name) => [name, 7])) },
    { id: 'wronger', customerBreadcrumb: [7, null, { id: [], name: {} }], members: [[], 'x', {}] },
    { id: 'wrongest', log: [{ date: {}, message: [] }], members: [{ identity: 7, muted: 'yes' }] },
  ];
  const notSessions = [null, 7, true, 'x', [], {}, { id: 7 }, { id: '' }, { id: { id: 'x' } }];
  return JSON.stringify({
    sessions: [...notSessions, ...wrong, JSON.parse(VALID_SESSION)],
    totalCount: 'many',
  });
}
