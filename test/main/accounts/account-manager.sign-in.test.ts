import { existsSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { server, world } from './account-manager-world';

describe('signing in', () => {
  test('remembers the account with its encrypted password', async () => {
    const { accounts, settings } = world.start();
    expect(await accounts.signIn(world.request())).toBeNull();
    await vi.waitFor(() => {
      expect(settings.accounts).toEqual([
        {
          server: server.url,
          userName: server.userName,
          password: 'encrypted',
          color: 1,
          paused: false,
        },
      ]);
    });
    expect(settings.get().server).toBe(server.url);
    expect(world.readProfile()).not.toContain(server.password);
  });

  test('does not remember the password without a keyring or consent', async () => {
    world.keyring.isAvailable = false;
    const { accounts, settings } = world.start();
    await accounts.signIn(world.request());
    expect(settings.accounts).toMatchObject([{ password: undefined }]);
  });

  test('is refused on another server than the managed one', async () => {
    world.managed = { server: 'https://pbx.example' };
    const { accounts, settings } = world.start();
    expect(await accounts.signIn(world.request())).toEqual({ kind: 'bad-address' });
    expect(server.requests).toEqual([]);
    expect(settings.accounts).toEqual([]);
  });

  test('works on the managed server', async () => {
    world.managed = { server: server.url };
    const { accounts, settings } = world.start();
    expect(await accounts.signIn(world.request())).toBeNull();
    expect(settings.accounts).toMatchObject([{ server: server.url }]);
  });

  test('with wrong credentials is refused and remembers nothing', async () => {
    const { accounts, settings } = world.start();
    const refused = await accounts.signIn(world.request({ password: 'wrong' }));
    expect(refused).toEqual({
      kind: 'wrong-credentials',
      message: 'Invalid Username or Password',
    });
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: refused });
    expect(settings.accounts).toEqual([]);
  });

  test('as another user with wrong credentials keeps the first account', async () => {
    const { accounts, settings } = world.start();
    await accounts.signIn(world.request());
    await accounts.signIn(world.request({ userName: 'priya', password: 'wrong' }));
    await vi.waitFor(() => {
      expect(settings.accounts).toMatchObject([
        { userName: server.userName, password: 'encrypted' },
      ]);
    });
  });

  test('with a remembered password that is no longer valid forgets it', async () => {
    const first = world.start();
    await first.accounts.signIn(world.request());
    first.accounts.stop();
    server.revoke();
    const { accounts, settings } = world.start({
      ...world.credentials(),
      managed: false,
      password: 'not any more',
    });
    await vi.waitFor(() => {
      expect(accounts.connection).toMatchObject({ error: { kind: 'wrong-credentials' } });
    });
    expect(settings.accounts).toMatchObject([{ password: undefined }]);
  });

  test.each(['', 'http://evovoice.io', 'ftp://x', 'https://a:b@evovoice.io'])(
    'is refused with the server address %o',
    async (address) => {
      const { accounts } = world.start();
      expect(await accounts.signIn(world.request({ server: address }))).toEqual({
        kind: 'bad-address',
      });
      expect(server.requests).toEqual([]);
    },
  );
});

describe('signing out', () => {
  test('ends the session on the server, withdraws all alerts, and forgets the account', async () => {
    const { accounts, settings } = world.start();
    await accounts.signIn(world.request());
    server.ring();
    await world.polled();
    await accounts.remove(world.accountKey(), false);
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: null });
    expect(accounts.accounts).toEqual([]);
    expect(accounts.sessionKeys).toEqual([]);
    expect(world.open).toEqual([]);
    expect(settings.accounts).toEqual([]);
    expect(server.state().signIns).toBe(0);
    expect(world.deleted).toEqual([[server.userName, false]]);
    const before = server.requests.length;
    await world.quiet();
    expect(server.requests).toHaveLength(before);
  });

  test('keeps the calls, or deletes them on request', async () => {
    const { accounts, callLog } = world.start();
    await accounts.signIn(world.request());
    server.ring();
    await world.polled();
    await accounts.remove(world.accountKey(), false);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(1);
    await accounts.signIn(world.request());
    await accounts.remove(world.accountKey(), true);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(0);
    expect(world.deleted.at(-1)).toEqual([server.userName, true]);
  });

  test('forgets the account and its calls before the server answers', async () => {
    const { accounts, settings, callLog } = world.start();
    await accounts.signIn(world.request());
    server.ring();
    await world.polled();
    server.fault({ path: '/auth/logout', hang: true });
    const over = accounts.remove(world.accountKey(), true);
    await vi.waitFor(() => {
      expect(server.requests.at(-1)?.path).toBe('/auth/logout');
    });
    expect(settings.accounts).toEqual([]);
    expect(accounts.accounts).toEqual([]);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(0);
    expect(existsSync(world.alertStatePath())).toBe(false);
    await server.close();
    await over;
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: null });
  });

  test('does nothing without an account', async () => {
    const { accounts } = world.start();
    await accounts.remove(world.accountKey(), true);
    expect(world.deleted).toEqual([]);
  });
});
