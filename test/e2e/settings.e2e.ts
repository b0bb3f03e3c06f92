/** Changing settings in the window. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { ElectronApp } from './support/electron-app';
import { advanceClock } from './support/clock';
import { getAudioLevel, startMeasuringAudio } from './support/audio';
import { ADA, GRACE, TestApp } from './support/test-app';
import { closeWindow, isWindowVisible } from './support/main-window';

const MINUTE = 60_000;

let testApp: TestApp;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true, holdMinutes: 1 } });
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
});

test.beforeEach(async () => {
  await testApp.reset();
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test.afterEach(async () => {
  await page.keyboard.press('Escape');
});

test.afterAll(async () => {
  await testApp.close();
});

test('announces a long hold only while that is enabled', async () => {
  const { server, daemon } = testApp;
  const minutes = page.getByRole('spinbutton', { name: 'Long hold alert (minutes)' });
  await minutes.fill('0');
  await minutes.press('Enter');
  const grace = server.ring(GRACE);
  server.answer(grace);
  server.hold(grace);
  await testApp.settle();
  await advanceClock(testApp.app, 2 * MINUTE);
  await testApp.settle();
  expect(daemon.received).toEqual([]);
  server.vanish(grace);
  await testApp.tray.waitForTooltip(/no calls/i);

  await minutes.fill('1');
  await minutes.press('Enter');
  const ada = server.ring(ADA);
  server.answer(ada);
  server.hold(ada);
  await testApp.settle();
  expect(daemon.received).toEqual([]);
  await advanceClock(testApp.app, 2 * MINUTE);
  await daemon.waitForOpen({ title: /^Ada Byron has been on hold/ });
  expect(daemon.received).toHaveLength(1);
});

test('plays a ringtone once when it is chosen and when its button is clicked', async () => {
  await page.evaluate(startMeasuringAudio);
  const getLevel = (): Promise<number> => getAudioLevel(page);
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('Bell');
  await expect.poll(getLevel).toBeGreaterThan(0.01);
  await expect.poll(getLevel).toBe(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(getLevel).toBeGreaterThan(0.01);
  // Leaving the settings stops the preview.
  await page.keyboard.press('Escape');
  await expect.poll(getLevel).toBe(0);
});

test('plays the ringtone for as long as a call rings', async () => {
  const { server } = testApp;
  await testApp.app.electron.context().addInitScript(startMeasuringAudio);
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('Pulse');
  const id = server.ring(GRACE);
  const ringtonePage = await testApp.app.electron.waitForEvent('window');
  // Playwright may have found the page too late to measure it from the beginning.
  await ringtonePage.reload();
  await expect.poll(() => getAudioLevel(ringtonePage)).toBeGreaterThan(0.01);
  const gone = ringtonePage.waitForEvent('close');
  server.answer(id);
  await gone;
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('None');
});

test('opens the window with a global shortcut and reports one that is in use', async () => {
  const { app } = testApp;
  const other = await launchOtherProgram('Control+Alt+K');
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

    // Once the other program has quit, the shortcut is available.
    await other.kill();
    await page.getByRole('button', { name: 'Remove' }).click();
    await field.click();
    await page.keyboard.press('Control+Alt+K');
    await expect(field).toHaveAccessibleName('Shortcut: Ctrl + Alt + K');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(notice).toHaveCount(0);
    await closeWindow(app);
    await expectToOpen(app, 'ctrl+alt+k');
  } finally {
    await other.kill();
  }
});

test('copies diagnostics without personal data', async () => {
  const { server, daemon } = testApp;
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  server.miss(id, { listedSeconds: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await testApp.app.evaluate(async ({ clipboard }) => {
    await clipboard.writeText('what was there before');
  });
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const report = await testApp.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toMatch(/^Ringside \d/);
  expect(report).toContain('Connection: live');
  const { host, hostname } = new URL(server.url);
  const { userName, password } = server;
  const personal = ['Hopper', 'Bright', 'Northside', '2025550147', '555', host, hostname, userName];
  for (const secret of [...personal, password, 'ss-id', homedir(), userInfo().username]) {
    expect(report).not.toContain(secret);
  }
});

/** Launches another program that owns a shortcut. */
async function launchOtherProgram(shortcut: string): Promise<ElectronApp> {
  const profile = join(testApp.profile, '..', 'other');
  await mkdir(profile);
  await writeFile(join(profile, 'settings.json'), JSON.stringify({ settings: { shortcut } }));
  const { busAddress } = testApp;
  return ElectronApp.launch({ busAddress, profile, args: ['--hidden'] });
}

/** Expects keys pressed anywhere on the display to open the window. */
async function expectToOpen(app: ElectronApp, keys: string): Promise<void> {
  // A press right after hiding counts as the one that hid the window, so press until it opens.
  await expect
    .poll(async () => {
      if (!(await isWindowVisible(app))) await promisify(execFile)('xdotool', ['key', keys]);
      return isWindowVisible(app);
    })
    .toBe(true);
}
