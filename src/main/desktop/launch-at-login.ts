import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What starting with the desktop takes on each platform. */
export interface LoginItemNeeds {
  readonly platform: NodeJS.Platform;
  /** The executable to start, as the person installed it. */
  readonly executable: string;
  /** `~/.config`, or where the person keeps their configuration. */
  readonly configHome: string;
  /** Windows and macOS keep a list of their own. */
  readonly setLoginItem: (open: boolean, args: readonly string[]) => void;
}

const ARGUMENTS = ['--hidden'];

/**
 * Whether the desktop started Ringside rather than the person, so that no window opens. macOS hands
 * over no arguments, and knows by itself.
 */
export function isHiddenStart(
  hidden: boolean,
  platform: NodeJS.Platform,
  wasOpenedAtLogin: () => boolean,
): boolean {
  return hidden || (platform === 'darwin' && wasOpenedAtLogin());
}

/** Starts Ringside with the desktop, without a window, or no longer does. */
export function launchAtLogin(launch: boolean, needs: LoginItemNeeds): void {
  const { platform, executable, configHome, setLoginItem } = needs;
  if (platform !== 'linux') {
    setLoginItem(launch, ARGUMENTS);
    return;
  }
  const path = join(configHome, 'autostart', 'ringside.desktop');
  if (!launch) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, autostartEntry(executable));
}

/** The entry by which a Linux desktop starts Ringside, as the autostart specification has it. */
export function autostartEntry(executable: string): string {
  // Within quotes the specification wants these four escaped, and a backslash twice over.
  const quoted = executable.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Ringside',
    // Desktops pass the entry over once the program is gone.
    `TryExec=${executable.replaceAll('\\', '\\\\')}`,
    `Exec="${quoted}" ${ARGUMENTS.join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
