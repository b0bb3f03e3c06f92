import { beforeEach, describe, expect, test } from 'vitest';
import type { RingAlert } from '../../../src/core/alerts/group-alerts';
import type { DemoServer } from '../../../src/demo/server';
import { server, setUpSecondServer, harness } from './account-manager-harness';

const GROUPED = 'grouped-rings';

const secondServer = setUpSecondServer();
let second: DemoServer;

beforeEach(() => {
  second = secondServer.get();
});

/** Signs in on both servers, with two calls ringing on each. */
async function startRinging() {
  const started = harness.start();
  expect(await started.accounts.signIn(harness.request())).toBeNull();
  expect(await started.accounts.signIn(harness.request({}, second))).toBeNull();
  const calls = [server, second].flatMap((on) => [
    { on, id: on.ring() },
    { on, id: on.ring() },
  ]);
  await harness.waitForPoll(server, second);
  return { ...started, calls };
}

describe('AccountManager: four calls ringing on two accounts', () => {
  test('are one alert with a count that includes the next ring', async () => {
    const { accounts, calls } = await startRinging();
    expect(harness.open).toEqual([GROUPED]);
    expect(accounts.rings).toMatchObject([{ kind: 'grouped-rings', key: GROUPED }]);
    expect(countRings(accounts.rings)).toBe(4);
    second.ring();
    await harness.waitForPoll(server, second);
    expect(countRings(accounts.rings)).toBe(5);
    expect(harness.open).toEqual([GROUPED]);
    for (const { on, id } of calls) on.answer(id);
    await harness.waitForPoll(server, second);
    expect(accounts.rings).toMatchObject([{ kind: 'ringing', key: GROUPED }]);
  });

  test('are no longer counted if their account is paused or removed', async () => {
    const { accounts } = await startRinging();
    accounts.pause(harness.accountKey(second));
    expect(countRings(accounts.rings)).toBe(2);
    await accounts.remove(harness.accountKey(), false);
    expect(accounts.rings).toEqual([]);
    expect(harness.open).toEqual([]);
  });

  test('are withdrawn together when Do Not Disturb is turned on', async () => {
    const { settings } = await startRinging();
    const before = harness.effects.length;
    settings.setDoNotDisturb('1-hour');
    expect(getAlertEffects(before)).toEqual([['withdraw', GROUPED]]);
  });

  test('are raised together when Do Not Disturb is turned off', async () => {
    const { accounts, settings } = await startRinging();
    settings.update({ announceRinging: false });
    for (const on of [server, second]) for (let more = 0; more < 2; more += 1) on.ring();
    await harness.waitForPoll(server, second);
    settings.setDoNotDisturb('1-hour');
    settings.update({ announceRinging: true });
    const before = harness.effects.length;
    settings.setDoNotDisturb('off');
    expect(getAlertEffects(before)).toEqual([['raise', GROUPED]]);
    expect(countRings(accounts.rings)).toBe(4);
  });

  test('are not raised again after a restart', async () => {
    await startRinging();
    const known = [server, second].map((on, index) => {
      return { credentials: harness.credentials(on), color: index + 1, paused: false };
    });
    const { accounts } = harness.startWithAccounts(known);
    await harness.waitForPoll(server, second);
    expect(accounts.list.sessionKeys).toHaveLength(4);
    expect(accounts.rings).toEqual([]);
    expect(harness.open).toEqual([]);
  });
});

/** Returns the effects from an index on, without log entries. */
function getAlertEffects(since: number): readonly (readonly [string, string])[] {
  return harness.effects
    .slice(since)
    .flatMap((effect) => (effect.kind === 'log' ? [] : [[effect.kind, effect.alert.key] as const]));
}

function countRings(rings: readonly RingAlert[]): number {
  return rings.reduce(
    (count, ring) => count + (ring.kind === 'grouped-rings' ? ring.summaries.length : 1),
    0,
  );
}
