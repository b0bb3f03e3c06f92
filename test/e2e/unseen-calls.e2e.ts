import { expect, test } from '@playwright/test';
import { ADA, GRACE, TestApp } from './support/test-app';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create();
});

test.afterEach(async () => {
  await testApp.close();
});

test('marks missed calls as seen only while the window is visible', async () => {
  const { server, daemon, tray } = testApp;
  // Playwright makes pages visible even in a hidden window.
  await testApp.launchSignedIn({ debuggable: false });
  server.miss(server.ring(GRACE), { listedSeconds: 600 });
  // Only once it's closed again has the window been visible.
  const { id } = await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await tray.clickMenu([/^1 to call back/]);
  await daemon.waitForClosed(id);

  // A click on the icon hides the window, which keeps showing the missed calls.
  await tray.activate();
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  const missed = await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await testApp.settle();
  expect(daemon.open).toEqual([missed]);
  await tray.waitForTooltip(/^2 to call back/);

  // Another click shows it again.
  await tray.activate();
  await daemon.waitForAllClosed();
});

test('keeps a missed call unseen after a link and takes no focus', async () => {
  const { server, daemon } = testApp;
  const app = await testApp.launchSignedIn();
  server.miss(server.ring(GRACE), { listedSeconds: 600 });
  const missed = await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await app.evaluate(({ app }) => {
    app.emit('second-instance', {}, ['ringside', 'ringside://missed']);
  });
  const page = await app.mainPage();
  await expect(page.getByRole('radio', { name: 'To call back' })).toBeChecked();
  await page
    .getByRole('button', { name: /Grace Hopper/ })
    .first()
    .waitFor();
  await testApp.settle();
  expect(daemon.open).toEqual([missed]);
  await page.getByRole('radio', { name: 'To call back' }).click();
  await daemon.waitForAllClosed();
});

test('keeps a missed call unseen while a hidden window shows its details', async () => {
  const { server, daemon, tray } = testApp;
  await testApp.launchSignedIn({ debuggable: false });
  const ringing = server.ring(GRACE);
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  daemon.click((await daemon.waitForOpen({ title: 'Missed call from Ada Byron' })).id);
  await tray.clickMenu([/^Grace Hopper/]);
  await testApp.settle();
  await tray.activate();
  server.miss(ringing, { listedSeconds: 600 });
  const missed = await daemon.waitForOpen({
    title: /^(?:Missed call from Grace Hopper|2 missed calls)$/,
  });
  await testApp.settle();
  expect(daemon.open).toEqual([missed]);
});
