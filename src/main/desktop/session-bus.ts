import { execFile } from 'node:child_process';

/** How long (ms) the session bus may take to answer. */
const PATIENCE = 2_000;

/** A method on the session bus that takes one text or nothing. */
interface Method {
  readonly service: string;
  readonly path: string;
  readonly name: string;
  readonly text?: string;
}

const NOTIFICATIONS = 'org.freedesktop.Notifications';
const CAPABILITIES: Method = {
  service: NOTIFICATIONS,
  path: '/org/freedesktop/Notifications',
  name: 'org.freedesktop.Notifications.GetCapabilities',
};
const OF_BUS = { service: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
const HAS_OWNER = { ...OF_BUS, name: 'org.freedesktop.DBus.NameHasOwner' };
const OWNER = { ...OF_BUS, name: 'org.freedesktop.DBus.GetNameOwner' };

/** What a Linux desktop can do, as far as Ringside must know. */
export interface DesktopAbilities {
  /**
   * The body of a notification is read as markup. Electron neither escapes it nor tells, so the
   * desktop is asked. No answer counts as yes: nearly all of them read it, and an entity on the
   * screen does less harm than a name that becomes a link.
   */
  readonly readsMarkup: boolean;
  /** What the notification server says that it can do; `undefined` without an answer. */
  readonly notifications?: readonly string[] | undefined;
  /** Something shows tray icons. No answer counts as yes. */
  readonly tray: boolean;
}

/** Asks the desktop what it can do; elsewhere than on Linux that is known. Never rejects. */
export async function desktopAbilities(platform: NodeJS.Platform): Promise<DesktopAbilities> {
  if (platform !== 'linux') return { readsMarkup: false, tray: true };
  const [capabilities, tray] = await Promise.all([ask(CAPABILITIES), hasTray()]);
  return {
    readsMarkup: capabilities === undefined || /["']body-markup["']/.test(capabilities),
    ...(capabilities !== undefined && { notifications: wordsIn(capabilities) }),
    tray,
  };
}

/** Asks a Linux desktop whether something shows tray icons by now. Never rejects. */
export async function hasTray(): Promise<boolean> {
  return (await hasOwner('org.kde.StatusNotifierWatcher')) ?? true;
}

/**
 * Who shows notifications on a Linux desktop, by a name that is another one after each start of it;
 * empty where nobody does, `undefined` where that cannot be told. Never rejects.
 */
export async function notificationService(platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform !== 'linux') return undefined;
  const owner = await ask({ ...OWNER, text: NOTIFICATIONS });
  if (owner !== undefined) return /["'](:[\d.]+)["']/.exec(owner)?.[1];
  return (await hasOwner(NOTIFICATIONS)) === false ? '' : undefined;
}

/** Whether somebody has a name on the bus; `undefined` without an answer. */
async function hasOwner(name: string): Promise<boolean | undefined> {
  return (await ask({ ...HAS_OWNER, text: name }))?.includes('true');
}

/** The texts in an answer, as either command writes them. */
function wordsIn(answer: string): readonly string[] {
  return [...answer.matchAll(/["']([\w.-]{1,40})["']/g)].flatMap(([, word]) => word ?? []);
}

/** Calls a method with whichever of the usual commands there is; `undefined` without an answer. */
async function ask({ service, path, name, text }: Method): Promise<string | undefined> {
  const send = ['--session', '--print-reply', `--dest=${service}`, path, name];
  const call = ['call', '--session', '--dest', service, '--object-path', path, '--method', name];
  return (
    (await run('dbus-send', text === undefined ? send : [...send, `string:${text}`])) ??
    (await run('gdbus', text === undefined ? call : [...call, text]))
  );
}

function run(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: PATIENCE }, (error, output) => {
      resolve(error ? undefined : output);
    });
  });
}
