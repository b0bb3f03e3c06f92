import { describe, expect, test } from 'vitest';
import { countUnseen, server, harness } from './account-manager-harness';

/** The server lists a missed call for this long, which is longer than a test. */
const LISTED_SECONDS = 600;

describe('AccountManager: after signing out and in again', () => {
  /** Signs out after a ring and a missed call were alerted. */
  async function signOut(shouldDeleteCalls: boolean) {
    const started = harness.start();
    const { accounts } = started;
    await accounts.signIn(harness.request());
    await harness.waitForPoll();
    const missed = server.ring();
    await harness.waitForPoll();
    server.miss(missed, { listedSeconds: LISTED_SECONDS });
    const ringing = server.ring();
    await harness.waitForPoll();
    await accounts.remove(harness.accountKey(), shouldDeleteCalls);
    expect(harness.open).toEqual([]);
    return { ...started, missed, ringing, before: harness.raised.length };
  }

  test('announces calls that were missed in the meantime and nothing twice', async () => {
    const { accounts, before } = await signOut(false);
    const meanwhile = server.ring();
    server.miss(meanwhile, { listedSeconds: LISTED_SECONDS });
    await accounts.signIn(harness.request());
    await harness.waitForPoll();
    expect(harness.raised.slice(before)).toEqual([`missed: ${harness.sessionKey(meanwhile)}`]);
  });

  test('announces a missed call that was ringing when the user signed out', async () => {
    const { accounts, ringing, before } = await signOut(false);
    server.vanish(ringing);
    await accounts.signIn(harness.request());
    await harness.waitForPoll();
    expect(harness.raised.slice(before)).toEqual([`missed: ${harness.sessionKey(ringing)}`]);
  });

  test('starts over if the calls were deleted and announces only rings', async () => {
    const { accounts, callLog, missed, ringing, before } = await signOut(true);
    expect(callLog.get(harness.sessionKey(missed))).toBeUndefined();
    await accounts.signIn(harness.request());
    await harness.waitForPoll();
    expect(harness.raised.slice(before)).toEqual([harness.sessionKey(`ringing:${ringing}:1`)]);
    expect(countUnseen(callLog)).toBe(0);
  });
});
