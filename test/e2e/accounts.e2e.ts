/** Two accounts on two servers. */
import { expect, test, type Page } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { findFilesContaining } from './support/files';
import { ADA, ALAN, GRACE, now, TestApp } from './support/test-app';
import { findRow, signIn, getSignInForm } from './support/main-window';

let testApp: TestApp;
let second: DemoServer;

test.beforeEach(async () => {
  testApp = await TestApp.create();
  second = await startDemoServer({ scenario: false, now });
});

test.afterEach(async () => {
  await testApp.close();
  await second.close();
});

test('shows the calls of two accounts, pauses one, and signs out of the other', async () => {
  const { server, daemon } = testApp;
  const page = await signInToBoth();
  const [first, other] = [server, second].map((on) =>
    page.getByRole('group', { name: `${on.userName} · ${new URL(on.url).host}` }),
  );
  if (!first || !other) throw new Error('two accounts expected');
  await expect(first.getByText('Live')).toBeVisible();
  await expect(other.getByText('Live')).toBeVisible();
  await page.keyboard.press('Escape');

  // Session ids are unique per server only.
  const id = server.ring({ ...ADA, id: 'S-1' });
  second.ring({ ...GRACE, id });
  const ada = await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  const grace = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  expect(ada.body).toContain(new URL(server.url).host);
  expect(grace.body).toContain(new URL(second.url).host);
  await expect(findRow(page, /Ada Byron/)).toContainText(new URL(server.url).host);
  await expect(findRow(page, /Grace Hopper/)).toContainText(new URL(second.url).host);

  await page.keyboard.press('Control+,');
  await other.getByRole('button', { name: 'Pause' }).click();
  await expect(other.getByText('Paused')).toBeVisible();
  await daemon.waitForClosed(grace.id);
  expect(daemon.open.map(({ title }) => title)).toEqual(['Ada Byron is calling Harbor Legal']);
  const requestCount = second.requests.length;
  await testApp.settle();
  expect(second.requests).toHaveLength(requestCount);

  await other.getByRole('button', { name: 'Resume' }).click();
  await expect(other.getByText('Live')).toBeVisible();
  await first.getByRole('button', { name: 'Sign out' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox', { name: 'Also delete its calls' }).check();
  await question.getByRole('button', { name: 'Sign out' }).click();
  await daemon.waitForClosed(ada.id);
  await expect(page.getByRole('group', { name: second.userName, exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  await expect(findRow(page, /Ada Byron/)).toHaveCount(0);
  await testApp.app.quit();
  expect(await findFilesContaining(testApp.profile, 'Ada Byron')).toEqual([]);
  expect(await findFilesContaining(testApp.profile, new URL(server.url).host)).toEqual([]);

  await testApp.launch({ signedIn: false });
  const firstRequestCount = server.requests.length;
  second.ring(ALAN);
  const alan = await daemon.waitForOpen({ title: /^Alan Turing is calling/ });
  expect(alan.body).not.toContain(second.userName);
  expect(server.requests).toHaveLength(firstRequestCount);
});

test('asks one account to sign in again while the other one keeps working', async () => {
  const { server, daemon } = testApp;
  const page = await signInToBoth();
  await expect(page.getByRole('group', { name: new URL(second.url).host })).toBeVisible();
  await page.keyboard.press('Escape');

  second.fault({
    path: '/auth/credentials',
    status: 401,
    times: 1,
    body: { responseStatus: { errorCode: 'Unauthorized', message: 'Invalid Password' } },
  });
  second.revoke();
  const banner = page.getByRole('region', { name: 'Connection' });
  await expect(banner).toContainText(new URL(second.url).host);
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  await banner.getByRole('button', { name: 'Sign in again' }).click();
  const form = getSignInForm(page);
  await expect(form.userName).toHaveValue(second.userName);
  await form.password.fill(second.password);
  await form.submit.click();
  await expect(banner).toHaveCount(0);
  second.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
});

/** Signs in to both servers; leaves the list of accounts open. */
async function signInToBoth(): Promise<Page> {
  const app = await testApp.launch({ signedIn: false, args: [] });
  const page = await app.mainPage();
  await signIn(page, testApp.server);
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Add account' }).click();
  await signIn(page, second);
  return page;
}
