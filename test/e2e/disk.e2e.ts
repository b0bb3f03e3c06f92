/** A disk that takes nothing: the app runs on it, says so, and rings once all the same. */
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
import { ADA, GRACE, Stage } from './stage';
import { expectDetails } from './window';

test.skip(!CAN_MOUNT, 'nothing can be mounted here: that takes Linux, and root');

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set();
  mountDisk(stage.profile);
  const settings = { pollSeconds: 1, pinned: true };
  await writeFile(join(stage.profile, 'settings.json'), JSON.stringify({ settings }));
});

test.afterEach(async () => {
  unmountDisk(stage.profile);
  await stage.strike();
});

/** Expects the window to tell, once, that a file couldn’t be saved, and why. */
async function expectUnsaved(page: Page, file: string, why: string): Promise<void> {
  await expect(page.getByText(`${file} couldn’t be saved`)).toHaveCount(1);
  await expect(page.getByText(`${file} couldn’t be saved because ${why}`)).toHaveCount(1);
}

/** Changes a setting, as the window does. */
async function change(page: Page, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await page.evaluate((wanted) => window.ringside.request('settings:update', wanted), settings);
}

const titles = (): readonly string[] => stage.daemon.notified.map(({ title }) => title);
const stored = (file: string): Promise<string> => readFile(join(stage.profile, file), 'utf8');

test('a full disk is told of; each call rings once, and what was whole stays whole', async () => {
  fillDisk(stage.profile);
  await stage.startSignedIn({ args: [] });
  const page = await stage.app.window();
  const settings = await stored('settings.json');
  const grace = stage.server.ring(GRACE);
  await stage.daemon.waitForOpen({ title: 'Grace Hopper' });
  await change(page, { zoom: 110 });
  for (const file of ['watch.json', 'calls.jsonl', 'settings.json']) {
    await expectUnsaved(page, file, 'the disk is full');
  }
  expect(await stored('settings.json')).toBe(settings);
  await stage.settled();
  expect(titles()).toEqual(['Grace Hopper']);

  // There is room again: everything is saved after all, and the next run repeats nothing.
  freeDisk(stage.profile);
  stage.server.ring(ADA);
  await stage.daemon.waitForOpen({ title: 'Ada Byron' });
  await stage.settled();
  await change(page, { zoom: 125 });
  expect(await stored('settings.json')).toMatch(/"zoom":\s*125/);
  await expect.poll(() => stored('calls.jsonl')).toContain(grace);
  await stage.app.kill9();
  await stage.startSignedIn({ args: [] });
  await stage.settled();
  expect(titles()).toEqual(['Grace Hopper', 'Ada Byron']);
});

test('on a read-only profile the app runs, tells it, rings once, and runs once', async () => {
  makeReadOnly(stage.profile);
  await stage.startSignedIn({ args: [] });
  const page = await stage.app.window();
  const id = stage.server.ring(GRACE);
  await stage.daemon.waitForOpen({ title: 'Grace Hopper' });
  await change(page, { zoom: 110 });
  for (const file of ['watch.json', 'calls.jsonl', 'settings.json']) {
    await expectUnsaved(page, file, 'Ringside doesn’t have permission to write there');
  }
  const second = await stage.startBeside({ args: [`ringside://session/${id}`], pages: false });
  expect(await second.ended()).toBe(0);
  await expectDetails(page, 'Grace Hopper');
  await stage.settled();
  expect(titles()).toEqual(['Grace Hopper']);
});
