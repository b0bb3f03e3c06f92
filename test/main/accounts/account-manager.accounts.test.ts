import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DemoServer } from '../../../src/demo/server';
import { countUnseen, server, setUpSecondServer, harness } from './account-manager-harness';

describe('AccountManager: two accounts on the same server', () => {
  /** Signs in with both logins, which list the same sessions. */
  async function startBoth() {
    const started = harness.start();
    for (const userName of [server.userName, server.secondUserName]) {
      expect(await started.accounts.signIn(harness.request({ userName }))).toBeNull();
    }
    await harness.waitForPoll();
    return started;
  }

  test('alert, count, list, and log a session once, and name both accounts', async () => {
    const { accounts, callLog } = await startBoth();
    const id = server.ring({ fromName: 'Ada' });
    await harness.waitForPoll();
    const both = `${server.userName}, ${server.secondUserName}`;
    expect(harness.open).toHaveLength(1);
    expect(accounts.rings).toMatchObject([{ kind: 'ringing', accountLabel: both }]);
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing', ringing: { length: 1 } });
    const [key = '', ...others] = accounts.list.sessionKeys;
    expect(others).toEqual([]);
    expect(accounts.list.getSession(key)?.fromName).toBe('Ada');
    expect(accounts.list.getCall(key)?.phase).toBe('ringing');

    server.answer(id);
    await harness.waitForPoll();
    expect(accounts.trayStatus).toMatchObject({ kind: 'active', activeCount: 1 });
    const { entries } = callLog.query({ search: '', only: 'all', offset: 0, limit: 10 });
    expect(entries).toMatchObject([{ summary: { id: key }, accountLabel: both }]);
  });

  test('count a missed call once and mark it as seen once', async () => {
    const { accounts, callLog } = await startBoth();
    const id = server.ring({ fromName: 'Ada' });
    await harness.waitForPoll();
    server.miss(id, { listedSeconds: 600 });
    await harness.waitForPoll();
    expect(harness.open).toHaveLength(1);
    expect(accounts.trayStatus).toMatchObject({ kind: 'missed', missedCount: 1 });
    accounts.markSeen('all');
    expect(harness.open).toEqual([]);
    expect(countUnseen(callLog)).toBe(0);
  });

  test('list a session as long as one of them does', async () => {
    const { accounts } = await startBoth();
    server.ring({ fromName: 'Ada' });
    await harness.waitForPoll();
    const [key = ''] = accounts.list.sessionKeys;
    accounts.pause(key.split('/')[0] ?? '');
    expect(accounts.list.sessionKeys).toEqual([key]);
    expect(accounts.list.getSession(key)?.fromName).toBe('Ada');
    expect(harness.open).toHaveLength(1);
  });
});

