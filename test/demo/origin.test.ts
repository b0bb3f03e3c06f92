import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startServer } from './helpers';

/** Sends headers that `fetch` doesn't allow to set. */
async function getStatus(url: string, headers: Record<string, string>): Promise<unknown> {
  const outgoing = request(`${url}/demo/state`, { headers });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

test.each(['attacker.example', 'attacker.example:PORT', '127.0.0.1:1', '127.0.0.1', '[::1]:PORT'])(
  'refuses requests to the host %s, which could be the target of DNS rebinding',
  async (host) => {
    const { url } = await startServer();
    const { port } = new URL(url);
    expect(await getStatus(url, { Host: host.replace('PORT', port) })).toBe(403);
  },
);

test.each(['https://attacker.example', 'http://127.0.0.1:1', 'null'])(
  'refuses requests from pages of the origin %s',
  async (origin) => {
    const { url } = await startServer();
    expect(await getStatus(url, { Origin: origin })).toBe(403);
  },
);

test('accepts its own address and localhost', async () => {
  const { url } = await startServer();
  const { port } = new URL(url);
  expect(await getStatus(url, { Origin: url })).toBe(200);
  expect(await getStatus(url, { Host: `localhost:${port}` })).toBe(200);
});

test('refuses control requests with a content type that a web page can send', async () => {
  const server = await startServer();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
    const init = { method: 'POST', headers: { 'Content-Type': type }, body: '{}' };
    expect((await fetch(`${server.url}/demo/calls`, init)).status).toBe(415);
  }
  expect((await fetch(`${server.url}/demo/clear`, { method: 'POST' })).status).toBe(415);
  expect(server.state().sessions).toEqual([]);
});
