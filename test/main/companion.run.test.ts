import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

describe('a start', () => {
  test('without a login asks the person, and sends nothing', async () => {
    const { companion } = world.started(undefined);
    expect(companion.connection).toEqual({ kind: 'signed-out', refused: null });
    expect(companion.accounts).toEqual([]);
    expect(companion.glance).toMatchObject({ kind: 'trouble', trouble: 'sign-in' });
    await world.quiet();
    expect(server.requests).toEqual([]);
  });

  test('with a managed login signs in and tells who it is', async () => {
    const { companion } = await world.live();
    await vi.waitFor(() => {
      expect(companion.accounts).toMatchObject([
        {
          label: server.userName,
          colour: 1,
          server: server.url,
          userName: server.userName,
          name: expect.any(String) as string,
          roles: ['User'],
          managed: true,
        },
      ]);
    });
  });

  test('with a managed login writes nothing of it down', async () => {
    const { companion } = await world.live();
    companion.changeSettings({ pollSeconds: 3 });
    server.ring({ fromName: 'Grace Hopper' });
    companion.pollNow();
    await vi.waitFor(() => {
      expect(world.everythingWritten()).toContain('Grace Hopper');
    });
    companion.end();
    expect(world.everythingWritten()).toContain('"outcome"');
    expect(world.everythingWritten()).not.toContain(server.password);
    expect(world.everythingWritten()).not.toContain(server.userName);
  });

  test('with a remembered login that has expired signs in again by itself', async () => {
    const { companion } = world.started({ ...world.login(), managed: false });
    await vi.waitFor(() => {
      expect(companion.connection.kind).toBe('live');
    });
    const paths = server.requests.slice(0, 3).map(({ path }) => path);
    expect(paths).toEqual(['/sessions/my', '/auth/credentials', '/sessions/my']);
  });
});

describe('sleep and the lock', () => {
  test('asleep nothing is sent; awake it polls at once', async () => {
    const { companion } = await world.live();
    companion.changeSettings({ pollSeconds: 1 });
    await world.polled();
    companion.setAsleep(true);
    await world.quiet();
    const before = server.requests.length;
    companion.pollNow();
    await world.quiet();
    expect(server.requests).toHaveLength(before);
    companion.setAsleep(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 500);
  });

  test('unlocked it polls at once', async () => {
    const { companion } = await world.live();
    companion.setLocked(true);
    await world.polled();
    const before = server.requests.length;
    companion.setLocked(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 500);
  });
});

describe('at the end', () => {
  test('everything is taken down, kept, and nothing more is sent', async () => {
    const { companion } = await world.live();
    const id = server.ring();
    await world.polled();
    companion.end();
    companion.end();
    expect(world.open).toEqual([]);
    const before = server.requests.length;
    await world.quiet();
    expect(server.requests).toHaveLength(before);
    expect(readFileSync(world.watchPath, 'utf8')).toContain(id);
  });

  test('what was told is not told again by the next run', async () => {
    const { companion } = await world.live();
    const missed = server.ring();
    server.ring();
    await world.polled();
    server.miss(missed, { linger: 600 });
    await world.polled();
    companion.end();
    const before = world.raised.length;
    expect(before).toBe(3);
    await world.live();
    await world.polled();
    expect(world.raised).toHaveLength(before);
  });

  test('of a request that is under way nothing comes through', async () => {
    const { companion } = await world.live();
    server.fault({ path: '/sessions/my', delayMs: 50 });
    companion.pollNow();
    companion.end();
    const before = world.connections.length;
    await world.quiet();
    expect(world.connections).toHaveLength(before);
    expect(world.reported).toEqual([]);
  });
});
