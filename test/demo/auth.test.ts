import { describe, expect, test } from 'vitest';
import { basic, cookieHeader, getCookies, send, signIn, startServer, TestClock } from './helpers';

describe('POST /auth/credentials', () => {
  test('sets three HttpOnly cookies, two of them permanent', async () => {
    const clock = new TestClock();
    const server = await startServer({ now: clock.now });
    const response = await signIn(server);

    expect(response.status).toBe(200);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['ss-id', 'ss-pid', 'ss-opt']);
    for (const cookie of cookies) {
      expect(cookie).toContain('; Path=/; HttpOnly; SameSite=Lax');
    }
    expect(cookies[0]).not.toContain('Expires');
    expect(cookies[1]).toContain('; Expires=Tue, 17 Mar 2026 09:30:00 GMT');
    expect(cookies[2]).toMatch(/^ss-opt=perm; Expires=/);
  });

  test('sets no permanent cookie without rememberMe', async () => {
    const server = await startServer();
    const response = await signIn(server, { rememberMe: false });

    const cookies = response.headers.getSetCookie();
    expect(cookies.filter((cookie) => cookie.includes('Expires'))).toEqual([]);
    expect(getCookies(response)['ss-opt']).toBe('temp');
  });

  test('returns the user who signed in', async () => {
    const server = await startServer();
    expect(await (await signIn(server)).json()).toMatchObject({
      userName: server.userName,
      displayName: 'Jamie Ives',
      roles: ['User'],
    });
  });

  test('answers a wrong password with 401 and a message', async () => {
    const server = await startServer();
    const response = await signIn(server, { password: 'guess' });

    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.json()).toMatchObject({
      responseStatus: { errorCode: 'Unauthorized', message: 'Invalid Username or Password' },
    });
  });

  test('answers 400 without a username', async () => {
    const server = await startServer();
    const response = await signIn(server, { userName: '' });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      responseStatus: { errors: [{ fieldName: 'UserName' }] },
    });
  });

  test('answers 400 to a body that is not valid JSON', async () => {
    const server = await startServer();
    const headers = { 'Content-Type': 'application/json' };
    const response = await send(server, '/auth/credentials', {
      method: 'POST',
      headers,
      body: '{',
    });
    expect(response.status).toBe(400);
  });
});

describe('a sign-in', () => {
  test('accepts requests that send the cookies', async () => {
    const server = await startServer();
    const headers = cookieHeader(getCookies(await signIn(server)));

    expect((await send(server, '/sessions/my', { headers })).status).toBe(200);
    expect((await send(server, '/sessions/my')).status).toBe(401);
  });

  test('accepts the permanent cookies alone, as after a restart of the client', async () => {
    const server = await startServer();
    const cookies = new Map(Object.entries(getCookies(await signIn(server))));
    cookies.delete('ss-id');
    const headers = cookieHeader(Object.fromEntries(cookies));
    const response = await send(server, '/sessions/my', { headers });
    expect(response.status).toBe(200);
  });

  test('ends after two weeks, regardless of how often it was used', async () => {
    const clock = new TestClock();
    const server = await startServer({ now: clock.now });
    const headers = cookieHeader(getCookies(await signIn(server)));

    clock.advance(13 * 86_400);
    expect((await send(server, '/sessions/my', { headers })).status).toBe(200);
    clock.advance(86_400);
    expect((await send(server, '/sessions/my', { headers })).status).toBe(401);
  });

  test('is reported by /auth/status', async () => {
    const server = await startServer();
    expect(await (await send(server, '/auth/status')).json()).toEqual({ isAuthenticated: false });

    const headers = cookieHeader(getCookies(await signIn(server)));
    expect(await (await send(server, '/auth/status', { headers })).json()).toEqual({
      isAuthenticated: true,
      id: expect.any(String) as string,
      name: 'Jamie Ives',
      roles: ['User'],
      accountIds: [expect.any(String) as string],
      accountNames: ['Clearwater Answering'],
    });
  });

  test('ends with a sign-out, which deletes the cookies', async () => {
    const server = await startServer();
    const headers = cookieHeader(getCookies(await signIn(server)));
    const response = await send(server, '/auth/logout', { method: 'POST', headers });

    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toHaveLength(3);
    expect(response.headers.getSetCookie()[0]).toContain('Expires=Thu, 01 Jan 1970');
    expect((await send(server, '/sessions/my', { headers })).status).toBe(401);
  });

  test('ends for everyone when the sign-ins are revoked', async () => {
    const server = await startServer();
    const headers = cookieHeader(getCookies(await signIn(server)));
    server.revoke();
    expect((await send(server, '/sessions/my', { headers })).status).toBe(401);
    expect((await signIn(server)).status).toBe(200);
  });
});

describe('Basic authentication', () => {
  test('is accepted on every request', async () => {
    const server = await startServer({ password: 'with:colon' });
    const response = await send(server, '/sessions/my', { headers: basic(server) });
    expect(response.status).toBe(200);
  });

  test('is refused with 401 and no body', async () => {
    const server = await startServer();
    const headers = basic({ userName: server.userName, password: 'guess' });
    const response = await send(server, '/sessions/my', { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });
});

test('answers 403 to a user without the role User', async () => {
  const server = await startServer();
  const response = await signIn(server, { userName: server.userNameWithoutRole });
  const headers = cookieHeader(getCookies(response));

  expect(await (await send(server, '/auth/status', { headers })).json()).toMatchObject({
    isAuthenticated: true,
    roles: ['Dashboard'],
  });
  expect((await send(server, '/sessions/my', { headers })).status).toBe(403);
});
