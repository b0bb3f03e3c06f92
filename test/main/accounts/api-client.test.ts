import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { JAMIE } from '../../../src/demo/scenario/people';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import {
  ApiClient,
  parseRetryAfter,
  toSignInRefusal,
  type ApiError,
} from '../../../src/main/accounts/api-client';
import type { HttpClient, HttpResult } from '../../../src/main/accounts/http-client';
import { createNodeHttpClient, recordRequests } from './node-http-client';

const NOW = Date.UTC(2026, 2, 3, 9, 30);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('ApiClient.signIn', () => {
  test('signs the user in', async () => {
    const { server, api } = await createClient();
    expect(await api.signIn(server.userName, server.password)).toEqual({ ok: true, value: null });
    expect(await api.getIdentity()).toEqual({
      ok: true,
      value: { id: JAMIE.userId, name: JAMIE.name, roles: ['User'] },
    });
  });

  test('sends the credentials once, in the body, with rememberMe', async () => {
    const { server, api, send } = await createClient();
    await api.signIn('maya', 'pass "word" ☎');
    expect(send.sent).toHaveLength(1);
    const [request] = send.sent;
    expect(request).toMatchObject({ method: 'POST', url: `${server.url}/auth/credentials` });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      provider: 'credentials',
      userName: 'maya',
      password: 'pass "word" ☎',
      rememberMe: true,
    });
  });

  test('returns the message of a refusal and does not try again', async () => {
    const { server, api, send } = await createClient();
    expect(await api.signIn(server.userName, 'wrong')).toEqual({
      ok: false,
      error: { kind: 'unauthorized', message: 'Invalid Username or Password' },
    });
    expect(send.sent).toHaveLength(1);
  });

  test.each([
    [{ responseStatus: { errorCode: 'Locked', message: 'Locked out' } }, 'Locked out'],
    [{ ResponseStatus: { ErrorCode: 'Locked', Message: 'Locked out' } }, 'Locked out'],
    [{ RESPONSESTATUS: { MESSAGE: 'two\nlines \u202eof' } }, 'two lines  of'],
    [{ responseStatus: { message: 7 } }, undefined],
    [{ responseStatus: null }, undefined],
    [{ message: 'not where it belongs' }, undefined],
    ['Locked out', undefined],
    ['', undefined],
  ])('reads the message of %j as %o', async (body, message) => {
    const { server, api } = await createClient();
    server.fault({ path: '/auth/credentials', status: 401, body });
    expect(await api.signIn('maya', 'x')).toEqual({
      ok: false,
      error: { kind: 'unauthorized', message },
    });
  });

  test('fails if the response is a web page', async () => {
    const { server, api } = await createClient();
    server.fault({
      status: 200,
      body: '<html>',
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
    expect(await api.signIn(server.userName, server.password)).toMatchObject({
      error: { kind: 'fault', fault: { kind: 'bad-answer' } },
    });
  });

  test('creates a session on the server that signOut ends', async () => {
    const { server, api } = await createSignedInClient();
    expect(server.state().signIns).toBe(1);
    expect(await api.signOut()).toEqual({ ok: true, value: null });
    expect(server.state().signIns).toBe(0);
    expect(await api.getIdentity()).toEqual({ ok: true, value: null });
  });
});

