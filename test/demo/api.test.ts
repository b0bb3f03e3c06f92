import { expect, test } from 'vitest';
import { basic, control, getActive, send, sendSignedIn, startServer, TestClock } from './helpers';

test('answers 401 without a body and names the sign-in realm when no one is signed in', async () => {
  const server = await startServer();
  const response = await send(server, '/sessions/my');
  expect(response.status).toBe(401);
  expect(response.headers.get('WWW-Authenticate')).toBe('credentials realm="/auth/credentials"');
  expect(await response.text()).toBe('');
});

test('answers with an escaped HTML page unless the client requests JSON', async () => {
  const server = await startServer();
  server.ring({ fromName: '<img src=x>' });
  const headers = { ...basic(server), Accept: '*/*' };
  const response = await send(server, '/sessions/my', { headers });
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(await response.text()).toMatch(/^<!doctype html>(?!.*<img)/s);
});

test('answers with JSON if the client accepts it', async () => {
  const server = await startServer();
  const response = await sendSignedIn(server, '/sessions/my');
  expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual({ sessions: [] });
});

test('sends its own clock in the Date header', async () => {
  const server = await startServer({ now: new TestClock().now });
  const response = await send(server, '/auth/status');
  expect(response.headers.get('Date')).toBe('Tue, 03 Mar 2026 09:30:00 GMT');
});

test('answers unknown paths with 404 and other methods with 405', async () => {
  const server = await startServer();
  const response = await sendSignedIn(server, '/nothing');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ responseStatus: { errorCode: 'NotFound' } });
  expect((await send(server, '/sessions/my', { method: 'DELETE' })).status).toBe(405);
});

test.each([
  ['', 403],
  ['curl/8.5.0', 403],
  ['node', 403],
  ['nodeling 1.0 (curl/8)', 200],
])('answers the user agent "%s" with %i', async (agent, status) => {
  const server = await startServer();
  const headers = { ...basic(server), 'User-Agent': agent };
  expect((await send(server, '/sessions/my', { headers })).status).toBe(status);
});

test('returns the same active sessions from both paths', async () => {
  const server = await startServer();
  server.ring();
  const response = await sendSignedIn(server, '/sessions/active');
  const sessions = await getActive(server);
  expect(sessions).toHaveLength(1);
  expect(await response.json()).toEqual({ sessions });
});

test('omits fields that are null', async () => {
  const server = await startServer();
  server.ring({ fromName: null });
  const [session] = await getActive(server);
  expect(session).not.toHaveProperty('fromName');
  expect(session).toHaveProperty('toAddress');
});

test('records every request with its user agent and status', async () => {
  const clock = new TestClock();
  const server = await startServer({ now: clock.now });
  await send(server, '/sessions/my');
  await sendSignedIn(server, '/sessions?specificIds=7');
  const common = { method: 'GET', userAgent: 'Ringside/0.0.0', at: clock.time };
  expect(server.requests).toEqual([
    { ...common, path: '/sessions/my', status: 401 },
    { ...common, path: '/sessions?specificIds=7', status: 200 },
  ]);
});

test('offers contacts in the documented shape, and those that a test sets', async () => {
  const server = await startServer();
  const getContacts = async (): Promise<unknown> =>
    (await sendSignedIn(server, '/app/contacts')).json();
  const contact = {
    displayName: 'Riverside Couriers',
    address: '+12025550104',
    type: 'Contact',
    customerName: 'Riverside depot',
    canCall: true,
    canChat: false,
  };
  expect(await getContacts()).toHaveProperty('contacts', expect.arrayContaining([contact]));
  await control(server, '/demo/contacts/list', { contacts: [{ displayName: 1 }] });
  expect(await getContacts()).toEqual({ contacts: [{ displayName: 1 }] });
});

test('offers the messages of a chat in the documented shape as they are written', async () => {
  const clock = new TestClock();
  const server = await startServer({ now: clock.now });
  const getMessages = async (id: string): Promise<readonly Record<string, string>[]> => {
    const response = await sendSignedIn(server, `/sessions/${id}/transcript`);
    return ((await response.json()) as { messages: Record<string, string>[] }).messages;
  };
  const id = server.ring({ channel: 'Chat', fromAddress: '+12025550173' });
  expect(await getMessages(id)).toEqual([
    {
      date: '2026-03-03T09:30:00.0000000Z',
      from: '+12025550173',
      body: 'Hi, are you open this Saturday?',
    },
  ]);
  server.answer(id);
  clock.advance(80);
  const all = await getMessages(id);
  expect(new Set(all.map(({ from }) => from))).toEqual(new Set(['+12025550173', 'Jamie Ives']));
  expect(all.at(-1)).toMatchObject({ mediaContentType: 'image/jpeg' });
  expect(await getMessages(server.ring())).toEqual([]);
  await control(server, `/demo/calls/${id}/messages`, { messages: [{ body: 1 }] });
  expect(await getMessages(id)).toEqual([{ body: 1 }]);
  expect((await sendSignedIn(server, '/sessions/unknown/transcript')).status).toBe(404);
});
