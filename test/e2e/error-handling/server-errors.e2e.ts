/** Each error of the server and the network against the real client on a real Electron. */
import { expect, test } from '@playwright/test';
import { ERROR_CASES, type ErrorCase } from './error-cases';
import { ErrorTestBed, getRingKey, WAIT } from './error-test-bed';

/** The request timeout of the app. */
const REQUEST_TIMEOUT_MS = 15_000;

let testBed: ErrorTestBed;

test.beforeAll(async () => {
  testBed = await ErrorTestBed.create();
});

test.afterAll(async () => {
  await testBed.close();
});

for (const errorCase of ERROR_CASES) {
  test(`reports and recovers from ${errorCase.name}`, async () => {
    const { client, elsewhere } = testBed;
    await testBed.pollFrom(errorCase.origin?.(testBed) ?? testBed.login().origin);
    await client.setTimeoutMs(errorCase.timeoutMs ?? REQUEST_TIMEOUT_MS);
    await expectReportAndRecovery(errorCase);
    expect(elsewhere.requests).toEqual([]);
    expect((await client.state()).errors).toEqual([]);
    expect(client.isRunning).toBe(true);
  });
}

async function expectReportAndRecovery(errorCase: ErrorCase): Promise<void> {
  const { client, server, secure, mockServer } = testBed;
  const { raised: before } = await client.state();
  const normalPeaks =
    errorCase.maxExtraMib !== undefined ? await getPeaksDuring(() => undefined) : {};

  await errorCase.begin(testBed);
  if (errorCase.expected === 'live') await testBed.waitForRequests(2);
  await expect.poll(() => testBed.outcome(), WAIT).toEqual(errorCase.expected);
  const { connection, skippedCount } = await client.state();
  if (errorCase.skippedCount !== undefined) expect(skippedCount).toBe(errorCase.skippedCount);
  if (errorCase.retryAfterMs !== undefined) {
    const wait = 'retryAt' in connection ? connection.retryAt - Date.now() : 0;
    expect(wait).toBeGreaterThan(errorCase.retryAfterMs * 0.8);
    expect(wait).toBeLessThan(errorCase.retryAfterMs * 1.2);
  }
  if (errorCase.maxExtraMib !== undefined) {
    const peaks = await getPeaksDuring(() => testBed.waitForRequests(3));
    for (const [type, peak] of Object.entries(peaks)) {
      expect(peak, `${type}, MiB`).toBeLessThan((normalPeaks[type] ?? 0) + errorCase.maxExtraMib);
    }
  }
  const during = mockServer.ring();

  server.pollResponse = undefined;
  secure.pollResponse = undefined;
  await errorCase.end?.(testBed);
  await testBed.waitForRing(during);
  expect((await client.state()).connection.kind).toBe('live');
  const after = mockServer.ring();
  await testBed.waitForRing(after);
  await testBed.waitForRequests(3);

  const { raised } = await client.state();
  const problem = errorCase.expected === 'forbidden' ? ['connection-problem:forbidden'] : [];
  expect(raised.slice(before.length)).toEqual([...problem, getRingKey(during), getRingKey(after)]);
  await testBed.endCalls([during, after]);
}

/** The peak memory of each type of process while something happens, in MiB. */
async function getPeaksDuring(action: () => unknown): Promise<Readonly<Record<string, number>>> {
  await testBed.client.resetPeakMemory();
  await action();
  return testBed.client.getPeakMemory();
}
