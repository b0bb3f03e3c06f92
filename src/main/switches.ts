import type { CommandLine } from 'electron';

/**
 * Leaves out of Chromium what a tray icon and a small window do not need; before the app is ready.
 * No switch here touches a sandbox. Measured on Linux, as memory of the whole app in the tray:
 *
 * - Graphics by the processor: 12 MiB less, and nowhere a graphics driver loaded, which on a desk
 *   weighs more than all of Ringside. The window has neither 3D nor video to lose by it.
 * - The network service as a thread of main, on Linux: 11 MiB less, and the first poll 40 ms sooner.
 *   There its process has no sandbox of its own (`--service-sandbox-type=none`), so being apart
 *   guards against nothing; elsewhere it has one, and stays apart.
 */
export function leaveOutTheUnneeded(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
  platform: NodeJS.Platform,
): void {
  commandLine.appendSwitch('disable-gpu');
  commandLine.appendSwitch('disable-software-rasterizer');
  if (platform === 'linux') enableFeatures(commandLine, ['NetworkServiceInProcess2']);
}

/** Turns on features of Chromium; what the person asks for by the same switch goes on working. */
export function enableFeatures(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
  names: readonly string[],
): void {
  const asked = commandLine.getSwitchValue('enable-features');
  const features = [...(asked === '' ? [] : asked.split(',')), ...names];
  commandLine.appendSwitch('enable-features', features.join(','));
}
