import { describe, expect, test } from 'vitest';
import { countUnseen, useAdjustableClock, server, harness } from './account-manager-harness';

const ALWAYS = Array.from({ length: 7 }, () => ({ from: 0, to: 0 }));

describe('AccountManager: the weekly schedule', () => {
  test('counts and logs a missed call and announces it when the period ends', async () => {
    const { accounts, settings, callLog } = await harness.startLive();
    settings.update({ scheduledDoNotDisturb: true, doNotDisturbSchedule: ALWAYS });
    expect(accounts.trayStatus).toMatchObject({ isDoNotDisturb: true });
    const id = server.ring();
    await harness.waitForPoll();
    server.miss(id);
    await harness.waitForPoll();
    expect(harness.raised).toEqual([]);
    expect(countUnseen(callLog)).toBe(1);
    expect(callLog.get(harness.sessionKey(id))?.outcome.kind).toBe('missed');
    settings.update({ scheduledDoNotDisturb: false });
    expect(harness.raised).toEqual([`missed: ${harness.sessionKey(id)}`]);
  });

  test('has no effect while it is turned off', async () => {
    const { settings } = await harness.startLive();
    settings.update({ scheduledDoNotDisturb: false, doNotDisturbSchedule: ALWAYS });
    const id = server.ring();
    await harness.waitForPoll();
    expect(settings.isDoNotDisturbActive).toBe(false);
    expect(harness.raised).toEqual([harness.sessionKey(`ringing:${id}:1`)]);
  });
});

describe('AccountManager: Do Not Disturb for 30 minutes', () => {
  const HALF_AN_HOUR_MS = 30 * 60_000;
  /** Shorter than the interval in which a live connection emits a change. */
  const MOMENT_MS = 8_000;

  test('announces missed calls as soon as it ends', async () => {
    const advance = useAdjustableClock();
    const { settings } = await harness.startLive();
    settings.setDoNotDisturb('30-minutes');
    const id = server.ring();
    await harness.waitForPoll();
    server.miss(id);
    await harness.waitForPoll();
    advance(HALF_AN_HOUR_MS - 60_000);
    await harness.waitForPoll();
    expect(harness.raised).toEqual([]);
    advance(60_001);
    await harness.waitForPoll();
    expect(harness.raised).toEqual([`missed: ${harness.sessionKey(id)}`]);
  });

  test('updates the tray status when it ends, even if nothing else changes', async () => {
    const advance = useAdjustableClock();
    const { accounts, settings } = await harness.startLive();
    settings.setDoNotDisturb('30-minutes');
    advance(HALF_AN_HOUR_MS - MOMENT_MS);
    await harness.waitForPoll();
    const before = harness.changes;
    advance(MOMENT_MS);
    await harness.waitForPoll();
    expect(accounts.trayStatus.isDoNotDisturb).toBe(false);
    expect(harness.changes).toBeGreaterThan(before);
  });

  test('continues after a restart', async () => {
    const { settings } = await harness.startLive();
    settings.setDoNotDisturb('30-minutes');
    const again = await harness.startLive();
    expect(again.settings.isDoNotDisturbActive).toBe(true);
    server.ring();
    await harness.waitForPoll();
    expect(harness.raised).toEqual([]);
  });
});
