import { expect, test } from '@playwright/test';
import { menuLines } from './desktop/menu';
import { ADA, GRACE, now, serverTime, Stage } from './stage';
import { closeWindow, expectDetails, isWindowShown, rowOf } from './window';

let stage: Stage;

test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.startSignedIn();
});

test.beforeEach(async () => {
  if (stage.app.isRunning) await stage.calm();
});

test.afterAll(async () => {
  await stage.strike();
});

test('signed in by the environment and started hidden, it is a tray icon and nothing else', async () => {
  const windows = await stage.app.electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(windows).toBe(0);
  expect(stage.tray.hasItem).toBe(true);
  expect(stage.daemon.notified).toEqual([]);
  expect(stage.tray.picture?.tooltip).toMatch(/no calls/i);
});

test('a ringing call says who calls, for whom, where and from which number', async () => {
  const { server, daemon } = stage;
  const since = now();
  server.ring(GRACE);
  const { body, at, actions } = await daemon.waitForOpen({ title: 'Grace Hopper' });
  expect(body).toMatch(
    /^for Northside Group › Bright Dental · Front desk · \+1 202[- ]555[- ]0147$/,
  );
  expect(actions).toContain('default');
  expect(stage.polls(since, serverTime(at))).toHaveLength(1);
  await stage.settled();
  expect(daemon.notified).toHaveLength(1);
});

test('a call that stops ringing takes its notification with it, within one poll', async () => {
  const { server, daemon } = stage;
  const id = server.ring(GRACE);
  const ringing = await daemon.waitForOpen({ title: 'Grace Hopper' });
  const since = now();
  server.answer(id);
  const { at, by } = await daemon.waitForClosed(ringing.id);
  expect(by).toBe('application');
  expect(stage.polls(since, serverTime(at))).toHaveLength(1);
  await stage.settled();
  expect(daemon.notified).toHaveLength(1);
});

test('an outgoing call is shown and never announced', async () => {
  const { server, daemon, tray } = stage;
  server.ring({ ...GRACE, direction: 'Outgoing', displayName: 'Grace Hopper' });
  await tray.waitForTooltip(/^1 call/);
  await stage.settled();
  expect(daemon.notified).toEqual([]);
});

test('a click on a ringing call opens its details in the window', async () => {
  const { server, daemon, app } = stage;
  server.ring(GRACE);
  daemon.click((await daemon.waitForOpen({ title: 'Grace Hopper' })).id);
  const page = await app.window();
  await expectDetails(page, 'Grace Hopper');
  for (const news of [/Northside Group › Bright Dental/, /\+1 202[- ]555[- ]0147/, /Front desk/]) {
    await expect(page.getByText(news).filter({ visible: true }).first()).toBeVisible();
  }
});

test('a missed call is told once, and a click on that opens it too', async () => {
  const { server, daemon, app } = stage;
  const id = server.ring(ADA);
  const ringing = await daemon.waitForOpen({ title: 'Ada Byron' });
  server.miss(id, { linger: 600 });
  await daemon.waitForClosed(ringing.id);
  const missed = await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  expect(missed.body).toMatch(/^for Harbor Legal · \d{1,2}:\d{2}.* · rang \d+ s/);
  await stage.settled();
  server.vanish(id);
  await stage.settled();
  expect(daemon.saying({ title: /^Missed/ })).toHaveLength(1);
  daemon.click(missed.id);
  await expectDetails(await app.window(), 'Ada Byron');
});

test('the window lists the sessions by what they are doing', async () => {
  const { server, tray, app } = stage;
  const talking = server.ring(ADA);
  server.answer(talking);
  server.ring(GRACE);
  await tray.waitForTooltip(/^Ringing/);
  await tray.clickMenu([/^Open/]);
  const page = await app.window();
  await expect(rowOf(page, /Grace Hopper.*ringing|ringing.*Grace Hopper/i)).toBeVisible();
  await expect(rowOf(page, /Ada Byron.*connected|connected.*Ada Byron/i)).toBeVisible();
  server.hold(talking);
  await expect(rowOf(page, /Ada Byron.*hold|hold.*Ada Byron/i)).toBeVisible();
});