describe('ApiClient.getIdentity', () => {
  test('returns null before the sign-in', async () => {
    const { api } = await createClient();
    expect(await api.getIdentity()).toEqual({ ok: true, value: null });
  });

  test('returns null if a proxy responds with 401', async () => {
    const { server, api } = await createClient();
    server.fault({ path: '/auth/status', status: 401 });
    expect(await api.getIdentity()).toEqual({ ok: true, value: null });
  });

  test.each([
    [{ isAuthenticated: true }, { id: undefined, name: undefined, roles: [] }],
    [
      { isAuthenticated: true, id: 7, name: ['Maya'], roles: 'User' },
      { id: undefined, name: undefined, roles: [] },
    ],
    [{ isAuthenticated: 'true', id: '7' }, null],
    [{}, null],
  ])('reads the valid fields of %j', async (body, value) => {
    const { server, api } = await createClient();
    server.fault({ path: '/auth/status', status: 200, body });
    expect(await api.getIdentity()).toEqual({ ok: true, value });
  });

  test.each(['null', '"Maya"', '', '{"isAuthenticated":tr'])(
    'fails for the response %o',
    async (body) => {
      const { server, api } = await createClient();
      server.fault({ path: '/auth/status', status: 200, body });
      expect(await api.getIdentity()).toMatchObject({
        error: { kind: 'fault', fault: { kind: 'bad-answer', code: 'auth/status' } },
      });
    },
  );
});

describe('every ApiClient request', () => {
  test('has the right headers', async () => {
    const { server, api, send } = await createClient();
    await api.signIn(server.userName, server.password);
    await api.getIdentity();
    await api.getSessions();
    await api.findSessions(['S-1']);
    await api.signOut();
    expect(send.sent).toHaveLength(5);
    for (const { headers } of send.sent) {
      expect(headers).toMatchObject({ Accept: 'application/json', 'User-Agent': 'Ringside/1.2.3' });
    }
    for (const { method, body, headers } of send.sent) {
      expect(headers['Content-Type']).toBe(method === 'POST' ? 'application/json' : undefined);
      expect(body === undefined).toBe(method === 'GET');
    }
  });

  test('never has the password in its URL', async () => {
    const { server, api, send } = await createClient();
    await api.signIn(server.userName, server.password);
    await api.getSessions();
    for (const { url } of send.sent) expect(url).not.toContain(server.password);
  });

  test('is aborted by the signal', async () => {
    const { server, api, abort } = await createSignedInClient();
    server.fault({ hang: true });
    const response = api.getSessions();
    abort.abort();
    expect(await response).toMatchObject({ ok: false, error: { kind: 'fault' } });
  });
});

describe('ApiClient.getSessions', () => {
  test('returns the bytes that the server sent', async () => {
    const { server, api } = await createSignedInClient();
    const id = server.ring();
    const answer = await api.getSessions();
    const bytes = answer.ok ? answer.value.toString() : '';
    expect(JSON.parse(bytes)).toMatchObject({ sessions: [{ id }] });
  });

  test('requires a sign-in', async () => {
    const { api } = await createClient();
    expect(await api.getSessions()).toEqual({
      ok: false,
      error: { kind: 'unauthorized', message: undefined },
    });
  });

  test('reports the missing role', async () => {
    const { server, api } = await createClient();
    await api.signIn(server.userNameWithoutRole, server.password);
    expect(await api.getSessions()).toEqual({
      ok: false,
      error: { kind: 'forbidden', role: 'User' },
    });
  });

  test.each([404, 410])('falls back to /sessions/active after a %i', async (status) => {
    const { server, api } = await createSignedInClient();
    server.fault({ path: '/sessions/my', status });
    expect(await api.getSessions()).toMatchObject({ ok: true });
    expect(await api.getSessions()).toMatchObject({ ok: true });
    const paths = server.requests.map(({ path }) => path).slice(-3);
    expect(paths).toEqual(['/sessions/my', '/sessions/active', '/sessions/active']);
  });

  test('tries both endpoints again if neither exists', async () => {
    const { server, api } = await createSignedInClient();
    server.fault({ path: '/sessions/my', status: 404 });
    server.fault({ path: '/sessions/active', status: 404, times: 2 });
    const missing = { ok: false, error: { kind: 'not-found', status: 404 } };
    expect(await api.getSessions()).toEqual(missing);
    expect(await api.getSessions()).toEqual(missing);
    server.clearFaults();
    expect(await api.getSessions()).toMatchObject({ ok: true });
    expect(server.requests.at(-1)?.path).toBe('/sessions/my');
  });
});

