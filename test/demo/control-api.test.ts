import { describe, expect, test } from 'vitest';
import type { DemoServer } from '../../src/demo/server';
import { control, getActive, lookUp, startServer, TestClock } from './helpers';
import { findViolations } from './session-contract';

async function ring(server: DemoServer, fields: unknown = {}): Promise<string> {
  const { id } = (await (await control(server, '/demo/calls', fields)).json()) as { id: string };
  return id;
}

describe('POST /demo/calls', () => {
  test('adds a ringing call that matches the contract', async () => {
    const server = await startServer();
    const id = await ring(server);
    const [session] = await getActive(server);
    expect(session).toMatchObject({ id, callState: 'Ringing', direction: 'Incoming' });
    expect(findViolations(session)).toEqual([]);
  });

  test('accepts any field and fills in the rest to match', async () => {
    const server = await startServer();
    await ring(server, {
      fromName: 'Grace Whitfield',
      fromAddress: '+12025550147',
      customerName: 'Bright Dental',
      endpointName: 'Back door',
      ringQueueId: 'queue-9',
    });
    const [session] = await getActive(server);
    expect(session).toMatchObject({
      fromName: 'Grace Whitfield',
      displayName: 'Grace Whitfield',
      customerBreadcrumb: [{ name: 'Northside Group' }, { name: 'Bright Dental' }],
      endpointName: 'Back door',
      ringQueueId: 'queue-9',
      members: [{ identity: '+12025550147', role: 'Caller' }, { role: 'Agent' }],
    });
  });

  test('accepts an unknown customer', async () => {
    const server = await startServer();
    await ring(server, { customerName: 'Moonbase' });
    expect((await getActive(server))[0]?.customerBreadcrumb).toEqual([
      { id: 'customer-Moonbase', name: 'Moonbase' },
    ]);
  });

  test.each([
    [{ direction: 'Outgoing' }, { callState: 'Ringing', dialState: 'Active' }],
    [{ queueState: 'Queued' }, { callState: 'Disconnected', queueState: 'Queued' }],
    [{ channel: 'Chat' }, { callState: 'Ringing' }],
    [{ channel: 'Fax' }, { callState: 'Disconnected' }],
  ])('adds a session of the kind that the fields describe: %o', async (fields, expected) => {
    const server = await startServer();
    await ring(server, fields);
    expect((await getActive(server))[0]).toMatchObject({ ...fields, ...expected });
  });

  test('keeps fields that break the contract', async () => {
    const server = await startServer();
    const id = await ring(server, { fromName: 7, members: [null, 3], log: 'none', mood: ['calm'] });
    expect((await getActive(server))[0]).toMatchObject({
      fromName: 7,
      members: [null, 3],
      log: 'none',
      mood: ['calm'],
    });
    expect((await control(server, `/demo/calls/${id}/answer`)).status).toBe(200);
  });

  test('answers 409 for the id of an active session', async () => {
    const server = await startServer();
    await ring(server, { id: 'one' });
    expect((await control(server, '/demo/calls', { id: 'one' })).status).toBe(409);
  });

  test('restores a vanished session', async () => {
    const server = await startServer();
    await ring(server, { id: 'one' });
    server.vanish('one');
    await ring(server, { id: 'one' });
    expect((await getActive(server)).map(({ id }) => id)).toEqual(['one']);
  });
});

describe('the controls of a call', () => {
  test('answer, hold, resume, and end it', async () => {
    const clock = new TestClock();
    const server = await startServer({ now: clock.now });
    const id = await ring(server);

    await control(server, `/demo/calls/${id}/answer`, { by: 'Maya Kent' });
    expect((await getActive(server))[0]).toMatchObject({
      callState: 'Connected',
      answeredByName: 'Maya Kent',
      endpointName: 'Desk 12 – Maya',
    });
    clock.advance(5);
    await control(server, `/demo/calls/${id}/hold`);
    expect((await getActive(server))[0]).toMatchObject({
      callState: 'Hold',
      dateLastModified: '2026-03-03T09:30:05.0000000Z',
      members: [{ callState: 'Hold' }, { callState: 'Connected' }],
    });
    await control(server, `/demo/calls/${id}/resume`);
    expect((await getActive(server))[0]?.callState).toBe('Connected');
    expect((await getActive(server))[0]).not.toHaveProperty('heldByUserId');

    await control(server, `/demo/calls/${id}/end`, { listedSeconds: 3 });
    expect((await getActive(server))[0]).toMatchObject({ ended: true, wasMissed: false });
    clock.advance(3);
    expect(await getActive(server)).toEqual([]);
    const { log = [] } = (await lookUp(server, id)) ?? {};
    expect(log.map(({ message }) => message).slice(2)).toEqual([
      'Answered by Maya Kent',
      'Put on hold by Jamie Ives',
      'Taken off hold by Jamie Ives',
      'Completed',
    ]);
  });

  test('end it as missed, active for ten more seconds', async () => {
    const clock = new TestClock();
    const server = await startServer({ now: clock.now });
    const id = await ring(server);
    await control(server, `/demo/calls/${id}/miss`);

    clock.advance(9);
    expect((await getActive(server))[0]).toMatchObject({ wasMissed: true, ended: true });
    clock.advance(1);
    expect(await getActive(server)).toEqual([]);
  });

  test('move it to the queue and let it ring again', async () => {
    const server = await startServer();
    const id = await ring(server);
    await control(server, `/demo/calls/${id}/queue`);
    expect((await getActive(server))[0]?.queueState).toBe('Queued');
    await control(server, `/demo/calls/${id}/ring`, { at: 'Priya Tan' });
    expect((await getActive(server))[0]).toMatchObject({
      queueState: 'Ringing',
      endpointName: 'Desk 7 – Priya',
    });
  });

  test('set fields, and remove those that are null', async () => {
    const server = await startServer();
    const id = await ring(server, { fromName: 'Grace' });
    await control(server, `/demo/calls/${id}/patch`, { callState: 'Whispering', fromName: null });
    const [session] = await getActive(server);
    expect(session?.callState).toBe('Whispering');
    expect(session).not.toHaveProperty('fromName');
  });
});

