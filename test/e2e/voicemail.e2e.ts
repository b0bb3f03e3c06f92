/** Voice messages: announced once, listed, played, refused, and turned off. */
import { expect, test, type Page } from '@playwright/test';
import { advanceClock } from './support/clock';
import { findFilesContaining } from './support/files';
import { GRACE, TestApp } from './support/test-app';

let testApp: TestApp;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
  await expect.poll(() => countRequests()).toBe(1);
});

test.afterAll(async () => {
  await testApp.close();
});

test('announces the message of a missed call once, across a kill and a restart', async () => {
  const { server, daemon } = testApp;
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  server.miss(id, { listedSeconds: 600 });
  await daemon.waitForOpen({ title: /^Missed call from Grace Hopper/ });
  server.leaveVoicemail(
    { fromAddress: GRACE.fromAddress, customerName: 'Bright Dental' },
    { seconds: 32, transcription: 'Please call me back before noon.' },
  );
  await advanceClock(testApp.app, 20_000);
  const alert = await daemon.waitForOpen({ title: /^Voicemail from Grace Hopper/ });
  expect(`${alert.title} ${alert.body}`).toContain('Bright Dental');
  expect(alert.body).toMatch(/0:32 · “Please call me back before noon\.”/);
  const before = countRequests();
  await testApp.app.kill();
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
  await expect.poll(() => countRequests()).toBeGreaterThan(before);
  await testApp.settle();
  expect(daemon.findAll({ title: /^Voicemail/ })).toHaveLength(1);
});

test('plays the message with its call in Recent, keeps it off the disk, and marks it as heard', async () => {
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await page.getByRole('radio', { name: 'All', exact: true }).click();
  await expect(page.getByText('Please call me back before noon.')).toBeVisible();
  await page.getByRole('button', { name: 'Play voicemail from Grace Hopper' }).click();
  const position = page.getByRole('slider', { name: 'Position' });
  await expect(position).toBeEnabled();
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0.2);
  await page.getByRole('button', { name: 'Pause' }).click();
  await position.fill('20');
  await expect(page.getByText('0:20 / 0:32')).toBeVisible();
  await position.press('ArrowRight');
  expect(await findFilesContaining(testApp.profile, 'WAVEfmt ')).toEqual([]);
  await page.getByRole('radio', { name: 'Voicemail' }).click();
  await expect(page.getByRole('button', { name: 'Mark as new' })).toBeVisible();
});

test('plays nothing that isn’t audio', async () => {
  const { server } = testApp;
  server.leaveVoicemail({ fromAddress: '+12025550199', uri: '/sessions/my' });
  await askAgain();
  const article = page.getByRole('article').filter({ hasText: '+1 202-555-0199' });
  await article.getByRole('button', { name: /^Play voicemail/ }).click();
  await expect(article.getByText('Couldn’t play this voicemail.')).toBeVisible();
});

test('doesn’t ask while voicemail is turned off, and forgets nothing', async () => {
  await updateSettings({ voicemail: false });
  await expect(page.getByRole('article')).toHaveCount(0);
  const before = countRequests();
  await advanceClock(testApp.app, 60 * 60_000);
  await testApp.settle();
  expect(countRequests()).toBe(before);
  await updateSettings({ voicemail: true });
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('says that the server refuses voicemail, and asks once', async () => {
  testApp.server.setMode('voicemail', 'refused');
  await testApp.app.quit();
  const before = countRequests();
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
  await page.keyboard.press('Control+,');
  await expect(page.getByText('Voicemail isn’t available for this account.')).toBeVisible();
  await testApp.settle();
  expect(countRequests()).toBe(before + 1);
});

function countRequests(): number {
  return testApp.server.requests.filter(({ path }) => path.startsWith('/app/files')).length;
}

/** Lets Ringside ask for messages again. */
async function askAgain(): Promise<void> {
  const before = countRequests();
  await updateSettings({ voicemail: false });
  await advanceClock(testApp.app, 20 * 60_000);
  await updateSettings({ voicemail: true });
  await expect.poll(() => countRequests()).toBeGreaterThan(before);
}

async function updateSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
  await page.evaluate((change) => window.ringside.request('settings:update', change), settings);
}
