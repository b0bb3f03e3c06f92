import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { StatusNotifierHost } from './desktop/status-notifier-host';
import { XembedTray } from './desktop/xembed-tray';
import type { ElectronApp } from './support/electron-app';
import { closeWindow, openFromTray } from './support/main-window';
import { GRACE, TestApp } from './support/test-app';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create();
});

test.afterEach(async () => {
  await testApp.close();
});

test('shows the icon in a panel that starts after Ringside', async () => {
  // At login, the panel and the autostarted apps start at the same time.
  testApp.tray.close();
  await testApp.launchSignedIn({ debuggable: false });
  const panel = await StatusNotifierHost.start(testApp.busAddress);
  try {
    await panel.waitForTooltip(/no calls/i);
    testApp.server.ring(GRACE);
    await panel.waitForTooltip(/^Ringing: Grace Hopper/);
    await panel.clickMenu([/^Quit/]);
    await testApp.app.exitCode();
    await panel.waitForRemoval();
  } finally {
    panel.close();
  }
});

test('shows the icon again in a panel that restarts', async () => {
  await testApp.launchSignedIn({ debuggable: false });
  await testApp.tray.waitForTooltip(/no calls/i);
  testApp.tray.close();
  const panel = await StatusNotifierHost.start(testApp.busAddress);
  try {
    await panel.waitForTooltip(/no calls/i);
    expect(panel.hasItem).toBe(true);
  } finally {
    panel.close();
  }
});

test('uses a tray that supports only XEmbed, including one that starts later', async () => {
  testApp.tray.close();
  const app = await testApp.launchSignedIn({ args: [] });
  const page = await app.mainPage();
  const notice = page.getByText(/no system tray/i);
  await expect(notice).toBeVisible();
  const tray = await XembedTray.start(process.env['DISPLAY'] ?? '');
  try {
    await expect(notice).toBeHidden();
    await app.quit();
    const again = await testApp.launchSignedIn({ args: [] });
    await expect((await again.mainPage()).locator('html')).toHaveAttribute('data-ready');
    expect(await getWindowType(again)).toContain('_NET_WM_WINDOW_TYPE_TOOLBAR');
  } finally {
    tray.dispose();
  }
});

test('opens the window next to the pointer that clicked the tray, not at an earlier position', async () => {
  const app = await testApp.launchSignedIn();
  const clickTray = async (x: number, y: number): Promise<Electron.Rectangle> => {
    movePointer(x, y);
    await openFromTray(testApp);
    return getBounds(app);
  };
  const { x, y, width, height } = await clickTray(1_270, 790);
  expect([x + width, y + height]).toEqual([1_280, 790 - 8]);

  // Chromium only knows where the pointer left the window.
  movePointer(x + 100, y + 100);
  movePointer(x - 100, y + 100);
  await closeWindow(app);
  expect(await clickTray(200, 10)).toMatchObject({ x: Math.round(200.5 - width / 2), y: 19 });
});

function movePointer(x: number, y: number): void {
  execFileSync('xdotool', ['mousemove', String(x), String(y)]);
}

function getBounds(app: ElectronApp): Promise<Electron.Rectangle> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('there is no window');
    return window.getBounds();
  });
}

/** What a window manager takes the window for. */
async function getWindowType(app: ElectronApp): Promise<string> {
  const handle = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNativeWindowHandle().readUInt32LE(),
  );
  return execFileSync('xprop', ['-id', String(handle), '_NET_WM_WINDOW_TYPE']).toString();
}
