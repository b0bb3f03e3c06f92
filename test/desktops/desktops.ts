import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { getXfcePanelConfig, SPACER, XFCE_PANEL_FILE } from '../../scripts/lib/xfce-panel.mjs';
import type { Area } from '../e2e/packaged/virtual-screen';

/** A desktop that Ringside is tried on, and how to bring it up. */
export interface Desktop {
  readonly name: string;
  readonly kind: 'x11' | 'sway';
  readonly env: Readonly<Record<string, string>>;
  /** Arguments for Ringside. */
  readonly args?: readonly string[];
  /** Files below the user's configuration folder. */
  readonly files: Readonly<Record<string, string>>;
  /** What runs before anything else. */
  readonly base: readonly Program[];
  readonly notifications: Program;
  /** The panel with the tray, if there is one. */
  readonly panel?: Program & { readonly area: Area };
  /** How the user opens what a notification is about. */
  readonly openNotification: { readonly button: 1 | 2; readonly at: 'body' | 'button' };
  /** How many clicks on the icon open the window; one by default. */
  readonly clicksToOpen?: 2;
  /** Keeps the desktop from the computer's own system bus: the session bus is used for both. */
  readonly hasPrivateSystemBus?: boolean;
  /** Whether a desktop that isn't installed by the test is there. */
  readonly isInstalled?: boolean;
}

/** A program of a desktop. */
export interface Program {
  readonly command: readonly string[];
  /** The name on the session bus that says that the program is ready. */
  readonly busName?: string;
}

const NOTIFICATIONS = 'org.freedesktop.Notifications';
const WATCHER = 'org.kde.StatusNotifierWatcher';
const TOP: Area = { x: 0, y: 0, width: 1280, height: 30 };
const BOTTOM: Area = { x: 0, y: 768, width: 1280, height: 32 };
const OPENBOX: Program = { command: ['openbox'] };
const DUNST: Program = { command: ['dunst'], busName: NOTIFICATIONS };

const LXQT_PANEL = `[General]
__version__=1
panels=panel1
iconTheme=Adwaita
[panel1]
plugins=taskbar, statusnotifier
position=Bottom
panelSize=${BOTTOM.height}
iconSize=22
lineCount=1
width=100
width-percent=true
desktop=0
[taskbar]
type=taskbar
[statusnotifier]
type=statusnotifier
`;

const TINT2_PANEL = `panel_items = TS
panel_size = 100% ${BOTTOM.height}
panel_position = bottom center horizontal
systray_padding = 4 2 4
systray_icon_size = 22
rounded = 0
border_width = 0
background_color = #202020 100
panel_background_id = 1
`;

const WAYBAR = JSON.stringify({
  layer: 'top',
  position: 'top',
  height: TOP.height,
  'modules-right': ['tray'],
  tray: { 'icon-size': 20, spacing: 8 },
});

const SWAY = `output X11-1 resolution 1280x800 bg #3a6ea5 solid_color
xwayland enable
focus_follows_mouse no
`;

const WAYBAR_PANEL = {
  command: ['waybar'],
  busName: WATCHER,
  area: TOP,
} as const;

const SWAY_DESKTOP = {
  kind: 'sway',
  env: { XDG_CURRENT_DESKTOP: 'sway', XDG_SESSION_TYPE: 'wayland' },
  files: { 'sway/config': SWAY, 'waybar/config': WAYBAR },
  base: [],
  notifications: { command: ['mako'], busName: NOTIFICATIONS },
  panel: WAYBAR_PANEL,
  openNotification: { button: 1, at: 'body' },
} as const;

const PLASMASHELL = '/usr/bin/plasmashell';
const hasPlasma = existsSync(PLASMASHELL);
/** The tray adds what it doesn't know yet. */
const PLASMA_APPLETS = hasPlasma ? readdirSync('/usr/share/plasma/plasmoids') : [];

