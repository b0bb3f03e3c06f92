/** Do Not Disturb: what the tray's menu and the window's week of quiet hours come to. */
import { expect, test, type Page } from '@playwright/test';
import type { Application } from './application';
import { menuLines } from './desktop/menu';
import { passes } from './later';
import { ADA, GRACE, Stage } from './stage';

const MINUTE = 60_000;

let stage: Stage;
let page: Page;

test.beforeAll(async () => {
  const settings = { pollSeconds: 1, pinned: true, quietWeek: Array(7).fill(null) };
  stage = await Stage.set({ settings });
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
});

test.beforeEach(async () => {
  await stage.calm();
});

test.afterAll(async () => {
  await stage.strike();
});

test('each choice of the tray’s menu shows in icon, menu and window until it is over', async () => {
  const { tray, app } = stage;
  const awake = await tray.waitForTooltip(/no calls/i);
  for (const [choice, words, endsAfter] of [
    ['For 30 minutes', /^Do Not Disturb until \d+:\d\d/, (now: number) => now + 30 * MINUTE],
    ['For 1 hour', /^Do Not Disturb until \d+:\d\d/, (now: number) => now + 60 * MINUTE],
    ['Until tomorrow', /^Do Not Disturb until 6:00/, morningAfter],
    ['Until turned off', /^Do Not Disturb is on$/, undefined],
  ] as const) {
    await tray.clickMenu([/^Do Not Disturb/, choice]);
    const silent = await tray.waitForTooltip(/Do Not Disturb/);
    expect(silent.icon).not.toBe(awake.icon);
    await expect(page.getByRole('button', { name: words })).toBeVisible();
    if (endsAfter === undefined) {
      await tray.clickMenu([/^Do Not Disturb/, 'Turn off']);
    } else {
      const now = await clockOf(app);
      await passes(app, endsAfter(now) - now);
    }
    await tray.waitFor(({ icon }) => icon === awake.icon, 'the icon of before');
    await expect(page.getByRole('button', { name: 'Do Not Disturb', exact: true })).toBeVisible();
  }
  expect(menuLines(await tray.menu()).join()).not.toContain('Turn off');
});

test('what was missed meanwhile is told when the half hour is over', async () => {
  const { server, daemon, tray, app } = stage;
  await tray.clickMenu([/^Do Not Disturb/, 'For 30 minutes']);
  await tray.waitForTooltip(/Do Not Disturb/);
  for (const caller of [GRACE, ADA]) {
    const id = server.ring(caller);
    await tray.waitForTooltip(new RegExp(`Ringing: ${caller.fromName}`));
    server.miss(id, { linger: 0 });
    await tray.waitForTooltip(/missed/);
  }
  // Not a minute too soon.
  await passes(app, 28 * MINUTE);
  await stage.settled();
  expect(daemon.notified).toEqual([]);
  await passes(app, 2 * MINUTE);
  const digest = await daemon.waitForOpen({
    title: '2 missed calls while Do Not Disturb was on',
  });
  expect(digest.body).toMatch(/Grace Hopper.*Ada Byron/s);
  expect(daemon.notified).toHaveLength(1);
});

test('quiet hours set for this day of the week hold, and for no other day', async () => {
  const { server, daemon, tray } = stage;
  await page.keyboard.press('Control+,');
  await page.getByRole('switch', { name: 'Do Not Disturb schedule' }).click();
  const now = await clockOf(stage.app);
  const nameOf = (days: number): string =>
    new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(
      now + days * 24 * 60 * MINUTE,
    );
  const allDay = async (day: string): Promise<void> => {
    await page.getByRole('checkbox', { name: day }).check();
    await page.getByLabel(`${day}, from`).fill('00:00');
    await page.getByLabel(`${day}, to`).fill('00:00');
  };
  await allDay(nameOf(3));
  await stage.settled();
  const loud = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });

  await allDay(nameOf(0));
  await tray.waitForTooltip(/Do Not Disturb/);
  await daemon.waitForNoneOpen();
  server.answer(loud);
  server.miss(server.ring(ADA), { linger: 600 });
  await tray.waitForTooltip(/missed/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Do Not Disturb schedule' })).toBeVisible();
  expect(daemon.saying({ title: /Ada Byron/ })).toEqual([]);

  await page.keyboard.press('Control+,');
  await page.getByRole('checkbox', { name: nameOf(0) }).uncheck();
  await daemon.waitForOpen({ title: /Ada Byron/ });
  await tray.waitFor(({ tooltip }) => !/Do Not Disturb/.test(tooltip), 'the end of the quiet');
});

/** The time as the application has it: the tests move its clock. */
const clockOf = ({ electron }: Application): Promise<number> => electron.evaluate(() => Date.now());

/** Six in the morning of the day after, in UTC. */
function morningAfter(now: number): number {
  const morning = new Date(now);
  morning.setUTCDate(morning.getUTCDate() + 1);
  return morning.setUTCHours(6, 0, 0, 0);
}