describe('a call that vanishes', () => {
  test('was missed if it was ringing', async () => {
    const server = await startServer();
    const id = await ring(server);
    await control(server, `/demo/calls/${id}/vanish`);
    expect(await getActive(server)).toEqual([]);
    expect(await lookUp(server, id)).toMatchObject({ wasMissed: true, ended: true });
  });

  test('was answered by a colleague if the request says so', async () => {
    const server = await startServer();
    const id = await ring(server);
    await control(server, `/demo/calls/${id}/vanish`, { by: 'Leon Vogt' });
    expect(await lookUp(server, id)).toMatchObject({
      answeredByName: 'Leon Vogt',
      wasMissed: false,
      callState: 'Connected',
    });
  });

  test('was abandoned if it was queued, and completed if it was answered', async () => {
    const server = await startServer();
    const [waiting, talking] = [server.ring({ queueState: 'Queued' }), server.ring()];
    server.answer(talking);
    server.vanish(waiting);
    server.vanish(talking);
    expect(await lookUp(server, waiting)).toMatchObject({
      outcome: 'Abandoned',
      wasMissed: false,
    });
    expect(await lookUp(server, talking)).toMatchObject({ outcome: 'Completed' });
  });

  test('has the fields of the request', async () => {
    const server = await startServer();
    const id = await ring(server);
    const fields = { wasMissed: false, callState: 'Connected' };
    await control(server, `/demo/calls/${id}/vanish`, { fields });
    expect(await lookUp(server, id)).toMatchObject(fields);
  });

  test('isn’t found if the request says so', async () => {
    const server = await startServer();
    const id = await ring(server);
    await control(server, `/demo/calls/${id}/vanish`, { forget: true });
    expect(await lookUp(server, id)).toBeUndefined();
  });
});

describe('the scenario', () => {
  test('plays at its speed', async () => {
    const clock = new TestClock();
    const server = await startServer({ now: clock.now, scenario: true, speed: 10 });
    clock.advance(0.2);
    const ringing = (await getActive(server)).find(({ callState }) => callState === 'Ringing');
    expect(ringing?.dateCreated).toBe('2026-03-03T09:30:00.1500000Z');
  });

  test('no longer changes a call that is controlled by hand', async () => {
    const clock = new TestClock();
    const server = await startServer({ now: clock.now, scenario: true });
    clock.advance(2);
    const ringing = (await getActive(server)).find(({ callState }) => callState === 'Ringing');
    server.hold(ringing?.id ?? '');
    clock.advance(300);
    const now = (await getActive(server)).find(({ id }) => id === ringing?.id);
    expect(now?.callState).toBe('Hold');
  });
});

describe('the control API', () => {
  test('removes all sessions and the history', async () => {
    const server = await startServer();
    const id = await ring(server);
    await control(server, '/demo/clear');
    expect(await getActive(server)).toEqual([]);
    expect(await lookUp(server, id)).toBeUndefined();
  });

  test('lists its endpoints', async () => {
    const server = await startServer();
    const { endpoints } = (await (await fetch(`${server.url}/demo`)).json()) as {
      endpoints: Record<string, string>;
    };
    expect(endpoints).toHaveProperty(['POST /demo/calls/:id/answer']);
    expect(endpoints).toHaveProperty(['POST /demo/history']);
  });

  test('reports the state', async () => {
    const server = await startServer();
    const id = await ring(server);
    await control(server, '/demo/lookup', { mode: 'refused' });
    await control(server, '/demo/faults', { status: 503, times: 2 });
    expect(await (await fetch(`${server.url}/demo/state`)).json()).toMatchObject({
      lookup: 'refused',
      history: 'ok',
      signIns: 0,
      faults: [{ status: 503, times: 2 }],
      sessions: [{ id }],
    });
  });

  test.each([
    ['/demo/calls/unknown/answer', {}, 404],
    ['/demo/calls/%E0%A4%A/answer', {}, 400],
    ['/demo/nothing', {}, 404],
    ['/demo/calls', [1], 400],
    ['/demo/calls/x/answer', { by: 7 }, 400],
    ['/demo/calls/x/constructor', {}, 404],
    ['/demo/lookup', { mode: 'maybe' }, 400],
    ['/demo/faults', { staus: 503 }, 400],
    ['/demo/faults', { status: 'bad' }, 400],
  ])('explains what is wrong with %s %o', async (path, body, status) => {
    const server = await startServer();
    const response = await control(server, path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\.$/) as string });
  });

  test('isn’t among the recorded requests', async () => {
    const server = await startServer();
    await ring(server);
    expect(server.requests).toEqual([]);
  });
});
