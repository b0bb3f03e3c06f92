/** Signing out and deleting the calls. */
import { expect, test, type Page } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { findFilesContaining } from './support/files';
import { ADA, ALAN, now, TestApp } from './support/test-app';
import { signIn } from './support/main-window';

let testApp: TestApp;
let second: DemoServer;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  second = await startDemoServer({ scenario: false, now });
});

test.afterAll(async () => {
  await testApp.close();
  await second.close();
});

test('leaves no trace of an account and its calls on disk after signing out', async () => {
  const { server, daemon, tray } = testApp;
  const firstHost = new URL(server.url).host;
  const secondHost = new URL(second.url).host;
  const page = await (await testApp.launch({ signedIn: false, args: [] })).mainPage();
  await signIn(page, server);
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Add account' }).click();
  await signIn(page, second);
  await expect(page.getByRole('group', { name: secondHost })).toContainText('Live');
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  second.miss(second.ring(ALAN), { listedSeconds: 600 });
  await daemon.waitForOpen({ title: '2 missed calls' });
  for (const name of ['Ada Byron', 'Alan Turing']) {
    expect(await findFilesContaining(testApp.profile, name)).not.toEqual([]);
  }

  await page
    .getByRole('group', { name: firstHost })
    .getByRole('button', { name: 'Sign out' })
    .click();
  await confirmSignOut(page, 'Also delete its calls');
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Recent/ }).click();
  const list = page.getByRole('tabpanel');
  await expect(list.getByText('Alan Turing')).toBeVisible();
  await expect(list.getByText('Ada Byron')).toHaveCount(0);
  await testApp.app.quit();
  for (const trace of ['Ada Byron', '2079460823', 'Harbor Legal', firstHost]) {
    expect(await findFilesContaining(testApp.profile, trace), trace).toEqual([]);
  }

  const again = await (await testApp.launch({ signedIn: false, args: [] })).mainPage();
  await again.getByRole('tab', { name: /^Recent/ }).click();
  await expect(again.getByRole('tabpanel').getByText('Alan Turing')).toBeVisible();
  await again.keyboard.press('Control+,');
  await again.getByRole('button', { name: 'Sign out' }).click();
  await confirmSignOut(again, 'Also delete the call log');
  await tray.waitForTooltip(/sign-in needed/i);
  await testApp.app.quit();
  const { userName } = second;
  for (const trace of ['Alan Turing', '3023125460', 'Acme Rentals', userName]) {
    expect(await findFilesContaining(testApp.profile, trace), trace).toEqual([]);
  }
  expect(await findFilesContaining(testApp.profile, 'ss-pid')).toEqual([]);
});

/** Confirms signing out and deleting the calls. */
async function confirmSignOut(page: Page, also: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('checkbox', { name: also }).check();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
}
