/** Alerts that depend on elapsed time. */
import { expect, test } from '@playwright/test';
import { advanceClock } from './support/clock';
import { GRACE, TestApp } from './support/test-app';

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
