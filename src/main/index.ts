/** Ringside's main process: what there is, and how it hangs together. */
import { app, powerMonitor } from 'electron';
import { readArguments } from './arguments';
import { startLog, log } from './log';
import { Ringside } from './ringside';
import { declareScheme, SCHEME } from './window/scheme';
import { guardAllPages } from './window/guards';

const started = readArguments(process.argv);

declareScheme();
// Started without a sandbox on purpose (as root, say), Chromium must not be told otherwise.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
guardAllPages(app, (url) => url.startsWith(`${SCHEME}://window/`) || isDevelopmentPage(url));
startLog(app.getPath('userData'), !app.isPackaged);
process.on('uncaughtException', (error) => {
  log.error('uncaught', error);
});
process.on('unhandledRejection', (error) => {
  log.error('unhandled', error);
});

if (app.requestSingleInstanceLock()) void run();
else app.quit();

async function run(): Promise<void> {
  await app.whenReady();
  const ringside = await Ringside.create(started);

  app.on('second-instance', (_, argv) => {
    const { destination } = readArguments(argv);
    ringside.open(destination ?? { view: 'calls' });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const { destination } = readArguments([url]);
    if (destination) ringside.open(destination);
  });
  app.on('activate', () => {
    ringside.open({ view: 'calls' });
  });
  // A companion without a window goes on in the tray.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', () => {
    ringside.end();
  });

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

/** While developing the page comes from the development server. */
function isDevelopmentPage(url: string): boolean {
  const server = process.env['ELECTRON_RENDERER_URL'];
  return !app.isPackaged && server !== undefined && url.startsWith(server);
}
