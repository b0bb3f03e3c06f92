import { describe, expect, test } from 'vitest';
import type { WireMySessions, WireSessionPage } from '../../src/demo/wire';
import { ask, askAsMe, basic, HandClock, quietServer } from './helpers';

describe('who is not signed in', () => {
  test('is told where to sign in, and nothing else', async () => {
    const server = await quietServer();
    const response = await ask(server, '/sessions/my');

    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toBe('credentials realm="/auth/credentials"');
    expect(await response.text()).toBe('');
  });
});

describe('the form of an answer', () => {
  test('is a page for whoever does not ask for JSON', async () => {
    const server = await quietServer();
    const response = await ask(server, '/sessions/my', {
      headers: { ...basic(server), Accept: '*/*' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  test.each(['/sessions/my.json', '/sessions/my?format=json'])('is JSON for %s', async (path) => {
    const server = await quietServer();
    const response = await ask(server, path, { headers: { ...basic(server), Accept: '*/*' } });
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ sessions: [] });
  });

  test('carries the clock of the server', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now });
    const response = await ask(server, '/auth/status');
    expect(response.headers.get('Date')).toBe('Tue, 03 Mar 2026 09:30:00 GMT');
  });

  test('keeps markup in a name from becoming markup in the page', async () => {
    const server = await quietServer();
    server.ring({ fromName: '<img src=x>' });
    const headers = { ...basic(server), Accept: 'text/html' };
    expect(await (await ask(server, '/sessions/my', { headers })).text()).not.toContain('<img');
  });
});

describe('what is not there', () => {
  test('is told in JSON', async () => {
    const server = await quietServer();
    const response = await askAsMe(server, '/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ responseStatus: { errorCode: 'NotFound' } });
  });

  test('is told in HTML to whoever does not ask for JSON', async () => {
    const server = await quietServer();
    const response = await ask(server, '/nothing', { headers: { Accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toContain('text/html');
  });

  test('includes requests by another method', async () => {
    const server = await quietServer();
    expect((await ask(server, '/sessions/my', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('generic user agents', () => {
  test.each(['', 'curl/8.5.0', 'python-requests/2.31', 'node', 'undici'])(
    'are turned away: "%s"',
    async (agent) => {
      const server = await quietServer();
      const headers = { ...basic(server), 'User-Agent': agent };
      const response = await ask(server, '/sessions/my', { headers });
      expect(response.status).toBe(403);
      expect(response.headers.get('Content-Type')).toContain('text/html');
    },
  );

  test('are not those that only sound like one', async () => {
    const server = await quietServer();
    const headers = { ...basic(server), 'User-Agent': 'nodeling 1.0 (curl/8)' };
    expect((await ask(server, '/sessions/my', { headers })).status).toBe(200);
  });
});

describe('the active sessions', () => {
  test('are the same under both paths', async () => {
    const server = await quietServer();
    server.ring();
    const my = (await (await askAsMe(server, '/sessions/my')).json()) as WireMySessions;
    const active = (await (await askAsMe(server, '/sessions/active')).json()) as WireMySessions;
    expect(my.sessions).toHaveLength(1);
    expect(active).toEqual(my);
  });

  test('leave out what is null', async () => {
    const server = await quietServer();
    server.ring({ fromName: null, endpointName: null });
    const text = await (await askAsMe(server, '/sessions/my')).text();
    expect(text).not.toContain('null');
    expect(text).not.toContain('fromName');
    expect(text).toContain('"toAddress"');
  });
});

describe('looking sessions up', () => {
  test('finds those that are listed and those that are gone, and passes over the unknown', async () => {
    const server = await quietServer();
    const [listed, gone, other] = [server.ring(), server.ring(), server.ring()];
    server.vanish(gone);

    const path = `/sessions?specificIds=${listed},${gone},unknown`;
    const page = (await (await askAsMe(server, path)).json()) as WireSessionPage;
    expect(page.items.map(({ id }) => id).sort()).toEqual([listed, gone].sort());
    expect(page.items.map(({ id }) => id)).not.toContain(other);
    expect(page).toMatchObject({ totalCount: 2, totalPages: 1, hasMorePages: false });
  });

  test.each([
    ['refused', 403],
    ['missing', 404],
  ] as const)('can be %s', async (mode, status) => {
    const server = await quietServer();
    server.lookup(mode);
    expect((await askAsMe(server, '/sessions?specificIds=1')).status).toBe(status);
    expect((await askAsMe(server, '/sessions/my')).status).toBe(200);
    server.lookup('ok');
    expect((await askAsMe(server, '/sessions?specificIds=1')).status).toBe(200);
  });

  test('forgets the oldest of a great many', async () => {
    const server = await quietServer();
    const first = server.ring();
    server.vanish(first);
    for (let count = 0; count < 1000; count += 1) server.vanish(server.ring());

    const path = `/sessions?specificIds=${first}`;
    const page = (await (await askAsMe(server, path)).json()) as WireSessionPage;
    expect(page.items).toEqual([]);
  });
});

test('every request is remembered, with its agent and status', async () => {
  const clock = new HandClock();
  const server = await quietServer({ now: () => clock.now });
  await ask(server, '/sessions/my');
  await askAsMe(server, '/sessions?specificIds=7');

  expect(server.requests).toEqual([
    {
      method: 'GET',
      path: '/sessions/my',
      userAgent: 'Ringside/0.0.0',
      status: 401,
      at: clock.now,
    },
    {
      method: 'GET',
      path: '/sessions?specificIds=7',
      userAgent: 'Ringside/0.0.0',
      status: 200,
      at: clock.now,
    },
  ]);
});
