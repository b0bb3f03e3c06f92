import { expect, test } from '@playwright/test';
import { TrayHost } from './desktop/tray';
import { GRACE, Stage } from './stage';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set();
});

test.afterEach(async () => {
  await stage.strike();
});

test('shows the tray icon in a panel that starts after Ringside', async () => {
  // A desktop session starts its panel and Ringside at the same time.
  stage.tray.close();
  await stage.startSignedIn({ pages: false });
  const panel = await TrayHost.start(stage.busAddress);
  try {
    await panel.waitForTooltip(/no calls/i);
    stage.server.ring(GRACE);
    await panel.waitForTooltip(/^Ringing: Grace Hopper/);
    await panel.clickMenu([/^Quit/]);
    await stage.app.ended();
    await panel.waitForNone();
  } finally {
    panel.close();
  }
});

test('shows the tray icon again after a restart of the panel', async () => {
  await stage.startSignedIn({ pages: false });
  await stage.tray.waitForTooltip(/no calls/i);
  stage.tray.close();
  const panel = await TrayHost.start(stage.busAddress);
  try {
    await panel.waitForTooltip(/no calls/i);
    expect(panel.hasItem).toBe(true);
  } finally {
    panel.close();
  }
});