/** A panel with only a tray. The service for notifications is an applet of it. */
const PLASMA_LAYOUT = `[Containments][2]
plugin=org.kde.panel
formfactor=2
location=4
lastScreen=0
[Containments][2][Applets][3]
plugin=org.kde.plasma.panelspacer
[Containments][2][Applets][4]
plugin=org.kde.plasma.systemtray
[Containments][2][Applets][4][Configuration]
SystrayContainmentId=5
[Containments][2][General]
AppletOrder=3;4
[Containments][5]
plugin=org.kde.plasma.private.systemtray
formfactor=2
location=4
lastScreen=0
[Containments][5][General]
extraItems=org.kde.plasma.notifications
hiddenItems=org.kde.plasma.notifications
knownItems=${PLASMA_APPLETS.join()}
`;

/** Restarting it restarts the panel, the tray, and the notification service. */
const PLASMA = { command: [PLASMASHELL], busName: NOTIFICATIONS, area: BOTTOM } as const;

const GNOME_SHELL = '/usr/bin/gnome-shell';
/** The extension that shows tray icons, by its name in Debian and on extensions.gnome.org. */
const TRAY_EXTENSIONS = [
  'ubuntu-appindicators@ubuntu.com',
  'appindicatorsupport@rgcjonas.gmail.com',
] as const;
const hasGnome =
  [GNOME_SHELL, '/usr/bin/gjs'].every((file) => existsSync(file)) &&
  TRAY_EXTENSIONS.some((name) => existsSync(`/usr/share/gnome-shell/extensions/${name}`));
const GNOME_EXTENSION = 'startup@ringside.test';
const GNOME_EXTENSION_FOLDER = `../.local/share/gnome-shell/extensions/${GNOME_EXTENSION}`;
const GNOME_SETTINGS = `[org/gnome/desktop/interface]
enable-animations=false
[org/gnome/desktop/background]
picture-options='none'
primary-color='#3a6ea5'
[org/gnome/shell]
welcome-dialog-last-shown-version='99'
disable-user-extensions=false
enabled-extensions=['${[...TRAY_EXTENSIONS, GNOME_EXTENSION].join("', '")}']
`;
/** Starts without the overview, and without the shell's own notifications, such as one about root. */
const GNOME_EXTENSION_CODE = `const { main: Main, messageTray: MessageTray } = imports.ui;
function init() {}
function enable() {
  MessageTray.SystemNotificationSource.prototype.showNotification = () => {};
  Main.sessionMode.hasOverview = false;
  Main.layoutManager.connect('startup-complete', () => {
    Main.sessionMode.hasOverview = true;
  });
}
function disable() {}
`;

