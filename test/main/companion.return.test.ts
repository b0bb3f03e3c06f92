import { describe, expect, test, vi } from 'vitest';
import { server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

/** So long (s) that the server lists a missed call throughout a test. */
const LINGER = 600;

describe('who signs out and in again', () => {
  /** Somebody who has been told of a ring and of a miss, and has signed out. */
  async function signedOut(forgetCalls: boolean) {
    const started = world.started(undefined);
    const { companion } = started;
    await companion.signIn(world.typed());
    await world.polled();
    const missed = server.ring();
    await world.polled();
    server.miss(missed, { linger: LINGER });
    const ringing = server.ring();
    await world.polled();
    await companion.remove(world.key, forgetCalls);
    expect(world.open).toEqual([]);
    return { ...started, missed, ringing, before: world.raised.length };
  }

  test('is told of nothing twice, and of what was missed meanwhile', async () => {
    const { companion, before } = await signedOut(false);
    const meanwhile = server.ring();
    server.miss(meanwhile, { linger: LINGER });
    await companion.signIn(world.typed());
    await world.polled();
    expect(world.raised.slice(before)).toEqual([world.keyOf(`missed:${meanwhile}`)]);
  });

  test('is told what became of a call that rang when signing out', async () => {
    const { companion, ringing, before } = await signedOut(false);
    server.vanish(ringing);
    await companion.signIn(world.typed());
    await world.polled();
    expect(world.raised.slice(before)).toEqual([world.keyOf(`missed:${ringing}`)]);
  });

  test('begins anew where the calls were forgotten: what is over is past, what rings rings', async () => {
    const { companion, callLog, missed, ringing, before } = await signedOut(true);
    expect(callLog.get(world.keyOf(missed))).toBeUndefined();
    await companion.signIn(world.typed());
    await world.polled();
    expect(world.raised.slice(before)).toEqual([world.keyOf(`ringing:${ringing}:1`)]);
    expect(callLog.unseen).toBe(0);
  });
});
