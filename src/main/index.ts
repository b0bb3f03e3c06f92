/** Ringside's main process: what there is, and how it hangs together. */
import { app, Menu, powerMonitor } from 'electron';
import type { SilenceChoice } from '../core/silence';
import type { Destination } from '../shared/state';
import { readArguments } from './arguments';
import { startLog, log } from './log';
import { registerAppIdentity } from './platform/app-identity';
import { applyChromiumFlags } from './platform/chromium-flags';
import { getDisplayServer } from './platform/display-server';
import { acquireSingleInstanceLock } from './platform/single-instance';
import type { Ringside } from './ringside';
import { createTray } from './tray/tray-icons';
import { guardAllPages } from './window/guards';
import { hearPageErrors } from './window/page-errors';
import { pages } from './window/pages';
import { declareScheme } from './window/scheme';

/**
 * How long (ms) a Linux desktop is left in peace to ask over the bus, one thing after the other,
 * what it must know to show the icon. Without it the icon came 100 ms later on a busy machine, for
 * all the rest is read in at one go, and the first poll hardly sooner.
 */
const MOMENT = 15;

const started = readArguments(process.argv);
const displayServer = getDisplayServer(app.commandLine);

declareScheme();
applyChromiumFlags(app.commandLine, displayServer);
// Started without a sandbox on purpose (as root, say), Chromium must not be told otherwise.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
guardAllPages(app, pages.isOurs);
registerAppIdentity();
// Only macOS shows an application menu, and needs it for copy and paste; elsewhere making one that
// nobody sees takes 4 ms at each start.
if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
startLog(app.getPath('userData'), !app.isPackaged);
process.on('uncaughtException', (error) => {
  log.error('uncaught', error);
});
process.on('unhandledRejection', (error) => {
  log.error('unhandled', error);
});
hearPageErrors(
  app,
  (text) => {
    log.error('page', text);
  },
  () => performance.now(),
);

app.on('child-process-gone', (_, { type, reason }) => {
  log.error('process gone', type, reason);
});
app.on('render-process-gone', (_event, _contents, { reason }) => {
  log.error('page gone', reason);
});

if (acquireSingleInstanceLock()) run(app.whenReady().then(begin));
else app.quit();

/** The icon comes first: reading in all the rest takes far longer. */
async function begin(): Promise<Ringside> {
  const tray = createTray();
  await new Promise((resolve) => setTimeout(resolve, MOMENT));
  const { Ringside } = await import('./ringside');
  return Ringside.create(started, tray, displayServer);
}

function run(starting: Promise<Ringside>): void {
  // A link may be what starts the app: it waits until there is somebody to open it.
  const open = async (destination: Destination): Promise<void> => {
    (await starting).open(destination);
  };
  const keepQuiet = async (choice: SilenceChoice): Promise<void> => {
    (await starting).companion.setSilence(choice);
  };
  app.on('second-instance', (_, argv) => {
    const { destination, silence, hidden } = readArguments(argv);
    if (silence !== undefined) void keepQuiet(silence);
    // One that the desktop starts beside the one that runs is no wish to see it.
    if (destination || !hidden) void open(destination ?? { view: 'calls' });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const { destination } = readArguments([url]);
    if (destination) void open(destination);
  });
  app.on('activate', () => {
    void open({ view: 'calls' });
  });
  // A companion without a window goes on in the tray.
  app.on('window-all-closed', () => undefined);
  void starting.then(follow);
}

/** Follows what happens to the machine and to the desktop session. */
function follow(ringside: Ringside): void {
  app.on('before-quit', () => {
    ringside.end();
  });
  // The end of a session, or of the terminal it was started in. Left to itself Electron quits as
  // well, but is gone before the desktop has heard that the notifications are to come down.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      app.quit();
    });
  }
  powerMonitor.on('suspend', () => {
    ringside.companion.setAsleep(true);
  });
  powerMonitor.on('resume', () => {
    ringside.companion.setAsleep(false);
  });
  powerMonitor.on('lock-screen', () => {
    ringside.companion.setLocked(true);
  });
  powerMonitor.on('unlock-screen', () => {
    ringside.companion.setLocked(false);
  });
}
