import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { accountKey } from '../../src/main/login';
import { server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

describe('several accounts', () => {
  let second: DemoServer;

  beforeEach(async () => {
    second = await startDemoServer({ scenario: false });
  });

  afterEach(async () => {
    // Nothing may ask it any more.
    world.end();
    await second.close();
  });

  /** A companion that a person has signed in on both servers. */
  async function both() {
    const started = world.started(undefined);
    expect(await started.companion.signIn(world.typed())).toBeNull();
    expect(await started.companion.signIn(world.typed({}, second))).toBeNull();
    await bothPolled();
    return started;
  }

  async function bothPolled(): Promise<void> {
    await world.polled();
    await world.polled(second);
  }

  const keyOn = (on: DemoServer): string => accountKey(world.login(on));

  test('are polled side by side, their calls in one list', async () => {
    const { companion } = await both();
    const [here, there] = [server.ring({ fromName: 'Ada' }), second.ring({ fromName: 'Alan' })];
    await bothPolled();
    expect(companion.order).toEqual([world.keyOf(here), world.keyOf(there, second)]);
    expect(companion.order.map((key) => companion.view(key)?.name)).toEqual(['Ada', 'Alan']);
    expect(companion.glance).toMatchObject({ kind: 'ringing', ringing: [{}, {}] });
    expect(companion.accounts.map(({ colour }) => colour)).toEqual([1, 2]);
    expect(companion.connection.kind).toBe('live');
  });

  test('say in each alert whose it is; a single one has no need to', async () => {
    const { companion } = world.started(undefined);
    await companion.signIn(world.typed());
    server.ring();
    await world.polled();
    expect(world.raisedFor).toEqual([undefined]);
    await companion.signIn(world.typed({}, second));
    second.ring();
    await world.polled(second);
    const host = new URL(second.url).host;
    expect(world.raisedFor).toEqual([undefined, `${second.userName} · ${host}`]);
  });

  test('that list the same session have two calls, two alerts and two entries of it', async () => {
    const { companion, callLog } = await both();
    const id = server.ring({ id: 'S-1', fromName: 'Ada' });
    expect(second.ring({ id: 'S-1', fromName: 'Alan' })).toBe(id);
    await bothPolled();
    const keys = [world.keyOf(id), world.keyOf(id, second)];
    expect(companion.order).toEqual(keys);
    expect(keys.map((key) => companion.session(key)?.fromName)).toEqual(['Ada', 'Alan']);
    expect(keys.map((key) => companion.call(key)?.phase)).toEqual(['ringing', 'ringing']);
    expect(world.open).toHaveLength(2);
    expect(keys.map((key) => callLog.get(key)?.facts.party.name)).toEqual(['Ada', 'Alan']);
    server.vanish(id);
    await world.polled();
    expect(companion.order).toEqual([world.keyOf(id, second)]);
    expect(world.open).toContain(world.keyOf(`ringing:${id}:1`, second));
  });

  test('are found by the id alone, as a link has it', async () => {
    const { companion } = await both();
    const id = second.ring({ id: 'S-7' });
    await bothPolled();
    expect(companion.view(id)?.id).toBe(world.keyOf(id, second));
    expect(companion.session('S-8')).toBeUndefined();
  });

  test('learn each of their own missed calls that they were looked at', async () => {
    const { companion, callLog } = await both();
    const ids = [server.ring({ id: 'S-1' }), second.ring({ id: 'S-1' })];
    await bothPolled();
    server.miss(ids[0] ?? '', { linger: 600 });
    second.miss(ids[1] ?? '', { linger: 600 });
    await bothPolled();
    expect(callLog.unseen).toBe(2);
    companion.markSeen([world.keyOf('S-1')]);
    expect(world.open).toEqual([world.keyOf('missed:S-1', second)]);
    companion.markSeen('all');
    expect(world.open).toEqual([]);
  });

  test('that are paused send nothing, show nothing, and take down what they showed', async () => {
    const { companion, settingsFile } = await both();
    server.ring();
    second.ring();
    await bothPolled();
    expect(world.open).toHaveLength(2);
    companion.pause(keyOn(second));
    expect(world.open).toHaveLength(1);
    expect(companion.order).toHaveLength(1);
    expect(settingsFile.accounts.map(({ paused }) => paused)).toEqual([false, true]);
    expect(companion.connection.kind).toBe('live');
    const before = second.requests.length;
    await world.polled();
    expect(second.requests).toHaveLength(before);
    companion.resume(keyOn(second));
    await world.polled(second);
    expect(companion.order).toHaveLength(2);
    expect(settingsFile.accounts.map(({ paused }) => paused)).toEqual([false, false]);
  });

  test('that are all paused are no trouble', async () => {
    const { companion } = await both();
    for (const { key } of companion.accounts) companion.pause(key);
    expect(companion.connection).toEqual({ kind: 'paused' });
    expect(companion.glance).toMatchObject({ kind: 'idle' });
  });

  test('go one at a time: password, memory and calls of that one, and nothing else', async () => {
    const { companion, settingsFile, callLog } = await both();
    server.ring({ fromName: 'Ada' });
    second.ring({ fromName: 'Alan' });
    await bothPolled();
    await companion.remove(keyOn(second), true);
    expect(companion.accounts.map(({ server: on }) => on)).toEqual([server.url]);
    expect(settingsFile.accounts.map(({ server: on }) => on)).toEqual([server.url]);
    expect(second.state().signIns).toBe(0);
    expect(server.state().signIns).toBe(1);
    expect(existsSync(world.watchPathOf(world.login(second)))).toBe(false);
    expect(existsSync(world.watchPath)).toBe(true);
    const left = callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).entries;
    expect(left.map(({ facts }) => facts.party.name)).toEqual(['Ada']);
    expect(world.open).toHaveLength(1);
    server.ring();
    await world.polled();
    expect(world.open).toHaveLength(2);
  });

  test('are all there after a restart, the paused one still paused', async () => {
    const { companion, settingsFile } = await both();
    companion.pause(keyOn(second));
    companion.end();
    const known = settingsFile.accounts.map(({ server: on, userName, colour, paused }) => {
      const { password } = on === server.url ? server : second;
      return { login: { server: on, userName, password, managed: false }, colour, paused };
    });
    const next = world.startedWith(known).companion;
    server.ring();
    second.ring();
    await world.polled();
    expect(next.accounts.map(({ connection }) => connection.kind)).toEqual(['live', 'paused']);
    expect(next.order).toHaveLength(1);
    next.resume(keyOn(second));
    await world.polled(second);
    expect(next.order).toHaveLength(2);
  });

  test('do not suffer from what befalls another one', async () => {
    const { companion } = await both();
    second.fault({ path: '/sessions/my', status: 500 });
    await vi.waitFor(() => {
      companion.pollNow();
      expect(companion.connection.kind).toBe('offline');
    }, 3_000);
    expect(companion.accounts.map(({ connection }) => connection.kind)).toEqual([
      'live',
      'offline',
    ]);
    server.ring();
    await world.polled();
    expect(world.open).toHaveLength(1);
    expect(companion.glance).toMatchObject({ kind: 'ringing' });
  });

  test('sign in again one at a time; the others go on', async () => {
    const { companion, settingsFile } = await both();
    second.revoke();
    second.fault({ path: '/auth/credentials', status: 401, times: 1 });
    await vi.waitFor(() => {
      companion.pollNow();
      expect(companion.connection.kind).toBe('signed-out');
    }, 3_000);
    expect(settingsFile.accounts.map(({ password }) => password)).toEqual(['guarded', undefined]);
    server.ring();
    await world.polled();
    expect(world.open).toContainEqual(expect.stringContaining('/ringing:'));
    expect(
      await companion.signIn({ ...world.typed({}, second), instead: keyOn(second) }),
    ).toBeNull();
    await bothPolled();
    expect(companion.connection.kind).toBe('live');
    expect(companion.accounts).toHaveLength(2);
    expect(settingsFile.accounts.map(({ password }) => password)).toEqual(['guarded', 'guarded']);
  });

  test('that fail to be added leave everything as it was', async () => {
    const { companion, settingsFile } = world.started(undefined);
    await companion.signIn(world.typed());
    await world.polled();
    const refused = await companion.signIn(world.typed({ password: 'wrong' }, second));
    expect(refused).toMatchObject({ kind: 'wrong-credentials' });
    expect(companion.accounts).toHaveLength(1);
    expect(settingsFile.accounts).toHaveLength(1);
    expect(companion.connection.kind).toBe('live');
    // Not even of an account that is there is anything lost by a typing mistake.
    expect(await companion.signIn(world.typed({ password: 'wrong' }))).not.toBeNull();
    await world.polled();
    expect(companion.connection.kind).toBe('live');
    expect(settingsFile.accounts).toMatchObject([{ password: 'guarded' }]);
  });

  test('take the place of one that is to go, with its colour', async () => {
    const { companion, settingsFile } = world.started(undefined);
    await companion.signIn(world.typed());
    const typed = { ...world.typed({}, second), instead: world.key };
    expect(await companion.signIn(typed)).toBeNull();
    expect(companion.accounts).toMatchObject([{ server: second.url, colour: 1 }]);
    expect(settingsFile.accounts).toMatchObject([{ server: second.url, colour: 1 }]);
    expect(world.forgotten).toEqual([[server.userName, false]]);
  });
});
