import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import type { DemoServer } from '../../src/demo/server';
import { ask, askAsMe, quietServer, signIn } from './helpers';

const statusOf = async (server: DemoServer): Promise<number> =>
  (await askAsMe(server, '/sessions/my')).status;

describe('a fault', () => {
  test('strikes as often as it is told, then all is well', async () => {
    const server = await quietServer();
    server.fault({ status: 503, times: 2 });
    expect([await statusOf(server), await statusOf(server), await statusOf(server)]).toEqual([
      503, 503, 200,
    ]);
  });

  test('strikes until it is cleared when it is not told how often', async () => {
    const server = await quietServer();
    server.fault({ status: 502 });
    expect([await statusOf(server), await statusOf(server)]).toEqual([502, 502]);
    server.clearFaults();
    expect(await statusOf(server)).toBe(200);
  });

  test('strikes its path only', async () => {
    const server = await quietServer();
    server.fault({ path: '/sessions/my', status: 410 });
    expect((await askAsMe(server, '/sessions/my.json')).status).toBe(410);
    expect((await askAsMe(server, '/sessions/active')).status).toBe(200);
    expect((await signIn(server)).status).toBe(200);
  });

  test('waits for its turn behind another', async () => {
    const server = await quietServer();
    server.fault({ status: 500, times: 1 });
    server.fault({ status: 429, times: 1 });
    expect([await statusOf(server), await statusOf(server)]).toEqual([500, 429]);
  });

  test('never hits the controls', async () => {
    const server = await quietServer();
    server.fault({ status: 500 });
    expect((await fetch(`${server.url}/demo/state`)).status).toBe(200);
  });

  test('speaks as the platform does', async () => {
    const server = await quietServer();
    server.fault({ status: 500, times: 1 });
    expect(await (await askAsMe(server, '/sessions/my')).json()).toMatchObject({
      responseStatus: { errorCode: 'Fault' },
    });
    server.fault({ status: 401, times: 1 });
    const refused = await askAsMe(server, '/sessions/my');
    expect(refused.headers.get('WWW-Authenticate')).toContain('/auth/credentials');
    expect(await refused.text()).toBe('');
  });

  test('can ask for patience', async () => {
    const server = await quietServer();
    server.fault({ status: 429, retryAfter: 7 });
    expect((await askAsMe(server, '/sessions/my')).headers.get('Retry-After')).toBe('7');
  });

  test('can say anything in any guise', async () => {
    const server = await quietServer();
    server.fault({ body: '<p>Sign in</p>', contentType: 'text/html', times: 1 });
    const page = await askAsMe(server, '/sessions/my');
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html']);
    expect(await page.text()).toBe('<p>Sign in</p>');

    server.fault({ body: { sessions: 7 }, times: 1 });
    expect(await (await askAsMe(server, '/sessions/my')).json()).toEqual({ sessions: 7 });

    const body = gzipSync('{"sessions":[]}');
    server.fault({ body, headers: { 'Content-Encoding': 'gzip' }, times: 1 });
    expect(await (await askAsMe(server, '/sessions/my')).json()).toEqual({ sessions: [] });
  });

  test('can lead elsewhere', async () => {
    const server = await quietServer();
    server.fault({ status: 302, headers: { Location: 'http://127.0.0.1:1/' } });
    const response = await ask(server, '/sessions/my', { redirect: 'manual' });
    expect(response.headers.get('Location')).toBe('http://127.0.0.1:1/');
  });

  test('can make the true answer late', async () => {
    const server = await quietServer();
    server.fault({ delayMs: 80 });
    const asked = performance.now();
    expect(await statusOf(server)).toBe(200);
    expect(performance.now() - asked).toBeGreaterThan(75);
  });

  test('can make the true answer drip', async () => {
    const server = await quietServer();
    server.fault({ dripMs: 5 });
    const asked = performance.now();
    const text = await (await askAsMe(server, '/sessions/my')).text();
    expect(JSON.parse(text)).toEqual({ sessions: [] });
    expect(performance.now() - asked).toBeGreaterThan(text.length * 4);
  });

  test.each([true, 5, 0])('can cut the true answer short: %o', async (truncate) => {
    const server = await quietServer();
    server.ring();
    server.fault({ truncate });
    const answer = askAsMe(server, '/sessions/my').then((response) => response.text());
    await expect(answer).rejects.toThrow();
  });

  test('can reset the connection', async () => {
    const server = await quietServer();
    server.fault({ reset: true, times: 1 });
    await expect(askAsMe(server, '/sessions/my')).rejects.toThrow();
    expect(server.requests.map(({ status }) => status)).toEqual([0]);
  });

  test('can leave the client waiting for ever', async () => {
    const server = await quietServer();
    server.fault({ hang: true, times: 1 });
    const signal = AbortSignal.timeout(100);
    await expect(ask(server, '/sessions/my', { signal })).rejects.toThrow(/timeout/);
    expect(await statusOf(server)).toBe(200);
  });
});

test('closing cuts off whoever still waits, at once', async () => {
  const server = await quietServer();
  server.fault({ hang: true });
  const answer = askAsMe(server, '/sessions/my');
  const refused = expect(answer).rejects.toThrow();
  await expect.poll(() => server.requests.length).toBe(1);
  await server.close();
  await refused;
  await server.close();
});
