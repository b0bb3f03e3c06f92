import type { ConnectionError } from '../../../src/shared/state';
import type { FaultStage } from './stage';
import { answer, bomb, drip, flood, raw, redirect, status } from './strikes';

/** What the line comes to while a fault lasts. */
export type Outcome =
  /** No connection, for this reason. */
  | ConnectionError
  /** The role is missing. */
  | 'forbidden'
  /** As if nothing had happened. */
  | 'live';

/** One fault, and what is to come of it. */
export interface Row {
  readonly fault: string;
  readonly says: Outcome;
  readonly begin: (stage: FaultStage) => unknown;
  /** The server answers truly again, unless told. */
  readonly end?: (stage: FaultStage) => unknown;
  /** Where the line polls; the hostile server unless told. */
  readonly origin?: (stage: FaultStage) => string;
  /** After how many ms an answer is cut off; 15 s unless told. */
  readonly limit?: number;
  /** Entries that are set aside while it lasts. */
  readonly skippedCount?: number;
  /** Memory must stay bounded. */
  readonly large?: boolean;
  /** How long (ms, of the app) it waits before the next try; as it sees fit unless told. */
  readonly waits?: number;
}

const MIB = 1024 * 1024;
/** Shorter than in the app, so that nobody need wait 15 s to see what happens then. */
const SHORT = 400;
const HEALTHY = '{"id":"healthy","direction":"Incoming","callState":"Connected"}';
const NOWHERE = 'http://ringside.invalid';
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

const REDIRECTED = [301, 302, 303, 307, 308];
const REFUSED = [
  400, 402, 405, 406, 408, 409, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
  426, 428, 431, 451, 499,
];
const BROKEN = [500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 599];