describe('AccountManager: several accounts', () => {
  const secondServer = setUpSecondServer();
  let second: DemoServer;

  beforeEach(() => {
    second = secondServer.get();
  });

  /** Signs in on both servers. */
  async function startBoth() {
    const started = harness.start();
    expect(await started.accounts.signIn(harness.request())).toBeNull();
    expect(await started.accounts.signIn(harness.request({}, second))).toBeNull();
    // The next sign-in begins with the server of the first account.
    expect(started.settings.get().server).toBe(server.url);
    await harness.waitForPoll(server, second);
    return started;
  }

  test('are polled independently, with their calls in one list', async () => {
    const { accounts } = await startBoth();
    const [here, there] = [server.ring({ fromName: 'Ada' }), second.ring({ fromName: 'Alan' })];
    await harness.waitForPoll(server, second);
    expect(accounts.list.sessionKeys).toEqual([
      harness.sessionKey(here),
      harness.sessionKey(there, second),
    ]);
    expect(accounts.list.sessionKeys.map((key) => accounts.list.getSession(key)?.fromName)).toEqual(
      ['Ada', 'Alan'],
    );
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing', ringing: [{}, {}] });
    expect(accounts.list.views.map(({ color }) => color)).toEqual([1, 2]);
    expect(accounts.connection.kind).toBe('live');
  });

  test('leave no trace of their server in the settings when they are removed', async () => {
    const { accounts, settings } = await startBoth();
    await accounts.remove(harness.accountKey(), true);
    expect(settings.get().server).toBe(second.url);
  });

  test('are named in alerts, unless there is only one', async () => {
    const { accounts } = harness.start();
    await accounts.signIn(harness.request());
    server.ring();
    await harness.waitForPoll();
    expect(harness.raisedAccountLabels).toEqual([undefined]);
    await accounts.signIn(harness.request({}, second));
    second.ring();
    await harness.waitForPoll(second);
    const host = new URL(second.url).host;
    expect(harness.raisedAccountLabels).toEqual([undefined, `${second.userName} · ${host}`]);
  });

  test('on two servers keep sessions with the same id separate', async () => {
    const { accounts, callLog } = await startBoth();
    const id = server.ring({ id: 'S-1', fromName: 'Ada' });
    expect(second.ring({ id: 'S-1', fromName: 'Alan' })).toBe(id);
    await harness.waitForPoll(server, second);
    const keys = [harness.sessionKey(id), harness.sessionKey(id, second)];
    expect(accounts.list.sessionKeys).toEqual(keys);
    expect(keys.map((key) => accounts.list.getSession(key)?.fromName)).toEqual(['Ada', 'Alan']);
    expect(keys.map((key) => accounts.list.getCall(key)?.phase)).toEqual(['ringing', 'ringing']);
    expect(harness.open).toHaveLength(2);
    expect(keys.map((key) => callLog.get(key)?.summary.party.name)).toEqual(['Ada', 'Alan']);
    server.vanish(id);
    await harness.waitForPoll();
    expect(accounts.list.sessionKeys).toEqual([harness.sessionKey(id, second)]);
    expect(harness.open).toContain(harness.sessionKey(`ringing:${id}:1`, second));
  });

  test('are found by a bare session id', async () => {
    const { accounts } = await startBoth();
    const id = second.ring({ id: 'S-7' });
    await harness.waitForPoll(server, second);
    expect(accounts.list.getSession(id)?.id).toBe(id);
    expect(accounts.list.getAccountKey(id)).toBe(harness.accountKey(second));
    expect(accounts.list.getSession('S-8')).toBeUndefined();
  });

  test('withdraw only the alerts of their own seen calls', async () => {
    const { accounts, callLog } = await startBoth();
    const ids = [server.ring({ id: 'S-1' }), second.ring({ id: 'S-1' })];
    await harness.waitForPoll(server, second);
    server.miss(ids[0] ?? '', { listedSeconds: 600 });
    second.miss(ids[1] ?? '', { listedSeconds: 600 });
    await harness.waitForPoll(server, second);
    expect(countUnseen(callLog)).toBe(2);
    accounts.markSeen([harness.sessionKey('S-1')]);
    expect(harness.open).toEqual([`missed: ${harness.sessionKey('S-1', second)}`]);
    accounts.markSeen('all');
    expect(harness.open).toEqual([]);
  });

  test('send nothing and show nothing while they are paused', async () => {
    const { accounts, settings } = await startBoth();
    server.ring();
    second.ring();
    await harness.waitForPoll(server, second);
    expect(harness.open).toHaveLength(2);
    accounts.pause(harness.accountKey(second));
    expect(harness.open).toHaveLength(1);
    expect(accounts.list.sessionKeys).toHaveLength(1);
    expect(settings.accounts.map(({ paused }) => paused)).toEqual([false, true]);
    expect(accounts.connection.kind).toBe('live');
    const before = second.requests.length;
    await harness.waitForPoll();
    expect(second.requests).toHaveLength(before);
    accounts.resume(harness.accountKey(second));
    await harness.waitForPoll(second);
    expect(accounts.list.sessionKeys).toHaveLength(2);
    expect(settings.accounts.map(({ paused }) => paused)).toEqual([false, false]);
  });

  test('are not a connection problem if all of them are paused', async () => {
    const { accounts } = await startBoth();
    for (const { key } of accounts.list.views) accounts.pause(key);
    expect(accounts.connection).toEqual({ kind: 'paused' });
    expect(accounts.trayStatus).toMatchObject({ kind: 'idle' });
  });

  test('are removed one at a time, with their password, alert state, and calls', async () => {
    const { accounts, settings, callLog } = await startBoth();
    server.ring({ fromName: 'Ada' });
    second.ring({ fromName: 'Alan' });
    await harness.waitForPoll(server, second);
    await accounts.remove(harness.accountKey(second), true);
    expect(accounts.list.views.map(({ server: on }) => on)).toEqual([server.url]);
    expect(settings.accounts.map(({ server: on }) => on)).toEqual([server.url]);
    expect(second.state().signIns).toBe(0);
    expect(server.state().signIns).toBe(1);
    expect(existsSync(harness.alertStatePath(second))).toBe(false);
    expect(existsSync(harness.alertStatePath())).toBe(true);
    const left = callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).entries;
    expect(left.map(({ summary }) => summary.party.name)).toEqual(['Ada']);
    expect(harness.open).toHaveLength(1);
    server.ring();
    await harness.waitForPoll();
    expect(harness.open).toHaveLength(2);
  });

  test('are restored after a restart, including paused ones', async () => {
    const { accounts, settings } = await startBoth();
    accounts.pause(harness.accountKey(second));
    accounts.dispose();
    const known = settings.accounts.map(({ server: on, userName, color: color, paused }) => {
      const { password } = on === server.url ? server : second;
      return {
        credentials: { server: on, userName, password, managed: false },
        color,
        paused,
      };
    });
    const next = harness.startWithAccounts(known).accounts;
    server.ring();
    second.ring();
    await harness.waitForPoll();
    expect(next.list.views.map(({ connection }) => connection.kind)).toEqual(['live', 'paused']);
    expect(next.list.sessionKeys).toHaveLength(1);
    next.resume(harness.accountKey(second));
    await harness.waitForPoll(second);
    expect(next.list.sessionKeys).toHaveLength(2);
  });

  test('are not affected by a problem of another one', async () => {
    const { accounts } = await startBoth();
    second.fault({ path: '/sessions/my', status: 500 });
    await vi.waitFor(() => {
      accounts.pollNow();
      expect(accounts.connection.kind).toBe('offline');
    }, 3_000);
    expect(accounts.list.views.map(({ connection }) => connection.kind)).toEqual([
      'live',
      'offline',
    ]);
    server.ring();
    await harness.waitForPoll();
    expect(harness.open).toHaveLength(1);
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing' });
  });

  test('are signed in again one at a time, while the others keep polling', async () => {
    const { accounts, settings } = await startBoth();
    second.revoke();
    second.fault({
      path: '/auth/credentials',
      status: 401,
      times: 1,
      body: { responseStatus: { errorCode: 'Unauthorized', message: 'Invalid Password' } },
    });
    await vi.waitFor(() => {
      accounts.pollNow();
      expect(accounts.connection.kind).toBe('signed-out');
    }, 3_000);
    await vi.waitFor(() => {
      expect(settings.accounts.map(({ password }) => password)).toEqual(['encrypted', undefined]);
    });
    server.ring();
    await harness.waitForPoll();
    expect(harness.open).toContainEqual(expect.stringContaining('/ringing:'));
    expect(
      await accounts.signIn({
        ...harness.request({}, second),
        replaces: harness.accountKey(second),
      }),
    ).toBeNull();
    await harness.waitForPoll(server, second);
    expect(accounts.connection.kind).toBe('live');
    expect(accounts.list.views).toHaveLength(2);
    await vi.waitFor(() => {
      expect(settings.accounts.map(({ password }) => password)).toEqual(['encrypted', 'encrypted']);
    });
  });

  test('are not changed if another sign-in fails', async () => {
    const { accounts, settings } = harness.start();
    await accounts.signIn(harness.request());
    await harness.waitForPoll();
    const refused = await accounts.signIn(harness.request({ password: 'wrong' }, second));
    expect(refused).toMatchObject({ kind: 'wrong-credentials' });
    expect(accounts.list.views).toHaveLength(1);
    expect(settings.accounts).toHaveLength(1);
    expect(accounts.connection.kind).toBe('live');
    expect(await accounts.signIn(harness.request({ password: 'wrong' }))).not.toBeNull();
    await harness.waitForPoll();
    expect(accounts.connection.kind).toBe('live');
    expect(settings.accounts).toMatchObject([{ password: 'encrypted' }]);
  });

  test('keep their color if one replaces another', async () => {
    const { accounts, settings } = harness.start();
    await accounts.signIn(harness.request());
    const typed = { ...harness.request({}, second), replaces: harness.accountKey() };
    expect(await accounts.signIn(typed)).toBeNull();
    expect(accounts.list.views).toMatchObject([{ server: second.url, color: 1 }]);
    expect(settings.accounts).toMatchObject([{ server: second.url, color: 1 }]);
    expect(harness.deleted).toEqual([[server.userName, false]]);
  });
});
