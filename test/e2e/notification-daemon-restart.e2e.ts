/** A notification daemon that restarts or hangs, and an app that is killed. */
import { expect, test } from '@playwright/test';
import { NotificationDaemon } from './desktop/notification-daemon';
import { ADA, GRACE, TestApp } from './support/test-app';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create();
  await testApp.launchSignedIn();
});

test.afterEach(async () => {
  await testApp.close();
});

test('shows only the ringing call again after the notification daemon restarts', async () => {
  const { server } = testApp;
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  await testApp.daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  const id = server.ring(GRACE);
  await testApp.daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await testApp.settle();
  testApp.daemon.close();

  const daemon = await NotificationDaemon.start(testApp.busAddress);
  try {
    const shown = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    // Waits for the next check of the daemon, which must not repeat anything.
    for (let polls = 0; polls < 5; polls += 1) await testApp.waitForPoll();
    expect(daemon.received.map(({ title }) => title)).toEqual([
      'Grace Hopper is calling Bright Dental',
    ]);
    server.answer(id);
    await daemon.waitForClosed(shown.id);
    await testApp.settle();
    expect(daemon.received).toHaveLength(1);
  } finally {
    daemon.close();
  }
});

test('opens the call when its notification is clicked after the restart', async () => {
  const { server } = testApp;
  server.ring(GRACE);
  await testApp.daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await testApp.settle();
  testApp.daemon.close();
  const daemon = await NotificationDaemon.start(testApp.busAddress);
  try {
    const shown = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    daemon.click(shown.id);
    const page = await testApp.app.mainPage();
    await expect(page.getByRole('heading', { name: /Grace Hopper/ }).first()).toBeVisible();
  } finally {
    daemon.close();
  }
});

test('keeps polling while the notification daemon hangs, and shows each call once afterward', async () => {
  const { server, daemon, tray } = testApp;
  const resume = daemon.hang();
  const answered = server.ring(ADA);
  server.ring(GRACE);
  await tray.waitForTooltip(/Ringing/);
  server.answer(answered, { by: 'Maya Kent' });
  await testApp.settle();
  expect(daemon.received).toEqual([]);
  resume();
  await daemon.waitForOpen({ title: /Grace Hopper/ });
  await expect.poll(() => daemon.open.length).toBe(1);
  expect(daemon.findAll({ title: /Grace Hopper/ })).toHaveLength(1);
});

test('closes what a killed run left on the screen', async () => {
  const { server, daemon } = testApp;
  const id = server.ring(GRACE);
  const left = await daemon.waitForOpen({ title: /Grace Hopper/ });
  await testApp.settle();
  await testApp.app.kill();
  server.answer(id);
  await testApp.launchSignedIn();
  await daemon.waitForClosed(left.id);
  expect(daemon.open).toEqual([]);
});
