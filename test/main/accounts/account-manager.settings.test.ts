import { describe, expect, test, vi } from 'vitest';
import { useAdjustableClock, server, world } from './account-manager-world';

describe('settings', () => {
  test('out of range are refused by name and change nothing', async () => {
    const { settings } = await world.startLive();
    const before = settings.get();
    expect(settings.update({ pollSeconds: 0, theme: 'dark', magic: 1 })).toEqual([
      'pollSeconds',
      'magic',
    ]);
    expect(settings.get()).toBe(before);
  });

  test('that are managed are refused by name and stay', async () => {
    world.managed = { theme: 'light', pinned: true };
    const { settings } = await world.startLive();
    expect(settings.managedNames).toEqual(['theme', 'pinned']);
    expect(settings.update({ theme: 'dark', pollSeconds: 7 })).toEqual(['theme']);
    expect(settings.update({ pinned: false })).toEqual(['pinned']);
    expect(settings.get()).toMatchObject({ theme: 'light', pinned: true, pollSeconds: 2 });
    settings.update({ pollSeconds: 3 });
    expect(world.readProfile()).not.toContain('light');
  });

  test('apply to the next call: who may alert', async () => {
    const { accounts, settings } = await world.startLive();
    settings.update({ mutedCustomers: ['Bright Dental'] });
    const [quiet, loud] = ['Bright Dental', 'Harbor Legal'].map((customerName) =>
      server.ring({ customerName, customerBreadcrumb: [{ id: customerName, name: customerName }] }),
    );
    await world.polled();
    expect(world.raised).toEqual([world.sessionKey(`ringing:${loud ?? ''}:1`)]);
    expect(accounts.sessionKeys).toEqual([quiet, loud].map((id) => world.sessionKey(id ?? '')));
  });

  test('apply to alerts that are shown already', async () => {
    const { settings } = await world.startLive();
    const id = server.ring();
    server.answer(id);
    server.hold(id);
    await world.polled();
    expect(world.raised).toEqual([]);
    const advance = useAdjustableClock();
    advance(50_000);
    await world.polled();
    advance(11_000);
    settings.update({ holdMinutes: 1 });
    expect(world.raised).toEqual([world.sessionKey(`held:${id}:1`)]);
    settings.update({ holdMinutes: 0 });
    expect(world.open).toEqual([]);
  });

  test('of the poll interval apply immediately', async () => {
    const { settings } = await world.startLive();
    settings.update({ pollSeconds: 30 });
    await world.polled();
    const before = server.requests.length;
    settings.update({ pollSeconds: 1 });
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 3_000);
  });

  test('are restored after a restart', async () => {
    const { accounts, settings } = await world.startLive();
    settings.update({ pollSeconds: 7 });
    settings.setDoNotDisturb('until-turned-off');
    accounts.stop();
    const next = world.start().settings;
    expect(next.get().pollSeconds).toBe(7);
    expect(next.doNotDisturb?.until).toBeNull();
  });
});

describe('Do Not Disturb', () => {
  test('withdraws rings and shows in the tray status', async () => {
    const { accounts, settings } = await world.startLive();
    server.ring();
    await world.polled();
    expect(world.open).toHaveLength(1);
    settings.setDoNotDisturb('1-hour');
    expect(world.open).toEqual([]);
    expect(settings.isDoNotDisturbActive).toBe(true);
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing', isDoNotDisturb: true });
  });

  test('expires', () => {
    const advance = useAdjustableClock();
    const { settings } = world.start();
    settings.setDoNotDisturb('30-minutes');
    expect(settings.doNotDisturb?.until).toEqual(expect.any(Number));
    advance(30 * 60_000);
    expect(settings.isDoNotDisturbActive).toBe(false);
    expect(settings.doNotDisturb).toBeNull();
  });

  test('counts and logs missed calls, and reports them when it ends', async () => {
    const { settings, callLog } = await world.startLive();
    settings.setDoNotDisturb('until-turned-off');
    for (const id of [server.ring(), server.ring()]) {
      await world.polled();
      server.miss(id);
      await world.polled();
    }
    expect(world.raised).toEqual([]);
    expect(callLog.unseen).toBe(2);
    settings.setDoNotDisturb('off');
    expect(world.raised).toEqual(['2 missed']);
  });
});
