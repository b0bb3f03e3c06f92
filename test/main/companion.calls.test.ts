import { describe, expect, test, vi } from 'vitest';
import { clockInHand, server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

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
