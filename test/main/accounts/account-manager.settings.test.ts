import { describe, expect, test, vi } from 'vitest';
import { countUnseen, useAdjustableClock, server, harness } from './account-manager-harness';

describe('AccountManager: settings', () => {
  test('are rejected by name if they are out of range', async () => {
    const { settings } = await harness.startLive();
    const before = settings.get();
    expect(settings.update({ pollSeconds: 0, theme: 'dark', magic: 1 })).toEqual([
      'pollSeconds',
      'magic',
    ]);
    expect(settings.get()).toBe(before);
  });

  test('are rejected by name if they are managed', async () => {
    harness.managed = { theme: 'light', pinned: true };
    const { settings } = await harness.startLive();
    expect(settings.managedNames).toEqual(['theme', 'pinned']);
    expect(settings.update({ theme: 'dark', pollSeconds: 7 })).toEqual(['theme']);
    expect(settings.update({ pinned: false })).toEqual(['pinned']);
    expect(settings.get()).toMatchObject({ theme: 'light', pinned: true, pollSeconds: 2 });
    settings.update({ pollSeconds: 3 });
    expect(harness.readProfile()).not.toContain('light');
  });

  test('that mute calls apply to the next call', async () => {
    const { accounts, settings } = await harness.startLive();
    settings.update({ mutedCustomers: ['Bright Dental'] });
    const [quiet, loud] = ['Bright Dental', 'Harbor Legal'].map((customerName) =>
      server.ring({ customerName, customerBreadcrumb: [{ id: customerName, name: customerName }] }),
    );
    await harness.waitForPoll();
    expect(harness.raised).toEqual([harness.sessionKey(`ringing:${loud ?? ''}:1`)]);
    expect(accounts.list.sessionKeys).toEqual(
      [quiet, loud].map((id) => harness.sessionKey(id ?? '')),
    );
  });

  test('apply to visible alerts', async () => {
    const { settings } = await harness.startLive();
    const id = server.ring();
    server.answer(id);
    server.hold(id);
    await harness.waitForPoll();
    expect(harness.raised).toEqual([]);
    const advance = useAdjustableClock();
    advance(50_000);
    await harness.waitForPoll();
    advance(11_000);
    settings.update({ holdMinutes: 1 });
    expect(harness.raised).toEqual([harness.sessionKey(`held:${id}:1`)]);
    settings.update({ holdMinutes: 0 });
    expect(harness.open).toEqual([]);
  });

  test('apply a new poll interval immediately', async () => {
    const { settings } = await harness.startLive();
    settings.update({ pollSeconds: 30 });
    await harness.waitForPoll();
    const before = server.requests.length;
    settings.update({ pollSeconds: 1 });
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 3_000);
  });

  test('are restored after a restart', async () => {
    const { accounts, settings } = await harness.startLive();
    settings.update({ pollSeconds: 7 });
    settings.setDoNotDisturb('until-turned-off');
    accounts.dispose();
    const next = harness.start().settings;
    expect(next.get().pollSeconds).toBe(7);
    expect(next.doNotDisturb?.until).toBeNull();
  });
});

describe('AccountManager: Do Not Disturb', () => {
  test('withdraws rings and shows in the tray status', async () => {
    const { accounts, settings } = await harness.startLive();
    server.ring();
    await harness.waitForPoll();
    expect(harness.open).toHaveLength(1);
    settings.setDoNotDisturb('1-hour');
    expect(harness.open).toEqual([]);
    expect(settings.isDoNotDisturbActive).toBe(true);
    expect(accounts.trayStatus).toMatchObject({ kind: 'ringing', isDoNotDisturb: true });
  });

  test('expires', () => {
    const advance = useAdjustableClock();
    const { settings } = harness.start();
    settings.setDoNotDisturb('30-minutes');
    expect(settings.doNotDisturb?.until).toEqual(expect.any(Number));
    advance(30 * 60_000);
    expect(settings.isDoNotDisturbActive).toBe(false);
    expect(settings.doNotDisturb).toBeNull();
  });

  test('counts and logs missed calls and announces them when it ends', async () => {
    const { settings, callLog } = await harness.startLive();
    settings.setDoNotDisturb('until-turned-off');
    for (const id of [server.ring(), server.ring()]) {
      await harness.waitForPoll();
      server.miss(id);
      await harness.waitForPoll();
    }
    expect(harness.raised).toEqual([]);
    expect(countUnseen(callLog)).toBe(2);
    settings.setDoNotDisturb('off');
    expect(harness.raised).toEqual(['2 missed']);
  });
});
