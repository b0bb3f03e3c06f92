/** Do Not Disturb from the tray menu and from the weekly schedule. */
import { expect, test, type Page } from '@playwright/test';
import { formatMenu } from './desktop/dbus-menu';
import { advanceClock, advancePageClock, getClock } from './support/clock';
import { ADA, GRACE, TestApp } from './support/test-app';

const MINUTE = 60_000;

let testApp: TestApp;
let page: Page;

test.beforeAll(async () => {
  const settings = { pollSeconds: 1, pinned: true, doNotDisturbSchedule: Array(7).fill(null) };
  testApp = await TestApp.create({ settings });
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
});

test.beforeEach(async () => {
  await testApp.reset();
});

test.afterAll(async () => {
  await testApp.close();
});

test('shows each choice of the tray menu in the icon, the menu, and the window until it ends', async () => {
  const { tray, app } = testApp;
  const idle = await tray.waitForTooltip(/no calls/i);
  for (const [choice, label, getEnd] of [
    [/^For 30 minutes/, /^Do Not Disturb until \d+:\d\d/, (now: number) => now + 30 * MINUTE],
    [/^For 1 hour/, /^Do Not Disturb until \d+:\d\d/, (now: number) => now + 60 * MINUTE],
    [/^Until (?:tomorrow|6:00)/, /^Do Not Disturb until 6:00/, getNextMorning],
    ['Until turned off', /^Do Not Disturb is on$/, undefined],
  ] as const) {
    await tray.clickMenu([/^Do Not Disturb/, choice]);
    const silent = await tray.waitForTooltip(/Do Not Disturb/);
    expect(silent.icon).not.toBe(idle.icon);
    await expect(page.getByRole('button', { name: label })).toBeVisible();
    if (getEnd === undefined) {
      await tray.clickMenu([/^Do Not Disturb/, 'Turn off']);
    } else {
      const now = await getClock(app);
      await advancePageClock(page, getEnd(now) - now);
      await advanceClock(app, getEnd(now) - now);
    }
    await tray.waitFor(({ icon }) => icon === idle.icon, 'the idle icon');
    await expect(page.getByRole('button', { name: 'Do Not Disturb', exact: true })).toBeVisible();
  }
  expect(formatMenu(await tray.menu()).join()).not.toContain('Turn off');
});

test('announces missed calls when a 30-minute choice ends', async () => {
  const { server, daemon, tray, app } = testApp;
  await tray.clickMenu([/^Do Not Disturb/, /^For 30 minutes/]);
  await tray.waitForTooltip(/Do Not Disturb/);
  for (const caller of [GRACE, ADA]) {
    const id = server.ring(caller);
    await tray.waitForTooltip(new RegExp(`Ringing: ${caller.fromName}`));
    server.miss(id, { listedSeconds: 0 });
    await tray.waitForTooltip(/to call back/);
  }
  await advanceClock(app, 28 * MINUTE);
  await testApp.settle();
  expect(daemon.received).toEqual([]);
  await advanceClock(app, 2 * MINUTE);
  const digest = await daemon.waitForOpen({
    title: '2 missed calls while Do Not Disturb was on',
  });
  expect(digest.body).toMatch(/Grace Hopper.*Ada Byron/s);
  expect(daemon.received).toHaveLength(1);
});

test('follows the weekly schedule on the chosen day only', async () => {
  const { server, daemon, tray } = testApp;
  await page.keyboard.press('Control+,');
  await page.getByRole('switch', { name: 'Do Not Disturb schedule' }).click();
  const now = await getClock(testApp.app);
  const getDayName = (days: number): string =>
    new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(
      now + days * 24 * 60 * MINUTE,
    );
  const setAllDay = async (day: string): Promise<void> => {
    await page.getByRole('checkbox', { name: day }).check();
    await page.getByLabel(`${day}, from`).fill('00:00');
    await page.getByLabel(`${day}, to`).fill('00:00');
  };
  await setAllDay(getDayName(3));
  await testApp.settle();
  const ringing = server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });

  await setAllDay(getDayName(0));
  await tray.waitForTooltip(/Do Not Disturb/);
  await daemon.waitForAllClosed();
  server.answer(ringing);
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  await tray.waitForTooltip(/to call back/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Do Not Disturb until/ })).toBeVisible();
  expect(daemon.findAll({ title: /Ada Byron|missed/ })).toEqual([]);

  await page.keyboard.press('Control+,');
  await page.getByRole('checkbox', { name: getDayName(0), exact: true }).uncheck();
  // Unseen calls of earlier tests are part of the same notification.
  const digest = await daemon.waitForOpen({ title: /^\d+ missed calls while Do Not Disturb/ });
  expect(digest.body).toMatch(/Ada Byron/);
  await tray.waitFor(({ tooltip }) => !/Do Not Disturb/.test(tooltip), 'no Do Not Disturb');
});

/** Returns the next 6:00 in UTC. */
function getNextMorning(now: number): number {
  const morning = new Date(now).setUTCHours(6, 0, 0, 0);
  return morning > now ? morning : morning + 24 * 60 * MINUTE;
}