describe('an ApiClient response', () => {
  test.each([
    [429, 'too-many-requests'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [599, 'server-error'],
    [400, 'unexpected'],
    [409, 'unexpected'],
    [418, 'unexpected'],
    [302, 'unexpected'],
    [304, 'unexpected'],
  ])('with status %i fails as %s', async (status, kind) => {
    const answer = await respondWith({ status, headers: {}, body: '' });
    expect(answer).toEqual(failure(kind, `HTTP ${status}`));
  });

  test.each([
    ['text/html; charset=utf-8', 'text/html; charset=utf-8'],
    ['text/plain', 'text/plain'],
    ['application/jsonp', 'application/jsonp'],
    ['text/json-ish', 'text/json-ish'],
    [undefined, 'HTTP 200'],
  ])('is rejected with the content type %s', async (type, code) => {
    const answer = await respondWith({
      status: 200,
      headers: { 'content-type': type },
      body: '<p>Welcome to the hotel</p>',
    });
    expect(answer).toEqual(failure('bad-answer', code));
  });

  test('is rejected with at most one short line of its content type', async () => {
    const type = `text/html; \u001b[31m\u202e${'x'.repeat(10_000)}`;
    const answer = await respondWith({
      status: 200,
      headers: { 'content-type': type },
      body: '<p>',
    });
    const fault = answer.ok || answer.error.kind !== 'fault' ? undefined : answer.error.fault;
    expect(fault?.code).toMatch(/^text\/html; {2}\[31m x{20,80}…$/);
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.evo+json'])(
    'is accepted with the content type %s',
    async (type) => {
      const answer = await respondWith({
        status: 200,
        headers: { 'content-type': type },
        body: '{}',
      });
      expect(answer).toEqual({ ok: true, value: Buffer.from('{}') });
    },
  );

  test.each([
    ['7', 7_000],
    ['Tue, 03 Mar 2026 09:30:10 GMT', 10_000],
    ['soon', undefined],
  ])('passes on the Retry-After header %s', async (header, retryAfterMs) => {
    for (const status of [429, 503, 400]) {
      const answer = await respondWith({ status, headers: { 'retry-after': header }, body: '' });
      expect(answer).toMatchObject({ error: { retryAfterMs } });
    }
  });

  test('converts a date in Retry-After by the server’s clock', async () => {
    const answer = await respondWith({
      status: 503,
      headers: {
        date: 'Tue, 03 Mar 2026 10:30:00 GMT',
        'retry-after': 'Tue, 03 Mar 2026 10:30:10 GMT',
      },
      body: '',
    });
    expect(answer).toMatchObject({ error: { retryAfterMs: 10_000 } });
  });

  test('passes on a network error', async () => {
    const fault = { kind: 'insecure', code: 'ERR_CERT_DATE_INVALID' } as const;
    const { api } = createClientFor(() => Promise.resolve({ ok: false, fault }));
    expect(await api.getSessions()).toEqual(failure('insecure', 'ERR_CERT_DATE_INVALID'));
  });
});

describe('ApiClient.clockOffsetMs', () => {
  test.each([
    ['Tue, 03 Mar 2026 09:30:00 GMT', 0],
    ['Tue, 03 Mar 2026 09:30:02 GMT', 0],
    ['Tue, 03 Mar 2026 09:29:58 GMT', 0],
    ['Tue, 03 Mar 2026 10:30:00 GMT', 3_600_000],
    ['Tue, 03 Mar 2026 08:30:00 GMT', -3_600_000],
    ['noon', 0],
    ['Sat, 13 Sep 275760 00:00:00 GMT', 0],
    ['Thu, 01 Jan 1601 00:00:00 GMT', 0],
    [undefined, 0],
  ])('for the Date header %o is %i ms', async (date, offsetMs) => {
    const headers = { 'content-type': 'application/json', date };
    const reply: HttpResult = { ok: true, status: 200, headers, body: Buffer.from('{}') };
    const { api } = createClientFor(() => Promise.resolve(reply));
    expect(api.clockOffsetMs).toBe(0);
    await api.getSessions();
    expect(api.clockOffsetMs).toBe(offsetMs);
  });

  test('keeps its last value while the server sends no Date header', async () => {
    const dates = ['Tue, 03 Mar 2026 10:30:00 GMT', undefined, 'Tue, 03 Mar 2026 09:30:00 GMT'];
    const { api } = createClientFor(() =>
      Promise.resolve({
        ok: true,
        status: 503,
        headers: { date: dates.shift() },
        body: Buffer.of(),
      }),
    );
    const offsets: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      await api.getSessions();
      offsets.push(api.clockOffsetMs);
    }
    expect(offsets).toEqual([3_600_000, 3_600_000, 0]);
  });
});

describe('ApiClient.findSessions', () => {
  test('finds the sessions that the server remembers', async () => {
    const { server, api } = await createSignedInClient();
    const [answered, forgotten] = [server.ring(), server.ring()];
    server.vanish(answered, { by: 'Priya Tan' });
    server.vanish(forgotten, { forget: true });
    const answer = await api.findSessions([answered, forgotten]);
    const found = answer.ok ? answer.value : [];
    expect(found.map(({ id, answeredByName }) => [id, answeredByName])).toEqual([
      [answered, 'Priya Tan'],
    ]);
  });

  test('requests twenty sessions at a time', async () => {
    const { server, api } = await createSignedInClient();
    const ids = Array.from({ length: 45 }, () => server.ring());
    const before = server.requests.length;
    const answer = await api.findSessions(ids);
    expect(answer.ok && answer.value.map(({ id }) => id)).toEqual(ids);
    const idCounts = server.requests.slice(before).map(({ path }) => path.split(',').length);
    expect(idCounts).toEqual([20, 20, 5]);
  });

  test('sends nothing for an empty list', async () => {
    const { api, send } = await createSignedInClient();
    const before = send.sent.length;
    expect(await api.findSessions([])).toEqual({ ok: true, value: [] });
    expect(send.sent).toHaveLength(before);
  });

  test.each(['a&b=c', 'a b', 'a/b?c#d', '☎', '%2C', '../../auth/logout', 'a\r\nX: y'])(
    'encodes the id %o as a single value',
    async (id) => {
      const { server, api, send } = await createSignedInClient();
      server.ring({ id });
      const answer = await api.findSessions([id]);
      expect(answer.ok && answer.value.map((session) => session.id)).toEqual([id]);
      const { pathname, searchParams } = new URL(send.sent.at(-1)?.url ?? '');
      expect(pathname).toBe('/sessions');
      expect([...searchParams]).toEqual([['specificIds', id]]);
    },
  );

  test('accepts an id with an unpaired surrogate', async () => {
    const { api } = await createSignedInClient();
    expect(await api.findSessions(['S-1', 'half a \ud83d face'])).toEqual({ ok: true, value: [] });
  });

  test.each([
    ['refused', { kind: 'forbidden', role: 'User' }],
    ['missing', { kind: 'not-found', status: 404 }],
  ] as const)('reports that the endpoint is %s', async (mode, error) => {
    const { server, api } = await createSignedInClient();
    server.setMode('lookup', mode);
    expect(await api.findSessions(['S-1'])).toEqual({ ok: false, error });
  });

  test('reads a response with and without a byte order mark', async () => {
    const { server, api } = await createSignedInClient();
    const body = JSON.stringify({ items: [{ id: 'S-1', fromName: 'Zoë' }] });
    for (const byteOrderMark of ['', '\uFEFF']) {
      const bytes = Buffer.from(`${byteOrderMark}${body}`);
      server.fault({ path: '/sessions', times: 1, body: bytes });
      expect(await api.findSessions(['S-1'])).toMatchObject({
        ok: true,
        value: [{ id: 'S-1', fromName: 'Zoë' }],
      });
    }
  });

  test('fails if the response is not a list of sessions', async () => {
    const { server, api } = await createSignedInClient();
    server.fault({ path: '/sessions', status: 200, body: [1, 2] });
    expect(await api.findSessions(['S-1'])).toEqual(failure('bad-answer', 'sessions'));
  });
});

test.each(['.', '..', '../../auth/logout', 'a/../b?c#d', '\ud800'])(
  'ApiClient.getTranscript requests no other path for the id %j',
  async (id) => {
    const { api, send } = createClientFor(() =>
      Promise.resolve({ ok: false, fault: { kind: 'timeout', code: '' } }),
    );
    await api.getTranscript(id);
    for (const { url } of send.sent) {
      expect(new URL(url).pathname).toMatch(/^\/sessions\/[^/]+\/transcript$/);
      expect(url).not.toMatch(/[?#]/);
    }
  },
);

describe('toSignInRefusal', () => {
  const reset = { kind: 'unexpected', code: 'ECONNRESET' } as const;

  test.each<[ApiError, unknown]>([
    [
      { kind: 'unauthorized', message: 'No' },
      { kind: 'wrong-credentials', message: 'No' },
    ],
    [
      { kind: 'fault', fault: reset, retryAfterMs: undefined },
      { kind: 'unreachable', error: reset },
    ],
    [
      { kind: 'not-found', status: 404 },
      { kind: 'unreachable', error: { kind: 'bad-answer', code: 'HTTP 404' } },
    ],
    [
      { kind: 'forbidden', role: 'User' },
      { kind: 'unreachable', error: { kind: 'bad-answer', code: 'HTTP 403' } },
    ],
  ])('converts %o to %o', (error, refusal) => {
    expect(toSignInRefusal(error)).toEqual(refusal);
  });
});

describe('parseRetryAfter', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['999999999', 999_999_999_000],
    ['Tue, 03 Mar 2026 09:30:10 GMT', 10_000],
    ['Tue, 03 Mar 2026 10:30:00 GMT', 3_600_000],
  ])('parses "%s" as %i ms', (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });

  test.each([
    undefined,
    '',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '12345678901',
    '2026-03-03T10:00:00Z',
    'Tue, 03 Mar 2026 09:29:59 GMT',
    'Tue, 99 Mar 2026 99:99:99 GMT',
  ])('ignores %o', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });

  test('never returns a negative or infinite time', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = parseRetryAfter(header, NOW);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});

function failure(kind: string, code: string) {
  return { ok: false, error: { kind: 'fault', fault: { kind, code }, retryAfterMs: undefined } };
}

/** Requests the sessions from a server that sends this response. */
function respondWith({
  body,
  ...answer
}: Omit<Extract<HttpResult, { ok: true }>, 'ok' | 'body'> & { body: string }) {
  const reply: HttpResult = { ok: true, ...answer, body: Buffer.from(body) };
  return createClientFor(() => Promise.resolve(reply)).api.getSessions();
}

function createClientFor(http: HttpClient, origin = 'https://evovoice.io') {
  const abort = new AbortController();
  const recording = recordRequests(http);
  const api = new ApiClient(recording, {
    origin,
    userAgent: 'Ringside/1.2.3',
    signal: abort.signal,
  });
  return { api, send: recording, abort };
}

/** Creates a client of a mock server without a scenario. */
async function createClient(): Promise<
  ReturnType<typeof createClientFor> & { server: DemoServer }
> {
  const server = await startDemoServer({ scenario: false });
  onTestFinished(() => server.close());
  return { server, ...createClientFor(createNodeHttpClient(), server.url) };
}

async function createSignedInClient() {
  const client = await createClient();
  await client.api.signIn(client.server.userName, client.server.password);
  return client;
}
