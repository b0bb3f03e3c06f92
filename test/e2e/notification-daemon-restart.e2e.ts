/** A notification daemon that restarts, as after a crash or an update. */
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
  server.miss(server.ring(ADA), { linger: 600 });
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
