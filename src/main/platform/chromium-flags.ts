import type { App, CommandLine, Session } from 'electron';
import type { DisplayServer } from './display-server';

/** Features that let a server make Chromium contact other hosts. */
const DISABLED_FEATURES = ['Reporting', 'NetworkErrorLogging'];

/** Sets Chromium's switches; call it before the app is ready. */
export function applyChromiumFlags(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
  displayServer: DisplayServer,
): void {
  // Without a GPU process the app needs 12 MiB less and loads no graphics driver.
  commandLine.appendSwitch('disable-gpu');
  commandLine.appendSwitch('disable-software-rasterizer');
  // Otherwise Chromium ends the whole app when its GPU process has died a few times.
  commandLine.appendSwitch('disable-gpu-process-crash-limit');
  // A page could otherwise send text to a name server with `<link rel=dns-prefetch>`.
  commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
  addFeatures(commandLine, 'disable-features', DISABLED_FEATURES);
  // A server could otherwise move requests to another host with an Alt-Svc header.
  commandLine.appendSwitch('disable-quic');
  // On Wayland only the desktop portal can register a global shortcut.
  if (displayServer === 'wayland') {
    addFeatures(commandLine, 'enable-features', ['GlobalShortcutsPortal']);
  }
}

/**
 * Keeps Chromium from downloading spelling dictionaries, which it does for each new session, and
 * from asking name servers other than the system's. Call it before the app is ready.
 */
export function restrictSessions(
  electronApp: Pick<App, 'on' | 'whenReady' | 'configureHostResolver'>,
): void {
  electronApp.on('session-created', (session: Session) => {
    session.setSpellCheckerEnabled(false);
    session.setSpellCheckerLanguages([]);
  });
  void electronApp.whenReady().then(() => {
    electronApp.configureHostResolver({ secureDnsMode: 'off' });
  });
}

/** Adds features to those of the command line. */
function addFeatures(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
  name: 'enable-features' | 'disable-features',
  features: readonly string[],
): void {
  const requested = commandLine.getSwitchValue(name);
  const all = [...(requested === '' ? [] : [requested]), ...features];
  commandLine.appendSwitch(name, all.join(','));
}
