/** Places that must never contain passwords, cookies, or callers' names. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findFilesContaining } from '../support/files';
import { ADA, GRACE, TestApp } from '../support/test-app';
import { findRow, getSignInForm } from '../support/main-window';
import { takeHeapSnapshot } from './heap-snapshot';
import { startKeyring } from './keyring';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
});

test.afterEach(async () => {
  await testApp.close();
});

/** Signs in with the form. */
async function signInWithForm(page: Page, storeWithoutKeyring = false): Promise<void> {
  const { server } = testApp;
  const form = getSignInForm(page);
  await form.fillServer(server.url);
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  if (storeWithoutKeyring) await form.storeWithoutKeyring.check();
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
}

/** The password in plain text and in reversible encodings. */
const getPasswordForms = (): readonly string[] => {
  const { password } = testApp.server;
  return [
    password,
    encodeURIComponent(password),
    Buffer.from(password).toString('base64'),
    Buffer.from(password).toString('hex'),
    Buffer.from(`${testApp.server.userName}:${password}`).toString('base64'),
  ];
};

async function expectNoPasswordOnDisk(): Promise<void> {
  for (const form of getPasswordForms())
    expect(await findFilesContaining(testApp.profile, form)).toEqual([]);
}

interface StoredSettings {
  readonly accounts?: readonly { readonly userName: string; readonly password?: string }[];
}

const readSettings = async (): Promise<StoredSettings> =>
  JSON.parse(await readFile(join(testApp.profile, 'settings.json'), 'utf8')) as StoredSettings;

test('stores the password in the keyring and reads it at the next start', async () => {
  const keyring = await startKeyring(testApp.busAddress);
  try {
    const { server, daemon } = testApp;
    const app = await testApp.launch({ signedIn: false, args: [keyring.switch] });
    await signInWithForm(await app.mainPage());
    await app.quit();
    await expectNoPasswordOnDisk();
    const [account] = (await readSettings()).accounts ?? [];
    expect(account?.userName).toBe(server.userName);
    // Chromium's prefix v11 means encrypted with the system keyring.
    expect(Buffer.from(account?.password ?? '', 'base64').toString('latin1')).toMatch(/^v11/);

    server.revoke();
    await testApp.launch({ signedIn: false, args: [keyring.switch, '--hidden'] });
    server.ring(GRACE);
    await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    await expectNoPasswordOnDisk();
  } finally {
    await testApp.app.kill();
    await keyring.close();
  }
});

test('stores the password without a keyring only if the user agrees, and never in plain text', async () => {
  const app = await testApp.launch({ signedIn: false, args: [] });
  await signInWithForm(await app.mainPage());
  await app.quit();
  const [without] = (await readSettings()).accounts ?? [];
  expect(without).toBeDefined();
  expect(without).not.toHaveProperty('password');
  await expectNoPasswordOnDisk();

  testApp.server.revoke();
  const again = await testApp.launch({ signedIn: false, args: [] });
  await signInWithForm(await again.mainPage(), true);
  await again.quit();
  expect((await readSettings()).accounts?.[0]?.password).toBeDefined();
  await expectNoPasswordOnDisk();
});

test('deletes the password, the cookies, and if requested the calls after signing out', async () => {
  const { server, daemon, tray } = testApp;
  const app = await testApp.launch({ signedIn: false, args: [] });
  const page = await app.mainPage();
  await signInWithForm(page, true);
  const id = server.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  server.miss(id, { listedSeconds: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });

  await page.evaluate(async () => {
    const { accounts } = await window.ringside.request('state:subscribe');
    const account = accounts[0]?.key ?? '';
    await window.ringside.request('account:remove', { account, shouldDeleteCalls: true });
  });
  await tray.waitForTooltip(/sign-in needed/i);
  expect(server.requests.some(({ path }) => path === '/auth/logout')).toBe(true);
  await app.quit();
  expect((await readSettings()).accounts ?? []).toEqual([]);
  for (const trace of ['ss-pid', 'ss-id', 'Ada Byron', '2079460823', server.userName]) {
    expect(await findFilesContaining(testApp.profile, trace), trace).toEqual([]);
  }

  await testApp.launch({ signedIn: false, args: ['--hidden'] });
  await tray.waitForTooltip(/sign-in needed/i);
});

