import { describe, expect, test, vi } from 'vitest';
import { server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

describe('signing in', () => {
  test('remembers the account, and the password as the keyring guards it', async () => {
    const { companion, settingsFile } = world.started(undefined);
    expect(await companion.signIn(world.typed())).toBeNull();
    expect(settingsFile.accounts).toEqual([
      {
        server: server.url,
        userName: server.userName,
        password: 'guarded',
        colour: 1,
        paused: false,
      },
    ]);
    expect(companion.settings.server).toBe(server.url);
    expect(world.everythingWritten()).not.toContain(server.password);
  });

  test('where there is no keyring and no consent remembers no password', async () => {
    world.guarded = undefined;
    const { companion, settingsFile } = world.started(undefined);
    await companion.signIn(world.typed());
    expect(settingsFile.accounts).toMatchObject([{ password: undefined }]);
  });

  test('at another server than the one that others set sends nothing', async () => {
    world.locked = { server: 'https://pbx.example' };
    const { companion, settingsFile } = world.started(undefined);
    expect(await companion.signIn(world.typed())).toEqual({ kind: 'bad-address' });
    expect(server.requests).toEqual([]);
    expect(settingsFile.accounts).toEqual([]);
  });

  test('at the server that others set is as at any other', async () => {
    world.locked = { server: server.url };
    const { companion, settingsFile } = world.started(undefined);
    expect(await companion.signIn(world.typed())).toBeNull();
    expect(settingsFile.accounts).toMatchObject([{ server: server.url }]);
  });

  test('with the wrong words says so and remembers nothing', async () => {
    const { companion, settingsFile } = world.started(undefined);
    const refused = await companion.signIn(world.typed({ password: 'wrong' }));
    expect(refused).toEqual({
      kind: 'wrong-credentials',
      message: 'Invalid Username or Password',
    });
    expect(companion.connection).toEqual({ kind: 'signed-out', refused });
    expect(settingsFile.accounts).toEqual([]);
  });

  test('as somebody else with the wrong words leaves what is remembered of the first', async () => {
    const { companion, settingsFile } = world.started(undefined);
    await companion.signIn(world.typed());
    await companion.signIn(world.typed({ userName: 'priya', password: 'wrong' }));
    expect(settingsFile.accounts).toMatchObject([
      { userName: server.userName, password: 'guarded' },
    ]);
  });

  test('with a password that the server has come to refuse forgets it', async () => {
    const first = world.started(undefined);
    await first.companion.signIn(world.typed());
    first.companion.end();
    server.revoke();
    const { companion, settingsFile } = world.started({
      ...world.login(),
      managed: false,
      password: 'not any more',
    });
    await vi.waitFor(() => {
      expect(companion.connection).toMatchObject({ refused: { kind: 'wrong-credentials' } });
    });
    expect(settingsFile.accounts).toMatchObject([{ password: undefined }]);
  });

  test.each(['', 'http://evovoice.io', 'ftp://x', 'https://a:b@evovoice.io'])(
    'at the address %o sends nothing',
    async (address) => {
      const { companion } = world.started(undefined);
      expect(await companion.signIn(world.typed({ server: address }))).toEqual({
        kind: 'bad-address',
      });
      expect(server.requests).toEqual([]);
    },
  );
});

describe('signing out', () => {
  test('ends it here and there, takes everything down and forgets the account', async () => {
    const { companion, settingsFile } = world.started(undefined);
    await companion.signIn(world.typed());
    server.ring();
    await world.polled();
    await companion.remove(world.key, false);
    expect(companion.connection).toEqual({ kind: 'signed-out', refused: null });
    expect(companion.accounts).toEqual([]);
    expect(companion.order).toEqual([]);
    expect(world.open).toEqual([]);
    expect(settingsFile.accounts).toEqual([]);
    expect(server.state().signIns).toBe(0);
    expect(world.forgotten).toEqual([[server.userName, false]]);
    const before = server.requests.length;
    await world.quiet();
    expect(server.requests).toHaveLength(before);
  });

  test('keeps the calls, or forgets them on request', async () => {
    const { companion, callLog } = world.started(undefined);
    await companion.signIn(world.typed());
    server.ring();
    await world.polled();
    await companion.remove(world.key, false);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(1);
    await companion.signIn(world.typed());
    await companion.remove(world.key, true);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 9 }).total).toBe(0);
    expect(world.forgotten.at(-1)).toEqual([server.userName, true]);
  });

  test('has forgotten the account before the server had a word, and also where it has none', async () => {
    const { companion, settingsFile } = world.started(undefined);
    await companion.signIn(world.typed());
    server.fault({ path: '/auth/logout', hang: true });
    const over = companion.remove(world.key, false);
    await vi.waitFor(() => {
      expect(server.requests.at(-1)?.path).toBe('/auth/logout');
    });
    expect(settingsFile.accounts).toEqual([]);
    await server.close();
    await over;
    expect(companion.connection).toEqual({ kind: 'signed-out', refused: null });
  });

  test('when nobody is signed in does nothing', async () => {
    const { companion } = world.started(undefined);
    await companion.remove(world.key, true);
    expect(world.forgotten).toEqual([]);
  });
});
