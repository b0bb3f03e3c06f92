import { describe, expect, test } from 'vitest';
import { server, world } from './account-manager-world';

/** The server lists a missed call for this long, which is longer than a test. */
const LINGER_SECONDS = 600;

describe('after signing out and in again', () => {
  /** Signs out after a ring and a missed call were alerted. */
  async function signOut(shouldDeleteCalls: boolean) {
    const started = world.start();
    const { accounts } = started;
    await accounts.signIn(world.request());
    await world.polled();
    const missed = server.ring();
    await world.polled();
    server.miss(missed, { linger: LINGER_SECONDS });
    const ringing = server.ring();
    await world.polled();
    await accounts.remove(world.accountKey(), shouldDeleteCalls);
    expect(world.open).toEqual([]);
    return { ...started, missed, ringing, before: world.raised.length };
  }

  test('alerts calls that were missed meanwhile, and nothing twice', async () => {
    const { accounts, before } = await signOut(false);
    const meanwhile = server.ring();
    server.miss(meanwhile, { linger: LINGER_SECONDS });
    await accounts.signIn(world.request());
    await world.polled();
    expect(world.raised.slice(before)).toEqual([`missed: ${world.sessionKey(meanwhile)}`]);
  });

  test('alerts a call that was ringing when the user signed out and was missed', async () => {
    const { accounts, ringing, before } = await signOut(false);
    server.vanish(ringing);
    await accounts.signIn(world.request());
    await world.polled();
    expect(world.raised.slice(before)).toEqual([`missed: ${world.sessionKey(ringing)}`]);
  });

  test('starts over if the calls were deleted: missed calls are past, rings alert', async () => {
    const { accounts, callLog, missed, ringing, before } = await signOut(true);
    expect(callLog.get(world.sessionKey(missed))).toBeUndefined();
    await accounts.signIn(world.request());
    await world.polled();
    expect(world.raised.slice(before)).toEqual([world.sessionKey(`ringing:${ringing}:1`)]);
    expect(callLog.unseen).toBe(0);
  });
});
