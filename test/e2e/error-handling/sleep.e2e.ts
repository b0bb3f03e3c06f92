/** Sleep and wake-up with the real client on a real Electron. */
import { expect, test } from '@playwright/test';
import { ErrorTestBed, getRingKey } from './error-test-bed';

const DAY = 24 * 3_600_000;

let testBed: ErrorTestBed;

test.beforeAll(async () => {
  testBed = await ErrorTestBed.create();
});

test.beforeEach(async () => {
  await testBed.pollFrom(testBed.login().origin);
});

test.afterAll(async () => {
  await testBed.close();
});

test('polls immediately after a day of sleep and announces the missed calls together', async () => {
  const { client, mockServer, server } = testBed;
  const ringing = mockServer.ring();
  await testBed.waitForRing(ringing);
  const { raised: before } = await client.state();

  await client.sleep(DAY);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const asleep = server.requests.length;
  mockServer.vanish(ringing);
  for (const id of [mockServer.ring(), mockServer.ring()])
    mockServer.miss(id, { listedSeconds: 600 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.requests).toHaveLength(asleep);

  await client.wake();
  await testBed.waitForState(
    ({ withdrawn }) => withdrawn.includes(getRingKey(ringing)),
    'the ring before is withdrawn',
  );
  await testBed.waitForState(({ raised }) => raised.length > before.length, 'the missed calls');
  const next = mockServer.ring();
  await testBed.waitForRing(next);
  await testBed.waitForRequests(3);
  const { raised, errors, connection } = await client.state();
  expect(raised.slice(before.length)).toEqual([
    ...Array<unknown>(3).fill(expect.stringMatching(/^missed:/)),
    getRingKey(next),
  ]);
  expect(errors).toEqual([]);
  expect(connection.kind).toBe('live');
  await testBed.endCalls([next]);
});

test('repeats a request interrupted by sleep and announces nothing twice', async () => {
  const { client, mockServer, server } = testBed;
  const id = mockServer.ring();
  await testBed.waitForRing(id);
  const { raised: before } = await client.state();
  server.pollResponse = () => undefined;
  await testBed.waitForRequests(1);
  await client.sleep(60 * 60_000);
  // A computer loses its connections when it falls asleep.
  server.dropConnections();
  server.pollResponse = undefined;
  await client.wake();
  await testBed.waitForState(({ connection }) => connection.kind === 'live', 'live again');
  await testBed.waitForRequests(3);
  const { raised, errors } = await client.state();
  expect(raised).toEqual(before);
  expect(errors).toEqual([]);
  await testBed.endCalls([id]);
});
