import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Application } from '../application';
import { startPrivateBus } from './bus';
import { menuLines } from './menu';
import { NotificationDaemon } from './notifications';
import { TrayHost } from './tray';

const TOY = `
import { app, BrowserWindow, Menu, nativeImage, Notification, Tray } from 'electron';
const picture = (value) => nativeImage.createFromBitmap(Buffer.alloc(16 * 16 * 4, value), { width: 16, height: 16 });
let tray, note;
app.on('window-all-closed', () => {});
app.whenReady().then(() => {
  tray = new Tray(picture(40));
  tray.setToolTip('idle');
  tray.on('click', () => new BrowserWindow().loadURL('data:text/html,<h1>Toy</h1>'));
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
  tray.setImage(picture(200));
  tray.setToolTip('ringing');
}
`;

test('the recording desktop sees and clicks what a real Electron shows', async () => {
  const home = await mkdtemp(join(tmpdir(), 'ringside-toy-'));
  const folder = join(home, 'toy');
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'toy', type: 'module', main: 'main.js' }),
  );
  await writeFile(join(folder, 'main.js'), TOY);
  const bus = await startPrivateBus();
  const daemon = await NotificationDaemon.start(bus.address);
  const tray = await TrayHost.start(bus.address);
  const toy = await Application.start({
    busAddress: bus.address,
    folder,
    profile: join(home, 'profile'),
  });

  const idle = await tray.waitForTooltip('idle');
  expect(menuLines(await tray.menu())).toEqual(['Ring', 'More', '  Silent [x]', '---', 'Quit']);
  await tray.clickMenu(['Ring']);
  const { id } = await daemon.waitForOpen({ title: 'Grace Hopper', body: 'a < b' });
  expect((await tray.waitForTooltip('ringing')).icon).not.toBe(idle.icon);
  daemon.click(id);
  await tray.waitForTooltip('clicked');
  await tray.activate();
  const page = await toy.electron.firstWindow();
  await expect(page.getByRole('heading', { name: 'Toy' })).toBeVisible();
  await tray.clickMenu(['Quit']);
  expect(await toy.ended()).toBe(0);
  await tray.waitForNone();

  daemon.close();
  tray.close();
  await bus.close();
  await rm(home, { recursive: true, force: true });
});
