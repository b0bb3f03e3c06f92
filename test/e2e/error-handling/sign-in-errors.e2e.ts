/** Errors of the sign-in against the real client on a real Electron. */
import { expect, test } from '@playwright/test';
import { ErrorTestBed, getRingKey, WAIT } from './error-test-bed';
import { respondWith, redirectTo, respondWithStatus } from './bad-responses';

const UNAUTHORIZED = { kind: 'unexpected', code: 'HTTP 401' };

let testBed: ErrorTestBed;

test.beforeAll(async () => {
  testBed = await ErrorTestBed.create();
});

test.beforeEach(() => {
  const { server, secure } = testBed;
  for (const each of [server, secure]) each.pollResponse = each.otherResponse = undefined;
});

test.afterEach(async () => {
  expect(testBed.elsewhere.requests).toEqual([]);
  expect((await testBed.client.state()).errors).toEqual([]);
  expect(testBed.client.isRunning).toBe(true);
});

test.afterAll(async () => {
  await testBed.close();
});

test('signs in again once when the server ends the session', async () => {
  const { mockServer, client } = testBed;
  await signIn();
  const before = getSignInCount();
  const id = mockServer.ring();
  await testBed.waitForRing(id);
  mockServer.revoke();
  await expect.poll(getSignInCount, WAIT).toBe(before + 1);
  await testBed.waitForRequests(4);
  const { connection, raised, withdrawn } = await client.state();
  expect(connection.kind).toBe('live');
  expect(raised.filter((key) => key === getRingKey(id))).toHaveLength(1);
  expect(withdrawn).not.toContain(getRingKey(id));
  await testBed.endCalls([id]);
  expect(getSignInCount()).toBe(before + 1);
});

test('sends a wrong password once and then asks the user', async () => {
  const before = getSignInCount();
  await testBed.signIn(testBed.login({ password: 'not any more' }));
  await expect.poll(() => testBed.outcome(), WAIT).toBe('signed-out');
  const { connection } = await testBed.client.state();
  expect(connection).toMatchObject({
    error: { kind: 'wrong-credentials', message: 'Invalid Username or Password' },
  });
  await expectNoMoreRequests();
  expect(getSignInCount()).toBe(before + 1);
});

test('signs in again later when polls still get HTTP 401 after signing in', async () => {
  const { server } = testBed;
  await signIn();
  const before = getSignInCount();
  server.pollResponse = respondWithStatus(401);
  await expect.poll(() => testBed.outcome(), WAIT).toEqual(UNAUTHORIZED);
  await testBed.waitForRequests(3);
  expect(getSignInCount()).toBe(before + 1);
  server.pollResponse = undefined;
  await expect.poll(() => testBed.outcome(), WAIT).toBe('live');
  expect(getSignInCount()).toBe(before + 1);
});

test('never sends Basic authentication', async () => {
  const { server } = testBed;
  await signIn();
  const before = server.requests.length;
  const challenge = respondWithStatus(401, { 'WWW-Authenticate': 'Basic realm="PBX"' });
  server.pollResponse = server.otherResponse = challenge;
  await expect.poll(() => testBed.outcome(), WAIT).not.toBe('live');
  await expectNoMoreSignIns();
  expect(server.requests.slice(before).join('\n')).not.toMatch(/^authorization/im);
});

test('keeps trying to sign in until the server is reachable', async () => {
  const { server, mockServer } = testBed;
  const id = mockServer.ring();
  await server.close();
  await testBed.signIn(testBed.login());
  const refused = { kind: 'refused', code: 'ERR_CONNECTION_REFUSED' };
  await expect.poll(() => testBed.outcome(), WAIT).toEqual(refused);
  await server.open();
  await testBed.waitForRing(id);
  await testBed.endCalls([id]);
});

