/** A machine that sleeps, with the real client on the real Electron. */
import { expect, test } from '@playwright/test';
import { FaultStage, ringOf } from './stage';

const DAY = 24 * 3_600_000;

let stage: FaultStage;

test.beforeAll(async () => {
  stage = await FaultStage.set();
});

test.beforeEach(async () => {
  await stage.pollAt(stage.login().origin);
});

test.afterAll(async () => {
  await stage.strike();
});

test('after a day asleep it polls at once and tells the night as one digest', async () => {
  const { probe, truth, server } = stage;
  const ringing = truth.ring();
  await stage.rung(ringing);
  const { raised: before } = await probe.state();

  await probe.sleeps(DAY);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const asleep = server.requests.length;
  truth.vanish(ringing);
  for (const id of [truth.ring(), truth.ring()]) truth.miss(id, { linger: 600 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.requests).toHaveLength(asleep);

  await probe.wakes();
  await stage.until(({ withdrawn }) => withdrawn.includes(ringOf(ringing)), 'the old ring is gone');
  await stage.until(({ raised }) => raised.length > before.length, 'a digest');
  const next = truth.ring();
  await stage.rung(next);
  await stage.requests(3);
  const { raised, errors, connection } = await probe.state();
  expect(raised.slice(before.length)).toEqual([
    expect.stringMatching(/^missed-digest:/),
    ringOf(next),
  ]);
  expect(errors).toEqual([]);
  expect(connection.kind).toBe('live');
  await stage.calm([next]);
});

test('a request that sleep cuts off is tried again, and nothing is told twice', async () => {
  const { probe, truth, server } = stage;
  const id = truth.ring();
  await stage.rung(id);
  const { raised: before } = await probe.state();
  server.strike = () => undefined;
  await stage.requests(1);
  await probe.sleeps(60 * 60_000);
  // The network is gone, as it is when a machine falls asleep.
  server.hangUp();
  server.strike = undefined;
  await probe.wakes();
  await stage.until(({ connection }) => connection.kind === 'live', 'live again');
  await stage.requests(3);
  const { raised, errors } = await probe.state();
  expect(raised).toEqual(before);
  expect(errors).toEqual([]);
  await stage.calm([id]);
});
