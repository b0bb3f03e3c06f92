import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { Bridge, RequestName } from '../../../src/shared/ipc';
import { MESSAGES, toPattern } from '../support/messages';
import { now, TestApp, type LaunchRingsideOptions } from '../support/test-app';
import { UpdateServer, type Delivery } from './update-server';

/** The content of the installed AppImage. */
const OLD = 'the old version';

let testApp: TestApp;
let server: UpdateServer;
let folder: string;
let image: string;

test.beforeEach(async () => {
  testApp = await TestApp.create();
  server = await UpdateServer.start();
  folder = join(testApp.profile, '..', 'update');
  await mkdir(folder);
  image = join(folder, 'Ringside.AppImage');
  await writeFile(image, OLD);
  await writeFile(join(folder, 'app-update.yml'), server.config);
  server.publish('99.1.0', createImage());
});

test.afterEach(async () => {
  await server.close();
  await testApp.close();
});

test('offers a new version, downloads it on request, verifies it, and installs it on quit', async () => {
  const page = await launch();
  await page.getByRole('button', { name: 'Settings' }).click();
  expect(server.requests).toEqual([]);
  await page.getByRole('button', { name: MESSAGES.window.update.check }).click();
  await expect(
    page.getByText(toPattern(MESSAGES.window.update.available, { version: '99.1.0' })).last(),
  ).toBeVisible();
  expect(server.downloads).toEqual([]);

  await page.getByRole('button', { name: 'Back' }).click();
  server.delivery = 'slow';
  await getBanner(page).getByRole('button', { name: MESSAGES.window.update.download }).click();
  const bar = getBanner(page).getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(0);
  expect(Number(await bar.getAttribute('value'))).toBeLessThan(60);
  expect(await readInstalled()).toEqual(OLD);
  server.finish();
  await expect(
    getBanner(page).getByText(toPattern(MESSAGES.window.update.ready, { version: '99.1.0' })),
  ).toBeVisible();
  // The environment with the password isn't passed on, so Ringside can't restart itself.
  await expect(
    getBanner(page).getByRole('button', { name: MESSAGES.window.update.restart }),
  ).toHaveCount(0);
  expect(await readInstalled()).toEqual(OLD);
  await quit(page);
  expect(await readInstalled()).toBe(createImage().toString());
  expect(await readFile(join(folder, 'was-started'), 'utf8')).toBe('true\n');
});

test('restarts into the new version on request', async () => {
  const page = await launch({ signedIn: false });
  await request(page, 'update:check');
  await expect
    .poll(() => getUpdateState(page))
    .toMatchObject({ kind: 'available', version: '99.1.0' });
  await request(page, 'update:download');
  await expect.poll(() => getUpdateState(page)).toMatchObject({ kind: 'ready', canRestart: true });
  await requestExit(page, 'update:restart');
  expect((await readInstalled()) === createImage().toString()).toBe(true);
  const started = (): Promise<string> =>
    readFile(join(folder, 'was-started'), 'utf8').catch(() => '');
  await expect.poll(started).toBe('\n');
});

for (const [delivery, message] of [
  ['changed', toPattern(MESSAGES.window.updateError.damaged)],
  ['short', toPattern(MESSAGES.window.updateError.damaged)],
  ['cut', toPattern(MESSAGES.window.updateError.unreachable)],
] as const satisfies readonly (readonly [Delivery, RegExp])[]) {
  test(`discards and reports a ${delivery} download`, async () => {
    const page = await launch();
    await request(page, 'update:check');
    server.delivery = delivery;
    await getBanner(page).getByRole('button', { name: MESSAGES.window.update.download }).click();
    await expect(getBanner(page).getByText(message)).toBeVisible();
    await expect(
      getBanner(page).getByRole('button', { name: MESSAGES.window.update.again }),
    ).toBeVisible();
    expect(await listCachedImages()).toEqual([]);
    await quit(page);
    expect(await readInstalled()).toEqual(OLD);
    expect(await readdir(folder)).not.toContain('was-started');
  });
}

test('reports an unreachable update server in the settings only', async () => {
  await server.close();
  const page = await launch();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: MESSAGES.window.update.check }).click();
  await expect(page.getByText(toPattern(MESSAGES.window.updateError.unreachable))).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(getBanner(page)).toHaveCount(0);
});

for (const list of ['endless', 'hostile'] as const) {
  test(`stops at an update list that is ${list}, and keeps polling`, async () => {
    const page = await launch();
    server.list = list;
    const since = now();
    await request(page, 'update:check');
    await expect.poll(() => getUpdateState(page)).toMatchObject({ kind: 'failed' });
    await testApp.settle();
    const times = [since, ...testApp.pollTimes(since)];
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(5_000);
    expect(server.takenBytes).toBeLessThan(16 * 1024 * 1024);
  });
}

