import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Application } from './application';
import { Stage } from './stage';
import { closeWindow, isWindowShown } from './window';

let stage: Stage;
let app: Application;

test.beforeEach(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
  app = await stage.startSignedIn({ args: [] });
  await app.window();
});

test.afterEach(async () => {
  await stage.strike();
});

test('the window opens again in the size that the person gave it', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setSize(460, 700);
  });
  await expect.poll(settings).toMatchObject({ windowWidth: 460, windowHeight: 700 });
  await app.kill9();
  const again = await stage.startSignedIn({ args: [] });
  await again.window();
  expect(await shape(again)).toMatchObject({ width: 460, height: 700 });
});

test('shows the window only when its page handles keys', async () => {
  await app.kill9();
  app = await stage.startSignedIn();
  await app.electron.evaluate(({ ipcMain }) => {
    // The page can't be rendered before main has answered this.
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, (...args: readonly unknown[]) => Promise<unknown>>;
    };
    const subscribe = handlers.get('state:subscribe');
    handlers.set('state:subscribe', async (...args) => {
      await new Promise<void>((resolve) => {
        Object.assign(globalThis, { release: resolve });
      });
      return subscribe?.(...args);
    });
  });
  await stage.tray.activate();
  const page = await app.electron.firstWindow();
  await page.waitForLoadState();
  await stage.settled();
  expect(await isWindowShown(app)).toBe(false);

  await app.electron.evaluate(() => {
    (globalThis as unknown as { release: () => void }).release();
  });
  await expect.poll(() => isWindowShown(app)).toBe(true);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('it becomes a window like any other, stays where it is put, and goes back to the tray', async () => {
  const atTray = await shape(app);
  await change({ normalWindow: true, pinned: false });
  // A frame cannot be put on: another window took the place of the one there was.
  await expect.poll(async () => (await shape(app))?.id).not.toBe(atTray?.id);
  await expect.poll(() => isWindowShown(app)).toBe(true);

  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      window.setPosition(120, 90);
      window.emit('blur');
    }
  });
  expect(await isWindowShown(app)).toBe(true);
  const left = await shape(app);
  await closeWindow(app);
  // A click so soon after it was hidden is the one that hid it: the icon is clicked until it opens.
  await expect
    .poll(async () => {
      if (!(await isWindowShown(app))) await stage.tray.activate();
      return isWindowShown(app);
    })
    .toBe(true);
  expect(await shape(app)).toEqual(left);

  await change({ normalWindow: false, pinned: true });
  await expect.poll(async () => (await shape(app))?.id).not.toBe(left?.id);
  await expect.poll(() => isWindowShown(app)).toBe(true);
});

async function settings(): Promise<unknown> {
  const file = await readFile(join(stage.profile, 'settings.json'), 'utf8');
  return (JSON.parse(file) as { settings: unknown }).settings;
}

async function change(changed: Readonly<Record<string, unknown>>): Promise<void> {
  const page = await app.window();
  // Its answer may find the page gone: another window takes its place.
  await page
    .evaluate((wish) => void window.ringside.request('settings:update', wish), changed)
    .catch(() => undefined);
}

/** Which window there is, where it is and how large. */
function shape({ electron }: Application) {
  return electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window && { id: window.id, ...window.getBounds() };
  });
}
