import { describe, expect, onTestFinished, test } from 'vitest';
import { ME } from '../../../src/demo/cast';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { EvoVoice, type Needs } from '../../../src/main/api/evo-voice';
import type { Reply } from '../../../src/main/api/send';
import { nodeSend, recordingSend } from '../node-send';

const NOW = Date.UTC(2026, 2, 3, 9, 30);

describe('signing in', () => {
  test('keeps whoever signed in signed in', async () => {
    const { server, api } = await aClient();
    expect(await api.signIn(server.userName, server.password)).toEqual({ ok: true, value: null });
    expect(await api.who()).toEqual({
      ok: true,
      value: { id: ME.userId, name: ME.name, roles: ['User'] },
    });
  });

  test('sends the words once, in the body, and asks to be remembered', async () => {
    const { server, api, send } = await aClient();
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

  test('that the server refuses says so in its words, and is not tried again', async () => {
    const { server, api, send } = await aClient();
    expect(await api.signIn(server.userName, 'wrong')).toEqual({
      ok: false,
      problem: { kind: 'signed-out', message: 'Invalid Username or Password' },
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
  ])('refused with %j says %o', async (body, message) => {
    const { server, api } = await aClient();
    server.fault({ path: '/auth/credentials', status: 401, body });
    expect(await api.signIn('maya', 'x')).toEqual({
      ok: false,
      problem: { kind: 'signed-out', message },
    });
  });

  test('to a page instead of an API is no sign-in', async () => {
    const { server, api } = await aClient();
    server.fault({ status: 200, body: '<html>', contentType: 'text/html; charset=utf-8' });
    expect(await api.signIn(server.userName, server.password)).toMatchObject({
      problem: { kind: 'fault', fault: { kind: 'bad-answer' } },
    });
  });

  test('out ends it on the server too', async () => {
    const { server, api } = await signedIn();
    expect(server.state().signIns).toBe(1);
    expect(await api.signOut()).toEqual({ ok: true, value: null });
    expect(server.state().signIns).toBe(0);
    expect(await api.who()).toEqual({ ok: true, value: null });
  });
});

describe('who is signed in', () => {
  test('is nobody before the sign-in', async () => {
    const { api } = await aClient();
    expect(await api.who()).toEqual({ ok: true, value: null });
  });

  test('is nobody where a proxy says 401 first', async () => {
    const { server, api } = await aClient();
    server.fault({ path: '/auth/status', status: 401 });
    expect(await api.who()).toEqual({ ok: true, value: null });
  });

  test.each([
    [{ isAuthenticated: true }, { id: undefined, name: undefined, roles: [] }],
    [
      { isAuthenticated: true, id: 7, name: ['Maya'], roles: 'User' },
      { id: undefined, name: undefined, roles: [] },
    ],
    [{ isAuthenticated: 'true', id: '7' }, null],
    [{}, null],
  ])('is read from %j as far as it can be', async (body, value) => {
    const { server, api } = await aClient();
    server.fault({ path: '/auth/status', status: 200, body });
    expect(await api.who()).toEqual({ ok: true, value });
  });

  test.each(['null', '"Maya"', '', '{"isAuthenticated":tr'])(
    'cannot be read from %o, which is a bad answer',
    async (body) => {
      const { server, api } = await aClient();
      server.fault({ path: '/auth/status', status: 200, body });
      expect(await api.who()).toMatchObject({
        problem: { kind: 'fault', fault: { kind: 'bad-answer', code: 'auth/status' } },
      });
    },
  );
});

describe('every request', () => {
  test('says what it takes and who asks', async () => {
    const { server, api, send } = await aClient();
    await api.signIn(server.userName, server.password);
    await api.who();
    await api.sessions();
    await api.lookUp(['S-1']);
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

  test('never carries the password in its address', async () => {
    const { server, api, send } = await aClient();
    await api.signIn(server.userName, server.password);
    await api.sessions();
    for (const { url } of send.sent) expect(url).not.toContain(server.password);
  });

  test('is cut off when the account is left', async () => {
    const { server, api, abort } = await signedIn();
    server.fault({ hang: true });
    const answer = api.sessions();
    abort.abort();
    expect(await answer).toMatchObject({ ok: false, problem: { kind: 'fault' } });
  });
});

describe('the active sessions', () => {
  test('come as the bytes that the server sent', async () => {
    const { server, api } = await signedIn();
    const id = server.ring();
    const answer = await api.sessions();
    const bytes = answer.ok ? answer.value.toString() : '';
    expect(JSON.parse(bytes)).toMatchObject({ sessions: [{ id }] });
  });

  test('are not for who is not signed in', async () => {
    const { api } = await aClient();
    expect(await api.sessions()).toEqual({
      ok: false,
      problem: { kind: 'signed-out', message: undefined },
    });
  });

  test('are not for who lacks the role, which is named', async () => {
    const { server, api } = await aClient();
    await api.signIn(server.userNameWithoutRole, server.password);
    expect(await api.sessions()).toEqual({
      ok: false,
      problem: { kind: 'forbidden', role: 'User' },
    });
  });

  test.each([404, 410])('are asked for elsewhere after a %i, from then on', async (status) => {
    const { server, api } = await signedIn();
    server.fault({ path: '/sessions/my', status });
    expect(await api.sessions()).toMatchObject({ ok: true });
    expect(await api.sessions()).toMatchObject({ ok: true });
    const paths = server.requests.map(({ path }) => path).slice(-3);
    expect(paths).toEqual(['/sessions/my', '/sessions/active', '/sessions/active']);
  });

  test('that are nowhere are looked for in both places again', async () => {
    const { server, api } = await signedIn();
    server.fault({ path: '/sessions/my', status: 404 });
    server.fault({ path: '/sessions/active', status: 404, times: 2 });
    const missing = { ok: false, problem: { kind: 'missing', status: 404 } };
    expect(await api.sessions()).toEqual(missing);
    expect(await api.sessions()).toEqual(missing);
    server.clearFaults();
    expect(await api.sessions()).toMatchObject({ ok: true });
    expect(server.requests.at(-1)?.path).toBe('/sessions/my');
  });
});

describe('an answer that is none', () => {
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
  ])('with status %i is %s', async (status, kind) => {
    const answer = await answeredWith({ status, headers: {}, body: '' });
    expect(answer).toEqual(problem(kind, `HTTP ${status}`));
  });

  test.each([
    ['text/html; charset=utf-8', 'text/html; charset=utf-8'],
    ['text/plain', 'text/plain'],
    ['application/jsonp', 'application/jsonp'],
    ['text/json-ish', 'text/json-ish'],
    [undefined, 'HTTP 200'],
  ])('is %s with status 200', async (type, code) => {
    const answer = await answeredWith({
      status: 200,
      headers: { 'content-type': type },
      body: '<p>Welcome to the hotel</p>',
    });
    expect(answer).toEqual(problem('bad-answer', code));
  });

  test('tells no more than a line of what the server calls it', async () => {
    const type = `text/html; \u001b[31m\u202e${'x'.repeat(10_000)}`;
    const answer = await answeredWith({
      status: 200,
      headers: { 'content-type': type },
      body: '<p>',
    });
    const fault = answer.ok || answer.problem.kind !== 'fault' ? undefined : answer.problem.fault;
    expect(fault?.code).toMatch(/^text\/html; {2}\[31m x{20,80}…$/);
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.evo+json'])(
    'is not %s',
    async (type) => {
      const answer = await answeredWith({
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
  ])('may ask for a pause: %s', async (header, retryAfter) => {
    for (const status of [429, 503, 400]) {
      const answer = await answeredWith({ status, headers: { 'retry-after': header }, body: '' });
      expect(answer).toMatchObject({ problem: { retryAfter } });
    }
  });

  test('names the moment to come back by the clock of the server, however wrong', async () => {
    const answer = await answeredWith({
      status: 503,
      headers: {
        date: 'Tue, 03 Mar 2026 10:30:00 GMT',
        'retry-after': 'Tue, 03 Mar 2026 10:30:10 GMT',
      },
      body: '',
    });
    expect(answer).toMatchObject({ problem: { retryAfter: 10_000 } });
  });

  test('is told as it was found on the way', async () => {
    const fault = { kind: 'insecure', code: 'ERR_CERT_DATE_INVALID' } as const;
    const { api } = aClientOf(() => Promise.resolve({ ok: false, fault }));
    expect(await api.sessions()).toEqual(problem('insecure', 'ERR_CERT_DATE_INVALID'));
  });
});

describe('the clock of the server', () => {
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
  ])('that says %o is ahead by %i ms', async (date, ahead) => {
    const headers = { 'content-type': 'application/json', date };
    const reply: Reply = { ok: true, status: 200, headers, body: Buffer.from('{}') };
    const { api } = aClientOf(() => Promise.resolve(reply));
    expect(api.serverAhead).toBe(0);
    await api.sessions();
    expect(api.serverAhead).toBe(ahead);
  });

  test('counts as it was last told', async () => {
    const dates = ['Tue, 03 Mar 2026 10:30:00 GMT', undefined, 'Tue, 03 Mar 2026 09:30:00 GMT'];
    const { api } = aClientOf(() =>
      Promise.resolve({
        ok: true,
        status: 503,
        headers: { date: dates.shift() },
        body: Buffer.of(),
      }),
    );
    const ahead: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      await api.sessions();
      ahead.push(api.serverAhead);
    }
    expect(ahead).toEqual([3_600_000, 3_600_000, 0]);
  });
});

describe('looking up what became of sessions', () => {
  test('finds what the server remembers, and nothing else', async () => {
    const { server, api } = await signedIn();
    const [taken, forgotten] = [server.ring(), server.ring()];
    server.vanish(taken, { by: 'Priya Tan' });
    server.vanish(forgotten, { forget: true });
    const answer = await api.lookUp([taken, forgotten]);
    const found = answer.ok ? answer.value : [];
    expect(found.map(({ id, answeredByName }) => [id, answeredByName])).toEqual([
      [taken, 'Priya Tan'],
    ]);
  });

  test('asks for twenty at a time and leaves none out', async () => {
    const { server, api } = await signedIn();
    const ids = Array.from({ length: 45 }, () => server.ring());
    const before = server.requests.length;
    const answer = await api.lookUp(ids);
    expect(answer.ok && answer.value.map(({ id }) => id)).toEqual(ids);
    const asked = server.requests.slice(before).map(({ path }) => path.split(',').length);
    expect(asked).toEqual([20, 20, 5]);
  });

  test('asks nothing about nothing', async () => {
    const { api, send } = await signedIn();
    const before = send.sent.length;
    expect(await api.lookUp([])).toEqual({ ok: true, value: [] });
    expect(send.sent).toHaveLength(before);
  });

  test.each(['a&b=c', 'a b', 'a/b?c#d', '☎', '%2C', '../../auth/logout', 'a\r\nX: y'])(
    'keeps the id %o a value of its own',
    async (id) => {
      const { server, api, send } = await signedIn();
      server.ring({ id });
      const answer = await api.lookUp([id]);
      expect(answer.ok && answer.value.map((session) => session.id)).toEqual([id]);
      const { pathname, searchParams } = new URL(send.sent.at(-1)?.url ?? '');
      expect(pathname).toBe('/sessions');
      expect([...searchParams]).toEqual([['specificIds', id]]);
    },
  );

  test('survives an id that is no text', async () => {
    const { api } = await signedIn();
    expect(await api.lookUp(['S-1', 'half a \ud83d face'])).toEqual({ ok: true, value: [] });
  });

  test.each([
    ['refused', { kind: 'forbidden', role: 'User' }],
    ['missing', { kind: 'missing', status: 404 }],
  ] as const)('may be %s', async (mode, why) => {
    const { server, api } = await signedIn();
    server.lookup(mode);
    expect(await api.lookUp(['S-1'])).toEqual({ ok: false, problem: why });
  });

  test('is read with and without a byte order mark', async () => {
    const { server, api } = await signedIn();
    const body = JSON.stringify({ items: [{ id: 'S-1', fromName: 'Zoë' }] });
    for (const mark of ['', '\uFEFF']) {
      const bytes = Buffer.from(`${mark}${body}`);
      server.fault({ path: '/sessions', times: 1, body: bytes, contentType: 'application/json' });
      expect(await api.lookUp(['S-1'])).toMatchObject({
        ok: true,
        value: [{ id: 'S-1', fromName: 'Zoë' }],
      });
    }
  });

  test('that brings rubbish is a bad answer', async () => {
    const { server, api } = await signedIn();
    server.fault({ path: '/sessions', status: 200, body: [1, 2] });
    expect(await api.lookUp(['S-1'])).toEqual(problem('bad-answer', 'sessions'));
  });
});

function problem(kind: string, code: string) {
  return { ok: false, problem: { kind: 'fault', fault: { kind, code }, retryAfter: undefined } };
}

/** What the active sessions come to when the server answers like this. */
function answeredWith({
  body,
  ...answer
}: Omit<Extract<Reply, { ok: true }>, 'ok' | 'body'> & { body: string }) {
  const reply: Reply = { ok: true, ...answer, body: Buffer.from(body) };
  return aClientOf(() => Promise.resolve(reply)).api.sessions();
}

function aClientOf(send: Needs['send'], origin = 'https://evovoice.io') {
  const abort = new AbortController();
  const recording = recordingSend(send);
  const api = new EvoVoice({
    send: recording,
    origin,
    userAgent: 'Ringside/1.2.3',
    signal: abort.signal,
    now: () => NOW,
  });
  return { api, send: recording, abort };
}

/** A client of a stand-in that does nothing by itself. */
async function aClient(): Promise<ReturnType<typeof aClientOf> & { server: DemoServer }> {
  const server = await startDemoServer({ scenario: false });
  onTestFinished(() => server.close());
  return { server, ...aClientOf(nodeSend(), server.url) };
}

async function signedIn() {
  const client = await aClient();
  await client.api.signIn(client.server.userName, client.server.password);
  return client;
}
