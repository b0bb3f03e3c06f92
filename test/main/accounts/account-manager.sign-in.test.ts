import { existsSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { server, harness } from './account-manager-harness';

describe('AccountManager.signIn', () => {
  test('remembers the account with its encrypted password', async () => {
    const { accounts, settings } = harness.start();
    expect(await accounts.signIn(harness.request())).toBeNull();
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
    expect(settings.isIntroductionPending('card')).toBe(true);
    expect(harness.readProfile()).not.toContain(server.password);
  });

  test('does not remember the password without a keyring or consent', async () => {
    harness.keyring.isAvailable = false;
    const { accounts, settings } = harness.start();
    await accounts.signIn(harness.request());
    expect(settings.accounts).toMatchObject([{ password: undefined }]);
  });

  test('rejects a server other than the managed one', async () => {
    harness.managed = { server: 'https://pbx.example' };
    const { accounts, settings } = harness.start();
    expect(await accounts.signIn(harness.request())).toEqual({ kind: 'bad-address' });
    expect(server.requests).toEqual([]);
    expect(settings.accounts).toEqual([]);
  });

  test('accepts the managed server', async () => {
    harness.managed = { server: server.url };
    const { accounts, settings } = harness.start();
    expect(await accounts.signIn(harness.request())).toBeNull();
    expect(settings.accounts).toMatchObject([{ server: server.url }]);
  });

  test('reports wrong credentials and remembers nothing', async () => {
    const { accounts, settings } = harness.start();
    const refused = await accounts.signIn(harness.request({ password: 'wrong' }));
    expect(refused).toEqual({
      kind: 'wrong-credentials',
      message: 'Invalid Username or Password',
    });
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: refused });
    expect(settings.accounts).toEqual([]);
  });

  test('keeps the first account if another user enters wrong credentials', async () => {
    const { accounts, settings } = harness.start();
    await accounts.signIn(harness.request());
    await accounts.signIn(harness.request({ userName: 'priya', password: 'wrong' }));
    await vi.waitFor(() => {
      expect(settings.accounts).toMatchObject([
        { userName: server.userName, password: 'encrypted' },
      ]);
    });
  });

  test('forgets a remembered password that is no longer valid', async () => {
    const first = harness.start();
    await first.accounts.signIn(harness.request());
    first.accounts.dispose();
    server.revoke();
    const { accounts, settings } = harness.start({
      ...harness.credentials(),
      managed: false,
      password: 'not any more',
    });
    await vi.waitFor(() => {
      expect(accounts.connection).toMatchObject({ error: { kind: 'wrong-credentials' } });
    });
    expect(settings.accounts).toMatchObject([{ password: undefined }]);
  });

  test.each(['', 'http://evovoice.io', 'ftp://x', 'https://a:b@evovoice.io'])(
    'rejects the server address %o',
    async (address) => {
      const { accounts } = harness.start();
      expect(await accounts.signIn(harness.request({ server: address }))).toEqual({
        kind: 'bad-address',
      });
      expect(server.requests).toEqual([]);
    },
  );
});

describe('AccountManager.remove', () => {
  test('ends the session on the server, withdraws all alerts, and forgets the account', async () => {
    const { accounts, settings } = harness.start();
    await accounts.signIn(harness.request());
    server.ring();
    await harness.waitForPoll();
    await accounts.remove(harness.accountKey(), false);
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: null });
    expect(accounts.list.views).toEqual([]);
    expect(accounts.list.sessionKeys).toEqual([]);
    expect(harness.open).toEqual([]);
    expect(settings.accounts).toEqual([]);
    expect(server.state().signIns).toBe(0);
    expect(harness.deleted).toEqual([[server.userName, false]]);
    const before = server.requests.length;
    await harness.waitForIdle();
    expect(server.requests).toHaveLength(before);
  });

  test('keeps the calls, or deletes them on request', async () => {
    const { accounts, callLog } = harness.start();
    await accounts.signIn(harness.request());
    server.ring();
    await harness.waitForPoll();
    await accounts.remove(harness.accountKey(), false);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(1);
    await accounts.signIn(harness.request());
    await accounts.remove(harness.accountKey(), true);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(0);
    expect(harness.deleted.at(-1)).toEqual([server.userName, true]);
  });

  test('forgets the account and its calls before the server answers', async () => {
    const { accounts, settings, callLog } = harness.start();
    await accounts.signIn(harness.request());
    server.ring();
    await harness.waitForPoll();
    server.fault({ path: '/auth/logout', hang: true });
    const removal = accounts.remove(harness.accountKey(), true);
    await vi.waitFor(() => {
      expect(server.requests.at(-1)?.path).toBe('/auth/logout');
    });
    expect(settings.accounts).toEqual([]);
    expect(accounts.list.views).toEqual([]);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(0);
    expect(existsSync(harness.alertStatePath())).toBe(false);
    await server.close();
    await removal;
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: null });
  });

  test('does nothing without an account', async () => {
    const { accounts } = harness.start();
    await accounts.remove(harness.accountKey(), true);
    expect(harness.deleted).toEqual([]);
  });
});
