/** Faults of the sign-in, against the real client on the real Electron. */
import { expect, test } from '@playwright/test';
import { FaultStage, ringOf, SOON } from './stage';
import { answer, redirect, status } from './strikes';

let stage: FaultStage;

test.beforeAll(async () => {
  stage = await FaultStage.set();
});

test.beforeEach(() => {
  const { server, secure } = stage;
  for (const one of [server, secure]) one.strike = one.strikeElsewhere = undefined;
});

test.afterEach(async () => {
  expect(stage.elsewhere.requests).toEqual([]);
  expect((await stage.probe.state()).errors).toEqual([]);
  expect(stage.probe.isRunning).toBe(true);
});

test.afterAll(async () => {
  await stage.strike();
});

test('a sign-in that the server ends is renewed once, and nobody notices', async () => {
  const { truth, probe } = stage;
  await start();
  const before = signIns();
  const id = truth.ring();
  await stage.rung(id);
  truth.revoke();
  await expect.poll(signIns, SOON).toBe(before + 1);
  await stage.requests(4);
  const { connection, raised, withdrawn } = await probe.state();
  expect(connection.kind).toBe('live');
  expect(raised.filter((key) => key === ringOf(id))).toHaveLength(1);
  expect(withdrawn).not.toContain(ringOf(id));
  await stage.calm([id]);
  expect(signIns()).toBe(before + 1);
});

test('a password that the server refuses is sent once, and the person is asked', async () => {
  const before = signIns();
  await stage.startLine(stage.login({ password: 'not any more' }));
  await expect.poll(() => stage.outcome(), SOON).toBe('signed-out');
  const { connection } = await stage.probe.state();
  expect(connection).toMatchObject({
    refused: { kind: 'wrong-credentials', message: 'Invalid Username or Password' },
  });
  await nothingMoreIsSent();
  expect(signIns()).toBe(before + 1);
});

test('a server that takes the password and says 401 all the same is asked once', async () => {
  const { server } = stage;
  await start();
  const before = signIns();
  server.strike = status(401);
  await expect.poll(() => stage.outcome(), SOON).toBe('signed-out');
  await nothingMoreIsSent();
  expect(signIns()).toBe(before + 1);
});

test('a server that wants Basic authentication is given none', async () => {
  const { server } = stage;
  await start();
  const before = server.requests.length;
  const challenge = status(401, { 'WWW-Authenticate': 'Basic realm="PBX"' });
  server.strike = server.strikeElsewhere = challenge;
  await expect.poll(() => stage.outcome(), SOON).toBe('signed-out');
  await nothingMoreIsSent();
  expect(server.requests.slice(before).join('\n')).not.toMatch(/^authorization/im);
});

test('a server that cannot be reached at the start is tried until it can', async () => {
  const { server, truth } = stage;
  const id = truth.ring();
  await server.shut();
  await stage.startLine(stage.login());
  const refused = { kind: 'refused', code: 'ERR_CONNECTION_REFUSED' };
  await expect.poll(() => stage.outcome(), SOON).toEqual(refused);
  await server.open();
  await stage.rung(id);
  await stage.calm([id]);
});

for (const [where, location] of [
  ['another host', () => `http://localhost:${port(stage.elsewhere.address)}/auth/credentials`],
  ['another port', () => `http://${stage.elsewhere.address}/auth/credentials`],
  ['itself', () => '/auth/elsewhere'],
] as const) {
  for (const code of [301, 302, 303, 307, 308]) {
    test(`a sign-in that is redirected (${code}) to ${where} sends no password there`, async () => {
      const { server } = stage;
      server.strikeElsewhere = redirect(code, location());
      const before = server.requests.length;
      await stage.startLine(stage.login());
      const redirected = { kind: 'redirected', code: String(code) };
      await expect.poll(() => stage.outcome(), SOON).toEqual(redirected);
      expect(server.requests.slice(before).join('\n')).not.toContain('/auth/elsewhere');
      server.strikeElsewhere = undefined;
      await expect.poll(() => stage.outcome(), SOON).toBe('live');
    });
  }
}

test('a sign-in that is redirected from https to http sends no password there', async () => {
  const { secure, elsewhere } = stage;
  secure.strikeElsewhere = redirect(307, `http://${elsewhere.address}/auth/credentials`);
  await stage.startLine(stage.login({ origin: `https://${secure.address}` }));
  await expect.poll(() => stage.outcome(), SOON).toEqual({ kind: 'redirected', code: '307' });
  secure.strikeElsewhere = undefined;
  await expect.poll(() => stage.outcome(), SOON).toBe('live');
});

test('a password is not sent under a certificate for which nobody vouches', async () => {
  const { secure, stranger, trusted, truth } = stage;
  secure.present(stranger);
  const before = secure.requests.length;
  await stage.startLine(stage.login({ origin: `https://${secure.address}` }));
  const insecure = { kind: 'insecure', code: 'ERR_CERT_AUTHORITY_INVALID' };
  await expect.poll(() => stage.outcome(), SOON).toEqual(insecure);
  expect(secure.requests.slice(before).join('\n')).not.toContain(truth.password);
  secure.present(trusted);
  await expect.poll(() => stage.outcome(), SOON).toBe('live');
});

test('a page in HTML instead of a sign-in is no sign-in', async () => {
  const { server } = stage;
  server.strikeElsewhere = answer('<p>Welcome to the hotel</p>', { 'Content-Type': 'text/html' });
  await stage.startLine(stage.login());
  const page = { kind: 'bad-answer', code: 'text/html' };
  await expect.poll(() => stage.outcome(), SOON).toEqual(page);
  server.strikeElsewhere = undefined;
  await expect.poll(() => stage.outcome(), SOON).toBe('live');
});

for (const code of [404, 410]) {
  test(`where /sessions/my is gone (${code}) the calls are asked for elsewhere`, async () => {
    const { server, truth } = stage;
    await start();
    server.strike = (call) => {
      if (call.request.url === '/sessions/my') status(code)(call);
      else answer(JSON.stringify({ sessions: truth.state().sessions }))(call);
    };
    const id = truth.ring();
    await stage.rung(id);
    expect(await stage.outcome()).toBe('live');
    await stage.calm([id]);
  });
}

test('a line that is left in the middle of a request leaves nothing behind', async () => {
  const { server } = stage;
  for (let time = 0; time < 5; time += 1) {
    server.strike = () => undefined;
    await stage.startLine(stage.login());
    await expect.poll(() => server.requests.at(-1), SOON).toMatch(/^GET \/sessions/);
    server.strike = undefined;
    await start();
  }
});

async function start(): Promise<void> {
  await stage.startLine(stage.login());
  await expect.poll(() => stage.outcome(), SOON).toBe('live');
}

/** How often a password has been sent. */
function signIns(): number {
  return stage.server.requests.filter((text) => text.startsWith('POST /auth/credentials')).length;
}

/** Watches for a while, in which a line that polls would have polled many times. */
async function nothingMoreIsSent(): Promise<void> {
  const { requests } = stage.server;
  const before = requests.length;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(requests).toHaveLength(before);
}

function port(address: string): string {
  return address.split(':')[1] ?? '';
}
