import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Settings } from '../../src/core/settings';
import type { Effect } from '../../src/core/watch/decide';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { sessionKey } from '../../src/core/session-key';
import { EvoVoice } from '../../src/main/api/evo-voice';
import { Companion, type CompanionNeeds } from '../../src/main/companion';
import { accountKey, type KnownAccount, type Login } from '../../src/main/login';
import { CallLog } from '../../src/main/store/call-log';
import { WatchFile } from '../../src/main/store/watch-file';
import type { Connection, Notice } from '../../src/shared/state';
import { nodeSend } from './node-send';

vi.mock('electron-store', async () => {
  const { default: Conf } = await import('conf');
  class Store extends Conf {
    constructor({ name, ...options }: { name: string; cwd: string }) {
      super({ ...options, configName: name });
    }
  }
  return { default: Store };
});

const { SettingsFile } = await import('../../src/main/store/settings-file');

let server: DemoServer;
let world: World;

beforeEach(async () => {
  server = await startDemoServer({ scenario: false });
  world = new World();
});

afterEach(async () => {
  world.end();
  await server.close();
});

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
    companion.end();
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

describe('the calls', () => {
  test('are shown in the server’s order, each as one view that lasts', async () => {
    const ids = [server.ring(), server.ring()];
    const { companion } = await world.live();
    expect(companion.order).toEqual(ids.map((id) => world.keyOf(id)));
    const before = companion.order.map((key) => companion.view(key));
    server.answer(ids[0] ?? '');
    await world.polled();
    expect(companion.view(companion.order[0] ?? '')).toMatchObject({ phase: 'connected' });
    expect(companion.view(companion.order[0] ?? '')).not.toBe(before[0]);
    expect(companion.view(companion.order[1] ?? '')).toBe(before[1]);
    expect(companion.view('unknown')).toBeUndefined();
  });

  test('are glanced at: ringing first, then active ones, then missed ones', async () => {
    const id = server.ring({ fromName: 'Grace Hopper' });
    const { companion } = await world.live();
    expect(companion.glance).toMatchObject({
      kind: 'ringing',
      ringing: [{ party: { name: 'Grace Hopper' } }],
    });
    server.answer(id);
    await world.polled();
    expect(companion.glance).toMatchObject({ kind: 'active', active: 1 });
    server.vanish(id);
    server.miss(server.ring());
    await world.polled();
    server.clear();
    await world.polled();
    expect(companion.glance).toMatchObject({ kind: 'missed', missed: 1 });
    companion.markSeen('all');
    expect(companion.glance).toMatchObject({ kind: 'idle', missed: 0 });
  });

  test('that were looked at take their alert along', async () => {
    const { companion } = await world.live();
    const id = server.ring();
    await world.polled();
    server.miss(id, { linger: 600 });
    await world.polled();
    expect(world.open).toEqual([world.keyOf(`missed:${id}`)]);
    companion.markSeen([world.keyOf(id)]);
    expect(world.open).toEqual([]);
  });

  test('that were looked at one by one take their digest along', async () => {
    const { companion } = await world.live();
    companion.setSilence('until-turned-off');
    const [one, other] = [server.ring(), server.ring()];
    await world.polled();
    for (const id of [one, other]) server.miss(id, { linger: 600 });
    await world.polled();
    companion.markSeen([world.keyOf(one)]);
    companion.setSilence('off');
    expect(world.open).toEqual([world.keyOf(`missed-many:${one}`)]);
    companion.markSeen([world.keyOf(other)]);
    expect(world.open).toEqual([]);
  });

  test('tell of a change only when there is one', async () => {
    server.ring();
    await world.live();
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

describe('settings', () => {
  test('that are out of range are refused by name, and change nothing', async () => {
    const { companion } = await world.live();
    const before = companion.settings;
    expect(companion.changeSettings({ pollSeconds: 0, theme: 'dark', magic: 1 })).toEqual([
      'pollSeconds',
      'magic',
    ]);
    expect(companion.settings).toBe(before);
  });

  test('that others set are refused by name, and stay', async () => {
    world.locked = { theme: 'light', pinned: true };
    const { companion } = await world.live();
    expect(companion.managed).toEqual(['theme', 'pinned']);
    expect(companion.changeSettings({ theme: 'dark', pollSeconds: 7 })).toEqual(['theme']);
    expect(companion.changeSettings({ pinned: false })).toEqual(['pinned']);
    expect(companion.settings).toMatchObject({ theme: 'light', pinned: true, pollSeconds: 2 });
    companion.changeSettings({ pollSeconds: 3 });
    expect(world.everythingWritten()).not.toContain('light');
  });

  test('hold for the very next call: who may alert', async () => {
    const { companion } = await world.live();
    companion.changeSettings({ mutedCustomers: ['Bright Dental'] });
    const [quiet, loud] = ['Bright Dental', 'Harbor Legal'].map((customerName) =>
      server.ring({ customerName, customerBreadcrumb: [{ id: customerName, name: customerName }] }),
    );
    await world.polled();
    expect(world.raised).toEqual([world.keyOf(`ringing:${loud ?? ''}:1`)]);
    expect(companion.order).toEqual([quiet, loud].map((id) => world.keyOf(id ?? '')));
  });

  test('hold for what is on the screen already', async () => {
    const { companion } = await world.live();
    const id = server.ring();
    server.answer(id);
    server.hold(id);
    await world.polled();
    expect(world.raised).toEqual([]);
    const passes = clockInHand();
    passes(50_000);
    await world.polled();
    passes(11_000);
    companion.changeSettings({ holdMinutes: 1 });
    expect(world.raised).toEqual([world.keyOf(`held:${id}:1`)]);
    companion.changeSettings({ holdMinutes: 0 });
    expect(world.open).toEqual([]);
  });

  test('of the pace hold at once', async () => {
    const { companion } = await world.live();
    companion.changeSettings({ pollSeconds: 30 });
    await world.polled();
    const before = server.requests.length;
    companion.changeSettings({ pollSeconds: 1 });
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 3_000);
  });

  test('of pictures hold for the calls that are shown', async () => {
    world.avatar = (url) => url;
    const id = server.ring({ members: [{ identity: 'u', avatarUrl: 'https://x.example/a.png' }] });
    const { companion } = await world.live();
    expect(companion.view(id)?.members[0]?.avatar).toBeDefined();
    world.avatar = () => undefined;
    companion.changeSettings({ avatars: false });
    expect(companion.view(id)?.members[0]?.avatar).toBeUndefined();
  });

  test('of the region hold for the calls that are shown', async () => {
    world.region = undefined;
    const id = server.ring({ fromAddress: '(202) 555-0147' });
    const { companion } = await world.live();
    expect(companion.view(id)?.number).toBe('(202) 555-0147');
    world.region = 'US';
    companion.changeSettings({ region: 'US' });
    expect(companion.view(id)?.number).toBe('+1 202-555-0147');
  });

  test('are there again after the next start', async () => {
    const { companion } = await world.live();
    companion.changeSettings({ pollSeconds: 7 });
    companion.setSilence('until-turned-off');
    companion.end();
    const next = world.started(undefined).companion;
    expect(next.settings.pollSeconds).toBe(7);
    expect(next.silence).toBe('until-turned-off');
  });
});

describe('do not disturb', () => {
  test('takes down what rings, and is on at a glance', async () => {
    const { companion } = await world.live();
    server.ring();
    await world.polled();
    expect(world.open).toHaveLength(1);
    companion.setSilence('1-hour');
    expect(world.open).toEqual([]);
    expect(companion.isSilent).toBe(true);
    expect(companion.glance).toMatchObject({ kind: 'ringing', silent: true });
  });

  test('counts and logs what is missed, and tells of it when it ends', async () => {
    const { companion, callLog } = await world.live();
    companion.setSilence('until-turned-off');
    for (const id of [server.ring(), server.ring()]) {
      await world.polled();
      server.miss(id);
      await world.polled();
    }
    expect(world.raised).toEqual([]);
    expect(callLog.unseen).toBe(2);
    companion.setSilence('off');
    expect(world.raised).toEqual([expect.stringContaining('/missed-many:')]);
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

describe('a server that asks to be left alone for long', () => {
  test('keeps no ring on the screen or in the tray for longer than a minute', async () => {
    const passes = clockInHand();
    const waiting = new Map<number, () => void>();
    const later = world.after;
    world.after = (ms, what) => {
      if (ms < 60_000) return later(ms, what);
      waiting.set(ms, what);
      return () => waiting.delete(ms);
    };
    const { companion } = await world.live();
    const id = server.ring();
    await world.polled();
    server.fault({ path: '/sessions/my', status: 503, retryAfter: 600 });
    companion.pollNow();
    await vi.waitFor(() => {
      expect(companion.connection.kind).toBe('offline');
    });
    expect(world.open).toEqual([world.keyOf(`ringing:${id}:1`)]);
    expect(companion.glance.kind).toBe('ringing');
    const [soonest = 0] = [...waiting.keys()].sort((a, b) => a - b);
    expect(soonest).toBeLessThan(70_000);
    passes(soonest);
    waiting.get(soonest)?.();
    expect(world.open).toEqual([world.keyOf('trouble:offline')]);
    expect(companion.glance).toMatchObject({ kind: 'trouble', trouble: 'offline' });
  });

  test('is not thought of any more once it answers', async () => {
    const waiting = new Set<number>();
    const later = world.after;
    world.after = (ms, what) => {
      const callOff = later(ms, what);
      if (ms >= 60_000) waiting.add(ms);
      return () => {
        waiting.delete(ms);
        callOff();
      };
    };
    const { companion } = await world.live();
    server.fault({ path: '/sessions/my', status: 503, times: 1 });
    companion.pollNow();
    await vi.waitFor(() => {
      expect(waiting.size).toBe(1);
    });
    await world.polled();
    expect(companion.connection.kind).toBe('live');
    expect(waiting.size).toBe(0);
  });
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

/** Makes time pass for all that asks for it, until the test is over. */
function clockInHand(): (ms: number) => void {
  let ahead = 0;
  for (const clock of [Date, performance]) {
    const now = clock.now.bind(clock);
    const spy = vi.spyOn(clock, 'now').mockImplementation(() => now() + ahead);
    onTestFinished(() => {
      spy.mockRestore();
    });
  }
  return (ms) => {
    ahead += ms;
  };
}

/** A profile, a screen, and the companions that use them one after the other. */
class World {
  readonly #profile = mkdtempSync(join(tmpdir(), 'ringside-companion-'));
  readonly #effects: Effect[] = [];
  /** What sends for each account: the cookies are in it. */
  readonly #jars = new Map<string, ReturnType<typeof nodeSend>>();
  #companion: Companion | undefined;
  readonly notices: Notice[] = [];
  readonly reported: unknown[] = [];
  readonly connections: Connection[] = [];
  readonly forgotten: [string, boolean][] = [];
  changes = 0;
  guarded: string | undefined = 'guarded';
  locked: Partial<Settings> = {};
  region: ReturnType<CompanionNeeds['region']> = 'US';
  avatar: CompanionNeeds['avatar'] = () => undefined;
  after: CompanionNeeds['after'] = (ms, what) => {
    const timer = setTimeout(what, ms);
    return () => {
      clearTimeout(timer);
    };
  };

  /** Keys of the alerts that were raised, in order. */
  get raised(): readonly string[] {
    return this.#effects.flatMap((effect) => (effect.kind === 'raise' ? [effect.alert.key] : []));
  }

  /** Which account each alert that was raised says it is about. */
  get raisedFor(): readonly (string | undefined)[] {
    return this.#effects.flatMap((effect) =>
      effect.kind === 'raise' ? [effect.alert.account] : [],
    );
  }

  /** Keys of the alerts that are on the screen. */
  get open(): readonly string[] {
    const open = new Set<string>();
    for (const effect of this.#effects) {
      if (effect.kind === 'raise') open.add(effect.alert.key);
      if (effect.kind === 'withdraw') open.delete(effect.alert.key);
    }
    return [...open];
  }

  /** The key of the account on the server. */
  get key(): string {
    return accountKey(this.login());
  }

  get watchPath(): string {
    return this.watchPathOf(this.login());
  }

  watchPathOf(login: Login): string {
    return join(this.#profile, 'accounts', accountKey(login), 'watch.json');
  }

  /** The key of a session on the server. */
  keyOf(id: string, on = server): string {
    return sessionKey(accountKey(this.login(on)), id);
  }

  login(on = server): Login {
    const { url, userName, password } = on;
    return { server: url, userName, password, managed: true };
  }

  typed(changes: Readonly<Record<string, string>> = {}, on = server) {
    const { url, userName, password } = on;
    return { server: url, userName, password, withoutKeyring: false, ...changes };
  }

  /** A companion that has started with this login, or with nobody. */
  started(login: Login | undefined) {
    return this.startedWith(login ? [{ login, colour: 1, paused: false }] : []);
  }

  /** A companion that has started with these accounts. */
  startedWith(accounts: readonly KnownAccount[]) {
    this.#companion?.end();
    const report = (notice: Notice): void => {
      this.notices.push(notice);
    };
    const settingsFile = new SettingsFile(this.#profile, report, this.locked);
    const callLog = new CallLog({
      path: join(this.#profile, 'calls.jsonl'),
      keep: () => ({ days: 90, entries: 5_000 }),
      report,
      onChange: () => undefined,
    });
    const companion = new Companion({
      settingsFile,
      callLog,
      watchFileOf: (login) => new WatchFile(this.watchPathOf(login), report),
      clientOf: (login, signal) => {
        const { server: origin } = login;
        const send = this.#jars.get(accountKey(login)) ?? nodeSend();
        this.#jars.set(accountKey(login), send);
        const userAgent = 'Ringside/1.2.3';
        return new EvoVoice({ send, origin, userAgent, signal, now: () => Date.now() });
      },
      forget: (login, everything) => {
        this.forgotten.push([login.userName, everything]);
        this.#jars.delete(accountKey(login));
        if (everything) rmSync(dirname(this.watchPathOf(login)), { recursive: true, force: true });
        return Promise.resolve();
      },
      guarded: () => this.guarded,
      region: () => this.region,
      avatar: (url) => this.avatar(url),
      isWindowVisible: () => false,
      show: (effects) => {
        this.#effects.push(...effects);
      },
      onChange: () => {
        this.changes += 1;
      },
      report: (error) => {
        this.reported.push(error);
      },
      onConnection: (connection) => {
        this.connections.push(connection);
      },
      after: (ms, what) => this.after(ms, what),
    });
    this.#companion = companion;
    companion.start(accounts);
    return { companion, settingsFile, callLog };
  }

  /** A companion that is signed in by the environment and has had its first answer. */
  async live() {
    const started = this.started(this.login());
    await vi.waitFor(() => {
      expect(started.companion.connection.kind).toBe('live');
      expect(server.requests.at(-1)).toMatchObject({ path: '/auth/status' });
    });
    await this.quiet();
    return started;
  }

  /** Resolves when the server’s present state was asked for and what follows was done. */
  async polled(on = server): Promise<void> {
    for (let count = 0; count < 2; count += 1) {
      const before = on.requests.length;
      await vi.waitFor(
        () => {
          this.#companion?.pollNow();
          expect(on.requests.length).toBeGreaterThan(before);
        },
        { timeout: 3_000, interval: 5 },
      );
    }
    await this.quiet(on);
  }

  /** Resolves when nothing has been asked for a while. */
  async quiet(on = server): Promise<void> {
    let seen = -1;
    await vi.waitFor(
      () => {
        const before = seen;
        seen = on.requests.length;
        expect(seen).toBe(before);
      },
      { timeout: 3_000, interval: 60 },
    );
  }

  everythingWritten(): string {
    const files = [join(this.#profile, 'settings.json'), this.watchPath];
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  }

  end(): void {
    this.#companion?.end();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}
