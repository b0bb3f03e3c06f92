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

test('a panel that starts after Ringside has its icon all the same', async () => {
  // As at a login, where the panel and what starts with it are started side by side.
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

test('a panel that is started anew has the icon again', async () => {
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

test('a panel that is added much later is found when the window is opened', async () => {
  stage.tray.close();
  const { electron } = await stage.startSignedIn();
  // As if the two minutes were over in which it looks by itself: the next look would never come.
  await electron.evaluate(() => {
    const later = setTimeout;
    globalThis.setTimeout = ((what: () => void, ms: number) => {
      const isLook = ms === 3_000;
      if (isLook) process.env['LOOKED'] = 'for the last time';
      return later(what, isLook ? 2 ** 31 - 1 : ms);
    }) as typeof setTimeout;
  });
  await expect.poll(() => electron.evaluate(() => process.env['LOOKED'])).toBeDefined();
  const panel = await TrayHost.start(stage.busAddress);
  try {
    expect(panel.hasItem).toBe(false);
    const second = await stage.startBeside({ args: [], pages: false });
    await second.ended();
    await panel.waitForTooltip(/no calls/i);
  } finally {
    panel.close();
  }
});
