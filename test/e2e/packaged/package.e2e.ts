import { existsSync } from 'node:fs';
import { lstat, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { lock } from 'proper-lockfile';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { startPrivateBus, type PrivateBus } from '../desktop/dbus';
import { NotificationDaemon } from '../desktop/notification-daemon';
import { StatusNotifierHost } from '../desktop/status-notifier-host';
import { findFilesContaining } from '../support/files';
import { ADA, GRACE, now } from '../support/test-app';
import { expectDetails, getSignInForm } from '../support/main-window';
import { startCookieRecorder, type CookieRecorder } from './cookie-recorder';
import {
  getInstalledVersion,
  getSkipReason,
  INSTALL_FOLDER,
  installPackage,
  listInstalledFiles,
  makePackage,
  uninstallPackage,
} from './debian-package';
import { readDesktopFile, type DesktopFile } from './desktop-file';
import { InstalledApp } from './installed-app';
import { publishNextRelease } from './next-release';
import { VirtualScreen } from './virtual-screen';
import { XfcePanel } from './xfce-panel';

const MENU_ENTRY = '/usr/share/applications/ringside.desktop';

const skipReason = await getSkipReason();

test.describe.configure({ mode: 'serial' });
test.skip(skipReason !== undefined, skipReason);

let packageFile: string;
let releaseLock: () => Promise<void>;
let bus: PrivateBus;
let daemon: NotificationDaemon;
let tray: StatusNotifierHost;
let server: DemoServer;
let recorder: CookieRecorder;
let app: InstalledApp;
let menuEntry: DesktopFile;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  // Two runs would replace each other's package.
  const lockfilePath = join(tmpdir(), 'ringside-installed.lock');
  releaseLock = await lock(tmpdir(), {
    lockfilePath,
    retries: { retries: 180, maxTimeout: 1_000 },
  });
  packageFile = await makePackage();
  await installPackage(packageFile);
  bus = await startPrivateBus([InstalledApp.userName]);
  daemon = await NotificationDaemon.start(bus.address);
  tray = await StatusNotifierHost.start(bus.address);
  server = await startDemoServer({ scenario: false, now });
  recorder = await startCookieRecorder(server.url);
  app = await InstalledApp.create(bus.address);
  menuEntry = await readDesktopFile(MENU_ENTRY);
});

test.afterAll(async () => {
  if (skipReason !== undefined) return;
  await app.dispose();
  tray.close();
  daemon.close();
  await recorder.close();
  await server.close();
  await bus.close();
  if (existsSync(INSTALL_FOLDER)) await uninstallPackage();
  await releaseLock();
});

test('the package installs a menu entry, icons, a command, and the sandbox helper', async () => {
  const files = await listInstalledFiles();
  expect(menuEntry.get('Name')).toBe('Ringside');
  expect(menuEntry.get('X-GNOME-UsesNotifications')).toBe('true');
  expect(menuEntry.get('MimeType')).toBe('x-scheme-handler/ringside;');
  expect(files).toContain(menuEntry.get('TryExec'));
  for (const size of ['16x16', '48x48', '256x256']) {
    const icon = menuEntry.get('Icon') ?? '';
    expect(files).toContain(`/usr/share/icons/hicolor/${size}/apps/${icon}.png`);
  }
  expect(files).toContain('/usr/bin/ringside');
  const helper = await lstat(join(INSTALL_FOLDER, 'chrome-sandbox'));
  expect({ mode: helper.mode & 0o7777, owner: helper.uid }).toEqual({ mode: 0o4755, owner: 0 });
  expect(files.filter((file) => /node_modules|\.map$|\.ts$/.test(file))).toEqual([]);
});

