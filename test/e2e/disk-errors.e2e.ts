/** A full disk and a read-only profile. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  CAN_MOUNT,
  fillDisk,
  freeDisk,
  makeReadOnly,
  mountDisk,
  unmountDisk,
} from '../main/storage/mounted-disk';
import { ADA, GRACE, TestApp } from './support/test-app';
import { expectDetails } from './support/main-window';

test.skip(!CAN_MOUNT, 'needs Linux and root to mount a disk');

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create();
  mountDisk(testApp.profile);
  const settings = { pollSeconds: 1, pinned: true };
  await writeFile(join(testApp.profile, 'settings.json'), JSON.stringify({ settings }));
});

test.afterEach(async () => {
  unmountDisk(testApp.profile);
  await testApp.close();
});

/** Expects the window to report once that a file couldn’t be saved, and why. */
async function expectSaveError(page: Page, file: string, why: string): Promise<void> {
  await expect(page.getByText(`${file} couldn’t be saved`)).toHaveCount(1);
  await expect(page.getByText(`${file} couldn’t be saved because ${why}`)).toHaveCount(1);
}

async function changeSettings(
  page: Page,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await page.evaluate((wanted) => window.ringside.request('settings:update', wanted), settings);
}

const getTitles = (): readonly string[] => testApp.daemon.received.map(({ title }) => title);
const readProfileFile = (file: string): Promise<string> =>
  readFile(join(testApp.profile, file), 'utf8');

test('reports a full disk, announces each call once, and saves everything once there is space', async () => {
  fillDisk(testApp.profile);
  await testApp.launchSignedIn({ args: [] });
  const page = await testApp.app.mainPage();
  const settings = await readProfileFile('settings.json');
  const grace = testApp.server.ring(GRACE);
  await testApp.daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await changeSettings(page, { zoom: 110 });
  for (const file of ['watch.json', 'calls.jsonl', 'settings.json']) {
    await expectSaveError(page, file, 'the disk is full');
  }
  expect(await readProfileFile('settings.json')).toBe(settings);
  await testApp.settle();
  expect(getTitles()).toEqual(['Grace Hopper is calling Bright Dental']);

  freeDisk(testApp.profile);
  await expect.poll(() => readProfileFile('settings.json')).toMatch(/"zoom":\s*110/);
  await expect.poll(() => readProfileFile('calls.jsonl')).toContain(grace);
  await expect(page.getByText('couldn’t be saved')).toHaveCount(0);
  testApp.server.ring(ADA);
  await testApp.daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  await testApp.settle();
  await testApp.app.kill();
  await testApp.launchSignedIn({ args: [] });
  await testApp.settle();
  expect(getTitles()).toEqual([
    'Grace Hopper is calling Bright Dental',
    'Ada Byron is calling Harbor Legal',
  ]);
});

test('runs on a read-only profile, reports it, and announces each call once', async () => {
  makeReadOnly(testApp.profile);
  await testApp.launchSignedIn({ args: [] });
  const page = await testApp.app.mainPage();
  const id = testApp.server.ring(GRACE);
  await testApp.daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await changeSettings(page, { zoom: 110 });
  for (const file of ['watch.json', 'calls.jsonl', 'settings.json']) {
    await expectSaveError(page, file, 'Ringside doesn’t have permission to write there');
  }
  const second = await testApp.launchSecondInstance({
    args: [`ringside://session/${id}`],
    debuggable: false,
  });
  expect(await second.exitCode()).toBe(0);
  await expectDetails(page, 'Grace Hopper');
  await testApp.settle();
  expect(getTitles()).toEqual(['Grace Hopper is calling Bright Dental']);
});

test('starts on a disk without room for a single file, and refuses a second instance', async () => {
  unmountDisk(testApp.profile);
  mountDisk(testApp.profile, '32m,nr_inodes=1');
  await testApp.launchSignedIn();
  testApp.server.ring(GRACE);
  await testApp.daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  const second = await testApp.launchSecondInstance({ debuggable: false });
  expect(await second.exitCode()).toBe(0);
});
