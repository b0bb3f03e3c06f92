import { describe, expect, test } from 'vitest';
import type { DemoServer } from '../../src/demo/server';
import type { WireMySessions, WireSession, WireSessionPage } from '../../src/demo/wire';
import { breaches } from './contract';
import { askAsMe, HandClock, quietServer } from './helpers';

/** Steers as a person with any HTTP tool does: without signing in, without headers. */
async function post(server: DemoServer, path: string, body?: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function rung(server: DemoServer, fields: unknown = {}): Promise<string> {
  const { id } = (await (await post(server, '/demo/calls', fields)).json()) as { id: string };
  return id;
}

async function listed(server: DemoServer): Promise<readonly WireSession[]> {
  return ((await (await askAsMe(server, '/sessions/my')).json()) as WireMySessions).sessions;
}

async function lookedUp(server: DemoServer, id: string): Promise<WireSession | undefined> {
  const response = await askAsMe(server, `/sessions?specificIds=${id}`);
  return ((await response.json()) as WireSessionPage).items[0];
}

describe('making a call ring', () => {
  test('needs no more than the wish', async () => {
    const server = await quietServer();
    const id = await rung(server);
    const [session] = await listed(server);
    expect(session).toMatchObject({ id, callState: 'Ringing', direction: 'Incoming' });
    expect(breaches(session)).toEqual([]);
  });

  test('takes any field, and fills in what goes with it', async () => {
    const server = await quietServer();
    await rung(server, {
      fromName: 'Grace Whitfield',
      fromAddress: '+12025550147',
      customerName: 'Bright Dental',
      endpointName: 'Back door',
      ringQueueId: 'queue-9',
    });
    const [session] = await listed(server);
    expect(session).toMatchObject({
      fromName: 'Grace Whitfield',
      displayName: 'Grace Whitfield',
      customerBreadcrumb: [{ name: 'Northside Group' }, { name: 'Bright Dental' }],
      endpointName: 'Back door',
      ringQueueId: 'queue-9',
      members: [{ identity: '+12025550147', role: 'Caller' }, { role: 'Agent' }],
    });
  });

  test('can be for a customer nobody knows', async () => {
    const server = await quietServer();
    await rung(server, { customerName: 'Moonbase' });
    expect((await listed(server))[0]?.customerBreadcrumb).toEqual([
      { id: 'customer-Moonbase', name: 'Moonbase' },
    ]);
  });

  test.each([
    [{ direction: 'Outgoing' }, { callState: 'Ringing', dialState: 'Active' }],
    [{ queueState: 'Queued' }, { callState: 'Disconnected', queueState: 'Queued' }],
    [{ channel: 'Chat' }, { callState: 'Ringing' }],
    [{ channel: 'Fax' }, { callState: 'Disconnected' }],
  ])('can be something else: %o', async (fields, expected) => {
    const server = await quietServer();
    await rung(server, fields);
    expect((await listed(server))[0]).toMatchObject({ ...fields, ...expected });
  });

  test('passes on what breaks the contract, so that clients can be tried with it', async () => {
    const server = await quietServer();
    const id = await rung(server, { fromName: 7, members: [null, 3], log: 'none', mood: ['calm'] });
    expect((await listed(server))[0]).toMatchObject({
      fromName: 7,
      members: [null, 3],
      log: 'none',
      mood: ['calm'],
    });
    expect((await post(server, `/demo/calls/${id}/answer`)).status).toBe(200);
  });

  test('is refused for an id that is on the list', async () => {
    const server = await quietServer();
    await rung(server, { id: 'one' });
    expect((await post(server, '/demo/calls', { id: 'one' })).status).toBe(409);
  });

  test('brings a session back that had vanished', async () => {
    const server = await quietServer();
    await rung(server, { id: 'one' });
    server.vanish('one');
    await rung(server, { id: 'one' });
    expect((await listed(server)).map(({ id }) => id)).toEqual(['one']);
  });
});

describe('the life of a call', () => {
  test('goes through answer, hold, resume and end', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now });
    const id = await rung(server);

    await post(server, `/demo/calls/${id}/answer`, { by: 'Maya Kent' });
    expect((await listed(server))[0]).toMatchObject({
      callState: 'Connected',
      answeredByName: 'Maya Kent',
      endpointName: 'Desk 12 – Maya',
    });
    clock.passes(5);
    await post(server, `/demo/calls/${id}/hold`);
    expect((await listed(server))[0]).toMatchObject({
      callState: 'Hold',
      dateLastModified: '2026-03-03T09:30:05.0000000Z',
      members: [{ callState: 'Hold' }, { callState: 'Connected' }],
    });
    await post(server, `/demo/calls/${id}/resume`);
    expect((await listed(server))[0]?.callState).toBe('Connected');
    expect((await listed(server))[0]).not.toHaveProperty('heldByUserId');

    await post(server, `/demo/calls/${id}/end`, { linger: 3 });
    expect((await listed(server))[0]).toMatchObject({ ended: true, wasMissed: false });
    clock.passes(3);
    expect(await listed(server)).toEqual([]);
    const { log = [] } = (await lookedUp(server, id)) ?? {};
    expect(log.map(({ message }) => message).slice(2)).toEqual([
      'Answered by Maya Kent',
      'Put on hold by Jamie Ives',
      'Taken off hold by Jamie Ives',
      'Completed',
    ]);
  });

  test('can end as a miss, listed for ten seconds', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now });
    const id = await rung(server);
    await post(server, `/demo/calls/${id}/miss`);

    clock.passes(9);
    expect((await listed(server))[0]).toMatchObject({ wasMissed: true, ended: true });
    clock.passes(1);
    expect(await listed(server)).toEqual([]);
  });

  test('can go through a queue and ring again', async () => {
    const server = await quietServer();
    const id = await rung(server);
    await post(server, `/demo/calls/${id}/queue`);
    expect((await listed(server))[0]?.queueState).toBe('Queued');
    await post(server, `/demo/calls/${id}/ring`, { at: 'Priya Tan' });
    expect((await listed(server))[0]).toMatchObject({
      queueState: 'Ringing',
      endpointName: 'Desk 7 – Priya',
    });
  });

  test('can be patched, and a null takes a field away', async () => {
    const server = await quietServer();
    const id = await rung(server, { fromName: 'Grace' });
    await post(server, `/demo/calls/${id}/patch`, { callState: 'Whispering', fromName: null });
    const [session] = await listed(server);
    expect(session?.callState).toBe('Whispering');
    expect(session).not.toHaveProperty('fromName');
  });
});