test('the tray tells the glance in words, picture and menu', async () => {
  const { server, tray, app } = stage;
  const id = server.ring(GRACE);
  await tray.waitForTooltip('Ringing: Grace Hopper for Bright Dental');
  const menu = menuLines(await tray.menu());
  expect(menu).toContainEqual(expect.stringMatching(/Grace Hopper.*ringing/i));
  expect(menu).toContainEqual(expect.stringMatching(/Do Not Disturb/));
  expect(menu).toContainEqual(expect.stringMatching(/Check now/));
  expect(menu).toContainEqual(expect.stringMatching(/Settings/));
  expect(menu).toContainEqual(expect.stringMatching(/Quit/));
  server.answer(id);
  await tray.waitForTooltip(/^1 call(?! is)/);
  await tray.clickMenu([/Grace Hopper.*connected/i]);
  await expectDetails(await app.window(), 'Grace Hopper');
});

test('a click on the icon opens the window, and closing that costs no call', async () => {
  const { server, daemon, tray, app } = stage;
  await closeWindow(app);
  await expect.poll(async () => (await tray.activate(), isWindowShown(app))).toBe(true);
  await closeWindow(app);
  server.ring(ADA);
  await daemon.waitForOpen({ title: 'Ada Byron' });
});

test('missed calls are counted until the person looks at them', async () => {
  const { server, tray, app } = stage;
  server.miss(server.ring(GRACE), { linger: 600 });
  await tray.waitForTooltip(/1 missed/);
  await tray.clickMenu([/1 missed call/]);
  const page = await app.window();
  await expect(page.getByText('Grace Hopper').filter({ visible: true }).first()).toBeVisible();
  await tray.waitForTooltip(/no calls/i);
});

test('a second start hands its link over to the first and ends', async () => {
  const { server, app } = stage;
  const id = server.ring(ADA);
  await stage.daemon.waitForOpen({ title: 'Ada Byron' });
  const second = await stage.startBeside({ args: [`ringside://session/${id}`], pages: false });
  expect(await second.ended()).toBe(0);
  await expectDetails(await app.window(), 'Ada Byron');
});

test('a second start hands over do not disturb, and opens nothing', async () => {
  const { tray, app } = stage;
  const ask = async (...args: readonly string[]): Promise<void> => {
    const second = await stage.startBeside({ args, pages: false });
    expect(await second.ended()).toBe(0);
  };
  await closeWindow(app);
  await ask('--do-not-disturb=1-hour', '--hidden');
  await tray.waitForTooltip(/Do Not Disturb/);
  await ask('--do-not-disturb=off', '--hidden');
  await tray.waitForTooltip(/^(?!.*Do Not Disturb)/);
  await ask('--do-not-disturb=1-hour', 'ringside://silence/1-hour', '--hidden');
  await stage.polled();
  expect(await isWindowShown(app)).toBe(false);
  expect(tray.picture?.tooltip).not.toContain('Do Not Disturb');
});

test('a server without /sessions/my is asked for /sessions/active', async () => {
  const { server, daemon } = stage;
  server.fault({ path: '/sessions/my', status: 404 });
  server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  expect(server.requests.at(-1)?.path).toMatch(/^\/sessions\/active/);
});

test('while the server does not answer the window says how old the picture is, and recovers', async () => {
  const { server, daemon, tray, app } = stage;
  server.ring(GRACE);
  daemon.click((await daemon.waitForOpen({ title: 'Grace Hopper' })).id);
  const page = await app.window();
  server.fault({ path: '/sessions/my', reset: true });
  server.fault({ path: '/sessions/active', reset: true });
  await tray.clickMenu([/^Open/]);
  await expect(page.getByText(/offline for \d+/i).first()).toBeVisible();
  await expect(page.getByText(/as of \d+ .* ago/i).first()).toBeVisible();
  await expect(page.getByText(/trying (again|now)/i).first()).toBeVisible();
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await expect(page.getByText(/offline/i)).toHaveCount(0);
});

test('quitting takes every notification along', async () => {
  const { server, daemon, tray, app } = stage;
  server.miss(server.ring(ADA));
  server.ring(GRACE);
  const ringing = await daemon.waitForOpen({ title: 'Grace Hopper' });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await tray.clickMenu([/^Quit/]);
  expect(await app.ended()).toBe(0);
  await daemon.waitForNoneOpen();
  expect((await daemon.waitForClosed(ringing.id)).by).toBe('application');
  await tray.waitForNone();
});

test('ended from outside, it takes every notification along too', async () => {
  const { server, daemon } = stage;
  await stage.startSignedIn();
  server.ring(ADA);
  const ringing = await daemon.waitForOpen({ title: 'Ada Byron' });
  await stage.app.quit();
  await daemon.waitForNoneOpen();
  expect((await daemon.waitForClosed(ringing.id)).by).toBe('application');
});
