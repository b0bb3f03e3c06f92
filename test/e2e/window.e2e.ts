import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ElectronApp } from './support/electron-app';
import { TestApp } from './support/test-app';
import { closeWindow, isWindowVisible, openFromTray } from './support/main-window';

let testApp: TestApp;
let app: ElectronApp;

test.beforeEach(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  app = await testApp.launchSignedIn({ args: [] });
  await app.mainPage();
});

test.afterEach(async () => {
  await testApp.close();
});

test('remembers the size of the window', async () => {
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setSize(460, 700);
  });
  await expect.poll(readStoredSettings).toMatchObject({ windowWidth: 460, windowHeight: 700 });
  await app.kill();
  const again = await testApp.launchSignedIn({ args: [] });
  await again.mainPage();
  expect(await getWindow(again)).toMatchObject({ width: 460, height: 700 });
});

test('shows the window only when its page handles keys', async () => {
  await app.kill();
  app = await testApp.launchSignedIn();
  await app.evaluate(({ ipcMain }) => {
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
  await testApp.tray.activate();
  const page = await app.electron.firstWindow();
  await page.waitForLoadState();
  await testApp.settle();
  expect(await isWindowVisible(app)).toBe(false);

  await app.evaluate(() => {
    (globalThis as unknown as { release: () => void }).release();
  });
  await expect.poll(() => isWindowVisible(app)).toBe(true);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('turns into a normal window that keeps its position, and back into a popover', async () => {
  const popover = await getWindow(app);
  await changeSettings({ normalWindow: true, pinned: false });
  // A window can't get a frame later, so there is a new one.
  await expect.poll(async () => (await getWindow(app))?.id).not.toBe(popover?.id);
  await expect.poll(() => isWindowVisible(app)).toBe(true);

  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      window.setPosition(120, 90);
      window.emit('blur');
    }
  });
  expect(await isWindowVisible(app)).toBe(true);
  const moved = await getWindow(app);
  await closeWindow(app);
  await openFromTray(testApp);
  expect(await getWindow(app)).toEqual(moved);

  await changeSettings({ normalWindow: false, pinned: true });
  await expect.poll(async () => (await getWindow(app))?.id).not.toBe(moved?.id);
  await expect.poll(() => isWindowVisible(app)).toBe(true);
});

async function readStoredSettings(): Promise<unknown> {
  const file = await readFile(join(testApp.profile, 'settings.json'), 'utf8');
  return (JSON.parse(file) as { settings: unknown }).settings;
}

async function changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
  const page = await app.mainPage();
  // The window may be replaced before the answer arrives.
  await page
    .evaluate((settings) => void window.ringside.request('settings:update', settings), changes)
    .catch(() => undefined);
}

/** The id and the bounds of the window. */
function getWindow(app: ElectronApp) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window && { id: window.id, ...window.getBounds() };
  });
}
