import { describe, expect, test } from 'vitest';
import { useAdjustableClock, server, world } from './account-manager-world';

const ALWAYS = Array.from({ length: 7 }, () => ({ from: 0, to: 0 }));

describe('the weekly schedule', () => {
  test('holds back a missed call, which is counted and logged, and reports it at its end', async () => {
    const { accounts, settings, callLog } = await world.startLive();
    settings.update({ scheduledDoNotDisturb: true, doNotDisturbSchedule: ALWAYS });
    expect(accounts.trayStatus).toMatchObject({ isDoNotDisturb: true });
    const id = server.ring();
    await world.polled();
    server.miss(id);
    await world.polled();
    expect(world.raised).toEqual([]);
    expect(callLog.unseen).toBe(1);
    expect(callLog.get(world.sessionKey(id))?.outcome.kind).toBe('missed');
    settings.update({ scheduledDoNotDisturb: false });
    expect(world.raised).toEqual([`missed: ${world.sessionKey(id)}`]);
  });

  test('holds back nothing while it is turned off', async () => {
    const { settings } = await world.startLive();
    settings.update({ scheduledDoNotDisturb: false, doNotDisturbSchedule: ALWAYS });
    const id = server.ring();
    await world.polled();
    expect(settings.isDoNotDisturbActive).toBe(false);
    expect(world.raised).toEqual([world.sessionKey(`ringing:${id}:1`)]);
  });
});

describe('Do Not Disturb for half an hour', () => {
  const HALF_AN_HOUR_MS = 30 * 60_000;
  /** Shorter than the interval in which a live connection emits a change. */
  const MOMENT_MS = 8_000;

  test('reports missed calls as soon as it ends', async () => {
    const advance = useAdjustableClock();
    const { settings } = await world.startLive();
    settings.setDoNotDisturb('30-minutes');
    const id = server.ring();
    await world.polled();
    server.miss(id);
    await world.polled();
    advance(HALF_AN_HOUR_MS - 60_000);
    await world.polled();
    expect(world.raised).toEqual([]);
    advance(60_001);
    await world.polled();
    expect(world.raised).toEqual([`missed: ${world.sessionKey(id)}`]);
  });

  test('leaves the tray status when it ends, even if nothing else changes', async () => {
    const advance = useAdjustableClock();
    const { accounts, settings } = await world.startLive();
    settings.setDoNotDisturb('30-minutes');
    advance(HALF_AN_HOUR_MS - MOMENT_MS);
    await world.polled();
    const before = world.changes;
    advance(MOMENT_MS);
    await world.polled();
    expect(accounts.trayStatus.isDoNotDisturb).toBe(false);
    expect(world.changes).toBeGreaterThan(before);
  });

  test('continues after a restart', async () => {
    const { settings } = await world.startLive();
    settings.setDoNotDisturb('30-minutes');
    const again = await world.startLive();
    expect(again.settings.isDoNotDisturbActive).toBe(true);
    server.ring();
    await world.polled();
    expect(world.raised).toEqual([]);
  });
});