/** The desktops, smallest first. */
export const DESKTOPS: readonly Desktop[] = [
  {
    name: 'openbox, dunst, no tray',
    kind: 'x11',
    env: { DESKTOP_SESSION: 'openbox' },
    files: {},
    base: [OPENBOX],
    notifications: DUNST,
    openNotification: { button: 2, at: 'body' },
  },
  {
    name: 'openbox, dunst, tint2 (XEmbed)',
    kind: 'x11',
    env: { DESKTOP_SESSION: 'openbox' },
    files: { 'tint2/tint2rc': TINT2_PANEL },
    base: [OPENBOX],
    notifications: DUNST,
    panel: { command: ['tint2'], area: BOTTOM },
    openNotification: { button: 2, at: 'body' },
  },
  {
    name: 'Xfce',
    kind: 'x11',
    env: { XDG_CURRENT_DESKTOP: 'XFCE', DESKTOP_SESSION: 'xfce' },
    files: {
      [XFCE_PANEL_FILE]: getXfcePanelConfig(TOP.height, [['tasklist'], SPACER, ['systray']]),
    },
    base: [
      { command: readServiceCommand('org.xfce.Xfconf'), busName: 'org.xfce.Xfconf' },
      { command: ['xfwm4', '--compositor=off'] },
    ],
    notifications: {
      command: readServiceCommand('org.xfce.xfce4-notifyd.Notifications'),
      busName: NOTIFICATIONS,
    },
    panel: { command: ['xfce4-panel'], busName: WATCHER, area: TOP },
    openNotification: { button: 1, at: 'button' },
  },
  {
    name: 'LXQt',
    kind: 'x11',
    env: { XDG_CURRENT_DESKTOP: 'LXQt', DESKTOP_SESSION: 'lxqt' },
    files: { 'lxqt/panel.conf': LXQT_PANEL, 'lxqt/lxqt.conf': '[General]\nicon_theme=Adwaita\n' },
    base: [OPENBOX],
    notifications: { command: ['lxqt-notificationd'], busName: NOTIFICATIONS },
    panel: { command: ['lxqt-panel'], busName: WATCHER, area: BOTTOM },
    openNotification: { button: 1, at: 'body' },
  },
  {
    name: 'KDE Plasma',
    kind: 'x11',
    env: {
      XDG_CURRENT_DESKTOP: 'KDE',
      DESKTOP_SESSION: 'plasma',
      KDE_FULL_SESSION: 'true',
      KDE_SESSION_VERSION: '5',
      KWIN_COMPOSE: 'N',
      QT_QUICK_BACKEND: 'software',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
    files: {
      kwalletrc: '[Wallet]\nEnabled=false\n',
      plasmashellrc: `[PlasmaViews][Panel 2][Defaults]\nthickness=${BOTTOM.height}\n`,
      'plasma-org.kde.plasma.desktop-appletsrc': PLASMA_LAYOUT,
    },
    base: [
      { command: ['kwin_x11'] },
      { command: readServiceCommand('org.kde.ActivityManager') },
      { command: ['kded5'], busName: WATCHER },
    ],
    notifications: PLASMA,
    panel: PLASMA,
    openNotification: { button: 1, at: 'body' },
    isInstalled: hasPlasma,
  },
  {
    name: 'GNOME',
    kind: 'x11',
    env: {
      XDG_CURRENT_DESKTOP: 'GNOME',
      DESKTOP_SESSION: 'gnome',
      GNOME_SHELL_SESSION_MODE: 'user',
      GSETTINGS_BACKEND: 'keyfile',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
    files: {
      'glib-2.0/settings/keyfile': GNOME_SETTINGS,
      [`${GNOME_EXTENSION_FOLDER}/extension.js`]: GNOME_EXTENSION_CODE,
      [`${GNOME_EXTENSION_FOLDER}/metadata.json`]: JSON.stringify({
        uuid: GNOME_EXTENSION,
        name: 'Startup',
        description: 'Skips the overview',
        'shell-version': ['43', '44'],
      }),
    },
    base: [],
    notifications: {
      command: readServiceCommand('org.gnome.Shell.Notifications'),
      busName: NOTIFICATIONS,
    },
    // The rest of the panel has the clock, which changes.
    panel: {
      command: [GNOME_SHELL, '--x11'],
      busName: WATCHER,
      area: { x: 900, y: 0, width: 380, height: 32 },
    },
    openNotification: { button: 1, at: 'body' },
    clicksToOpen: 2,
    hasPrivateSystemBus: true,
    isInstalled: hasGnome,
  },
  { ...SWAY_DESKTOP, name: 'sway, XWayland', args: ['--ozone-platform=x11'] },
  { ...SWAY_DESKTOP, name: 'sway, Wayland', args: ['--ozone-platform=wayland'] },
];

/** The program that D-Bus would start for a name; empty if it isn't installed. */
function readServiceCommand(name: string): readonly string[] {
  try {
    const service = readFileSync(`/usr/share/dbus-1/services/${name}.service`, 'utf8');
    return /^Exec=(.+)$/m.exec(service)?.[1]?.split(' ') ?? [];
  } catch {
    return [];
  }
}
