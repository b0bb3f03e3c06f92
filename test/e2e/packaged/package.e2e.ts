import { existsSync } from 'node:fs';
import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { alone } from '../../../scripts/setup/lock.mjs';
import { cacheFolder } from '../../../scripts/setup/places.mjs';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { filesWith } from '../files-with';
import { startPrivateBus, type PrivateBus } from '../desktop/bus';
import { NotificationDaemon } from '../desktop/notifications';
import { TrayHost } from '../desktop/tray';
import { ADA, GRACE, now } from '../stage';
import { expectDetails, signInForm } from '../window';
import { startCookieTap, type CookieTap } from './cookie-tap';
import { readEntry, type DesktopFile } from './desktop-file';
import { InstalledFor } from './installed';
import { releaseNext } from './newer';
import {
  install,
  installedFiles,
  installedVersion,
  makePackage,
  PLACE,
  uninstall,
  whyNotHere,
} from './package';
import { Panel } from './panel';
import { difference, Screen } from './screen';

const reason = await whyNotHere();
const MENU_ENTRY = '/usr/share/applications/ringside.desktop';

test.describe.configure({ mode: 'serial' });
test.skip(reason !== undefined, reason);

let packageFile: string;
let leaveMachine: () => void = () => undefined;
let bus: PrivateBus;
let daemon: NotificationDaemon;
let tray: TrayHost;
let server: DemoServer;
let tap: CookieTap;
let person: InstalledFor;
let menu: DesktopFile;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  leaveMachine = await takeMachine();
  packageFile = await makePackage();
  await install(packageFile);
  bus = await startPrivateBus([InstalledFor.user]);
  daemon = await NotificationDaemon.start(bus.address);
  tray = await TrayHost.start(bus.address);
  server = await startDemoServer({ scenario: false, now });
  tap = await startCookieTap(server.url);
  person = await InstalledFor.person(bus.address);
  menu = await readEntry(MENU_ENTRY);
});

test.afterAll(async () => {
  if (reason !== undefined) return;
  await person.leave();
  tray.close();
  daemon.close();
  await tap.close();
  await server.close();
  await bus.close();
  if (existsSync(PLACE)) await uninstall();
  leaveMachine();
});

test('the package brings a menu entry, its icon, a command and the helper of the sandbox', async () => {
  const files = await installedFiles();
  expect(menu.get('Name')).toBe('Ringside');
  expect(menu.get('X-GNOME-UsesNotifications')).toBe('true');
  expect(menu.get('MimeType')).toBe('x-scheme-handler/ringside;');
  expect(files).toContain(menu.get('TryExec'));
  for (const size of ['16x16', '48x48', '256x256']) {
    const icon = menu.get('Icon') ?? '';
    expect(files).toContain(`/usr/share/icons/hicolor/${size}/apps/${icon}.png`);
  }
  expect(files).toContain('/usr/bin/ringside');
  // Root's, and run as root whoever starts it.
  const helper = await lstat(join(PLACE, 'chrome-sandbox'));
  expect({ mode: helper.mode & 0o7777, owner: helper.uid }).toEqual({ mode: 0o4755, owner: 0 });
  expect(files.filter((file) => /node_modules|\.map$|\.ts$/.test(file))).toEqual([]);
});