test('the installed app asks to sign in when started from the menu entry', async () => {
  await app.start(menuEntry.getCommand(), ['--inspect=0']);
  const page = await app.waitForWindow();
  const form = getSignInForm(page);
  await form.fillServer(recorder.url);
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test('the installed app sends notifications under its own name', async () => {
  const id = server.ring(GRACE);
  const { hints, appName } = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  expect({ appName, entry: hints['desktop-entry'] }).toEqual({
    appName: 'Ringside',
    entry: 'ringside',
  });
  expect((await tray.waitForTooltip(/Ringing: Grace Hopper/)).iconSize).toBeGreaterThan(0);
  server.answer(id);
  await daemon.waitForAllClosed();
});

test('a ringside:// link opens the call in the running app', async () => {
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await app.run('xdg-open', [`ringside://session/${id}`]);
  await expectDetails(await app.waitForWindow(), 'Grace Hopper');
  server.answer(id);
  await daemon.waitForAllClosed();
});

test('the installed app is sandboxed and can neither be inspected nor run as Node', async () => {
  const [renderer = 0] = await app.getProcesses('renderer');
  const status = await readFile(`/proc/${renderer}/status`, 'utf8');
  // Mode 2: every system call is filtered.
  expect(status).toMatch(/^Seccomp:\s2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s1$/m);
  expect(app.output).toContain('DevTools listening');
  expect(app.output).not.toContain('Debugger listening');
  const output = await app.run(
    join(INSTALL_FOLDER, 'ringside'),
    ['-e', "console.log(['Node', 'runs'].join(' '))"],
    { ELECTRON_RUN_AS_NODE: '1' },
  );
  expect(output).not.toContain('Node runs');
});

test('the installed app stores no password as plain text, and cookies only in the profile, which only the user can open', async () => {
  await app.quit();
  await tray.waitForRemoval();
  expect(recorder.cookies.length).toBeGreaterThan(0);
  expect(await findFilesContaining(app.home, server.password)).toEqual([]);
  const files = await Promise.all(
    recorder.cookies.map((cookie) => findFilesContaining(app.home, cookie)),
  );
  expect(files.flat().filter((file) => !file.startsWith(app.profile))).toEqual([]);
  expect((await lstat(app.profile)).mode & 0o777).toBe(0o700);
});

test('the installed app stays signed in after a restart', async () => {
  const signIns = recorder.cookies.length;
  await app.start(menuEntry.getCommand());
  const page = await app.waitForWindow();
  await expect(page.getByText('Grace Hopper').first()).toBeVisible();
  expect(recorder.cookies).toHaveLength(signIns);
});

test('the installed app starts hidden at login when launch at login is on', async () => {
  const file = join(app.home, '.config', 'autostart', 'ringside.desktop');
  const page = await app.waitForWindow();
  for (const launchAtLogin of [true, false, true]) {
    await page.evaluate(
      (isOn) => window.ringside.request('settings:update', { launchAtLogin: isOn }),
      launchAtLogin,
    );
    await expect.poll(() => existsSync(file)).toBe(launchAtLogin);
  }
  await app.quit();
  await tray.waitForRemoval();

  const autostartEntry = await readDesktopFile(file);
  expect(autostartEntry.get('TryExec')).toBe(menuEntry.get('TryExec'));
  await app.start(autostartEntry.getCommand());
  await tray.waitForTooltip(/^2 calls/);
  expect(await app.getProcesses('renderer')).toEqual([]);
  await tray.activate();
  await expect(await app.waitForWindow()).toHaveTitle(/Ringside$/);
});

test("the icon on Xfce's panel shows a ring, opens the window, and has a menu", async () => {
  test.setTimeout(120_000);
  await app.quit();
  const screen = await VirtualScreen.start();
  const desktopBus = await startPrivateBus([InstalledApp.userName]);
  const notifications = await NotificationDaemon.start(desktopBus.address);
  const env = { DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: desktopBus.address };
  const panel = await XfcePanel.start(app, screen, desktopBus.address);
  try {
    await app.start(menuEntry.getCommand(), ['--hidden'], env);
    const icon = await panel.waitForIcon();
    const quietPanel = await screen.capture('artifacts/panel/icon.png');
    const id = server.ring(ADA);
    await notifications.waitForOpen({ title: /^Ada Byron is calling/ });
    await expect.poll(() => screen.findChange(quietPanel, icon), 'a different icon').toBeDefined();
    server.answer(id);
    await notifications.waitForAllClosed();

    expect(await app.getProcesses('renderer')).toEqual([]);
    await screen.click(icon, 1);
    await expect((await app.waitForWindow()).getByText('Ada Byron').first()).toBeVisible();
    const withoutMenu = await screen.capture('artifacts/panel/window.png');

    await screen.click(icon, 3);
    const belowIcon = { x: icon.x, y: icon.y + 40, width: 60, height: 60 };
    await expect
      .poll(() => screen.findChange(withoutMenu, belowIcon), 'a menu below the icon')
      .toBeDefined();
    await screen.capture('artifacts/panel/menu.png');
    // Up selects the last entry, which is Quit.
    await screen.press('Up', 'Return');
    await app.waitForExit();
    await panel.waitUntilEmpty();
  } finally {
    await app.quit();
    await panel.close();
    notifications.close();
    await desktopBus.close();
    await screen.close();
  }
});

test('an update keeps the settings and the sign-in', async () => {
  test.setTimeout(120_000);
  const signIns = recorder.cookies.length;
  const settingsFile = join(app.profile, 'settings.json');
  const settings: unknown = JSON.parse(await readFile(settingsFile, 'utf8'));
  const release = await publishNextRelease(packageFile);
  try {
    await installPackage(await release.download());
  } finally {
    await release.close();
  }
  expect(await getInstalledVersion()).toMatch(release.version);

  await app.start((await readDesktopFile(MENU_ENTRY)).getCommand());
  await tray.waitForTooltip(/^3 calls/);
  expect(recorder.cookies).toHaveLength(signIns);
  const page = await app.waitForWindow();
  await expect(page.getByText('Grace Hopper').first()).toBeVisible();
  await tray.clickMenu(['Settings']);
  await expect(page.getByText(`Version ${release.version}`).first()).toBeVisible();
  expect(JSON.parse(await readFile(settingsFile, 'utf8'))).toEqual(settings);
});

test("uninstalling removes everything but the user's own files", async () => {
  await app.quit();
  const files = (await listInstalledFiles()).filter((file) => /ringside/i.test(file));
  await uninstallPackage();
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => existsSync(file))).toEqual([]);
  expect(existsSync(join(app.profile, 'settings.json'))).toBe(true);
  await rm(app.profile, { recursive: true });
});
