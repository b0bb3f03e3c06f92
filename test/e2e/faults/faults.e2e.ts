/**
 * Every fault against the real client on the real Electron: the app lives, says what is wrong,
 * recovers by itself, and the next call rings exactly once.
 */
import { expect, test } from '@playwright/test';
import { putInReadme } from './readme';
import { FaultStage, ringOf, SOON } from './stage';
import { FAULTS, type Row } from './table';

/** The time limit of the app. */
const REQUEST_TIMEOUT_MS = 15_000;

/** MiB that a process may take more while it is sent more than it can use. */
const ROOM = 140;

let stage: FaultStage;

test.beforeAll(async () => {
  stage = await FaultStage.set();
});

test.afterAll(async () => {
  await stage.strike();
});

for (const row of FAULTS) {
  test(row.fault, async () => {
    const { probe, elsewhere } = stage;
    await stage.pollAt(row.origin?.(stage) ?? stage.login().origin);
    await probe.limitTo(row.limit ?? REQUEST_TIMEOUT_MS);
    await endure(row);
    expect(elsewhere.requests).toEqual([]);
    expect((await probe.state()).errors).toEqual([]);
    expect(probe.isRunning).toBe(true);
  });
}

test('the list of faults in README.md is this one', async () => {
  await putInReadme(FAULTS, test.info().config.updateSnapshots === 'all');
});

/** Lets a fault begin, last and end. */
async function endure(row: Row): Promise<void> {
  const { probe, server, secure, truth } = stage;
  const { raised: before } = await probe.state();
  const calmly = row.large ? await peaksOf(() => undefined) : {};

  await row.begin(stage);
  if (row.says === 'live') await stage.requests(2);
  await expect.poll(() => stage.outcome(), { ...SOON, message: 'what is said' }).toEqual(row.says);
  const { connection, setAside: skippedCount } = await probe.state();
  if (row.skippedCount !== undefined) expect(skippedCount).toBe(row.skippedCount);
  if (row.waits !== undefined) {
    const wait = 'retryAt' in connection ? connection.retryAt - Date.now() : 0;
    expect(wait).toBeGreaterThan(row.waits * 0.8);
    expect(wait).toBeLessThan(row.waits * 1.2);
  }
  if (row.large) {
    const most = await peaksOf(() => stage.requests(3));
    for (const [kind, peak] of Object.entries(most)) {
      expect(peak, `${kind}, MiB at most`).toBeLessThan((calmly[kind] ?? 0) + ROOM);
    }
  }
  const during = truth.ring();

  server.strike = undefined;
  secure.strike = undefined;
  await row.end?.(stage);
  await stage.rung(during);
  expect((await probe.state()).connection.kind).toBe('live');
  const after = truth.ring();
  await stage.rung(after);
  await stage.requests(3);

  const { raised } = await probe.state();
  const problem = row.says === 'forbidden' ? ['trouble:forbidden'] : [];
  expect(raised.slice(before.length)).toEqual([...problem, ringOf(during), ringOf(after)]);
  await stage.calm([during, after]);
}

/** The most memory (MiB) of each kind of process while something happens. */
async function peaksOf(what: () => unknown): Promise<Readonly<Record<string, number>>> {
  await stage.probe.forgetPeak();
  await what();
  return stage.probe.peaks();
}
