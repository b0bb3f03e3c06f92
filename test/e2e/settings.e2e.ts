/** What is set by hand in the window, and what it does. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { Application } from './application';
import { passes } from './later';
import { loudness, measure } from './loudness';
import { ADA, GRACE, Stage } from './stage';
import { closeWindow, isWindowShown } from './window';

const MINUTE = 60_000;

let stage: Stage;
let page: Page;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true, holdMinutes: 1 } });
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
});

test.beforeEach(async () => {
  await stage.calm();
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test.afterEach(async () => {
  await page.keyboard.press('Escape');
});

test.afterAll(async () => {
  await stage.strike();
});

test('a long hold is not told while that is off, and the next one is told again', async () => {
  const { server, daemon } = stage;
  const minutes = page.getByRole('spinbutton', { name: 'Long hold alert (minutes)' });
  await minutes.fill('0');
  await minutes.press('Enter');
  const grace = server.ring(GRACE);
  server.answer(grace);
  server.hold(grace);
  await stage.settled();
  await passes(stage.app, 2 * MINUTE);
  await stage.settled();
  expect(daemon.notified).toEqual([]);
  server.vanish(grace);
  await stage.tray.waitForTooltip(/no calls/i);

  await minutes.fill('1');
  await minutes.press('Enter');
  const ada = server.ring(ADA);
  server.answer(ada);
  server.hold(ada);
  await stage.settled();
  expect(daemon.notified).toEqual([]);
  await passes(stage.app, 2 * MINUTE);
  await daemon.waitForOpen({ title: /^Ada Byron is on hold/ });
  expect(daemon.notified).toHaveLength(1);
});

test('a sound is heard when it is chosen, and again on request, and no longer than it lasts', async () => {
  await page.evaluate(measure);
  const heard = (): Promise<number> => loudness(page);
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('Bell');
  await expect.poll(heard).toBeGreaterThan(0.01);
  await expect.poll(heard).toBe(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(heard).toBeGreaterThan(0.01);
  // Who leaves the settings has heard enough.
  await page.keyboard.press('Escape');
  await expect.poll(heard).toBe(0);
});

test('a ring is heard for as long as it rings', async () => {
  const { server } = stage;
  await stage.app.electron.context().addInitScript(measure);
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('Pulse');
  const id = server.ring(GRACE);
  const ringer = await stage.app.electron.waitForEvent('window');
  await expect.poll(() => loudness(ringer)).toBeGreaterThan(0.01);
  const gone = ringer.waitForEvent('close');
  server.answer(id);
  await gone;
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('None');
});

test('the shortcut opens the window from anywhere, unless another program has it', async () => {
  const { app } = stage;
  const other = await otherProgram('Control+Alt+K');
  try {
    const field = page.getByRole('button', { name: /^Shortcut: / });
    await field.click();
    await page.keyboard.press('Control+Alt+J');
    await expect(field).toHaveAccessibleName('Shortcut: Ctrl + Alt + J');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await closeWindow(app);
    await expectToOpen(app, 'ctrl+alt+j');

    await field.click();
    await page.keyboard.press('Control+Alt+K');
    await expect(page.getByRole('alert')).toContainText('Another app is already using');
    const notice = page.getByRole('status').filter({ hasText: 'is already using Ctrl + Alt + K' });
    await page.keyboard.press('Escape');
    await expect(notice).toBeVisible();
    await page.keyboard.press('Control+,');

    // The old one is given up; once the other program is gone, the new one can be had.
    await other.kill9();
    await page.getByRole('button', { name: 'Remove' }).click();
    await field.click();
    await page.keyboard.press('Control+Alt+K');
    await expect(field).toHaveAccessibleName('Shortcut: Ctrl + Alt + K');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(notice).toHaveCount(0);
    await closeWindow(app);
    await expectToOpen(app, 'ctrl+alt+k');
  } finally {
    await other.kill9();
  }
});

test('the report for support gets to the clipboard, and tells of nobody', async () => {
  const { server, daemon } = stage;
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  server.miss(id, { linger: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await stage.app.electron.evaluate(async ({ clipboard }) => {
    await clipboard.writeText('what was there before');
  });
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const report = await stage.app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toMatch(/^Ringside \d/);
  expect(report).toContain('Connection: live');
  const { host, hostname } = new URL(server.url);
  const { userName, password } = server;
  const personal = ['Hopper', 'Bright', 'Northside', '2025550147', '555', host, hostname, userName];
  for (const secret of [...personal, password, 'ss-id', homedir(), userInfo().username]) {
    expect(report).not.toContain(secret);
  }
});

/** Another program that has a shortcut before Ringside wants it. */
async function otherProgram(shortcut: string): Promise<Application> {
  const profile = join(stage.profile, '..', 'other');
  await mkdir(profile);
  await writeFile(join(profile, 'settings.json'), JSON.stringify({ settings: { shortcut } }));
  const { busAddress } = stage;
  return Application.start({ busAddress, profile, args: ['--hidden'] });
}

/** Expects keys that are pressed on the screen, whoever has the keyboard, to open the window. */
async function expectToOpen(app: Application, keys: string): Promise<void> {
  // A press so soon after it was hidden may be what hid it: the keys are pressed until it opens.
  await expect
    .poll(async () => {
      if (!(await isWindowShown(app))) await promisify(execFile)('xdotool', ['key', keys]);
      return isWindowShown(app);
    })
    .toBe(true);
}
