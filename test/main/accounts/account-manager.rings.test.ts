import { beforeEach, describe, expect, test } from 'vitest';
import type { DemoServer } from '../../../src/demo/server';
import { server, setUpSecondServer, world } from './account-manager-world';

const GROUPED = 'grouped-rings';

const secondServer = setUpSecondServer();
let second: DemoServer;

beforeEach(() => {
  second = secondServer.get();
});

/** Signs in on both servers, with two calls ringing on each. */
async function startRinging() {
  const started = world.start();
  expect(await started.accounts.signIn(world.request())).toBeNull();
  expect(await started.accounts.signIn(world.request({}, second))).toBeNull();
  const calls = [server, second].flatMap((on) => [
    { on, id: on.ring() },
    { on, id: on.ring() },
  ]);
  await world.polled(server, second);
  return { ...started, calls };
}

describe('four calls ringing on two accounts', () => {
  test('are one notification with their count, which the next ring joins', async () => {
    const { accounts, calls } = await startRinging();
    expect(world.open).toEqual([GROUPED]);
    expect(accounts.rings).toEqual([{ kind: 'grouped-rings', key: GROUPED, count: 4 }]);
    second.ring();
    await world.polled(server, second);
    expect(accounts.rings).toMatchObject([{ count: 5 }]);
    expect(world.open).toEqual([GROUPED]);
    for (const { on, id } of calls) on.answer(id);
    await world.polled(server, second);
    expect(accounts.rings).toMatchObject([{ kind: 'ringing', key: GROUPED }]);
  });

  test('are counted without those of an account that is paused or removed', async () => {
    const { accounts } = await startRinging();
    accounts.pause(world.accountKey(second));
    expect(accounts.rings).toMatchObject([{ kind: 'grouped-rings', count: 2 }]);
    await accounts.remove(world.accountKey(), false);
    expect(accounts.rings).toEqual([]);
    expect(world.open).toEqual([]);
  });

  test('are withdrawn together when Do Not Disturb is turned on', async () => {
    const { settings } = await startRinging();
    const before = world.effects.length;
    settings.setDoNotDisturb('1-hour');
    expect(getAlertEffects(before)).toEqual([['withdraw', GROUPED]]);
  });

  test('are raised together when Do Not Disturb is turned off', async () => {
    const { accounts, settings } = await startRinging();
    settings.update({ announceRinging: false });
    for (const on of [server, second]) for (let more = 0; more < 2; more += 1) on.ring();
    await world.polled(server, second);
    settings.setDoNotDisturb('1-hour');
    settings.update({ announceRinging: true });
    const before = world.effects.length;
    settings.setDoNotDisturb('off');
    expect(getAlertEffects(before)).toEqual([['raise', GROUPED]]);
    expect(accounts.rings).toMatchObject([{ count: 4 }]);
  });

  test('are not raised again after a restart', async () => {
    await startRinging();
    const known = [server, second].map((on, at) => {
      return { credentials: world.credentials(on), color: at + 1, paused: false };
    });
    const { accounts } = world.startWith(known);
    await world.polled(server, second);
    expect(accounts.sessionKeys).toHaveLength(4);
    expect(accounts.rings).toEqual([]);
    expect(world.open).toEqual([]);
  });
});

/** The effects after the first `since` ones, log entries left out. */
function getAlertEffects(since: number): readonly (readonly [string, string])[] {
  return world.effects
    .slice(since)
    .flatMap((effect) => (effect.kind === 'log' ? [] : [[effect.kind, effect.alert.key] as const]));
}
