/** The call log as the person keeps it short, takes it away and clears it, by hand. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serializeEntry } from '../../src/core/log/serialize';
import type { LogEntry } from '../../src/core/log/entry';
import { filesWith } from './files-with';
import { ALAN, Stage } from './stage';
import { isWindowShown } from './window';

const DAY = 24 * 60 * 60_000;

let stage: Stage;
let page: Page;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, logDays: 90, logEntries: 500 } });
  // Three a day, for fifty days.
  const entries = Array.from({ length: 150 }, (_, index) => entryOf(index, (index / 3) * DAY));
  await writeFile(logFile(), entries.map((entry) => `${serializeEntry(entry)}\n`).join(''));
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
});

test.afterAll(async () => {
  await stage.strike();
});

test('fewer days and fewer entries hold at once, in the window and on the disk', async () => {
  await expect.poll(entriesShown).toBe(150);
  await set('Keep calls for (days)', 40);
  await expect.poll(entriesShown).toBe(120);
  await set('Maximum calls kept', 100);
  await expect.poll(entriesShown).toBe(100);
  await expect.poll(linesOnDisk).toBe(100);
  expect(await filesWith(stage.profile, 'Caller 100.')).toEqual([]);
  // More than there is brings nothing back, and takes nothing away.
  await set('Keep calls for (days)', 365);
  await set('Maximum calls kept', 5_000);
  expect(await entriesShown()).toBe(100);
  expect(await linesOnDisk()).toBe(100);
});

test('it is exported to where the person says, and not where that cannot be', async () => {
  const { server, app, daemon } = stage;
  const file = join(stage.profile, '..', 'exported.csv');
  const alan = server.ring({ ...ALAN, fromName: '=Alan "Turing", Jr.' });
  server.miss(alan, { linger: 600 });
  await daemon.waitForOpen({ title: /^Missed call/ });
  server.vanish(alan);

  await exportTo(undefined);
  await exportTo(file);
  await expect(page.getByText(`Saved to ${file}`)).toBeVisible();
  // The question of where to takes the focus from the window, which must not go for that.
  expect(await isWindowShown(app)).toBe(true);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(102);
  expect(lines[0]).toMatch(/^\uFEFFStarted,/);
  expect(lines[1]).toContain(`"'=Alan ""Turing"", Jr."`);
  expect(lines.at(-1)).toContain('Caller 99.');

  const nowhere = join(stage.profile, '..', 'no such folder', 'exported.csv');
  await exportTo(nowhere);
  await expect(page.getByText(`${nowhere} couldn’t be saved (ENOENT).`)).toBeVisible();
});

test('it is cleared after a question, and stays so', async () => {
  const question = page.getByRole('alertdialog', { name: 'Clear the call log?' });
  await choose('Clear call log…');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  expect(await entriesShown()).toBe(101);
  await choose('Clear call log…');
  await question.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('No calls in the log yet')).toBeVisible();
  expect(await filesWith(stage.profile, 'Caller ')).toEqual([]);
  await stage.app.kill9();
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await expect(page.getByText('No calls in the log yet')).toBeVisible();
});

/** A call of earlier days, as the log keeps it. */
function entryOf(index: number, age: number): LogEntry {
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
  };
}

const logFile = (): string => join(stage.profile, 'calls.jsonl');

/** The lines of the log's file. */
async function linesOnDisk(): Promise<number> {
  const text = await readFile(logFile(), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

/** How many calls the list of the window is about. */
async function entriesShown(): Promise<number> {
  const { total } = await page.evaluate(() =>
    window.ringside.request('log:query', { search: '', only: 'all', offset: 0, limit: 1 }),
  );
  return total;
}

/** Types a number into a field of the settings, key by key as a person does. */
async function set(name: string, value: number): Promise<void> {
  await page.keyboard.press('Control+,');
  const field = page.getByRole('spinbutton', { name });
  await field.selectText();
  await field.pressSequentially(String(value));
  await field.press('Enter');
  await page.keyboard.press('Escape');
}

/** Chooses from the menu of the call log. */
async function choose(item: string): Promise<void> {
  await page.getByRole('tab', { name: /^Recent/ }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Exports the log; the system's dialog answers with a file, or is closed without. */
async function exportTo(file: string | undefined): Promise<void> {
  await stage.app.electron.evaluate(({ dialog, BrowserWindow }, filePath) => {
    dialog.showSaveDialog = (): Promise<Electron.SaveDialogReturnValue> => {
      for (const window of BrowserWindow.getAllWindows()) window.emit('blur');
      return Promise.resolve({ canceled: filePath === undefined, filePath: filePath ?? '' });
    };
  }, file);
  await choose('Export as CSV…');
}