describe('a call that vanishes', () => {
  test('was missed if it rang', async () => {
    const server = await quietServer();
    const id = await rung(server);
    await post(server, `/demo/calls/${id}/vanish`);
    expect(await listed(server)).toEqual([]);
    expect(await lookedUp(server, id)).toMatchObject({ wasMissed: true, ended: true });
  });

  test('was taken by a colleague if that is said', async () => {
    const server = await quietServer();
    const id = await rung(server);
    await post(server, `/demo/calls/${id}/vanish`, { by: 'Leon Vogt' });
    expect(await lookedUp(server, id)).toMatchObject({
      answeredByName: 'Leon Vogt',
      wasMissed: false,
      callState: 'Connected',
    });
  });

  test('was abandoned if it waited, and over if it was talked on', async () => {
    const server = await quietServer();
    const [waiting, talking] = [server.ring({ queueState: 'Queued' }), server.ring()];
    server.answer(talking);
    server.vanish(waiting);
    server.vanish(talking);
    expect(await lookedUp(server, waiting)).toMatchObject({
      outcome: 'Abandoned',
      wasMissed: false,
    });
    expect(await lookedUp(server, talking)).toMatchObject({ outcome: 'Completed' });
  });

  test('is what the fields say, whatever they say', async () => {
    const server = await quietServer();
    const id = await rung(server);
    const fields = { wasMissed: false, callState: 'Connected' };
    await post(server, `/demo/calls/${id}/vanish`, { fields });
    expect(await lookedUp(server, id)).toMatchObject(fields);
  });

  test('can be forgotten altogether', async () => {
    const server = await quietServer();
    const id = await rung(server);
    await post(server, `/demo/calls/${id}/vanish`, { forget: true });
    expect(await lookedUp(server, id)).toBeUndefined();
  });
});

