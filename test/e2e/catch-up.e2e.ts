/** Calls that started and ended while Ringside was off, asleep, or offline. */
import { expect, test } from '@playwright/test';
import type { SessionFields } from '../../src/demo/api-types';
import type { LogPage } from '../../src/shared/ipc';
import { advanceClock } from './support/clock';
import { signIn } from './support/main-window';
import { ADA, ALAN, GRACE, TestApp } from './support/test-app';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Someone else's call, which the history may include. */
const OTHERS: SessionFields = { endpointId: 'E-12', endpointName: 'Desk 12', members: [] };

let testApp: TestApp;
/** How far the app's clock is ahead. */
let ahead = 0;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  await testApp.launchSignedIn({ args: [] });
});

test.beforeEach(async () => {
  await testApp.reset();
  const page = await testApp.app.mainPage();
  await page.evaluate(() => window.ringside.request('log:mark-seen', 'all'));
});

test.afterAll(async () => {
  await testApp.close();
});

test('announces the calls missed while the computer slept in one notification', async () => {
  const { app, daemon, server } = testApp;
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  missCalls(GRACE, ADA, ALAN);
  missCalls({ ...OTHERS, fromName: 'Someone else' });
  await pass(8 * HOUR);
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  const alert = await daemon.waitForOpen({ title: '3 missed calls while you were away' });
  for (const { fromName } of [GRACE, ADA, ALAN]) expect(alert.body).toContain(fromName);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
  expect(server.state().sessions).toEqual([]);
});

test('announces the calls missed during an outage of 70 s in one notification', async () => {
  const { daemon, server, tray } = testApp;
  server.fault({ reset: true });
  await tray.waitForTooltip(/offline/i);
  missCalls(ADA, ALAN);
  await pass(70_000);
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await tray.waitForTooltip(/^(?!.*offline)/i);
  // The history is read within 30 seconds of an outage.
  await pass(30_000);
  const alert = await daemon.waitForOpen({ title: '2 missed calls while you were away' });
  expect(alert.body).toMatch(/Ada Byron|Alan Turing/);
});

test('announces calls that rang before it quit, or are still listed, in one notification', async () => {
  const { daemon, server } = testApp;
  const rings = [GRACE, ADA].map((caller) => server.ring(caller));
  await testApp.settle();
  await testApp.app.quit();
  for (const id of rings) server.vanish(id);
  server.miss(server.ring(ALAN), { listedSeconds: 600 });
  daemon.reset();
  await launchAfter(2 * MINUTE);
  const alert = await daemon.waitForOpen({ title: '3 missed calls while you were away' });
  for (const { fromName } of [GRACE, ADA, ALAN]) expect(alert.body).toContain(fromName);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
});

test('announces 130 calls missed overnight once and logs only the user’s calls', async () => {
  const { daemon, server, tray } = testApp;
  await testApp.app.quit();
  missCalls(...Array.from({ length: 129 }, () => ALAN), GRACE);
  missCalls(...Array.from({ length: 30 }, () => ({ ...OTHERS, fromName: 'Someone else' })));
  const answered = server.ring(ADA);
  server.answer(answered);
  server.end(answered, { listedSeconds: 0 });
  daemon.reset();
  const before = testApp.historyRequests.length;

  await launchAfter(14 * HOUR);
  const alert = await daemon.waitForOpen({ title: '130 missed calls while you were away' });
  expect(alert.body).toContain('Grace Hopper');
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
  expect(testApp.historyRequests.slice(before)).toHaveLength(2);
  await tray.waitForTooltip(/to call back/);
  const page = await testApp.app.mainPage();
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await expect(page.getByText(/^While you were away · .+ – .+/)).toBeVisible();
  const [found] = (await searchLog('Ada Byron')).entries;
  expect(found).toMatchObject({ outcome: { kind: 'answered', isOwn: true }, isSeen: true });
  expect((await searchLog('Someone else')).total).toBe(0);
});

test('announces every missed call once when it is killed while it reads the history', async () => {
  const { daemon, server, tray } = testApp;
  await testApp.app.quit();
  missCalls(...Array.from({ length: 130 }, () => ({ fromName: 'Katherine Johnson' })));
  daemon.reset();
  const before = testApp.historyRequests.length;
  server.fault({ path: '/sessions', delayMs: 1_000 });
  const isSecondPageRequested = (): boolean => testApp.historyRequests.length === before + 2;
  await launchAfter(HOUR);
  await expect.poll(isSecondPageRequested, { intervals: [20] }).toBe(true);
  await testApp.app.kill();
  expect(daemon.received).toEqual([]);
  server.clearFaults();

  await launchAfter(0);
  await daemon.waitForOpen({ title: '130 missed calls while you were away' });
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
  await tray.waitForTooltip(/to call back/);
  expect((await searchLog('Katherine Johnson')).total).toBe(130);
  await testApp.app.kill();
  await launchAfter(2 * MINUTE);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
});

test('asks for the call history once if the server refuses it', async () => {
  const { daemon, server } = testApp;
  await testApp.app.quit();
  server.setMode('history', 'refused');
  const before = testApp.historyRequests.length;
  await launchAfter(HOUR);
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await testApp.settle();
  expect(testApp.historyRequests.slice(before)).toHaveLength(1);
  const page = await testApp.app.mainPage();
  await page.keyboard.press('Control+,');
  await expect(page.getByText('Call history isn’t available for this account.')).toBeVisible();
  server.setMode('history', 'ok');
});

test('loads earlier calls, looks up a call, and signs in and out without changing anything', async () => {
  const { server, daemon } = testApp;
  await testApp.app.quit();
  server.clear();
  const date = new Date(Date.now() - 72 * HOUR).toISOString();
  missCalls({ fromName: 'Mary Jackson', dateCreated: date, dateCompleted: date });
  const page = await (await testApp.launch({ signedIn: false, args: [] })).mainPage();
  await signIn(page, server);
  await page.evaluate(() => window.ringside.request('log:clear'));
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await page.getByRole('button', { name: 'Show earlier calls' }).click();
  await expect(page.getByText('Mary Jackson')).toBeVisible();
  const id = server.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  server.vanish(id);
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  const isSignedOut = (): boolean => server.requests.some(({ path }) => path === '/auth/logout');
  await expect.poll(isSignedOut).toBe(true);
  expect(testApp.lookupRequests).not.toEqual([]);
  expect(testApp.writingRequests).toEqual([]);
});

test('shows a digest of the night in the demo', async () => {
  await testApp.app.quit();
  testApp.daemon.reset();
  await testApp.launch({ signedIn: false, args: ['--demo'] });
  await testApp.daemon.waitForOpen({ title: '4 missed calls while you were away' });
});

/** Lets calls ring and be missed before Ringside can see them. */
function missCalls(...calls: readonly SessionFields[]): void {
  const { server } = testApp;
  for (const call of calls) server.miss(server.ring(call), { listedSeconds: 0 });
}

async function searchLog(search: string): Promise<LogPage> {
  const page = await testApp.app.mainPage();
  return page.evaluate(
    (text) =>
      window.ringside.request('log:query', { search: text, only: 'all', offset: 0, limit: 1 }),
    search,
  );
}

/** Moves the clock of the running app ahead. */
async function pass(ms: number): Promise<void> {
  ahead += ms;
  await advanceClock(testApp.app, ms);
}

/** Launches Ringside after some time. */
async function launchAfter(ms: number): Promise<void> {
  ahead += ms;
  await testApp.launchLater(ahead, { args: [] });
}
