import type { CommandLine } from 'electron';
import { enableFeatures } from '../switches';

/** What puts windows on the screen: `native` is everything but Linux. */
export type Windowing = 'x11' | 'wayland' | 'native';

/** What tells it. */
export interface WindowingSigns {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commandLine: Pick<CommandLine, 'getSwitchValue'>;
}

/** What draws our windows, by the signs that Chromium goes by itself. */
export function windowingOf({ platform, env, commandLine }: WindowingSigns): Windowing {
  if (platform !== 'linux') return 'native';
  const asked = commandLine.getSwitchValue('ozone-platform');
  if (asked === 'wayland' || asked === 'x11') return asked;
  const isWayland = env['XDG_SESSION_TYPE'] === 'wayland' && Boolean(env['WAYLAND_DISPLAY']);
  return isWayland ? 'wayland' : 'x11';
}

/** Whether a window can be told where to be, and the pointer asked where it is. */
export function placesWindows(windowing: Windowing): boolean {
  return windowing !== 'wayland';
}

/**
 * What Chromium must be told before the app is ready: on Wayland no program hears keys that are
 * meant for another, so a global shortcut is asked of the desktop's portal.
 */
export function prepareWindowing(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
  windowing: Windowing,
): void {
  if (windowing === 'wayland') enableFeatures(commandLine, ['GlobalShortcutsPortal']);
}