test('keeps neither the password nor a cookie in the page', async () => {
  const app = await testApp.launch({ signedIn: false, args: [] });
  const page = await app.mainPage();
  await signInWithForm(page);
  testApp.server.ring(GRACE);
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  const state = JSON.stringify(
    await page.evaluate(() => window.ringside.request('state:subscribe')),
  );
  const secrets = [...getPasswordForms(), 'ss-pid', 'ss-id'];
  const findSecrets = (text: string): string[] => secrets.filter((form) => text.includes(form));
  expect(state).toContain('Grace Hopper');
  expect(findSecrets(state)).toEqual([]);
  // The form and its input are collected some time after they were removed.
  await expect(async () => {
    const heap = await takeHeapSnapshot(page);
    expect(heap.includes('Grace Hopper')).toBe(true);
    expect(findSecrets(heap)).toEqual([]);
  }).toPass({ timeout: 20_000 });
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('hides a password in the environment from pages, command lines, and other programs', async () => {
  const { server } = testApp;
  // Records its arguments and environment in place of the browser.
  const tools = join(testApp.profile, '..', 'tools');
  const record = join(tools, 'record');
  await mkdir(tools);
  await writeFile(join(tools, 'xdg-open'), `#!/bin/sh\n{ echo "$@"; env; } > '${record}'\n`, {
    mode: 0o755,
  });
  const app = await testApp.launchSignedIn({
    args: [],
    env: { PATH: `${tools}:${process.env['PATH'] ?? ''}` },
  });
  const page = await app.mainPage();
  const id = server.ring(GRACE);
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
  await page.evaluate(
    async ({ screenPopUrl, call }) => {
      await window.ringside.request('settings:update', { screenPopUrl });
      await window.ringside.request('session:screen-pop', call);
    },
    { screenPopUrl: 'https://crm.example/?caller={number}', call: id },
  );
  const read = (): Promise<string> => readFile(record, 'utf8').catch(() => '');
  await expect.poll(read).toContain('https://crm.example/?caller=');
  await expect.poll(read).toContain('RINGSIDE_USERNAME=');

  const pids = await app.evaluate(({ app: self }) => self.getAppMetrics().map(({ pid }) => pid));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  expect(lines.length).toBeGreaterThan(2);
  const state = await page.evaluate(() => window.ringside.request('state:subscribe'));
  const texts = [await read(), JSON.stringify(state), await takeHeapSnapshot(page), ...lines];
  for (const text of texts) {
    for (const form of getPasswordForms()) expect(text).not.toContain(form);
  }
  await app.quit();
  await expectNoPasswordOnDisk();
  // The username isn't stored either; the machine may be shared.
  expect((await readSettings()).accounts ?? []).toEqual([]);
  expect(await findFilesContaining(testApp.profile, 'Hopper')).not.toEqual([]);
  expect(await findFilesContaining(testApp.profile, server.userName)).toEqual([]);
});

test('logs no personal data', async () => {
  const { server, daemon } = testApp;
  const app = await testApp.launchSignedIn({ args: [] });
  const page = await app.mainPage();
  const id = server.ring(GRACE);
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  await page.evaluate((call) => window.ringside.request('session:details', call), id);
  server.miss(id, { listedSeconds: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  server.fault({ path: '/sessions/my', status: 500, times: 2 });
  await testApp.settle();
  await testApp.settle();
  await app.quit();
  const log = await readFile(join(testApp.profile, 'logs', 'main.log'), 'utf8');
  expect(log).toContain('connection: live');
  const secrets = [
    ...getPasswordForms(),
    'Hopper',
    'Bright',
    'Northside',
    '2025550147',
    '555',
    'ss-id',
  ];
  for (const secret of [...secrets, server.userName, server.url]) {
    expect(log).not.toContain(secret);
  }
});