for (const [where, location] of [
  ['another host', () => `http://localhost:${getPort(testBed.elsewhere.address)}/auth/credentials`],
  ['another port', () => `http://${testBed.elsewhere.address}/auth/credentials`],
  ['another path', () => '/auth/elsewhere'],
] as const) {
  for (const code of [302, 307]) {
    test(`never sends the password to ${where} after a redirect (${code})`, async () => {
      const { server } = testBed;
      const redirect = redirectTo(code, location());
      // Only the sign-in is redirected: a request of the account before may still arrive.
      server.otherResponse = (call) =>
        call.request.method === 'POST' ? redirect(call) : call.response.writeHead(503).end();
      const before = server.requests.length;
      await testBed.signIn(testBed.login());
      const redirected = { kind: 'redirected', code: String(code) };
      await expect.poll(() => testBed.outcome(), WAIT).toEqual(redirected);
      expect(server.requests.slice(before).join('\n')).not.toContain('/auth/elsewhere');
      server.otherResponse = undefined;
      await expect.poll(() => testBed.outcome(), WAIT).toBe('live');
    });
  }
}

test('never sends the password over http after a redirect from https', async () => {
  const { secure, elsewhere } = testBed;
  secure.otherResponse = redirectTo(307, `http://${elsewhere.address}/auth/credentials`);
  await testBed.signIn(testBed.login({ origin: `https://${secure.address}` }));
  await expect.poll(() => testBed.outcome(), WAIT).toEqual({ kind: 'redirected', code: '307' });
  secure.otherResponse = undefined;
  await expect.poll(() => testBed.outcome(), WAIT).toBe('live');
});

test('never sends the password to a server with an untrusted certificate', async () => {
  const { secure, untrusted, trusted, mockServer } = testBed;
  secure.useCertificate(untrusted);
  const before = secure.requests.length;
  await testBed.signIn(testBed.login({ origin: `https://${secure.address}` }));
  const insecure = { kind: 'insecure', code: 'ERR_CERT_AUTHORITY_INVALID' };
  await expect.poll(() => testBed.outcome(), WAIT).toEqual(insecure);
  expect(secure.requests.slice(before).join('\n')).not.toContain(mockServer.password);
  secure.useCertificate(trusted);
  await expect.poll(() => testBed.outcome(), WAIT).toBe('live');
});

test('reports a sign-in response that is an HTML page', async () => {
  const { server } = testBed;
  server.otherResponse = respondWith('<p>Welcome to the hotel</p>', {
    'Content-Type': 'text/html',
  });
  await testBed.signIn(testBed.login());
  const page = { kind: 'bad-answer', code: 'text/html' };
  await expect.poll(() => testBed.outcome(), WAIT).toEqual(page);
  server.otherResponse = undefined;
  await expect.poll(() => testBed.outcome(), WAIT).toBe('live');
});

for (const code of [404, 410]) {
  test(`polls /sessions/active when /sessions/my returns HTTP ${code}`, async () => {
    const { server, mockServer } = testBed;
    await signIn();
    server.pollResponse = (call) => {
      if (call.request.url === '/sessions/my') respondWithStatus(code)(call);
      else respondWith(JSON.stringify({ sessions: mockServer.state().sessions }))(call);
    };
    const id = mockServer.ring();
    await testBed.waitForRing(id);
    expect(await testBed.outcome()).toBe('live');
    await testBed.endCalls([id]);
  });
}

test('leaves no error behind when it is stopped in the middle of a request', async () => {
  const { server } = testBed;
  for (let round = 0; round < 5; round += 1) {
    server.pollResponse = () => undefined;
    await testBed.signIn(testBed.login());
    await expect.poll(() => server.requests.at(-1), WAIT).toMatch(/^GET \/sessions/);
    server.pollResponse = undefined;
    await signIn();
  }
});

async function signIn(): Promise<void> {
  await testBed.signIn(testBed.login());
  await expect.poll(() => testBed.outcome(), WAIT).toBe('live');
}

/** How often a password was sent. */
function getSignInCount(): number {
  return testBed.server.requests.filter((text) => text.startsWith('POST /auth/credentials')).length;
}

/** Expects no request for a time in which a polling client sends ten. */
async function expectNoMoreRequests(): Promise<void> {
  const { requests } = testBed.server;
  const before = requests.length;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(requests).toHaveLength(before);
}

/** Expects no request with a password for a while. */
async function expectNoMoreSignIns(): Promise<void> {
  const before = getSignInCount();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(getSignInCount()).toBe(before);
}

function getPort(address: string): string {
  return address.split(':')[1] ?? '';
}
