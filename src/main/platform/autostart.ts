import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { app, type App } from 'electron';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode } from '../storage/atomic-write';
import type { SettingsStore } from '../storage/settings-store';

const LAUNCH_ARGUMENTS = ['--hidden'];
/** The keys that desktops and users turn an entry off with, and the values that mean on. */
const OFF_SWITCHES = {
  Hidden: 'false',
  'X-GNOME-Autostart-enabled': 'true',
  'X-MATE-Autostart-enabled': 'true',
};

type LoginItemApp = Pick<
  App,
  'getPath' | 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'
>;

/**
 * Launch at login. The entry belongs to the user and the desktop, who may edit it or turn it off, so
 * it's only changed when the setting is.
 */
export class Autostart {
  constructor(
    private readonly onProblem: (notice: SystemNotice) => void,
    private readonly platform: NodeJS.Platform = process.platform,
    private readonly electronApp: LoginItemApp = app,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  /** Whether the desktop launches Ringside at login; `undefined` for a development checkout. */
  get isEnabled(): boolean | undefined {
    if (!this.electronApp.isPackaged) return undefined;
    if (this.platform === 'linux') return isEntryEnabled(this.#readEntry());
    const item = this.electronApp.getLoginItemSettings({ args: LAUNCH_ARGUMENTS });
    // In the Windows Task Manager, an item can be turned off without being removed.
    return this.platform === 'win32' ? item.executableWillLaunchAtLogin : item.openAtLogin;
  }

  /** Whether there is an entry, on or off. */
  get hasEntry(): boolean {
    if (this.platform === 'linux') return this.#readEntry() !== undefined;
    return this.electronApp.getLoginItemSettings({ args: LAUNCH_ARGUMENTS }).openAtLogin;
  }

  /** Turns launch at login on or off. */
  set(isEnabled: boolean): void {
    const { isEnabled: isEnabledNow } = this;
    if (isEnabledNow === undefined || isEnabledNow === isEnabled) return;
    if (this.platform !== 'linux') {
      this.electronApp.setLoginItemSettings({ openAtLogin: isEnabled, args: LAUNCH_ARGUMENTS });
      return;
    }
    if (!isEnabled) {
      this.#changeEntry(undefined);
      return;
    }
    const entry = this.#readEntry();
    this.#changeEntry(
      entry === undefined
        ? createAutostartEntry(this.#program)
        : setKeys(this.#withCurrentProgram(entry), OFF_SWITCHES),
    );
  }

  /** Puts this program in the entry if the one there no longer exists, such as after a move. */
  repair(): void {
    if (this.platform !== 'linux' || !this.electronApp.isPackaged) return;
    const entry = this.#readEntry();
    if (entry === undefined) return;
    const repaired = this.#withCurrentProgram(entry);
    if (repaired !== entry) this.#changeEntry(repaired);
  }

  /** Makes the setting match what the desktop does at login; enforces what the administrator set. */
  sync(settings: Pick<SettingsStore, 'get' | 'managed' | 'update'>): void {
    this.repair();
    const { launchAtLogin: managed } = settings.managed;
    const { isEnabled, hasEntry } = this;
    if (managed === false || (managed === true && !hasEntry)) this.set(managed);
    else if (
      managed === undefined &&
      isEnabled !== undefined &&
      isEnabled !== settings.get().launchAtLogin
    ) {
      settings.update({ launchAtLogin: isEnabled });
    }
  }

  get #entryPath(): string {
    return join(this.electronApp.getPath('appData'), 'autostart', 'ringside.desktop');
  }

  /** The file to start, which for an AppImage isn't the one that is running. */
  get #program(): string {
    const { APPIMAGE, APPDIR } = this.env;
    // A program started from another AppImage inherits that one's variables.
    const isOwn = Boolean(APPIMAGE && APPDIR && process.execPath.startsWith(`${APPDIR}/`));
    return isOwn && APPIMAGE !== undefined ? APPIMAGE : process.execPath;
  }

  #withCurrentProgram(entry: string): string {
    const program = readProgram(entry);
    if (program === undefined || !isAbsolute(program) || isExecutable(program)) return entry;
    const current = createAutostartEntry(this.#program);
    // Keeps the arguments, which may be the user's.
    const command = readCommand(entry);
    const rest = command.slice(matchProgram(command)?.[0].length ?? command.length);
    const [own] = matchProgram(readCommand(current)) ?? [''];
    const tryExec = readKey(entry, 'TryExec');
    return setKeys(entry, {
      Exec: `${own}${rest}`.replaceAll('\\', '\\\\'),
      ...(tryExec !== undefined && { TryExec: readKey(current, 'TryExec') ?? '' }),
    });
  }

  #readEntry(): string | undefined {
    try {
      return readFileSync(this.#entryPath, 'utf8');
    } catch {
      return undefined;
    }
  }

  #changeEntry(text: string | undefined): void {
    try {
      if (text === undefined) rmSync(this.#entryPath, { force: true });
      else {
        mkdirSync(dirname(this.#entryPath), { recursive: true });
        writeFileSync(this.#entryPath, text);
      }
    } catch (error) {
      const code = getErrorCode(error);
      this.onProblem({ kind: 'cannot-save', file: 'ringside.desktop', code });
    }
  }
}

/**
 * Whether the desktop session started Ringside, so that no window opens. macOS passes no arguments
 * to login items and reports it separately.
 */
export function isHiddenStart(
  hasHiddenArgument: boolean,
  platform: NodeJS.Platform = process.platform,
  electronApp: Pick<App, 'getLoginItemSettings'> = app,
): boolean {
  if (hasHiddenArgument) return true;
  return platform === 'darwin' && electronApp.getLoginItemSettings().wasOpenedAtLogin;
}

/** The desktop entry that starts Ringside with a Linux session (XDG Autostart specification). */
export function createAutostartEntry(executable: string): string {
  // The specification requires these four characters to be escaped, and backslashes twice.
  const quoted = executable.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Ringside',
    // Desktops ignore the entry once the program is uninstalled.
    `TryExec=${executable.replaceAll('\\', '\\\\')}`,
    `Exec="${quoted}" ${LAUNCH_ARGUMENTS.join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

function isEntryEnabled(entry: string | undefined): boolean {
  if (entry === undefined) return false;
  return Object.entries(OFF_SWITCHES).every(
    ([key, on]) => (readKey(entry, key) ?? on).toLowerCase() === on,
  );
}

/** The value of a key in the entry's main group. */
function readKey(entry: string, key: string): string | undefined {
  const lines = getMainGroup(entry).map((line) => /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line));
  return lines.find((match) => match?.[1] === key)?.[2];
}

/** Replaces the values of keys that the entry's main group has, and keeps everything else. */
function setKeys(entry: string, values: Readonly<Record<string, string>>): string {
  const group = getMainGroup(entry);
  const others = entry.split('\n').slice(group.length);
  const changed = group.map((line) => {
    const key = /^\s*([\w-]+)\s*=/.exec(line)?.[1];
    const value = key === undefined ? undefined : values[key];
    return key === undefined || value === undefined ? line : `${key}=${value}`;
  });
  return [...changed, ...others].join('\n');
}

/** The lines up to the second group, such as an action. */
function getMainGroup(entry: string): readonly string[] {
  const lines = entry.split('\n');
  const second = lines.findIndex((line, index) => index > 0 && line.startsWith('['));
  const hasHeader = lines[0]?.startsWith('[') === true;
  return second < 0 || !hasHeader ? lines : lines.slice(0, second);
}

/** The program at the start of a command, quoted or not. */
function matchProgram(command: string): RegExpExecArray | null {
  return /^"((?:[^"\\]|\\.)*)"|^\S+/.exec(command);
}

/** The program that an entry starts, without quotes and escapes. */
function readProgram(entry: string): string | undefined {
  const [word, quoted] = matchProgram(readCommand(entry)) ?? [];
  return quoted === undefined ? word : quoted.replace(/\\(["`$\\])/g, '$1');
}

/** The command of an entry. All values have backslashes doubled. */
function readCommand(entry: string): string {
  return (readKey(entry, 'Exec') ?? '').replaceAll('\\\\', '\\');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
