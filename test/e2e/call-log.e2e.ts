/** Limiting, exporting, and clearing the call log in the window. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serializeEntry } from '../../src/core/log/serialize';
import type { LogEntry } from '../../src/core/log/entry';
import { findFilesContaining } from './support/files';
import { ALAN, TestApp } from './support/test-app';
import { isWindowVisible } from './support/main-window';

const DAY = 24 * 60 * 60_000;

let testApp: TestApp;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, logDays: 90, logEntries: 500 } });
  // Three calls a day for fifty days.
  const entries = Array.from({ length: 150 }, (_, index) => createEntry(index, (index / 3) * DAY));
  await writeFile(getLogFile(), entries.map((entry) => `${serializeEntry(entry)}\n`).join(''));
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
});

test.afterAll(async () => {
  await testApp.close();
});

test('applies new call log limits immediately, in the window and on disk', async () => {
  await expect.poll(getEntryCount).toBe(150);
  await setNumber('Keep calls for (days)', 40);
  await expect.poll(getEntryCount).toBe(120);
  await setNumber('Maximum calls kept', 100);
  await expect.poll(getEntryCount).toBe(100);
  await expect.poll(getLineCount).toBe(100);
  expect(await findFilesContaining(testApp.profile, 'Caller 100.')).toEqual([]);
  // Higher limits restore nothing and remove nothing.
  await setNumber('Keep calls for (days)', 365);
  await setNumber('Maximum calls kept', 5_000);
  expect(await getEntryCount()).toBe(100);
  expect(await getLineCount()).toBe(100);
});

test('exports the call log as CSV and reports a file that cannot be written', async () => {
  const { server, app, daemon } = testApp;
  const file = join(testApp.profile, '..', 'exported.csv');
  const alan = server.ring({ ...ALAN, fromName: '=Alan "Turing", Jr.' });
  server.miss(alan, { listedSeconds: 600 });
  await daemon.waitForOpen({ title: /^Missed call/ });
  server.vanish(alan);

  await exportLog(undefined);
  await exportLog(file);
  await expect(page.getByText(`Saved to ${file}`)).toBeVisible();
  // The toast covers neither the rows nor the tabs.
  await expect.poll(getGapsAroundToast).toEqual([true, true]);
  // The file dialog takes the focus, which must not hide the window.
  expect(await isWindowVisible(app)).toBe(true);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(102);
  expect(lines[0]).toMatch(/^\uFEFFStarted,/);
  expect(lines[1]).toContain(`"'=Alan ""Turing"", Jr."`);
  expect(lines.at(-1)).toContain('Caller 99.');

  const missingFolder = join(testApp.profile, '..', 'no such folder', 'exported.csv');
  await exportLog(missingFolder);
  await expect(page.getByText(`${missingFolder} couldn’t be saved (ENOENT).`)).toBeVisible();
});

test('clears the call log after a confirmation', async () => {
  const dialog = page.getByRole('alertdialog', { name: 'Clear the call log?' });
  await chooseMenuItem('Clear call log…');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await getEntryCount()).toBe(101);
  await chooseMenuItem('Clear call log…');
  await dialog.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('No calls in the log yet')).toBeVisible();
  expect(await findFilesContaining(testApp.profile, 'Caller ')).toEqual([]);
  await testApp.app.kill();
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await expect(page.getByText('No calls in the log yet')).toBeVisible();
});

/** Whether the list ends above the toast, and the toast above the tabs. */
function getGapsAroundToast(): Promise<readonly boolean[]> {
  return page.evaluate(() => {
    const getRect = (selector: string): DOMRect | undefined =>
      document.querySelector(selector)?.getBoundingClientRect();
    const toast = getRect('.toast-area p');
    const list = getRect('.panel .list');
    const tabs = getRect('nav');
    return [
      list !== undefined && toast !== undefined && list.bottom <= toast.top,
      tabs !== undefined && toast !== undefined && toast.bottom <= tabs.top,
    ];
  });
}

/** Creates a stored call from a past day. */
function createEntry(index: number, age: number): LogEntry {
  const startedAt = Date.now() - age;
  return {
    summary: {
      id: `S-${index}`,
      direction: 'incoming',
      channel: 'Voice',
      party: { name: `Caller ${index}.`, number: undefined },
      customer: undefined,
      customerPath: [],
      endpoint: undefined,
    },
    accountLabel: undefined,
    outcome: { kind: 'answered', by: undefined, isOwn: true },
    startedAt,
    answeredAt: startedAt,
    endedAt: startedAt,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    segments: [],
    isSeen: true,
    callbackMark: null,
  };
}

const getLogFile = (): string => join(testApp.profile, 'calls.jsonl');

/** The number of lines in the log file. */
async function getLineCount(): Promise<number> {
  const text = await readFile(getLogFile(), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

/** The number of calls in the list. */
async function getEntryCount(): Promise<number> {
  const { total } = await page.evaluate(() =>
    window.ringside.request('log:query', { search: '', only: 'all', offset: 0, limit: 1 }),
  );
  return total;
}

/** Types a number into a field of the settings, key by key. */
async function setNumber(name: string, value: number): Promise<void> {
  await page.keyboard.press('Control+,');
  const field = page.getByRole('spinbutton', { name });
  await field.selectText();
  await field.pressSequentially(String(value));
  await field.press('Enter');
  await page.keyboard.press('Escape');
}

/** Chooses an item from the menu of the call log. */
async function chooseMenuItem(item: string): Promise<void> {
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Exports the log; the file dialog returns a file, or is canceled. */
async function exportLog(file: string | undefined): Promise<void> {
  await testApp.app.evaluate(({ dialog, BrowserWindow }, filePath) => {
    dialog.showSaveDialog = (): Promise<Electron.SaveDialogReturnValue> => {
      for (const window of BrowserWindow.getAllWindows()) window.emit('blur');
      return Promise.resolve({ canceled: filePath === undefined, filePath: filePath ?? '' });
    };
  }, file);
  await chooseMenuItem('All calls…');
}
