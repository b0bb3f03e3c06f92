/** Where the password, the sign-in and other people's names must never turn up. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { filesWith } from '../files-with';
import { ADA, GRACE, Stage } from '../stage';
import { rowOf, signInForm } from '../window';
import { heapOf } from './heap';
import { startKeyring } from './keyring';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
});

test.afterEach(async () => {
  await stage.strike();
});

/** Signs in as a person does, by typing. */
async function signInByHand(page: Page, withoutKeyring = false): Promise<void> {
  const { server } = stage;
  const form = signInForm(page);
  await form.server.fill(server.url);
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  if (withoutKeyring) await form.storeWithoutKeyring.check();
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
}

/** The password as it is, and as somebody might think it hidden. */
const passwords = (): readonly string[] => {
  const { password } = stage.server;
  return [
    password,
    encodeURIComponent(password),
    Buffer.from(password).toString('base64'),
    Buffer.from(password).toString('hex'),
    Buffer.from(`${stage.server.userName}:${password}`).toString('base64'),
  ];
};

async function expectNoPasswordOnDisk(): Promise<void> {
  for (const form of passwords()) expect(await filesWith(stage.profile, form)).toEqual([]);
}

interface Saved {
  readonly accounts?: readonly { readonly userName: string; readonly password?: string }[];
}

const saved = async (): Promise<Saved> =>
  JSON.parse(await readFile(join(stage.profile, 'settings.json'), 'utf8')) as Saved;

test('a keyring keeps the password, and gives it back to the next start', async () => {
  const keyring = await startKeyring(stage.busAddress);
  try {
    const { server, daemon } = stage;
    const app = await stage.start({ signedIn: false, args: [keyring.switch] });
    await signInByHand(await app.window());
    await app.quit();
    await expectNoPasswordOnDisk();
    const [account] = (await saved()).accounts ?? [];
    expect(account?.userName).toBe(server.userName);
    // Chromium marks with v11 what only the system's keyring can open.
    expect(Buffer.from(account?.password ?? '', 'base64').toString('latin1')).toMatch(/^v11/);

    server.revoke();
    await stage.start({ signedIn: false, args: [keyring.switch, '--hidden'] });
    server.ring(GRACE);
    await daemon.waitForOpen({ title: 'Grace Hopper' });
    await expectNoPasswordOnDisk();
  } finally {
    await stage.app.kill9();
    await keyring.close();
  }
});

test('without a keyring the password is kept only where the person agreed, and never as it is', async () => {
  const app = await stage.start({ signedIn: false, args: [] });
  await signInByHand(await app.window());
  await app.quit();
  const [without] = (await saved()).accounts ?? [];
  expect(without).toBeDefined();
  expect(without).not.toHaveProperty('password');
  await expectNoPasswordOnDisk();

  stage.server.revoke();
  const again = await stage.start({ signedIn: false, args: [] });
  await signInByHand(await again.window(), true);
  await again.quit();
  expect((await saved()).accounts?.[0]?.password).toBeDefined();
  await expectNoPasswordOnDisk();
});

test('signing out takes the password and the cookies away, and the calls on request', async () => {
  const { server, daemon, tray } = stage;
  const app = await stage.start({ signedIn: false, args: [] });
  const page = await app.window();
  await signInByHand(page, true);
  const id = server.ring(ADA);
  await daemon.waitForOpen({ title: 'Ada Byron' });
  server.miss(id, { linger: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });

  await page.evaluate(async () => {
    const { accounts } = await window.ringside.request('state:subscribe');
    const account = accounts[0]?.key ?? '';
    await window.ringside.request('account:remove', { account, shouldDeleteCalls: true });
  });
  await tray.waitForTooltip(/sign-in needed/i);
  expect(server.requests.some(({ path }) => path === '/auth/logout')).toBe(true);
  await app.quit();
  expect((await saved()).accounts ?? []).toEqual([]);
  for (const remains of ['ss-pid', 'ss-id', 'Ada Byron', '2079460823', server.userName]) {
    expect(await filesWith(stage.profile, remains), remains).toEqual([]);
  }

  await stage.start({ signedIn: false, args: ['--hidden'] });
  await tray.waitForTooltip(/sign-in needed/i);
});

test('the page never holds the password once it has sent it, nor a cookie ever', async () => {
  const app = await stage.start({ signedIn: false, args: [] });
  const page = await app.window();
  await signInByHand(page);
  stage.server.ring(GRACE);
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  const state = JSON.stringify(
    await page.evaluate(() => window.ringside.request('state:subscribe')),
  );
  const heap = await heapOf(page);
  // That it would be found: what the page does know.
  for (const known of [state, heap]) expect(known).toContain('Grace Hopper');
  for (const known of [state, heap]) {
    for (const form of passwords()) expect(known).not.toContain(form);
    expect(known).not.toMatch(/ss-p?id/);
  }
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('a password of the environment reaches no page, no command line and no other program', async () => {
  const { server } = stage;
  // In place of the browser: a program that tells what it was given.
  const tools = join(stage.profile, '..', 'tools');
  const told = join(tools, 'told');
  await mkdir(tools);
  await writeFile(join(tools, 'xdg-open'), `#!/bin/sh\n{ echo "$@"; env; } > '${told}'\n`, {
    mode: 0o755,
  });
  const app = await stage.startSignedIn({
    args: [],
    env: { PATH: `${tools}:${process.env['PATH'] ?? ''}` },
  });
  const page = await app.window();
  const id = server.ring(GRACE);
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  await page.evaluate(
    async ({ screenPopUrl, call }) => {
      await window.ringside.request('settings:update', { screenPopUrl });
      await window.ringside.request('session:screen-pop', call);
    },
    { screenPopUrl: 'https://crm.example/?caller={number}', call: id },
  );
  const read = (): Promise<string> => readFile(told, 'utf8').catch(() => '');
  await expect.poll(read).toContain('https://crm.example/?caller=');
  await expect.poll(read).toContain('RINGSIDE_USERNAME=');

  const pids = await app.electron.evaluate(({ app: self }) =>
    self.getAppMetrics().map(({ pid }) => pid),
  );
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  expect(lines.length).toBeGreaterThan(2);
  const state = await page.evaluate(() => window.ringside.request('state:subscribe'));
  const places = [await read(), JSON.stringify(state), await heapOf(page), ...lines];
  for (const place of places) {
    for (const form of passwords()) expect(place).not.toContain(form);
  }
  await app.quit();
  await expectNoPasswordOnDisk();
  // Neither is who was signed in: the next person at this machine is somebody else.
  expect((await saved()).accounts ?? []).toEqual([]);
  expect(await filesWith(stage.profile, 'Hopper')).not.toEqual([]);
  expect(await filesWith(stage.profile, server.userName)).toEqual([]);
});

test('the log tells what happened, and of nobody', async () => {
  const { server, daemon } = stage;
  const app = await stage.startSignedIn({ args: [] });
  const page = await app.window();
  const id = server.ring(GRACE);
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  await page.evaluate((call) => window.ringside.request('session:details', call), id);
  server.miss(id, { linger: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  server.fault({ path: '/sessions/my', status: 500, times: 2 });
  await stage.settled();
  await stage.settled();
  await app.quit();
  const log = await readFile(join(stage.profile, 'logs', 'main.log'), 'utf8');
  expect(log).toContain('connection: live');
  const secrets = [...passwords(), 'Hopper', 'Bright', 'Northside', '2025550147', '555', 'ss-id'];
  for (const secret of [...secrets, server.userName, server.url]) {
    expect(log).not.toContain(secret);
  }
});
