import { describe, expect, test, vi } from 'vitest';
import { clockInHand, server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

/** Every minute of every day. */
const ALWAYS = Array.from({ length: 7 }, () => ({ from: 0, to: 0 }));

describe('quiet hours', () => {
  test('keep a miss back, which is counted and logged, and tell of it when they are over', async () => {
    const { companion, callLog } = await world.live();
    companion.changeSettings({ quietHoursOn: true, quietWeek: ALWAYS });
    expect(companion.glance).toMatchObject({ silent: true });
    const id = server.ring();
    await world.polled();
    server.miss(id);
    await world.polled();
    expect(world.raised).toEqual([]);
    expect(callLog.unseen).toBe(1);
    expect(callLog.get(world.keyOf(id))?.outcome.kind).toBe('missed');
    companion.changeSettings({ quietHoursOn: false });
    expect(world.raised).toEqual([world.keyOf(`missed:${id}`)]);
  });

  test('that are written down and not turned on keep nothing back', async () => {
    const { companion } = await world.live();
    companion.changeSettings({ quietHoursOn: false, quietWeek: ALWAYS });
    const id = server.ring();
    await world.polled();
    expect(companion.isSilent).toBe(false);
    expect(world.raised).toEqual([world.keyOf(`ringing:${id}:1`)]);
  });
});

describe('do not disturb for half an hour', () => {
  const HALF_AN_HOUR = 30 * 60_000;
  /** Shorter (ms) than from one word of a working connection to the next, which is a change. */
  const A_MOMENT = 8_000;

  test('tells of what was missed as soon as it is over, without anybody’s doing', async () => {
    const passes = clockInHand();
    const { companion } = await world.live();
    companion.setSilence('30-minutes');
    const id = server.ring();
    await world.polled();
    server.miss(id);
    await world.polled();
    passes(HALF_AN_HOUR - 60_000);
    await world.polled();
    expect(world.raised).toEqual([]);
    passes(60_001);
    await world.polled();
    expect(world.raised).toEqual([world.keyOf(`missed:${id}`)]);
  });

  test('is off at a glance once it is over, also while nothing happens', async () => {
    const passes = clockInHand();
    const { companion } = await world.live();
    companion.setSilence('30-minutes');
    passes(HALF_AN_HOUR - A_MOMENT);
    await world.polled();
    const before = world.changes;
    passes(A_MOMENT);
    await world.polled();
    expect(companion.glance.silent).toBe(false);
    expect(world.changes).toBeGreaterThan(before);
  });

  test('goes on in the next run', async () => {
    const { companion } = await world.live();
    companion.setSilence('30-minutes');
    const again = await world.live();
    expect(again.companion.isSilent).toBe(true);
    server.ring();
    await world.polled();
    expect(world.raised).toEqual([]);
  });
});
