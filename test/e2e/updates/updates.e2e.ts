import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { Bridge, RequestName } from '../../../src/shared/ipc';
import { Stage, type Start } from '../stage';
import { UpdateServer, type Delivery } from './update-server';

/** What runs now, as far as it is a file. */
const OLD = 'the old version';

let stage: Stage;
let server: UpdateServer;
let folder: string;
let image: string;

test.beforeEach(async () => {
  stage = await Stage.set();
  server = await UpdateServer.start();
  folder = join(stage.profile, '..', 'update');
  await mkdir(folder);
  image = join(folder, 'Ringside.AppImage');
  await writeFile(image, OLD);
  await writeFile(join(folder, 'app-update.yml'), server.note);
  server.publish('99.1.0', anImage());
});

test.afterEach(async () => {
  await server.close();
  await stage.strike();
});

test('a newer version is offered, fetched after a yes, verified, and installed at the end', async () => {
  const page = await start();
  await page.getByRole('button', { name: 'Settings' }).click();
  expect(server.requests).toEqual([]);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText(/^Ringside 99\.1\.0 is available/).last()).toBeVisible();
  expect(server.fetched).toEqual([]);

  await page.getByRole('button', { name: 'Back' }).click();
  server.delivery = 'trickling';
  await notice(page).getByRole('button', { name: 'Download' }).click();
  const bar = notice(page).getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(0);
  expect(Number(await bar.getAttribute('value'))).toBeLessThan(60);
  expect(await left()).toEqual(OLD);
  server.goOn();
  await expect(notice(page).getByText(/^Ringside 99\.1\.0 is ready/)).toBeVisible();
  // Started by an environment that is not handed on, it is not started anew by itself.
  await expect(notice(page).getByRole('button', { name: 'Restart now' })).toHaveCount(0);
  expect(await left()).toEqual(OLD);
  await quit(page);
  expect(await left()).toBe(anImage().toString());
  expect(await readFile(join(folder, 'was-started'), 'utf8')).toBe('true\n');
});

test('on the person’s word it starts the new version at once', async () => {
  const page = await start({ signedIn: false });
  await ask(page, 'update:check');
  await expect.poll(() => stateOf(page)).toMatchObject({ kind: 'available', version: '99.1.0' });
  await ask(page, 'update:download');
  await expect.poll(() => stateOf(page)).toMatchObject({ kind: 'ready', canRestart: true });
  await ask(page, 'update:restart');
  await stage.app.ended();
  expect((await left()) === anImage().toString()).toBe(true);
  const started = (): Promise<string> =>
    readFile(join(folder, 'was-started'), 'utf8').catch(() => 'not yet');
  await expect.poll(started).toBe('\n');
});

for (const [delivery, words] of [
  ['changed', /not what was published/],
  ['short', /not what was published/],
  ['cut', /cannot be reached/],
] as const satisfies readonly (readonly [Delivery, RegExp])[]) {
  test(`a version that arrives ${delivery} is thrown away and told`, async () => {
    const page = await start();
    await ask(page, 'update:check');
    server.delivery = delivery;
    await notice(page).getByRole('button', { name: 'Download' }).click();
    await expect(notice(page).getByText(words)).toBeVisible();
    await expect(notice(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(await cached()).toEqual([]);
    await quit(page);
    expect(await left()).toEqual(OLD);
    expect(await readdir(folder)).not.toContain('was-started');
  });
}

test('a server that is down is told where one looks for it, and nowhere else', async () => {
  await server.close();
  const page = await start();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText(/cannot be reached at the moment/)).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(notice(page)).toHaveCount(0);
});

test('a version that was put off is not brought up again, and a beta only to who wants it', async () => {
  server.publish('99.2.0-beta.1', anImage(), 'beta');
  const page = await start();
  await ask(page, 'update:check');
  await notice(page).getByRole('button', { name: 'Later' }).click();
  await expect(notice(page)).toHaveCount(0);
  await ask(page, 'update:check');
  await expect.poll(() => stateOf(page)).toMatchObject({ kind: 'available', later: true });
  await expect(notice(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Update channel' }).selectOption('Beta');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(() => stateOf(page)).toMatchObject({ version: '99.2.0-beta.1', later: false });
});

test('a copy that somebody else installed only tells', async () => {
  const page = await start({ env: { APPIMAGE: undefined } });
  await ask(page, 'update:check');
  await expect(
    notice(page).getByText(/Whoever manages this computer can install it/),
  ).toBeVisible();
  await expect(notice(page).getByRole('button', { name: 'Download' })).toHaveCount(0);
  await ask(page, 'update:download');
  expect(await stateOf(page)).toMatchObject({ kind: 'told' });
  expect(server.fetched).toEqual([]);
});

test('where the organisation does not want it, nobody is asked', async () => {
  const policy = join(folder, 'policy.json');
  await writeFile(policy, '{"updates":false}');
  await chmod(policy, 0o644);
  const page = await start({ env: { RINGSIDE_POLICY: policy } });
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('Updates are managed by your organization.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refresh' })).toHaveCount(0);
  await expect(
    page.getByRole('switch', { name: 'Check for updates automatically' }),
  ).toBeDisabled();
  await ask(page, 'update:check');
  expect(await stateOf(page)).toEqual({ kind: 'off', why: 'organisation' });
  expect(server.requests).toEqual([]);
});

/** Starts Ringside with a window, as an AppImage does. */
async function start({ signedIn = true, env }: Start = {}): Promise<Page> {
  const app = await stage.start({
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
  return app.window();
}

/** A new version: a program that notes whether it was told to end at once, and much else. */
function anImage(): Buffer {
  const program = [
    '#!/bin/sh',
    'echo "$APPIMAGE_EXIT_AFTER_INSTALL" > "$(dirname "$0")/was-started"',
    'exit 0',
    '',
  ].join('\n');
  return Buffer.from(program + '# what is in it\n'.repeat(200_000));
}

/** What is installed. */
const left = (): Promise<string> => readFile(image, 'utf8');

/** What was downloaded and is kept for installing. */
async function cached(): Promise<readonly string[]> {
  const files = await readdir(join(folder, 'cache', 'ringside-updater', 'pending')).catch(() => []);
  return files.filter((name) => name.endsWith('.AppImage'));
}

/** What the window says unasked of a new version. */
const notice = (page: Page): Locator => page.getByRole('region', { name: 'Updates' });

/** Asks main for something that takes no argument. */
async function ask(page: Page, name: RequestName & `update:${string}`): Promise<void> {
  await page.evaluate(async (request) => {
    await (window as unknown as { readonly ringside: Bridge }).ringside.request(request);
  }, name);
}

/** Quits as a person does: at the end of a session that is taken down nothing is installed. */
async function quit(page: Page): Promise<void> {
  const asked = page.evaluate(() =>
    (window as unknown as { readonly ringside: Bridge }).ringside.request('app:quit'),
  );
  // The page may be gone before the answer is there.
  await Promise.all([asked.catch(() => undefined), stage.app.ended()]);
}

/** Where Ringside stands with newer versions. */
async function stateOf(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const { ringside } = window as unknown as { readonly ringside: Bridge };
    return (await ringside.request('state:subscribe')).update;
  });
}
