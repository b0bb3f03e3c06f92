import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ElectronApp } from '../support/electron-app';
import { startPrivateBus } from './dbus';
import { formatMenu } from './dbus-menu';
import { NotificationDaemon } from './notification-daemon';
import { StatusNotifierHost } from './status-notifier-host';

const APP = `
import { app, BrowserWindow, Menu, nativeImage, Notification, Tray } from 'electron';
const icon = (value) => nativeImage.createFromBitmap(Buffer.alloc(16 * 16 * 4, value), { width: 16, height: 16 });
let tray, note;
app.on('window-all-closed', () => {});
app.whenReady().then(() => {
  tray = new Tray(icon(40));
  tray.setToolTip('idle');
  tray.on('click', () => new BrowserWindow().loadURL('data:text/html,<h1>Test</h1>'));
  tray.setContextMenu(Menu.buildFromTemplate([
    { label: 'Ring', click: ring },
    { label: 'More', submenu: [{ label: 'Silent', type: 'checkbox', checked: true }] },
    { type: 'separator' },
    { label: 'Quit', click: () => app.quit() },
  ]));
});
function ring() {
  note = new Notification({ title: 'Grace Hopper', body: 'a < b', urgency: 'critical' });
  note.on('click', () => { tray.setToolTip('clicked'); });
  note.show();
  tray.setImage(icon(200));
  tray.setToolTip('ringing');
}
`;

test('records and clicks the tray and the notifications of a real Electron app', async () => {
  const home = await mkdtemp(join(tmpdir(), 'ringside-test-desktop-'));
  const folder = join(home, 'app');
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'test-app', type: 'module', main: 'main.js' }),
  );
  await writeFile(join(folder, 'main.js'), APP);
  const bus = await startPrivateBus();
  const daemon = await NotificationDaemon.start(bus.address);
  const tray = await StatusNotifierHost.start(bus.address);
  const app = await ElectronApp.launch({
    busAddress: bus.address,
    appFolder: folder,
    profile: join(home, 'profile'),
  });

  const idle = await tray.waitForTooltip('idle');
  expect(formatMenu(await tray.menu())).toEqual(['Ring', 'More', '  Silent [x]', '---', 'Quit']);
  await tray.clickMenu(['Ring']);
  const { id } = await daemon.waitForOpen({ title: 'Grace Hopper', body: 'a < b' });
  expect((await tray.waitForTooltip('ringing')).icon).not.toBe(idle.icon);
  daemon.click(id);
  await tray.waitForTooltip('clicked');
  await tray.activate();
  const page = await app.electron.firstWindow();
  await expect(page.getByRole('heading', { name: 'Test' })).toBeVisible();
  await tray.clickMenu(['Quit']);
  expect(await app.exitCode()).toBe(0);
  await tray.waitForRemoval();

  daemon.close();
  tray.close();
  await bus.close();
  await rm(home, { recursive: true, force: true });
});
