import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DemoServer } from '../../../src/demo/server';
import { server, setUpSecondServer, world } from './account-manager-world';

describe('two accounts on the same server', () => {
  /** Signs in with both logins, which list the same sessions. */
  async function startBoth() {
    const started = world.start();
    for (const userName of [server.userName, server.secondUserName]) {
      expect(await started.accounts.signIn(world.request({ userName }))).toBeNull();
    }
    await world.polled();
    return started;
  }

  test('alert, count, list, and log a session once, and name both accounts', async () => {
    const { accounts, callLog } = await startBoth();
    const id = server.ring({ fromName: 'Ada' });
    await world.polled();
    const both = `${server.userName}, ${server.secondUserName}`;
    expect(world.open).toHaveLength(1);
    expect(accounts.rings).toMatchObject([{ kind: 'ringing', accountLabel: both }]);
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing', ringing: { length: 1 } });
    const [key = '', ...others] = accounts.sessionKeys;
    expect(others).toEqual([]);
    expect(accounts.getSession(key)?.fromName).toBe('Ada');
    expect(accounts.getCall(key)?.phase).toBe('ringing');

    server.answer(id);
    await world.polled();
    expect(accounts.trayStatus).toMatchObject({ kind: 'active', activeCount: 1 });
    const { entries } = callLog.query({ search: '', only: 'all', offset: 0, limit: 10 });
    expect(entries).toMatchObject([{ summary: { id: key }, accountLabel: both }]);
  });

  test('count a missed call once, which is seen once', async () => {
    const { accounts, callLog } = await startBoth();
    const id = server.ring({ fromName: 'Ada' });
    await world.polled();
    server.miss(id, { linger: 600 });
    await world.polled();
    expect(world.open).toHaveLength(1);
    expect(accounts.trayStatus).toMatchObject({ kind: 'missed', missedCount: 1 });
    accounts.markSeen('all');
    expect(world.open).toEqual([]);
    expect(callLog.unseen).toBe(0);
  });

  test('list a session as long as one of them does', async () => {
    const { accounts } = await startBoth();
    server.ring({ fromName: 'Ada' });
    await world.polled();
    const [key = ''] = accounts.sessionKeys;
    accounts.pause(key.split('/')[0] ?? '');
    expect(accounts.sessionKeys).toEqual([key]);
    expect(accounts.getSession(key)?.fromName).toBe('Ada');
    expect(world.open).toHaveLength(1);
  });
});

