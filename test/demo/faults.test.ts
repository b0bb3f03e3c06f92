import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import type { DemoServer } from '../../src/demo/server';
import { send, sendSignedIn, signIn, startServer } from './helpers';

const getStatus = async (server: DemoServer): Promise<number> =>
  (await sendSignedIn(server, '/sessions/my')).status;

describe('a fault', () => {
  test('applies as many times as it says', async () => {
    const server = await startServer();
    server.fault({ status: 503, times: 2 });
    expect([await getStatus(server), await getStatus(server), await getStatus(server)]).toEqual([
      503, 503, 200,
    ]);
  });

  test('applies until it is cleared if it doesn’t say how many times', async () => {
    const server = await startServer();
    server.fault({ status: 502 });
    expect([await getStatus(server), await getStatus(server)]).toEqual([502, 502]);
    server.clearFaults();
    expect(await getStatus(server)).toBe(200);
  });

  test('applies to its path only', async () => {
    const server = await startServer();
    server.fault({ path: '/sessions/my', status: 410 });
    expect((await sendSignedIn(server, '/sessions/my')).status).toBe(410);
    expect((await sendSignedIn(server, '/sessions/active')).status).toBe(200);
    expect((await signIn(server)).status).toBe(200);
  });

  test('applies after an earlier one is used up', async () => {
    const server = await startServer();
    server.fault({ status: 500, times: 1 });
    server.fault({ status: 429, times: 1 });
    expect([await getStatus(server), await getStatus(server)]).toEqual([500, 429]);
  });

  test('never applies to the control API', async () => {
    const server = await startServer();
    server.fault({ status: 500 });
    expect((await fetch(`${server.url}/demo/state`)).status).toBe(200);
  });

  test('sends the platform’s error bodies', async () => {
    const server = await startServer();
    server.fault({ status: 500, times: 1 });
    expect(await (await sendSignedIn(server, '/sessions/my')).json()).toMatchObject({
      responseStatus: { errorCode: 'Fault' },
    });
    server.fault({ status: 401, times: 1 });
    const refused = await sendSignedIn(server, '/sessions/my');
    expect(refused.headers.get('WWW-Authenticate')).toContain('/auth/credentials');
    expect(await refused.text()).toBe('');
  });

  test('can send any body with any content type and encoding', async () => {
    const server = await startServer();
    server.fault({ body: '<p>Sign in</p>', headers: { 'Content-Type': 'text/html' }, times: 1 });
    const page = await sendSignedIn(server, '/sessions/my');
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html']);
    expect(await page.text()).toBe('<p>Sign in</p>');

    server.fault({ body: { sessions: 7 }, times: 1 });
    expect(await (await sendSignedIn(server, '/sessions/my')).json()).toEqual({ sessions: 7 });

    const body = gzipSync('{"sessions":[]}');
    server.fault({ body, headers: { 'Content-Encoding': 'gzip' }, times: 1 });
    expect(await (await sendSignedIn(server, '/sessions/my')).json()).toEqual({ sessions: [] });
  });

  test('can redirect', async () => {
    const server = await startServer();
    server.fault({ status: 302, headers: { Location: 'http://127.0.0.1:1/' } });
    const response = await send(server, '/sessions/my', { redirect: 'manual' });
    expect(response.headers.get('Location')).toBe('http://127.0.0.1:1/');
  });

  test('can delay the real response', async () => {
    const server = await startServer();
    server.fault({ delayMs: 80 });
    const startedAt = performance.now();
    expect(await getStatus(server)).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(75);
  });

  test('can reset the connection', async () => {
    const server = await startServer();
    server.fault({ reset: true, times: 1 });
    await expect(sendSignedIn(server, '/sessions/my')).rejects.toThrow();
    expect(server.requests.map(({ status }) => status)).toEqual([0]);
  });

  test('can withhold the response', async () => {
    const server = await startServer();
    server.fault({ hang: true, times: 1 });
    const signal = AbortSignal.timeout(100);
    await expect(send(server, '/sessions/my', { signal })).rejects.toThrow(/timeout/);
    expect(await getStatus(server)).toBe(200);
  });
});

test('close() ends requests that have no response yet', async () => {
  const server = await startServer();
  server.fault({ hang: true });
  const response = sendSignedIn(server, '/sessions/my');
  const refused = expect(response).rejects.toThrow();
  await expect.poll(() => server.requests.length).toBe(1);
  await server.close();
  await refused;
  await server.close();
});
