import { readlink, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { formatMenu } from './desktop/dbus-menu';
import { ADA, GRACE, now, toServerTime, TestApp } from './support/test-app';
import {
  closeWindow,
  expectDetails,
  isWindowVisible,
  findRow,
  openFromTray,
} from './support/main-window';

let testApp: TestApp;

test.beforeAll(async () => {
  testApp = await TestApp.create();
  await testApp.launchSignedIn();
});

test.beforeEach(async () => {
  if (testApp.app.isRunning) await testApp.reset();
});

test.afterAll(async () => {
  await testApp.close();
});

test('starts hidden with nothing but a tray icon when the environment has credentials', async () => {
  const windows = await testApp.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(windows).toBe(0);
  expect(testApp.tray.hasItem).toBe(true);
  expect(testApp.daemon.received).toEqual([]);
  await testApp.tray.waitForTooltip(/no calls/i);
});

test('announces a ringing call with caller, customer, endpoint, and number', async () => {
  const { server, daemon } = testApp;
  const since = now();
  server.ring(GRACE);
  const { body, at, actions } = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  expect(body).toBe('+1 202-555-0147 · Front desk · Northside Group');
  expect(actions).toContain('default');
  expect(testApp.pollTimes(since, toServerTime(at))).toHaveLength(1);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
});

test('withdraws the notification with the first poll after the call is answered', async () => {
  const { server, daemon } = testApp;
  const id = server.ring(GRACE);
  const ringing = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  const since = now();
  server.answer(id);
  const { at, by } = await daemon.waitForClosed(ringing.id);
  expect(by).toBe('app');
  expect(testApp.pollTimes(since, toServerTime(at))).toHaveLength(1);
  await testApp.settle();
  expect(daemon.received).toHaveLength(1);
});

test('shows an outgoing call without announcing it', async () => {
  const { server, daemon, tray } = testApp;
  server.ring({ ...GRACE, direction: 'Outgoing', displayName: 'Grace Hopper' });
  await tray.waitForTooltip(/^1 call/);
  await testApp.settle();
  expect(daemon.received).toEqual([]);
});

test('opens the details when the notification of a ringing call is clicked', async () => {
  const { server, daemon, app } = testApp;
  server.ring(GRACE);
  daemon.click((await daemon.waitForOpen({ title: /^Grace Hopper is calling/ })).id);
  const page = await app.mainPage();
  await expectDetails(page, 'Grace Hopper');
  for (const text of [/Northside Group › Bright Dental/, /\+1 202[- ]555[- ]0147/, /Front desk/]) {
    await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible();
  }
});

test('announces a missed call once and opens it when the notification is clicked', async () => {
  const { server, daemon, app } = testApp;
  const id = server.ring(ADA);
  const ringing = await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  server.miss(id, { listedSeconds: 600 });
  await daemon.waitForClosed(ringing.id);
  const missed = await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  expect(missed.body).toMatch(/^Harbor Legal · \d{1,2}:\d{2}.* · rang \d+ s/);
  await testApp.settle();
  server.vanish(id);
  await testApp.settle();
  expect(daemon.findAll({ title: /^Missed/ })).toHaveLength(1);
  daemon.click(missed.id);
  await expectDetails(await app.mainPage(), 'Ada Byron');
});

test('lists the sessions with their phases', async () => {
  const { server, tray, app } = testApp;
  const talking = server.ring(ADA);
  server.answer(talking);
  server.ring(GRACE);
  await tray.waitForTooltip(/^Ringing/);
  await tray.clickMenu([/^Open/]);
  const page = await app.mainPage();
  await expect(findRow(page, /Grace Hopper.*ringing|ringing.*Grace Hopper/i)).toBeVisible();
  await expect(findRow(page, /Ada Byron.*connected|connected.*Ada Byron/i)).toBeVisible();
  server.hold(talking);
  await expect(findRow(page, /Ada Byron.*hold|hold.*Ada Byron/i)).toBeVisible();
});

test('shows the status in the tooltip and the menu of the tray icon', async () => {
  const { server, tray, app } = testApp;
  const id = server.ring(GRACE);
  await tray.waitForTooltip('Ringing: Grace Hopper for Bright Dental');
  const menu = formatMenu(await tray.menu());
  expect(menu).toContainEqual(expect.stringMatching(/Grace Hopper.*ringing/i));
  expect(menu).toContainEqual(expect.stringMatching(/Do Not Disturb/));
  expect(menu).toContainEqual(expect.stringMatching(/Refresh/));
  expect(menu).toContainEqual(expect.stringMatching(/Settings/));
  expect(menu).toContainEqual(expect.stringMatching(/Quit/));
  server.answer(id);
  await tray.waitForTooltip(/^1 call(?! is)/);
  await tray.clickMenu([/Grace Hopper.*connected/i]);
  await expectDetails(await app.mainPage(), 'Grace Hopper');
});

test('opens the window by a click on the icon and announces calls after it is closed', async () => {
  const { server, daemon, app } = testApp;
  await closeWindow(app);
  await openFromTray(testApp);
  await closeWindow(app);
  server.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
});

test('counts a missed call until it is marked as done or returned', async () => {
  const { server, tray, app } = testApp;
  server.miss(server.ring(GRACE), { listedSeconds: 600 });
  const { tooltip } = await tray.waitForTooltip(/^\d+ to call back/);
  await tray.clickMenu([/^\d+ to call back/]);
  const page = await app.mainPage();
  const done = page.getByRole('button', { name: 'Done with Grace Hopper' });
  await done.click();
  await expect(done).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(done).toBeVisible();
  await tray.waitForTooltip(tooltip);
  const outgoing = server.ring({ direction: 'Outgoing', toAddress: 'tel:+1-202-555-0147' });
  await expect(done).toHaveCount(0);
  await tray.waitFor((state) => state.tooltip !== tooltip, 'one call less to return');
  server.vanish(outgoing);
});

test('passes the deep link of a second instance to the first one', async () => {
  const { server, app } = testApp;
  const id = server.ring(ADA);
  await testApp.daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  const second = await testApp.launchSecondInstance({
    args: [`ringside://session/${id}`],
    debuggable: false,
  });
  expect(await second.exitCode()).toBe(0);
  await expectDetails(await app.mainPage(), 'Ada Byron');
});

test('reaches the first instance even if the system has deleted the cookie of its socket', async () => {
  const { app, profile } = testApp;
  await closeWindow(app);
  const socket = await readlink(join(profile, 'SingletonSocket'));
  await rm(join(dirname(socket), 'SingletonCookie'));
  const second = await testApp.launchSecondInstance({ args: [], debuggable: false });
  expect(await second.exitCode()).toBe(0);
  await expect.poll(() => isWindowVisible(app)).toBe(true);
});

test('passes the Do Not Disturb option of a second instance to the first one without opening the window', async () => {
  const { tray, app } = testApp;
  const launchSecond = async (...args: readonly string[]): Promise<void> => {
    const second = await testApp.launchSecondInstance({ args, debuggable: false });
    expect(await second.exitCode()).toBe(0);
  };
  await closeWindow(app);
  await launchSecond('--do-not-disturb=1-hour', '--hidden');
  await tray.waitForTooltip(/Do Not Disturb/);
  await launchSecond('--do-not-disturb=off', '--hidden');
  await tray.waitForTooltip(/^(?!.*Do Not Disturb)/);
  await launchSecond('--do-not-disturb=1-hour', 'ringside://silence/1-hour', '--hidden');
  await testApp.waitForPoll();
  expect(await isWindowVisible(app)).toBe(false);
  expect(tray.current?.tooltip).not.toContain('Do Not Disturb');
});

test('falls back to /sessions/active on a server without /sessions/my', async () => {
  const { server, daemon } = testApp;
  server.fault({ path: '/sessions/my', status: 404 });
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  expect(server.requests.at(-1)?.path).toMatch(/^\/sessions\/active/);
});

test('shows the age of the calls while offline, and recovers', async () => {
  const { server, daemon, tray, app } = testApp;
  server.ring(GRACE);
  daemon.click((await daemon.waitForOpen({ title: /^Grace Hopper is calling/ })).id);
  const page = await app.mainPage();
  server.fault({ path: '/sessions/my', reset: true });
  server.fault({ path: '/sessions/active', reset: true });
  await tray.clickMenu([/^Open/]);
  await expect(page.getByText(/offline for \d+/i).first()).toBeVisible();
  await expect(page.getByText(/last updated \d+ .* ago/i).first()).toBeVisible();
  await expect(page.getByText(/trying (again|now)/i).first()).toBeVisible();
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await expect(page.getByText(/offline/i)).toHaveCount(0);
});

test('withdraws all notifications when it quits', async () => {
  const { server, daemon, tray, app } = testApp;
  server.miss(server.ring(ADA));
  server.ring(GRACE);
  const ringing = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await tray.clickMenu([/^Quit/]);
  expect(await app.exitCode()).toBe(0);
  await daemon.waitForAllClosed();
  expect((await daemon.waitForClosed(ringing.id)).by).toBe('app');
  await tray.waitForRemoval();
});

test('withdraws all notifications when it is terminated', async () => {
  const { server, daemon } = testApp;
  await testApp.launchSignedIn();
  server.ring(ADA);
  const ringing = await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  await testApp.app.quit();
  await daemon.waitForAllClosed();
  expect((await daemon.waitForClosed(ringing.id)).by).toBe('app');
});
