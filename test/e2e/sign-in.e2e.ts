import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { GRACE, TestApp } from './support/test-app';
import { findAxeViolations } from './views/axe';
import {
  closeWindow,
  findRow,
  getSignInForm,
  isWindowVisible,
  openFromTray,
} from './support/main-window';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create();
});

test.afterEach(async () => {
  await testApp.close();
});

test('asks for credentials at the first start, explains a wrong password, and accepts the right one', async () => {
  const { server, daemon, tray } = testApp;
  const app = await testApp.launch({ signedIn: false, args: [] });
  const page = await app.mainPage();
  await tray.waitForTooltip(/sign-in needed/i);
  const form = getSignInForm(page);
  await form.fillServer(server.url);
  await form.userName.fill(server.userName);
  await form.password.fill('not the password');
  await form.submit.click();
  await expect(page.getByRole('alert')).toContainText(/password/i);
  expect(getSignInCount()).toBe(1);
  expect(await findAxeViolations(page)).toEqual([]);
  // The user looks up the password in another window.
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.emit('blur');
  });
  expect(await isWindowVisible(app)).toBe(true);

  await form.password.fill(server.password);
  await form.submit.click();
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();

  // The first time that the window hides, a notification tells a new user where it went.
  await page.getByRole('button', { name: 'Send a test alert' }).click();
  await daemon.waitForOpen({ title: 'Test alert' });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('Welcome to Ringside')).toBeHidden();
  for (let time = 0; time < 2; time += 1) {
    await closeWindow(app);
    await openFromTray(testApp);
  }
  const hidden = daemon.received.filter(({ title }) => title === 'Ringside is still running');
  expect(hidden).toHaveLength(1);
  await app.quit();

  // Without a keyring the password isn't stored unless the user agrees.
  expect(await findFilesWith(testApp.profile, server.password)).toEqual([]);
  server.revoke();
  await testApp.launch({ signedIn: false });
  await tray.waitForTooltip(/sign-in needed/i);
  expect(getSignInCount()).toBe(2);
});

test('stores the password without a keyring if the user agrees', async () => {
  const { server, daemon } = testApp;
  const app = await testApp.launch({ signedIn: false, args: [] });
  const page = await app.mainPage();
  const form = getSignInForm(page);
  await form.fillServer(server.url);
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  await form.storeWithoutKeyring.check();
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await app.quit();
  server.revoke();
  await testApp.launch({ signedIn: false });
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
});

test('names the missing role', async () => {
  const { server, tray } = testApp;
  await testApp.launch({ env: { RINGSIDE_USERNAME: server.userNameWithoutRole } });
  await tray.waitForTooltip(/“User”/);
});

test('signs in again without asking when the server ends the session', async () => {
  const { server, daemon } = testApp;
  await testApp.launchSignedIn();
  server.revoke();
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  expect(getSignInCount()).toBe(2);
});

test('writes no password, cookie, or complete phone number to the log', async () => {
  const { server, daemon } = testApp;
  await testApp.launchSignedIn();
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  server.vanish(id);
  await testApp.settle();
  server.fault({ path: '/sessions/my', status: 500, times: 1 });
  await testApp.settle();
  await testApp.app.quit();
  const log = await readFile(join(testApp.profile, 'logs', 'main.log'), 'utf8');
  expect(log).not.toBe('');
  for (const secret of [server.password, 'ss-id', 'ss-pid', '2025550147', '555-0147']) {
    expect(log).not.toContain(secret);
  }
  expect(await findFilesWith(testApp.profile, server.password)).toEqual([]);
});

/** How often credentials were sent. */
const getSignInCount = (): number =>
  testApp.server.requests.filter(({ path }) => path === '/auth/credentials').length;

/** Returns the files of a folder that contain a text. */
async function findFilesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const holding = await Promise.all(
    files.map(async (file) => ((await readFile(file)).includes(text) ? [file] : [])),
  );
  return holding.flat();
}
