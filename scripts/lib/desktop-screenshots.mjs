import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { run, SetupError } from './cli.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';
import { launchApp, takeWindowScreenshots } from './window-screenshots.mjs';
import { getXfcePanelConfig, SPACER, XFCE_PANEL_FILE } from './xfce-panel.mjs';

/** How long the panel, the window, and a notification take to appear and to fade in. */
const SETTLE_MS = 4_000;

/** A panel with the window list, the tray, and a clock. */
const PANEL_CONFIG = getXfcePanelConfig(32, [
  ['tasklist'],
  SPACER,
  ['systray', { 'icon-size': 22 }],
  ['clock', { 'digital-layout': 3, 'digital-time-format': '%R' }],
]);

/** Notifications at the bottom left, so that they don't cover the window. */
const NOTIFICATION_CONFIG = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-notifyd" version="1.0">
  <property name="notify-location" type="uint" value="1"/>
  <property name="initial-opacity" type="double" value="1"/>
</channel>
`;

/**
 * @param {string} electron the executable
 * @param {string} folder
 */
export async function takeScreenshots(electron, folder) {
  const home = await mkdtemp(join(tmpdir(), 'ringside-screenshots-'));
  /** @type {(() => unknown)[]} */
  const cleanups = [() => rm(home, { recursive: true, force: true, maxRetries: 5 })];
  try {
    const screen = await startVirtualDisplay({ width: 1024, height: 800 });
    cleanups.push(() => screen.close());
    const panelFile = join(home, XFCE_PANEL_FILE);
    await mkdir(dirname(panelFile), { recursive: true });
    await writeFile(panelFile, PANEL_CONFIG);
    await writeFile(join(dirname(panelFile), 'xfce4-notifyd.xml'), NOTIFICATION_CONFIG);
    const env = { ...process.env, DISPLAY: screen.display, XDG_CONFIG_HOME: home };
    const start = (/** @type {string} */ program, /** @type {string[]} */ args) => {
      const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
      cleanups.push(() => child.kill());
      return child;
    };
    // The bus starts the settings service when it's first used.
    const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address']);
    const [address] = await once(createInterface(bus.stdout), 'line');
    Object.assign(env, { DBUS_SESSION_BUS_ADDRESS: address });
    const background = join(home, 'background.png');
    await runTool('convert', ['-size', '1024x800', 'gradient:#5b7f95-#24384a', background], env);
    // It exits with 1 even though it works.
    await run('display', ['-window', 'root', background], { env });
    // The compositor would paint over the background.
    start('xfwm4', ['--compositor=off']);
    start('xfce4-panel', []);
    // The bus could start the notification service of another desktop.
    start(await findNotificationService(), []);
    await delay(SETTLE_MS);
    const app = await launchApp(electron, {
      profile: join(home, 'profile'),
      args: ['--demo'],
      env: { DISPLAY: screen.display, XDG_CONFIG_HOME: home, DBUS_SESSION_BUS_ADDRESS: address },
    });
    cleanups.push(() => app.close());
    const page = await app.firstWindow();
    await page.locator('[data-row]').first().waitFor();
    await delay(SETTLE_MS);
    await mkdir(folder, { recursive: true });
    await runTool('import', ['-window', 'root', join(folder, 'desktop.png')], env);
    await takeWindowScreenshots(page, folder);
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

/** Returns the path of Xfce's notification service. */
async function findNotificationService() {
  const file = '/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service';
  const path = /^Exec=(.+)$/m.exec(await readFile(file, 'utf8'))?.[1];
  if (path === undefined) throw new SetupError(`${file} doesn't name a program.`);
  return path;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function runTool(program, args, env) {
  const { code, output } = await run(program, args, { env });
  if (code !== 0) throw new SetupError(`${output}\n${program} failed.`);
}