test('does not offer a postponed version again and offers a beta only on the beta channel', async () => {
  server.publish('99.2.0-beta.1', createImage(), 'beta');
  const page = await launch();
  await request(page, 'update:check');
  await getBanner(page).getByRole('button', { name: MESSAGES.window.update.later }).click();
  await expect(getBanner(page)).toHaveCount(0);
  const before = server.requests.length;
  await page.getByRole('button', { name: 'Settings' }).click();
  const check = page.getByRole('button', { name: MESSAGES.window.update.check });
  await check.click();
  await expect.poll(() => server.requests.length).toBeGreaterThan(before);
  await expect(check).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(getBanner(page)).toHaveCount(0);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Update channel' }).selectOption('Beta');
  await check.click();
  const beta = toPattern(MESSAGES.window.update.available, { version: '99.2.0-beta.1' });
  await expect(page.getByRole('main').getByText(beta)).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(getBanner(page).getByText(beta)).toBeVisible();
});

test('announces a new version without offering a download when it cannot install itself', async () => {
  const page = await launch({ env: { APPIMAGE: undefined } });
  await request(page, 'update:check');
  await expect(
    getBanner(page).getByText(toPattern(MESSAGES.window.update.availableManually)),
  ).toBeVisible();
  await expect(
    getBanner(page).getByRole('button', { name: MESSAGES.window.update.download }),
  ).toHaveCount(0);
  await request(page, 'update:download');
  expect(await getUpdateState(page)).toMatchObject({ kind: 'manual' });
  expect(server.downloads).toEqual([]);
});

test('never contacts the update server when updates are managed', async () => {
  const policy = join(folder, 'policy.json');
  await writeFile(policy, '{"updates":false}');
  await chmod(policy, 0o644);
  const page = await launch({ env: { RINGSIDE_POLICY: policy } });
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText(MESSAGES.window.update.managed)).toBeVisible();
  await expect(page.getByRole('button', { name: MESSAGES.window.update.check })).toHaveCount(0);
  await expect(
    page.getByRole('switch', { name: 'Check for updates automatically' }),
  ).toBeDisabled();
  await request(page, 'update:check');
  expect(await getUpdateState(page)).toEqual({ kind: 'off', reason: 'managed' });
  expect(server.requests).toEqual([]);
});

/** Launches Ringside as an AppImage, with its window. */
async function launch({ signedIn = true, env }: LaunchRingsideOptions = {}): Promise<Page> {
  const app = await testApp.launch({
    signedIn,
    args: [],
    env: {
      RINGSIDE_UPDATES: join(folder, 'app-update.yml'),
      APPIMAGE: image,
      APPDIR: '/',
      XDG_CACHE_HOME: join(folder, 'cache'),
      ...env,
    },
  });
  return app.mainPage();
}

/** A new version: a script that records its environment, padded to the size of a download. */
function createImage(): Buffer {
  const program = [
    '#!/bin/sh',
    'echo "$APPIMAGE_EXIT_AFTER_INSTALL" > "$(dirname "$0")/was-started"',
    'exit 0',
    '',
  ].join('\n');
  return Buffer.from(program + '# padding of an image\n'.repeat(200_000));
}

/** The installed AppImage. */
const readInstalled = (): Promise<string> => readFile(image, 'utf8');

/** Downloads that wait for their installation. */
async function listCachedImages(): Promise<readonly string[]> {
  const files = await readdir(join(folder, 'cache', 'ringside-updater', 'pending')).catch(() => []);
  return files.filter((name) => name.endsWith('.AppImage'));
}

/** The banner about a new version. */
const getBanner = (page: Page): Locator => page.getByRole('region', { name: 'Updates' });

/** Sends a request without an argument. */
async function request(
  page: Page,
  name: 'app:quit' | (RequestName & `update:${string}`),
): Promise<void> {
  await page.evaluate(async (requestName) => {
    await (window as unknown as { readonly ringside: Bridge }).ringside.request(requestName);
  }, name);
}

/** Quits like a user. Nothing is installed when the desktop session ends Ringside. */
const quit = (page: Page): Promise<void> => requestExit(page, 'app:quit');

/** Sends a request that ends the app, and waits for the end. */
async function requestExit(page: Page, name: 'app:quit' | 'update:restart'): Promise<void> {
  // The page may close before the answer arrives.
  const answer = request(page, name).catch(() => undefined);
  await Promise.all([answer, testApp.app.exitCode()]);
}

/** The state of the updater. The page misses the changes since its last update. */
async function getUpdateState(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const { ringside } = window as unknown as { readonly ringside: Bridge };
    return (await ringside.request('state:subscribe')).update;
  });
}
