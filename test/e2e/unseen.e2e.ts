import { expect, test } from '@playwright/test';
import { menuLines } from './desktop/menu';
import { ADA, GRACE, Stage } from './stage';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set();
});

test.afterEach(async () => {
  await stage.strike();
});

test('a window that nobody sees does not look at missed calls', async () => {
  const { server, daemon, tray } = stage;
  // Without pages: a page that a test holds believes itself to be visible when its window is not.
  await stage.startSignedIn({ pages: false });
  server.miss(server.ring(GRACE), { linger: 600 });
  await tray.waitForTooltip(/^1 missed/);
  await tray.clickMenu([/^1 missed call/]);
  await tray.waitForTooltip(/no calls/i);
  await daemon.waitForNoneOpen();

  // A click on the icon hides the window, which stays at the missed calls.
  await tray.activate();
  server.miss(server.ring(ADA), { linger: 600 });
  const missed = await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await stage.settled();
  expect(daemon.open).toEqual([missed]);
  await tray.waitForTooltip(/^1 missed/);

  // When it is shown again, the person sees them.
  await tray.activate();
  await tray.waitForTooltip(/no calls/i);
  await daemon.waitForNoneOpen();
});

test('nor does one that was left at the details of the call that is then missed', async () => {
  const { server, daemon, tray } = stage;
  await stage.startSignedIn({ pages: false });
  const looked = server.ring(GRACE);
  server.miss(server.ring(ADA), { linger: 600 });
  daemon.click((await daemon.waitForOpen({ title: 'Missed call from Ada Byron' })).id);
  await expect.poll(async () => menuLines(await tray.menu()).join()).toMatch(/no missed calls/i);
  await tray.clickMenu([/^Grace Hopper/]);
  await stage.settled();
  await tray.activate();
  server.miss(looked, { linger: 600 });
  const missed = await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await stage.settled();
  expect(daemon.open).toEqual([missed]);
  await tray.waitForTooltip(/^1 missed/);
});