/** Every fault. */
export const FAULTS: readonly Row[] = [
  ...REFUSED.map((code): Row => struck(`status ${code}`, http('unexpected', code), status(code))),
  ...BROKEN.map((code): Row => struck(`status ${code}`, http('server-error', code), status(code))),
  struck('status 403: the role is missing', 'forbidden', status(403)),
  struck('status 404, here and at `/sessions/active`', http('bad-answer', 404), status(404)),
  struck('status 410, here and at `/sessions/active`', http('bad-answer', 410), status(410)),
  struck('status 204, without an answer', said('bad-answer', 'sessions'), status(204)),
  struck('status 304, which nobody asked for', http('unexpected', 304), status(304)),
  struck(
    'status 407, from no proxy at all',
    said('unexpected', 'ERR_UNEXPECTED_PROXY_AUTH'),
    status(407),
  ),
  struck('status 429', http('too-many-requests', 429), status(429)),
  {
    ...struck(
      'status 429, `Retry-After: 2`',
      http('too-many-requests', 429),
      status(429, { 'Retry-After': '2' }),
    ),
    waits: 2_000,
  },
  {
    ...struck(
      'status 503, `Retry-After` a date by a clock a year ahead',
      http('server-error', 503),
      status(503, { Date: inYears(1), 'Retry-After': inYears(1, 2_000) }),
    ),
    waits: 2_000,
  },

  page('a page in HTML with status 200', 'text/html; charset=utf-8', '<p>Welcome to the hotel</p>'),
  page('text with status 200', 'text/plain', '{"sessions":[]}'),
  struck('an empty answer', said('bad-answer', 'sessions'), answer('')),
  ...[
    'null',
    'true',
    '7',
    '"sessions"',
    '[]',
    '{"sessions":{}}',
    '{"sessions":"none"}',
    '{"error":"none"}',
  ].map((json) => struck(`\`${json}\``, said('bad-answer', 'sessions'), answer(json))),
  struck(
    'JSON that is cut off',
    said('bad-answer', 'sessions'),
    answer(`{"sessions":[${HEALTHY},`),
  ),
  struck('bytes that are no text', said('bad-answer', 'sessions'), answer(Buffer.alloc(999, 0xff))),
  {
    ...struck('wrong types at every depth, around a healthy session', 'live', answer(wrongTypes())),
    skippedCount: 9,
  },
  {
    ...struck(
      'the same id many times',
      'live',
      answer(`{"sessions":[${Array.from({ length: 100 }, () => HEALTHY).join()}]}`),
    ),
    skippedCount: 99,
  },
  struck(
    'an answer that is nested a hundred thousand deep',
    'live',
    answer(
      `{"sessions":[{"id":"deep","members":${'['.repeat(1e5)}${']'.repeat(1e5)}},${HEALTHY}]}`,
    ),
  ),

  struck(
    'an answer that ends before the length it named',
    said('bad-answer', 'ERR_CONTENT_LENGTH_MISMATCH'),
    raw(`${HEAD}Content-Length: 999\r\n\r\n{"sessions":[`),
  ),
  struck(
    'an answer in chunks of which the last is missing',
    said('bad-answer', 'ERR_INCOMPLETE_CHUNKED_ENCODING'),
    raw(`${HEAD}Transfer-Encoding: chunked\r\n\r\nd\r\n{"sessions":[\r\n`),
  ),
  struck(
    'chunks that are none',
    said('bad-answer', 'ERR_INVALID_CHUNKED_ENCODING'),
    raw(`${HEAD}Transfer-Encoding: chunked\r\n\r\nmuch\r\n`),
  ),
  struck(
    'an encoding that it is not in',
    said('bad-answer', 'ERR_CONTENT_DECODING_FAILED'),
    answer('{"sessions":[]}', { 'Content-Encoding': 'gzip' }),
  ),
  struck(
    'an answer that is no HTTP',
    said('bad-answer', 'ERR_INVALID_HTTP_RESPONSE'),
    raw('\0\0\0 ringside \0\0\0\r\n'),
  ),
  struck(
    'two lengths that differ',
    said('bad-answer', 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH'),
    raw(`${HEAD}Content-Length: 2\r\nContent-Length: 15\r\n\r\n{"sessions":[]}`),
  ),
  struck(
    'half a megabyte of headers',
    said('bad-answer', 'ERR_RESPONSE_HEADERS_TOO_BIG'),
    raw(`${HEAD}X-Filler: ${'x'.repeat(512 * 1024)}\r\nContent-Length: 2\r\n\r\n{}`),
  ),

  {
    ...struck('an answer of 200 MB', said('too-large', `${32 * MIB} bytes`), flood(200_000_000)),
    large: true,
  },
  {
    ...struck(
      'an answer that unpacks to 1 GB (gzip)',
      said('too-large', `${32 * MIB} bytes`),
      bomb('gzip', 1_000_000_000),
    ),
    large: true,
  },
  {
    ...struck(
      'an answer that unpacks to 1 GB (brotli)',
      said('too-large', `${32 * MIB} bytes`),
      bomb('br', 1_000_000_000),
    ),
    large: true,
  },
  {
    ...struck(
      'an answer of two million sessions',
      'live',
      answer(`{"sessions":[${HEALTHY}${',{"id":"bomb"}'.repeat(2e6)}]}`),
    ),
    large: true,
  },
  struck(
    'an answer of 30 MB, which is just about allowed',
    'live',
    answer(`{"sessions":[${HEALTHY}],"filler":"${'x'.repeat(30 * MIB)}"}`),
  ),
  {
    ...struck(
      'an answer that drips a byte a second',
      said('timeout', `${SHORT} ms`),
      drip(`${HEAD}Content-Length: 15\r\n\r\n{"sessions":[]}`, 1_000),
    ),
    limit: SHORT,
  },
  {
    ...struck(
      'a body that drips a byte a second',
      said('timeout', `${SHORT} ms`),
      ({ response, ...call }) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 15 });
        response.flushHeaders();
        drip('{"sessions":[]}', 1_000)({ response, ...call });
      },
    ),
    limit: SHORT,
  },
  {
    ...struck('no answer ever', said('timeout', `${SHORT} ms`), () => undefined),
    limit: SHORT,
  },

  struck('a connection that is reset', said('refused', 'ERR_CONNECTION_RESET'), ({ socket }) =>
    socket.resetAndDestroy(),
  ),
  struck(
    'a connection that is reset in the middle of an answer',
    said('refused', 'ERR_CONNECTION_RESET'),
    ({ response, socket }) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 999 });
      response.write('{"sessions":[', () => socket.resetAndDestroy());
    },
  ),
  struck('a connection that ends without a word', said('refused', 'ERR_EMPTY_RESPONSE'), raw('')),
  {
    fault: 'a port where nobody listens',
    says: said('refused', 'ERR_CONNECTION_REFUSED'),
    begin: ({ server }) => server.shut(),
    end: ({ server }) => server.open(),
  },

  {
    fault: 'a name that nobody knows',
    says: said('not-found', 'ERR_NAME_NOT_RESOLVED'),
    origin: () => NOWHERE,
    begin: ({ probe }) => probe.proxy(undefined),
    end: ({ probe, server }) => probe.proxy(server.address),
  },
  {
    fault: 'a proxy that is not there',
    says: said('refused', 'ERR_PROXY_CONNECTION_FAILED'),
    origin: () => NOWHERE,
    begin: ({ probe }) => probe.proxy('127.0.0.1:9'),
    end: ({ probe, server }) => probe.proxy(server.address),
  },
  {
    ...struck(
      'a proxy that wants a password',
      http('unexpected', 407),
      status(407, { 'Proxy-Authenticate': 'Basic realm="proxy"' }),
    ),
    origin: () => NOWHERE,
  },

  {
    fault: 'a certificate for which nobody vouches',
    says: said('insecure', 'ERR_CERT_AUTHORITY_INVALID'),
    origin: ({ secure }) => `https://${secure.address}`,
    begin: ({ secure, stranger }) => {
      secure.present(stranger);
    },
    end: ({ secure, trusted }) => {
      secure.present(trusted);
    },
  },
  {
    fault: 'a server that speaks no TLS where it should',
    says: said('insecure', 'ERR_SSL_PROTOCOL_ERROR'),
    origin: ({ secure }) => `https://${secure.address}`,
    begin: ({ secure }) => {
      secure.tongue = 'http';
      secure.hangUp();
    },
    end: ({ secure, trusted }) => {
      secure.present(trusted);
    },
  },
  {
    fault: 'a server that never ends the greeting of TLS',
    says: said('timeout', `${SHORT} ms`),
    origin: ({ secure }) => `https://${secure.address}`,
    limit: SHORT,
    begin: ({ secure }) => {
      secure.tongue = 'silence';
      secure.hangUp();
    },
    end: ({ secure, trusted }) => {
      secure.present(trusted);
    },
  },

  ...REDIRECTED.map((code): Row => ({
    fault: `a redirect (${code}) to another host`,
    says: said('redirected', String(code)),
    begin: ({ server, elsewhere }) => {
      server.strike = redirect(code, `http://localhost:${portOf(elsewhere)}/sessions/my`);
    },
  })),
  {
    fault: 'a redirect to another port',
    says: said('redirected', '302'),
    begin: ({ server, elsewhere }) => {
      server.strike = redirect(302, `http://${elsewhere.address}/sessions/my`);
    },
  },
  {
    fault: 'a redirect to another scheme, from https to http',
    says: said('redirected', '307'),
    origin: ({ secure }) => `https://${secure.address}`,
    begin: ({ secure, elsewhere }) => {
      secure.strike = redirect(307, `http://${elsewhere.address}/sessions/my`);
    },
  },
  ...['file:///etc/passwd', 'data:application/json,{"sessions":[]}', 'javascript:alert(1)'].map(
    (location) =>
      struck(`a redirect to \`${location}\``, said('redirected', '302'), redirect(302, location)),
  ),
  struck(
    'a redirect that leads round in a circle',
    said('redirected', '302'),
    redirect(302, '/sessions/my'),
  ),

  struck(
    'a clock that is a year ahead',
    'live',
    answer(`{"sessions":[${sessionFrom(1)}]}`, { Date: inYears(1) }),
  ),
  struck(
    'a clock that is a year behind',
    'live',
    answer(`{"sessions":[${sessionFrom(-1)}]}`, { Date: inYears(-1) }),
  ),
  struck('a clock that is none', 'live', answer(`{"sessions":[${HEALTHY}]}`, { Date: 'noon' })),
  struck(
    'a thousand cookies',
    'live',
    answer(`{"sessions":[${HEALTHY}]}`, {
      'Set-Cookie': Array.from({ length: 1_000 }, (_, at) => `c${at}=${at}; Path=/; HttpOnly`),
    }),
  ),
];

