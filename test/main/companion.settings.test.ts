import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { clockInHand, server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

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

  test('is over by itself, and leaves nothing behind to turn off', () => {
    const { companion } = world.started(undefined);
    companion.setSilence('30-minutes');
    const until = companion.silence;
    expect(until).toEqual(expect.any(Number));
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Number(until));
    onTestFinished(() => {
      clock.mockRestore();
    });
    expect(companion.isSilent).toBe(false);
    expect(companion.silence).toBeNull();
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
