import { expect, test } from '@playwright/test';
import { StatusNotifierHost } from './desktop/status-notifier-host';
import { GRACE, TestApp } from './support/test-app';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create();
});

test.afterEach(async () => {
  await testApp.close();
});

test('shows the icon in a panel that starts after Ringside', async () => {
  // At login, the panel and the autostarted apps start at the same time.
  testApp.tray.close();
  await testApp.launchSignedIn({ debuggable: false });
  const panel = await StatusNotifierHost.start(testApp.busAddress);
  try {
    await panel.waitForTooltip(/no calls/i);
    testApp.server.ring(GRACE);
    await panel.waitForTooltip(/^Ringing: Grace Hopper/);
    await panel.clickMenu([/^Quit/]);
    await testApp.app.exitCode();
    await panel.waitForRemoval();
  } finally {
    panel.close();
  }
});

test('shows the icon again in a panel that restarts', async () => {
  await testApp.launchSignedIn({ debuggable: false });
  await testApp.tray.waitForTooltip(/no calls/i);
  testApp.tray.close();
  const panel = await StatusNotifierHost.start(testApp.busAddress);
  try {
    await panel.waitForTooltip(/no calls/i);
    expect(panel.hasItem).toBe(true);
  } finally {
    panel.close();
  }
});
