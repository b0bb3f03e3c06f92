import type { CommandLine } from 'electron';

/** What draws the windows; `native` on anything but Linux. */
export type DisplayServer = 'x11' | 'wayland' | 'native';

/** Detects the display server by the same rules as Chromium. */
export function getDisplayServer(
  commandLine: Pick<CommandLine, 'getSwitchValue'>,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): DisplayServer {
  if (platform !== 'linux') return 'native';
  const requested = commandLine.getSwitchValue('ozone-platform');
  if (requested === 'wayland' || requested === 'x11') return requested;
  const isWayland = env['XDG_SESSION_TYPE'] === 'wayland' && Boolean(env['WAYLAND_DISPLAY']);
  return isWayland ? 'wayland' : 'x11';
}

/** Whether windows can be positioned and the pointer located; Wayland allows neither. */
export function canPositionWindows(displayServer: DisplayServer): boolean {
  return displayServer !== 'wayland';
}
