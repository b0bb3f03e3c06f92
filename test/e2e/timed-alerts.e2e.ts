/** Alerts that depend on elapsed time. */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { advanceClock } from './support/clock';
import { REPOSITORY } from './support/electron-app';
import { ADA, ALAN, GRACE, TestApp } from './support/test-app';

const MINUTE = 60_000;

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, holdMinutes: 1 } });
});

test.afterEach(async () => {
  await testApp.close();
});

test('announces a long hold once and withdraws it when the call is resumed', async () => {
  const { server, daemon } = testApp;
  const id = server.ring(GRACE);
  server.answer(id);
  server.hold(id);
  const app = await testApp.launchSignedIn();
  await advanceClock(app, 50_000);
  await testApp.settle();
  expect(daemon.received).toEqual([]);
  await advanceClock(app, 10_000);
  const alert = await daemon.waitForOpen({ title: /Grace Hopper.*hold/ });
  expect(alert.body).toContain('Bright Dental');
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
  server.resume(id);
  await daemon.waitForClosed(alert.id);
});

test('announces a lost connection after a minute and withdraws it when it is back', async () => {
  const { daemon, server, tray } = testApp;
  const app = await testApp.launchSignedIn();
  server.fault({ reset: true });
  await tray.waitForTooltip(/offline/i);
  await advanceClock(app, 50_000);
  await testApp.waitForPoll();
  expect(daemon.received).toEqual([]);
  await advanceClock(app, 10_000);
  const alert = await daemon.waitForOpen({});
  expect(alert.title).toMatch(/can’t (connect|reach)|connection/i);
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await daemon.waitForClosed(alert.id);
  expect(daemon.received).toHaveLength(1);
});

test('announces the calls missed while it was not running in one notification', async () => {
  const { daemon, server, tray } = testApp;
  const rings = [GRACE, ADA].map((caller) => server.ring(caller));
  await testApp.launchSignedIn();
  await testApp.app.quit();
  for (const id of rings) server.vanish(id);
  server.miss(server.ring(ALAN), { linger: 600 });
  daemon.reset();

  await testApp.launchSignedIn({ appFolder: await createAppWithClockAhead(2 * MINUTE) });
  const alert = await daemon.waitForOpen({ title: '3 missed calls while you were away' });
  for (const { fromName } of [GRACE, ADA, ALAN]) expect(alert.body).toContain(fromName);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
  await tray.waitForTooltip(/3 to call back/);
});

test('announces calls that were never listed while it was running in one notification', async () => {
  const { daemon, server, tray } = testApp;
  const known = server.ring(GRACE);
  await testApp.launchSignedIn();
  await testApp.app.quit();
  server.answer(known);
  server.end(known, { linger: 0 });
  for (const caller of [GRACE, ADA, ALAN]) server.miss(server.ring(caller), { linger: 0 });
  daemon.reset();

  await testApp.launchSignedIn({ appFolder: await createAppWithClockAhead(2 * MINUTE) });
  const alert = await daemon.waitForOpen({ title: '3 missed calls while you were away' });
  for (const { fromName } of [GRACE, ADA, ALAN]) expect(alert.body).toContain(fromName);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
  await tray.waitForTooltip(/3 to call back/);
});

test('announces calls that started and ended during an outage in one notification', async () => {
  const { daemon, server, tray } = testApp;
  server.answer(server.ring(GRACE));
  const app = await testApp.launchSignedIn();
  await tray.waitForTooltip(/1 call/);
  server.fault({ reset: true });
  await tray.waitForTooltip(/offline/i);
  for (const caller of [ADA, ALAN]) server.miss(server.ring(caller), { linger: 0 });
  await advanceClock(app, 70_000);
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await testApp.waitForPoll();
  // The history is read within half a minute after an outage.
  await advanceClock(app, 30_000);
  const alert = await daemon.waitForOpen({ title: '2 missed calls while you were away' });
  expect(alert.body).toMatch(/Ada Byron|Alan Turing/);
});

test('asks for the call history once if the server refuses it', async () => {
  const { daemon, server } = testApp;
  server.history('refused');
  await testApp.launchSignedIn();
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await testApp.settle();
  const asked = server.requests.filter(({ path }) => path.startsWith('/sessions?startDate'));
  expect(asked).toHaveLength(1);
});

/** Wraps the built Ringside in an app that sets the clock ahead before anything else runs. */
async function createAppWithClockAhead(ms: number): Promise<string> {
  const folder = join(testApp.profile, '..', 'app');
  await mkdir(folder);
  for (const name of ['out', 'resources', 'node_modules']) {
    await symlink(join(REPOSITORY, name), join(folder, name));
  }
  const manifest = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as object;
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, main: './clock-ahead.js' }),
  );
  await writeFile(
    join(folder, 'clock-ahead.js'),
    `const now = Date.now; Date.now = () => now() + ${ms}; await import('./out/main/index.js');`,
  );
  return folder;
}
