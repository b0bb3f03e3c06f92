import { describe, expect, test } from 'vitest';
import { ask, basic, cookieHeader, cookiesOf, HandClock, quietServer, signIn } from './helpers';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('signing in', () => {
  test('sets three cookies that only the browser can read, two of them permanent', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now });
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

  test('sets no permanent cookie for somebody who is not to be remembered', async () => {
    const server = await quietServer();
    const response = await signIn(server, { rememberMe: false });

    const cookies = response.headers.getSetCookie();
    expect(cookies.filter((cookie) => cookie.includes('Expires'))).toEqual([]);
    expect(cookiesOf(response)['ss-opt']).toBe('temp');
  });

  test('tells who signed in', async () => {
    const server = await quietServer();
    expect(await (await signIn(server)).json()).toMatchObject({
      userName: server.userName,
      displayName: 'Jamie Ives',
      roles: ['User'],
    });
  });

  test('takes a form as well as JSON', async () => {
    const server = await quietServer();
    const { userName, password } = server;
    const response = await ask(server, '/auth/credentials', {
      method: 'POST',
      headers: FORM,
      body: new URLSearchParams({ UserName: userName, Password: password }).toString(),
    });
    expect(response.status).toBe(200);
  });

  test('is refused with a wrong password, in words', async () => {
    const server = await quietServer();
    const response = await signIn(server, { password: 'guess' });

    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.json()).toMatchObject({
      responseStatus: { errorCode: 'Unauthorized', message: 'Invalid Username or Password' },
    });
  });

  test('is a bad request without a user name', async () => {
    const server = await quietServer();
    const response = await signIn(server, { userName: '' });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      responseStatus: { errors: [{ fieldName: 'UserName' }] },
    });
  });

  test('is a bad request with a broken body', async () => {
    const server = await quietServer();
    const headers = { 'Content-Type': 'application/json' };
    const response = await ask(server, '/auth/credentials', { method: 'POST', headers, body: '{' });
    expect(response.status).toBe(400);
  });
});

describe('being signed in', () => {
  test('lasts for as long as the cookies are sent', async () => {
    const server = await quietServer();
    const headers = cookieHeader(cookiesOf(await signIn(server)));

    expect((await ask(server, '/sessions/my', { headers })).status).toBe(200);
    expect((await ask(server, '/sessions/my')).status).toBe(401);
  });

  test('survives a restart of the client, which keeps permanent cookies only', async () => {
    const server = await quietServer();
    const kept = new Map(Object.entries(cookiesOf(await signIn(server))));
    kept.delete('ss-id');
    const headers = cookieHeader(Object.fromEntries(kept));
    const response = await ask(server, '/sessions/my', { headers });
    expect(response.status).toBe(200);
  });

  test('ends after two weeks, however often it was used', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now });
    const headers = cookieHeader(cookiesOf(await signIn(server)));

    clock.passes(13 * 86_400);
    expect((await ask(server, '/sessions/my', { headers })).status).toBe(200);
    clock.passes(86_400);
    expect((await ask(server, '/sessions/my', { headers })).status).toBe(401);
  });

  test('is told by /auth/status', async () => {
    const server = await quietServer();
    expect(await (await ask(server, '/auth/status')).json()).toEqual({ isAuthenticated: false });

    const headers = cookieHeader(cookiesOf(await signIn(server)));
    expect(await (await ask(server, '/auth/status', { headers })).json()).toEqual({
      isAuthenticated: true,
      id: expect.any(String) as string,
      name: 'Jamie Ives',
      roles: ['User'],
      accountIds: [expect.any(String) as string],
      accountNames: ['Clearwater Answering'],
    });
  });

  test('ends with a sign-out, which takes the cookies back', async () => {
    const server = await quietServer();
    const headers = cookieHeader(cookiesOf(await signIn(server)));
    const response = await ask(server, '/auth/logout', { method: 'POST', headers });

    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toHaveLength(3);
    expect(response.headers.getSetCookie()[0]).toContain('Expires=Thu, 01 Jan 1970');
    expect((await ask(server, '/sessions/my', { headers })).status).toBe(401);
  });

  test('ends for everybody when the sign-ins are revoked', async () => {
    const server = await quietServer();
    const headers = cookieHeader(cookiesOf(await signIn(server)));
    server.revoke();
    expect((await ask(server, '/sessions/my', { headers })).status).toBe(401);
    expect((await signIn(server)).status).toBe(200);
  });
});

describe('Basic authentication', () => {
  test('lets in on every request', async () => {
    const server = await quietServer({ password: 'with:colon' });
    const response = await ask(server, '/sessions/my', { headers: basic(server) });
    expect(response.status).toBe(200);
  });

  test('is refused without a body', async () => {
    const server = await quietServer();
    const headers = basic({ userName: server.userName, password: 'guess' });
    const response = await ask(server, '/sessions/my', { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });
});

test('somebody without the role User is signed in, and forbidden to see sessions', async () => {
  const server = await quietServer();
  const response = await signIn(server, { userName: server.userNameWithoutRole });
  const headers = cookieHeader(cookiesOf(response));

  expect(await (await ask(server, '/auth/status', { headers })).json()).toMatchObject({
    isAuthenticated: true,
    roles: ['Dashboard'],
  });
  expect((await ask(server, '/sessions/my', { headers })).status).toBe(403);
});
