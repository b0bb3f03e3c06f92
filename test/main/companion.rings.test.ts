import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { accountKey } from '../../src/main/login';
import { server, world } from './companion-world';

vi.mock('electron-store', () => import('./store/electron-store'));

const MANY = 'ringing-many';

let second: DemoServer;

beforeEach(async () => {
  second = await startDemoServer({ scenario: false });
});

afterEach(async () => {
  // Nothing may ask it any more.
  world.end();
  await second.close();
});

/** A companion that a person has signed in on both servers, with two calls ringing on each. */
async function twoOnEach() {
  const started = world.started(undefined);
  expect(await started.companion.signIn(world.typed())).toBeNull();
  expect(await started.companion.signIn(world.typed({}, second))).toBeNull();
  const calls = [server, second].flatMap((on) => [
    { on, id: on.ring() },
    { on, id: on.ring() },
  ]);
  await bothPolled();
  return { ...started, calls };
}

async function bothPolled(): Promise<void> {
  await world.polled();
  await world.polled(second);
}

describe('four calls that ring on two accounts', () => {
  test('are one notification that counts them, and the next one joins them', async () => {
    const { companion, calls } = await twoOnEach();
    expect(world.open).toEqual([MANY]);
    expect(companion.rings).toEqual([{ kind: 'ringing-many', key: MANY, count: 4 }]);
    second.ring();
    await bothPolled();
    expect(companion.rings).toMatchObject([{ count: 5 }]);
    expect(world.open).toEqual([MANY]);
    for (const { on, id } of calls) on.answer(id);
    await bothPolled();
    expect(companion.rings).toMatchObject([{ kind: 'ringing', key: MANY }]);
  });

  test('are as many fewer as ring on an account that is paused or goes', async () => {
    const { companion } = await twoOnEach();
    companion.pause(accountKey(world.login(second)));
    expect(companion.rings).toMatchObject([{ kind: 'ringing-many', count: 2 }]);
    await companion.remove(accountKey(world.login()), false);
    expect(companion.rings).toEqual([]);
    expect(world.open).toEqual([]);
  });

  test('go from the screen at once when do not disturb begins, none of them by itself', async () => {
    const { companion } = await twoOnEach();
    const before = world.effects.length;
    companion.setSilence('1-hour');
    expect(told(before)).toEqual([['withdraw', MANY]]);
  });

  test('come to the screen at once when rings are told of again, none of them by itself', async () => {
    const { companion } = await twoOnEach();
    companion.changeSettings({ announceRinging: false });
    for (const on of [server, second]) for (let more = 0; more < 2; more += 1) on.ring();
    await bothPolled();
    companion.setSilence('1-hour');
    companion.changeSettings({ announceRinging: true });
    const before = world.effects.length;
    companion.setSilence('off');
    expect(told(before)).toEqual([['raise', MANY]]);
    expect(companion.rings).toMatchObject([{ count: 4 }]);
  });

  test('are not told again by the next run', async () => {
    await twoOnEach();
    const known = [server, second].map((on, at) => {
      return { login: world.login(on), colour: at + 1, paused: false };
    });
    const { companion } = world.startedWith(known);
    await bothPolled();
    expect(companion.order).toHaveLength(4);
    expect(companion.rings).toEqual([]);
    expect(world.open).toEqual([]);
  });
});

/** What happened on the screen since so many effects, logs left out. */
function told(since: number): readonly (readonly [string, string])[] {
  return world.effects
    .slice(since)
    .flatMap((effect) => (effect.kind === 'log' ? [] : [[effect.kind, effect.alert.key] as const]));
}
