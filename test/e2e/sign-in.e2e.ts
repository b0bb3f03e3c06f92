import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { GRACE, Stage } from './stage';
import { rowOf, signInForm } from './window';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set();
});

test.afterEach(async () => {
  await stage.strike();
});

test('the first start asks who it is, tells a wrong password in words, and lets the right one in', async () => {
  const { server, daemon, tray } = stage;
  const app = await stage.start({ signedIn: false, args: [] });
  const page = await app.window();
  await tray.waitForTooltip(/sign-in needed/i);
  const form = signInForm(page);
  await form.server.fill(server.url);
  await form.userName.fill(server.userName);
  await form.password.fill('not the password');
  await form.submit.click();
  await expect(page.getByRole('alert')).toContainText(/password/i);
  expect(credentialsSent()).toBe(1);

  await form.password.fill(server.password);
  await form.submit.click();
  server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  await app.quit();

  // Without a keyring and without a word from the person the password was not kept.
  expect(await filesWith(stage.profile, server.password)).toEqual([]);
  server.revoke();
  await stage.start({ signedIn: false });
  await tray.waitForTooltip(/sign-in needed/i);
  expect(credentialsSent()).toBe(2);
});

test('a person who agreed to do without a keyring is not asked again', async () => {
  const { server, daemon } = stage;
  const app = await stage.start({ signedIn: false, args: [] });
  const page = await app.window();
  const form = signInForm(page);
  await form.server.fill(server.url);
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  await form.storeWithoutKeyring.check();
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await app.quit();
  server.revoke();
  await stage.start({ signedIn: false });
  server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
});

test('a sign-in without the role is told which role is missing', async () => {
  const { server, tray } = stage;
  await stage.start({ env: { RINGSIDE_USERNAME: server.userNameWithoutRole } });
  await tray.waitForTooltip(/“User”/);
});

test('a session that the server ended is signed in again without asking', async () => {
  const { server, daemon } = stage;
  await stage.startSignedIn();
  server.revoke();
  server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  expect(credentialsSent()).toBe(2);
});

test('no password, cookie or whole number gets into the profile’s log', async () => {
  const { server, daemon } = stage;
  await stage.startSignedIn();
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  server.vanish(id);
  await stage.settled();
  server.fault({ path: '/sessions/my', status: 500, times: 1 });
  await stage.settled();
  await stage.app.quit();
  const log = await readFile(join(stage.profile, 'logs', 'main.log'), 'utf8');
  expect(log).not.toBe('');
  for (const secret of [server.password, 'ss-id', 'ss-pid', '2025550147', '555-0147']) {
    expect(log).not.toContain(secret);
  }
  expect(await filesWith(stage.profile, server.password)).toEqual([]);
});

/** How often a user name and a password were sent. */
const credentialsSent = (): number =>
  stage.server.requests.filter(({ path }) => path === '/auth/credentials').length;

/** The files of a folder that hold a text as it is. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const holding = await Promise.all(
    files.map(async (file) => ((await readFile(file)).includes(text) ? [file] : [])),
  );
  return holding.flat();
}