function struck(fault: string, says: Outcome, strike: ReturnType<typeof status>): Row {
  return {
    fault,
    says,
    begin: ({ server }) => {
      server.strike = strike;
    },
  };
}

function page(fault: string, type: string, text: string): Row {
  return struck(fault, said('bad-answer', type), answer(text, { 'Content-Type': type }));
}

function said(kind: ConnectionError['kind'], code: string): ConnectionError {
  return { kind, code };
}

function http(kind: ConnectionError['kind'], code: number): ConnectionError {
  return said(kind, `HTTP ${code}`);
}

function portOf({ address }: FaultStage['elsewhere']): string {
  return address.split(':')[1] ?? '';
}

/** An HTTP date some years, and so many ms more, from now. */
function inYears(years: number, ms = 0): string {
  const date = new Date(Date.now() + ms);
  date.setFullYear(date.getFullYear() + years);
  return date.toUTCString();
}

function sessionFrom(years: number): string {
  const dateCreated = new Date(inYears(years)).toISOString();
  return JSON.stringify({ id: 'healthy', callState: 'Connected', dateCreated });
}

/** Nine entries that are no sessions, one whose every field is of a wrong type, and a healthy one. */
function wrongTypes(): string {
  const fields = ['direction', 'callState', 'fromName', 'customerBreadcrumb', 'log', 'members'];
  const wrong = [
    { id: 'wrong', ...Object.fromEntries(fields.map((name) => [name, 7])) },
    { id: 'wronger', customerBreadcrumb: [7, null, { id: [], name: {} }], members: [[], 'x', {}] },
    { id: 'wrongest', log: [{ date: {}, message: [] }], members: [{ identity: 7, muted: 'yes' }] },
  ];
  const none = [null, 7, true, 'x', [], {}, { id: 7 }, { id: '' }, { id: { id: 'x' } }];
  return JSON.stringify({ sessions: [...none, ...wrong, JSON.parse(HEALTHY)], totalCount: 'many' });
}
