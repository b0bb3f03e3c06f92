import { url as getDebuggerUrl } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { app, Menu, powerMonitor } from 'electron';
import type { Destination } from '../shared/state';
import { takeEnvironment } from './accounts/credentials';
import type { App } from './app';
import { parseCommandLine } from './command-line';
import { configureLog, log } from './logger';
import { registerAppIdentity } from './platform/app-identity';
import { applyChromiumFlags, restrictSessions } from './platform/chromium-flags';
import { getDisplayServer } from './platform/display-server';
import { acquireSingleInstanceLock, removeForeignLock } from './platform/single-instance';
import { confirmStartAnyway, exitWithStartError } from './start-error';
import { createTray } from './tray/tray-icons';
import { logPageErrors } from './window/page-errors';
import { registerAppScheme } from './window/protocol';
import { restrictWebContents } from './window/web-contents-security';

/**
 * Delay before the rest of the app is loaded, so that the tray icon can finish its D-Bus handshake.
 * Without it the icon appears 100 ms later on a busy computer.
 */
const STARTUP_DELAY_MS = 15;

// Starting up would grow V8's young generation to 8 MB, which it then keeps. Polling needs 1 MB.
// With a debugger attached, frequent garbage collection would discard results before they're sent.
if (getDebuggerUrl() === undefined) setFlagsFromString('--semi-space-growth-factor=1');

const environment = takeEnvironment(process.env);
const commandLine = parseCommandLine(process.argv);
const displayServer = getDisplayServer(app.commandLine);

registerAppScheme();
applyChromiumFlags(app.commandLine, displayServer);
restrictSessions(app);
// Running as root requires --no-sandbox.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
restrictWebContents(app);
registerAppIdentity();
// Only macOS shows an application menu, and needs it for copy and paste.
if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
else {
  // Electron's default menu would also have Reload and Developer Tools.
  const roles = ['appMenu', 'editMenu', 'windowMenu'] as const;
  Menu.setApplicationMenu(Menu.buildFromTemplate(roles.map((role) => ({ role }))));
}
configureLog(app.getPath('userData'), !app.isPackaged);
process.on('uncaughtException', (error) => {
  log.error('uncaught', error);
});
process.on('unhandledRejection', (error) => {
  log.error('unhandled', error);
});
logPageErrors(app);

app.on('child-process-gone', (_, { type, reason }) => {
  log.error('process gone', type, reason);
});
app.on('render-process-gone', (_event, _contents, { reason }) => {
  log.error('page gone', reason);
});

let isQuitting = false;
let created: App | undefined;
app.on('before-quit', (event) => {
  isQuitting = true;
  const closing = created?.stop();
  if (!closing) return;
  event.preventDefault();
  void closing.finally(() => {
    app.quit();
  });
});

void startAsOnlyInstance();

/** Starts the app, unless another instance is running for the same profile. */
async function startAsOnlyInstance(): Promise<void> {
  let lock = acquireSingleInstanceLock();
  if (lock.kind === 'in-use') {
    if (!(await confirmStartAnyway(lock.host))) {
      app.exit(1);
      return;
    }
    removeForeignLock(app.getPath('userData'));
    lock = acquireSingleInstanceLock();
  }
  if (lock.kind === 'acquired') handleLifecycle(app.whenReady().then(startApp));
  else app.quit();
}

/** Shows the tray icon before the rest of the app is loaded, which takes far longer. */
async function startApp(): Promise<App> {
  // Electron quits on these signals too, but before the notifications are withdrawn. It sets its
  // handlers before it's ready, so these come last.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      app.quit();
    });
  }
  const tray = createTray();
  await new Promise((resolve) => setTimeout(resolve, STARTUP_DELAY_MS));
  const { App } = await import('./app');
  created = new App(commandLine.demo, tray, displayServer, environment);
  if (isQuitting) void created.stop();
  await created.start(commandLine);
  return created;
}

/** Handles events that can arrive while the app is still starting. */
function handleLifecycle(starting: Promise<App>): void {
  const open = async (destination: Destination): Promise<void> => {
    (await starting).open(destination);
  };
  const openFromLink = async (destination: Destination | undefined): Promise<void> => {
    const ringside = await starting;
    if (destination) ringside.openFromLink(destination);
  };
  app.on('second-instance', (_, argv) => {
    const { destination, doNotDisturb, hasLink, hidden } = parseCommandLine(argv);
    if (doNotDisturb !== undefined) {
      void starting.then(({ settings }) => {
        settings.setDoNotDisturb(doNotDisturb);
      });
    }
    if (hasLink) void openFromLink(destination);
    else if (!hidden) void open({ view: 'calls' });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    void openFromLink(parseCommandLine([url]).destination);
  });
  app.on('activate', () => {
    void open({ view: 'calls' });
  });
  // Keeps the app running in the tray.
  app.on('window-all-closed', () => undefined);
  starting.then(handleSystemEvents, exitWithStartError);
}

function handleSystemEvents(ringside: App): void {
  powerMonitor.on('suspend', () => {
    ringside.accounts.setAsleep(true);
  });
  powerMonitor.on('resume', () => {
    ringside.accounts.setAsleep(false);
  });
  powerMonitor.on('lock-screen', () => {
    ringside.accounts.setScreenLocked(true);
  });
  powerMonitor.on('unlock-screen', () => {
    ringside.accounts.setScreenLocked(false);
  });
}
