import type { CommandLine } from 'electron';
import type { DisplayServer } from './display-server';

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
  if (displayServer !== 'wayland') return;
  // On Wayland only the desktop portal can register a global shortcut.
  const requested = commandLine.getSwitchValue('enable-features');
  const features = [...(requested === '' ? [] : [requested]), 'GlobalShortcutsPortal'];
  commandLine.appendSwitch('enable-features', features.join(','));
}
