import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { server, world } from './account-manager-world';

describe('starting', () => {
  test('without an account requires a sign-in and sends nothing', async () => {
    const { accounts } = world.start();
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: null });
    expect(accounts.accounts).toEqual([]);
    expect(accounts.trayStatus).toMatchObject({ kind: 'connection-problem', problem: 'sign-in' });
    await world.quiet();
    expect(server.requests).toEqual([]);
  });

  test('with managed credentials signs in and shows who it is', async () => {
    const { accounts } = await world.startLive();
    await vi.waitFor(() => {
      expect(accounts.accounts).toMatchObject([
        {
          label: server.userName,
          color: 1,
          server: server.url,
          userName: server.userName,
          name: expect.any(String) as string,
          roles: ['User'],
          isManaged: true,
        },
      ]);
    });
  });

  test('with managed credentials writes none of them to disk', async () => {
    const { accounts, settings } = await world.startLive();
    settings.update({ pollSeconds: 3 });
    server.ring({ fromName: 'Grace Hopper' });
    accounts.pollNow();
    await vi.waitFor(() => {
      expect(world.readProfile()).toContain('Grace Hopper');
    });
    accounts.stop();
    expect(world.readProfile()).toContain('"outcome"');
    expect(world.readProfile()).not.toContain(server.password);
    expect(world.readProfile()).not.toContain(server.userName);
  });

  test('with a remembered account signs in again if its session has expired', async () => {
    const { accounts } = world.start({ ...world.credentials(), managed: false });
    await vi.waitFor(() => {
      expect(accounts.connection.kind).toBe('live');
    });
    const paths = server.requests.slice(0, 3).map(({ path }) => path);
    expect(paths).toEqual(['/sessions/my', '/auth/credentials', '/sessions/my']);
  });
});

describe('sleep and screen lock', () => {
  test('sends nothing while asleep and polls immediately after waking', async () => {
    const { accounts, settings } = await world.startLive();
    settings.update({ pollSeconds: 1 });
    await world.polled();
    accounts.setAsleep(true);
    await world.quiet();
    const before = server.requests.length;
    accounts.pollNow();
    await world.quiet();
    expect(server.requests).toHaveLength(before);
    accounts.setAsleep(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 500);
  });

  test('polls immediately after unlocking', async () => {
    const { accounts } = await world.startLive();
    accounts.setScreenLocked(true);
    await world.polled();
    const before = server.requests.length;
    accounts.setScreenLocked(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 500);
  });
});

describe('stopping', () => {
  test('withdraws all alerts, saves the alert state, and sends nothing more', async () => {
    const { accounts } = await world.startLive();
    const id = server.ring();
    await world.polled();
    accounts.stop();
    accounts.stop();
    expect(world.open).toEqual([]);
    const before = server.requests.length;
    await world.quiet();
    expect(server.requests).toHaveLength(before);
    expect(readFileSync(world.alertStatePath(), 'utf8')).toContain(id);
  });

  test('does not repeat any alert after a restart', async () => {
    const { accounts } = await world.startLive();
    const missed = server.ring();
    server.ring();
    await world.polled();
    server.miss(missed, { linger: 600 });
    await world.polled();
    accounts.stop();
    const before = world.raised.length;
    expect(before).toBe(3);
    await world.startLive();
    await world.polled();
    expect(world.raised).toHaveLength(before);
  });

  test('ignores the response to a request in flight', async () => {
    const { accounts } = await world.startLive();
    server.fault({ path: '/sessions/my', delayMs: 50 });
    accounts.pollNow();
    accounts.stop();
    const before = world.connections.length;
    await world.quiet();
    expect(world.connections).toHaveLength(before);
  });
});