describe('the scenario', () => {
  test('does not begin before it is wanted', async () => {
    const server = await quietServer();
    expect(await listed(server)).toEqual([]);
    await post(server, '/demo/resume');
    expect((await listed(server)).length).toBeGreaterThan(3);
  });

  test('stands still while paused, and goes on from there', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now, scenario: true });
    clock.passes(1);
    await post(server, '/demo/pause');
    const before = await listed(server);
    clock.passes(600);
    expect(await listed(server)).toEqual(before);

    await post(server, '/demo/resume');
    clock.passes(2);
    const ringing = (await listed(server)).find(({ callState }) => callState === 'Ringing');
    expect(ringing?.dateCreated).toBe('2026-03-03T09:40:01.5000000Z');
  });

  test('runs as many times as fast as it is told', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now, scenario: true, speed: 10 });
    clock.passes(0.2);
    const ringing = (await listed(server)).find(({ callState }) => callState === 'Ringing');
    expect(ringing?.dateCreated).toBe('2026-03-03T09:30:00.1500000Z');
  });

  test('lets go of a call that is steered by hand', async () => {
    const clock = new HandClock();
    const server = await quietServer({ now: () => clock.now, scenario: true });
    clock.passes(2);
    const ringing = (await listed(server)).find(({ callState }) => callState === 'Ringing');
    server.hold(ringing?.id ?? '');
    clock.passes(300);
    const now = (await listed(server)).find(({ id }) => id === ringing?.id);
    expect(now?.callState).toBe('Hold');
  });
});

describe('the controls', () => {
  test('take all sessions away', async () => {
    const server = await quietServer();
    const id = await rung(server);
    await post(server, '/demo/clear');
    expect(await listed(server)).toEqual([]);
    expect(await lookedUp(server, id)).toBeUndefined();
  });

  test('explain themselves', async () => {
    const server = await quietServer();
    const { requests } = (await (await fetch(`${server.url}/demo`)).json()) as {
      requests: { method: string; path: string; does: string }[];
    };
    expect(requests.map(({ path }) => path)).toContain('/demo/calls/:id/answer');
    for (const { does } of requests) expect(does).toMatch(/\.$/);
  });

  test('tell how things are', async () => {
    const server = await quietServer();
    const id = await rung(server);
    await post(server, '/demo/lookup', { mode: 'refused' });
    await post(server, '/demo/faults', { status: 503, times: 2 });
    expect(await (await fetch(`${server.url}/demo/state`)).json()).toMatchObject({
      scenario: { running: false },
      lookup: 'refused',
      signIns: 0,
      faults: [{ status: 503, times: 2 }],
      sessions: [{ id }],
    });
  });

  test.each([
    ['/demo/calls/nobody/answer', {}, 404],
    ['/demo/nothing', {}, 404],
    ['/demo/calls', [1], 400],
    ['/demo/lookup', { mode: 'maybe' }, 400],
    ['/demo/faults', { staus: 503 }, 400],
    ['/demo/faults', { status: 'bad' }, 400],
  ])('say what is wrong with %s %o', async (path, body, status) => {
    const server = await quietServer();
    const response = await post(server, path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\.$/) as string });
  });

  test('do not take nonsense for JSON', async () => {
    const server = await quietServer();
    const response = await fetch(`${server.url}/demo/calls`, { method: 'POST', body: '{' });
    expect(response.status).toBe(400);
  });

  test('leave no trace among the requests to the API', async () => {
    const server = await quietServer();
    await rung(server);
    expect(server.requests).toEqual([]);
  });
});
