import { join } from 'node:path';
import type { Glance } from '../../core/glance';

/** The picture that the tray shows: a state, and whether do not disturb is on. */
export type TrayIconName = `${TrayState}${'' | '-silent'}`;

type TrayState = 'idle' | `active-${Count}` | `ringing-${0 | 1}` | 'missed' | 'offline' | 'sign-in';

type Count = (typeof digits)[number] | '9plus';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Where the icon is shown. */
export interface TrayPlace {
  readonly os: NodeJS.Platform;
  /** How bright the panel or taskbar is. Nobody needs to know on macOS, which colours the icon. */
  readonly panel: 'light' | 'dark' | 'unknown';
  /** The folder of the app's resources, an absolute path. */
  readonly resources: string;
}

/** How bright the panel is on a desktop that is dark, or is not. */
export function panelOf(os: NodeJS.Platform, dark: boolean): TrayPlace['panel'] {
  if (dark) return 'dark';
  // A light desktop on Linux may well have a dark panel, and does not tell.
  return os === 'linux' ? 'unknown' : 'light';
}

/**
 * Names the icon for a glance. While a call rings, two frames alternate; the first one stands for
 * itself where nothing may move. Every other glance looks the same in both.
 */
export function trayIconName(glance: Glance, frame: 0 | 1): TrayIconName {
  const state = stateOf(glance, frame);
  return glance.silent ? `${state}-silent` : state;
}

/**
 * The file of an icon, for Electron to load: denser screens find their own pictures beside it or
 * in it.
 */
export function trayIconPath(name: TrayIconName, { os, panel, resources }: TrayPlace): string {
  const folder = join(resources, 'tray');
  switch (os) {
    case 'darwin':
      return join(folder, 'macos', `${name}Template.png`);
    case 'win32':
      return join(folder, 'windows', panel, `${name}.ico`);
    default:
      return join(folder, 'linux', panel, `${name}.png`);
  }
}

function stateOf(glance: Glance, frame: 0 | 1): TrayState {
  switch (glance.kind) {
    case 'ringing':
      return `ringing-${frame}`;
    case 'trouble':
      // A missing role asks for the person too: nothing gets better by waiting.
      return glance.trouble === 'offline' ? 'offline' : 'sign-in';
    case 'active':
      return `active-${digits[glance.active - 1] ?? '9plus'}`;
    case 'missed':
      return 'missed';
    case 'idle':
      return 'idle';
  }
}
