import { describe, expect, test } from 'vitest';
import { server, world } from './account-manager-world';

describe('active calls', () => {
  test('are listed in the server’s order', async () => {
    const ids = [server.ring(), server.ring()];
    const { accounts } = await world.startLive();
    expect(accounts.sessionKeys).toEqual(ids.map((id) => world.sessionKey(id)));
    server.answer(ids[0] ?? '');
    await world.polled();
    const [first = '', second = ''] = accounts.sessionKeys;
    expect(accounts.getCall(first)).toMatchObject({ phase: 'connected' });
    expect(accounts.getCall(second)).toMatchObject({ phase: 'ringing' });
    expect(accounts.getSession('unknown')).toBeUndefined();
  });

  test('set the tray status: ringing first, then active, then missed', async () => {
    const id = server.ring({ fromName: 'Grace Hopper' });
    const { accounts } = await world.startLive();
    expect(accounts.trayStatus).toMatchObject({
      kind: 'ringing',
      ringing: [{ party: { name: 'Grace Hopper' } }],
    });
    server.answer(id);
    await world.polled();
    expect(accounts.trayStatus).toMatchObject({ kind: 'active', activeCount: 1 });
    server.vanish(id);
    server.miss(server.ring());
    await world.polled();
    server.clear();
    await world.polled();
    expect(accounts.trayStatus).toMatchObject({ kind: 'missed', missedCount: 1 });
    accounts.markSeen('all');
    expect(accounts.trayStatus).toMatchObject({ kind: 'idle', missedCount: 0 });
  });

  test('withdraw the missed call alert once seen', async () => {
    const { accounts } = await world.startLive();
    const id = server.ring();
    await world.polled();
    server.miss(id, { linger: 600 });
    await world.polled();
    expect(world.open).toEqual([`missed: ${world.sessionKey(id)}`]);
    accounts.markSeen([world.sessionKey(id)]);
    expect(world.open).toEqual([]);
  });

  test('leave a digest as they are seen', async () => {
    const { accounts, settings } = await world.startLive();
    settings.setDoNotDisturb('until-turned-off');
    const [one, other] = [server.ring(), server.ring()];
    await world.polled();
    for (const id of [one, other]) server.miss(id, { linger: 600 });
    await world.polled();
    settings.setDoNotDisturb('off');
    expect(world.open).toEqual(['2 missed']);
    accounts.markSeen([world.sessionKey(one)]);
    expect(world.open).toEqual([`missed: ${world.sessionKey(other)}`]);
    accounts.markSeen([world.sessionKey(other)]);
    expect(world.open).toEqual([]);
  });

  test('emit a change only if there is one', async () => {
    server.ring();
    await world.startLive();
    await world.polled();
    const before = world.changes;
    await world.polled();
    await world.polled();
    expect(world.changes).toBe(before);
    server.ring();
    await world.polled();
    expect(world.changes).toBeGreaterThan(before);
  });
});
