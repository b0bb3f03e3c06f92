import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandLine } from 'electron';

/** What draws the windows; `native` on anything but Linux. */
export type DisplayServer = 'x11' | 'wayland' | 'native';

/** The first version of Electron that uses Wayland by default in a Wayland session. */
const FIRST_WAYLAND_VERSION = 38;

/** Detects the display server by the same rules as the given version of Electron. */
export function getDisplayServer(
  commandLine: Pick<CommandLine, 'getSwitchValue'>,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  electronVersion = process.versions.electron,
): DisplayServer {
  if (platform !== 'linux') return 'native';
  const requested = commandLine.getSwitchValue('ozone-platform');
  if (requested === 'wayland' || requested === 'x11') return requested;
  const isWaylandSession = env['XDG_SESSION_TYPE'] === 'wayland';
  if (parseInt(electronVersion, 10) >= FIRST_WAYLAND_VERSION) {
    return isWaylandSession && hasWaylandDisplay(env) ? 'wayland' : 'x11';
  }
  const hint =
    commandLine.getSwitchValue('ozone-platform-hint') || env['ELECTRON_OZONE_PLATFORM_HINT'];
  const canUseWayland = isWaylandSession || (hint === 'wayland' && hasWaylandDisplay(env));
  return (hint === 'auto' || hint === 'wayland') && canUseWayland ? 'wayland' : 'x11';
}

/** Whether windows can be positioned and the pointer located; Wayland allows neither. */
export function canPositionWindows(displayServer: DisplayServer): boolean {
  return displayServer !== 'wayland';
}

/** Whether the X server knows where the pointer is. XWayland knows it only within X11 windows. */
export function canLocatePointer(
  displayServer: DisplayServer,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  const isWaylandSession = env['XDG_SESSION_TYPE'] === 'wayland' || hasWaylandDisplay(env);
  return displayServer === 'x11' && !isWaylandSession;
}

function hasWaylandDisplay(env: NodeJS.ProcessEnv): boolean {
  if (env['WAYLAND_DISPLAY']) return true;
  const runtimeFolder = env['XDG_RUNTIME_DIR'];
  return Boolean(runtimeFolder) && existsSync(join(runtimeFolder ?? '', 'wayland-0'));
}