test('started by its menu entry, it asks who it is', async () => {
  await person.start(menu.command(), { args: ['--inspect=0'] });
  const page = await person.window();
  const form = signInForm(page);
  await form.server.fill(tap.url);
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test('it rings under its own name', async () => {
  const id = server.ring(GRACE);
  const { hints, appName } = await daemon.waitForOpen({ title: 'Grace Hopper' });
  expect({ appName, entry: hints['desktop-entry'] }).toEqual({
    appName: 'Ringside',
    entry: 'ringside',
  });
  expect((await tray.waitForTooltip(/Ringing: Grace Hopper/)).iconSize).toBeGreaterThan(0);
  server.answer(id);
  await daemon.waitForNoneOpen();
});

test('a ringside:// link opens the call in the app that runs', async () => {
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  await person.run('xdg-open', [`ringside://session/${id}`]);
  await expectDetails(await person.window(), 'Grace Hopper');
  server.answer(id);
  await daemon.waitForNoneOpen();
});

test('its pages are sandboxed, and it is no Node for strangers', async () => {
  const [renderer = 0] = await person.processes('renderer');
  const status = await readFile(`/proc/${renderer}/status`, 'utf8');
  // 2: every system call goes through a filter.
  expect(status).toMatch(/^Seccomp:\s2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s1$/m);
  expect(person.output).toContain('DevTools listening');
  expect(person.output).not.toContain('Debugger listening');
  const asNode = await person.run(
    `${PLACE}/ringside`,
    ['-e', "console.log(['Node', 'runs'].join(' '))"],
    {
      ELECTRON_RUN_AS_NODE: '1',
    },
  );
  expect(asNode).not.toContain('Node runs');
});

test('neither the password nor the sign-in lies on disk in the clear', async () => {
  await person.quit();
  await tray.waitForNone();
  expect(tap.cookies.length).toBeGreaterThan(0);
  expect(await filesWith(person.profile, 'ss-pid'), 'the file with the cookies').not.toEqual([]);
  for (const secret of [server.password, ...tap.cookies]) {
    expect(await filesWith(person.home, secret)).toEqual([]);
  }
});

test('started again, it is still signed in', async () => {
  const signIns = tap.cookies.length;
  await person.start(menu.command());
  const page = await person.window();
  await expect(page.getByText('Grace Hopper').first()).toBeVisible();
  expect(tap.cookies).toHaveLength(signIns);
});

test('it starts with the desktop when it is asked to, hidden', async () => {
  const file = join(person.home, '.config', 'autostart', 'ringside.desktop');
  const page = await person.window();
  const launchAtLogin = (wanted: boolean): Promise<unknown> =>
    page.evaluate(
      (on) => window.ringside.request('settings:update', { launchAtLogin: on }),
      wanted,
    );
  for (const wanted of [true, false, true]) {
    await launchAtLogin(wanted);
    await expect.poll(() => existsSync(file)).toBe(wanted);
  }
  await person.quit();
  await tray.waitForNone();

  const autostart = await readEntry(file);
  expect(autostart.get('TryExec')).toBe(menu.get('TryExec'));
  await person.start(autostart.command());
  await tray.waitForTooltip(/^2 calls/);
  expect(await person.processes('renderer')).toEqual([]);
  await tray.activate();
  await expect(await person.window()).toHaveTitle('Ringside');
});

test('on a real panel its icon shows what is on, and answers to a click', async () => {
  test.setTimeout(120_000);
  await person.quit();
  const screen = await Screen.start();
  const desktop = await startPrivateBus([InstalledFor.user]);
  const notifications = await NotificationDaemon.start(desktop.address);
  const env = { DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: desktop.address };
  const panel = await Panel.start(person, screen, desktop.address);
  try {
    await person.start(menu.command(), { args: ['--hidden'], env });
    const icon = await panel.icon();
    await screen.keep('artifacts/panel/icon.png');
    const quiet = await screen.look();
    const id = server.ring(ADA);
    await notifications.waitForOpen({ title: 'Ada Byron' });
    await expect
      .poll(
        async () => difference(quiet, await screen.look(), icon),
        'another picture on the panel',
      )
      .toBeDefined();
    server.answer(id);
    await notifications.waitForNoneOpen();

    expect(await person.processes('renderer')).toEqual([]);
    await screen.click(icon, 1);
    await expect((await person.window()).getByText('Ada Byron').first()).toBeVisible();
    await screen.keep('artifacts/panel/window.png');

    const before = await screen.look();
    await screen.click(icon, 3);
    const below = { x: icon.x, y: icon.y + 40, width: 60, height: 60 };
    await expect
      .poll(async () => difference(before, await screen.look(), below), 'the menu at the icon')
      .toBeDefined();
    await screen.keep('artifacts/panel/menu.png');
    // The last entry of the menu, from its top upwards.
    await screen.press('Up', 'Return');
    await person.ended();
    await panel.isEmpty();
  } finally {
    await person.quit();
    await panel.close();
    notifications.close();
    await desktop.close();
    await screen.close();
  }
});

test('a later version from a server takes its place, and nothing is lost', async () => {
  test.setTimeout(120_000);
  const signIns = tap.cookies.length;
  const settings = await readFile(join(person.profile, 'settings.json'), 'utf8');
  const release = await releaseNext(packageFile);
  try {
    await install(await release.fetch());
  } finally {
    await release.close();
  }
  expect(await installedVersion()).toMatch(release.version);

  await person.start((await readEntry(MENU_ENTRY)).command());
  await tray.waitForTooltip(/^3 calls/);
  expect(tap.cookies).toHaveLength(signIns);
  const page = await person.window();
  await expect(page.getByText('Grace Hopper').first()).toBeVisible();
  await tray.clickMenu(['Settings']);
  await expect(page.getByText(`Version ${release.version}`).first()).toBeVisible();
  expect(JSON.parse(await readFile(join(person.profile, 'settings.json'), 'utf8'))).toEqual(
    JSON.parse(settings),
  );
});

test('uninstalled, it leaves nothing but what is the person’s own', async () => {
  await person.quit();
  const files = await installedFiles();
  await uninstall();
  const ours = files.filter((file) => /ringside/i.test(file));
  expect(ours.length).toBeGreaterThan(50);
  expect(ours.filter((file) => existsSync(file))).toEqual([]);
  expect(existsSync(join(person.profile, 'settings.json'))).toBe(true);
  await rm(person.profile, { recursive: true });
});

/** Two runs at once would take the package away from each other: one waits. */
async function takeMachine(): Promise<() => void> {
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  await new Promise<void>((taken, failed) => {
    const work = (): Promise<void> => {
      taken();
      return left;
    };
    alone(join(cacheFolder(), 'installed.lock'), 'trying the package', work).catch(failed);
  });
  return leave;
}