describe('several accounts', () => {
  const secondServer = setUpSecondServer();
  let second: DemoServer;

  beforeEach(() => {
    second = secondServer.get();
  });

  /** Signs in on both servers. */
  async function startBoth() {
    const started = world.start();
    expect(await started.accounts.signIn(world.request())).toBeNull();
    expect(await started.accounts.signIn(world.request({}, second))).toBeNull();
    await world.polled(server, second);
    return started;
  }

  test('are polled independently, with their calls in one list', async () => {
    const { accounts } = await startBoth();
    const [here, there] = [server.ring({ fromName: 'Ada' }), second.ring({ fromName: 'Alan' })];
    await world.polled(server, second);
    expect(accounts.sessionKeys).toEqual([world.sessionKey(here), world.sessionKey(there, second)]);
    expect(accounts.sessionKeys.map((key) => accounts.getSession(key)?.fromName)).toEqual([
      'Ada',
      'Alan',
    ]);
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing', ringing: [{}, {}] });
    expect(accounts.accounts.map(({ color }) => color)).toEqual([1, 2]);
    expect(accounts.connection.kind).toBe('live');
  });

  test('are named in alerts, unless there is only one', async () => {
    const { accounts } = world.start();
    await accounts.signIn(world.request());
    server.ring();
    await world.polled();
    expect(world.raisedFor).toEqual([undefined]);
    await accounts.signIn(world.request({}, second));
    second.ring();
    await world.polled(second);
    const host = new URL(second.url).host;
    expect(world.raisedFor).toEqual([undefined, `${second.userName} · ${host}`]);
  });

  test('that list the same session have two calls, two alerts, and two log entries', async () => {
    const { accounts, callLog } = await startBoth();
    const id = server.ring({ id: 'S-1', fromName: 'Ada' });
    expect(second.ring({ id: 'S-1', fromName: 'Alan' })).toBe(id);
    await world.polled(server, second);
    const keys = [world.sessionKey(id), world.sessionKey(id, second)];
    expect(accounts.sessionKeys).toEqual(keys);
    expect(keys.map((key) => accounts.getSession(key)?.fromName)).toEqual(['Ada', 'Alan']);
    expect(keys.map((key) => accounts.getCall(key)?.phase)).toEqual(['ringing', 'ringing']);
    expect(world.open).toHaveLength(2);
    expect(keys.map((key) => callLog.get(key)?.summary.party.name)).toEqual(['Ada', 'Alan']);
    server.vanish(id);
    await world.polled();
    expect(accounts.sessionKeys).toEqual([world.sessionKey(id, second)]);
    expect(world.open).toContain(world.sessionKey(`ringing:${id}:1`, second));
  });

  test('are found by a bare session id', async () => {
    const { accounts } = await startBoth();
    const id = second.ring({ id: 'S-7' });
    await world.polled(server, second);
    expect(accounts.getSession(id)?.id).toBe(id);
    expect(accounts.getAccountKey(id)).toBe(world.accountKey(second));
    expect(accounts.getSession('S-8')).toBeUndefined();
  });

  test('each withdraw the alerts of their own seen calls', async () => {
    const { accounts, callLog } = await startBoth();
    const ids = [server.ring({ id: 'S-1' }), second.ring({ id: 'S-1' })];
    await world.polled(server, second);
    server.miss(ids[0] ?? '', { linger: 600 });
    second.miss(ids[1] ?? '', { linger: 600 });
    await world.polled(server, second);
    expect(callLog.unseen).toBe(2);
    accounts.markSeen([world.sessionKey('S-1')]);
    expect(world.open).toEqual([`missed: ${world.sessionKey('S-1', second)}`]);
    accounts.markSeen('all');
    expect(world.open).toEqual([]);
  });

  test('send nothing and show nothing while they are paused', async () => {
    const { accounts, settings } = await startBoth();
    server.ring();
    second.ring();
    await world.polled(server, second);
    expect(world.open).toHaveLength(2);
    accounts.pause(world.accountKey(second));
    expect(world.open).toHaveLength(1);
    expect(accounts.sessionKeys).toHaveLength(1);
    expect(settings.accounts.map(({ paused }) => paused)).toEqual([false, true]);
    expect(accounts.connection.kind).toBe('live');
    const before = second.requests.length;
    await world.polled();
    expect(second.requests).toHaveLength(before);
    accounts.resume(world.accountKey(second));
    await world.polled(second);
    expect(accounts.sessionKeys).toHaveLength(2);
    expect(settings.accounts.map(({ paused }) => paused)).toEqual([false, false]);
  });

  test('that are all paused are no connection problem', async () => {
    const { accounts } = await startBoth();
    for (const { key } of accounts.accounts) accounts.pause(key);
    expect(accounts.connection).toEqual({ kind: 'paused' });
    expect(accounts.trayStatus).toMatchObject({ kind: 'idle' });
  });

  test('are removed one at a time, with their password, alert state, and calls', async () => {
    const { accounts, settings, callLog } = await startBoth();
    server.ring({ fromName: 'Ada' });
    second.ring({ fromName: 'Alan' });
    await world.polled(server, second);
    await accounts.remove(world.accountKey(second), true);
    expect(accounts.accounts.map(({ server: on }) => on)).toEqual([server.url]);
    expect(settings.accounts.map(({ server: on }) => on)).toEqual([server.url]);
    expect(second.state().signIns).toBe(0);
    expect(server.state().signIns).toBe(1);
    expect(existsSync(world.alertStatePath(second))).toBe(false);
    expect(existsSync(world.alertStatePath())).toBe(true);
    const left = callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).entries;
    expect(left.map(({ summary }) => summary.party.name)).toEqual(['Ada']);
    expect(world.open).toHaveLength(1);
    server.ring();
    await world.polled();
    expect(world.open).toHaveLength(2);
  });

  test('are restored after a restart, paused ones included', async () => {
    const { accounts, settings } = await startBoth();
    accounts.pause(world.accountKey(second));
    accounts.stop();
    const known = settings.accounts.map(({ server: on, userName, color: color, paused }) => {
      const { password } = on === server.url ? server : second;
      return {
        credentials: { server: on, userName, password, managed: false },
        color,
        paused,
      };
    });
    const next = world.startWith(known).accounts;
    server.ring();
    second.ring();
    await world.polled();
    expect(next.accounts.map(({ connection }) => connection.kind)).toEqual(['live', 'paused']);
    expect(next.sessionKeys).toHaveLength(1);
    next.resume(world.accountKey(second));
    await world.polled(second);
    expect(next.sessionKeys).toHaveLength(2);
  });

  test('are not affected by a problem of another one', async () => {
    const { accounts } = await startBoth();
    second.fault({ path: '/sessions/my', status: 500 });
    await vi.waitFor(() => {
      accounts.pollNow();
      expect(accounts.connection.kind).toBe('offline');
    }, 3_000);
    expect(accounts.accounts.map(({ connection }) => connection.kind)).toEqual(['live', 'offline']);
    server.ring();
    await world.polled();
    expect(world.open).toHaveLength(1);
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
    await world.polled();
    expect(world.open).toContainEqual(expect.stringContaining('/ringing:'));
    expect(
      await accounts.signIn({ ...world.request({}, second), replaces: world.accountKey(second) }),
    ).toBeNull();
    await world.polled(server, second);
    expect(accounts.connection.kind).toBe('live');
    expect(accounts.accounts).toHaveLength(2);
    await vi.waitFor(() => {
      expect(settings.accounts.map(({ password }) => password)).toEqual(['encrypted', 'encrypted']);
    });
  });

  test('stay as they are if another sign-in fails', async () => {
    const { accounts, settings } = world.start();
    await accounts.signIn(world.request());
    await world.polled();
    const refused = await accounts.signIn(world.request({ password: 'wrong' }, second));
    expect(refused).toMatchObject({ kind: 'wrong-credentials' });
    expect(accounts.accounts).toHaveLength(1);
    expect(settings.accounts).toHaveLength(1);
    expect(accounts.connection.kind).toBe('live');
    expect(await accounts.signIn(world.request({ password: 'wrong' }))).not.toBeNull();
    await world.polled();
    expect(accounts.connection.kind).toBe('live');
    expect(settings.accounts).toMatchObject([{ password: 'encrypted' }]);
  });

  test('can replace one another, keeping the color', async () => {
    const { accounts, settings } = world.start();
    await accounts.signIn(world.request());
    const typed = { ...world.request({}, second), replaces: world.accountKey() };
    expect(await accounts.signIn(typed)).toBeNull();
    expect(accounts.accounts).toMatchObject([{ server: second.url, color: 1 }]);
    expect(settings.accounts).toMatchObject([{ server: second.url, color: 1 }]);
    expect(world.deleted).toEqual([[server.userName, false]]);
  });
});
