/** Puts the parts together: the companion, and what it shows on the desktop and in the window. */
import { join } from 'node:path';
import { app, nativeTheme, net, session, type Tray } from 'electron';
import { isRing, sessionOf, type Alert } from '../core/alert';
import type { Settings } from '../core/settings';
import type { Effect } from '../core/watch/decide';
import type { Connection, Destination, Platform } from '../shared/state';
import { appStateOf } from './app-state';
import type { Arguments } from './arguments';
import { Companion } from './companion';
import { diagnosticsText } from './diagnostics';
import { firstLogins } from './first-login';
import { windowHandlers } from './handlers';
import { clientOf, forgetAccount, watchPath } from './jars';
import { I18n } from './i18n';
import { lockedSettings } from './locked-settings';
import { lastErrors, log } from './log';
import { readManagedServer } from './managed-sign-in';
import { NetworkReturn } from './network-return';
import { Notices } from './notices';
import { Outside } from './outside';
import {
  getAlertDestination,
  NotificationManager,
  type NotificationAction,
} from './notifications/notification-manager';
import { isHiddenStart, setLaunchAtLogin } from './platform/autostart';
import { Badge } from './platform/badge';
import { DesktopServices } from './platform/dbus';
import { canPositionWindows, type DisplayServer } from './platform/display-server';
import { DockMenu } from './platform/dock-menu';
import { getDesktopEnvironment, getPlatformInfo } from './platform/platform-info';
import { WindowShortcut } from './platform/shortcut';
import { Popping } from './popping';
import { CallLog } from './store/call-log';
import { guarded } from './store/keyring';
import { policyPlace, readPolicyFile, type PolicyFile } from './store/policy-file';
import { SettingsFile } from './store/settings-file';
import { WatchFile } from './store/watch-file';
import { after, every, oncePerTurn } from './timers';
import { TrayManager } from './tray/tray-manager';
import { MAX_MENU_SESSIONS, type MenuActions } from './tray/tray-menu';
import { updatesOfThisCopy } from './update/this-copy';
import type { Updates } from './update/updates';
import { Avatars } from './window/avatars';
import { PageWindow } from './window/page-window';
import { pages } from './window/pages';
import { Ringer, ringingOf } from './window/ringer';
import { playInPage } from './window/ringer-page';
import { SCHEME } from './window/scheme';

/** How often (ms) the call log forgets what has become too old. */
const HOUR = 60 * 60 * 1_000;

/** The slowest desktops start their panel within two minutes of a login. */
const MISSING_TRAY_DELAY_MS = 2 * 60_000;

/** The running app. */
export class Ringside {
  readonly companion: Companion;
  readonly #profile = app.getPath('userData');
  readonly #changed = oncePerTurn(() => {
    this.#showAll();
  });
  readonly #notices = new Notices(this.#changed);
  readonly #policy: PolicyFile;
  readonly #settingsFile: SettingsFile;
  readonly #callLog: CallLog;
  #logRevision = 0;
  readonly #platform: Platform;
  readonly #i18n: I18n;
  readonly #outside: Outside;
  readonly #popping: Popping;
  readonly #updates: Updates;
  readonly #services = new DesktopServices();
  readonly #notifications: NotificationManager;
  readonly #tray: TrayManager;
  readonly #badge = new Badge(() => this.#window.frame);
  readonly #dockMenu: DockMenu;
  readonly #window: PageWindow;
  readonly #avatars = new Avatars(
    () => session.fromPartition('avatars', { cache: false }),
    !app.isPackaged,
  );
  readonly #ringer = new Ringer(playInPage(pages.addressOf));
  readonly #network = new NetworkReturn({
    isOnline: () => net.isOnline(),
    onReturn: () => {
      this.companion.pollNow();
    },
    every,
  });
  readonly #shortcut = new WindowShortcut(
    () => {
      this.#window.toggle();
    },
    (shortcut) => {
      this.#notices.remove('shortcut-taken');
      if (shortcut !== undefined) this.#notices.add({ kind: 'shortcut-taken', shortcut });
    },
  );
  #applied: Settings | undefined;
  #stopPruning = (): void => undefined;

  /** Makes the app and starts it as the command line asks. */
  static async create(
    started: Arguments,
    tray: Tray,
    displayServer: DisplayServer,
  ): Promise<Ringside> {
    const ringside = new Ringside(started, tray, displayServer);
    await ringside.#start(started);
    return ringside;
  }

  private constructor(started: Arguments, tray: Tray, displayServer: DisplayServer) {
    const report = this.#notices.add.bind(this.#notices);
    const settings = (): Settings => this.companion.settings;
    this.#policy = readPolicyFile(
      policyPlace(process.platform, app.isPackaged, process.env),
      process.platform,
    );
    const { path: file, policy, fault } = this.#policy;
    if (fault) report({ kind: 'policy', file, fault });
    const locked = lockedSettings(policy, readManagedServer(process.env));
    this.#settingsFile = new SettingsFile(this.#profile, report, locked);
    this.#callLog = new CallLog({
      path: join(this.#profile, 'calls.jsonl'),
      keep: () => {
        const { logDays, logEntries } = settings();
        return { days: logDays, entries: logEntries };
      },
      report,
      onChange: () => {
        this.#logRevision += 1;
        this.#changed();
      },
    });
    this.#platform = getPlatformInfo(started.demo);
    this.#i18n = new I18n(settings, this.#platform, this.#changed);
    this.companion = new Companion({
      settingsFile: this.#settingsFile,
      callLog: this.#callLog,
      watchFileOf: (login) => new WatchFile(watchPath(this.#profile, login), report),
      clientOf: (login, signal) => clientOf(login, app.getVersion(), signal),
      forget: (login, everything) => forgetAccount(this.#profile, login, everything),
      guarded,
      region: () => this.#i18n.region,
      avatar: (url) => {
        const name = settings().avatars ? this.#avatars.nameOf(url) : undefined;
        return name === undefined ? undefined : `${SCHEME}://avatar/${name}`;
      },
      isWindowVisible: () => this.#window.isVisible,
      show: (effects) => {
        this.#show(effects);
      },
      onChange: this.#changed,
      report: (error) => {
        log.error('unexpected', error);
      },
      onConnection: (connection, account) => {
        this.#follow(connection, account);
      },
      after,
    });
    this.#outside = new Outside({
      companion: this.companion,
      callLog: this.#callLog,
      region: () => this.#i18n.region,
    });
    this.#popping = new Popping({
      settings,
      pop: (id) => void this.#outside.pop(id),
      now: () => Date.now(),
    });
    this.#updates = updatesOfThisCopy({
      allowed: policy.updates,
      settings,
      onChange: this.#changed,
    });
    this.#window = new PageWindow({
      settings,
      state: (before) =>
        appStateOf(
          {
            companion: this.companion,
            today: this.#callLog.today(Date.now()),
            logRevision: this.#logRevision,
            notices: this.#notices.list,
            platform: { ...this.#platform, tray: this.#services.capabilities.tray },
            update: this.#updates.state,
          },
          before,
        ),
      hasTray: () => this.#services.capabilities.tray,
      trayBounds: () => this.#tray.bounds,
      canPlace: canPositionWindows(displayServer),
      onResized: (windowWidth, windowHeight) => {
        this.companion.changeSettings({ windowWidth, windowHeight });
      },
      onVisible: () => {
        this.companion.pollNow();
        this.#updateAppIcon();
      },
    });
    const actions: MenuActions = {
      open: (destination) => {
        this.open(destination);
      },
      setDoNotDisturb: (choice) => {
        this.companion.setSilence(choice);
      },
      refresh: () => {
        this.companion.pollNow();
      },
      quit: () => {
        app.quit();
      },
    };
    this.#notifications = new NotificationManager(this.#i18n, this.#services, (action, alert) => {
      this.#handleNotificationAction(action, alert);
    });
    this.#tray = new TrayManager(tray, this.#i18n, actions, () => {
      this.#window.toggle();
    });
    this.#dockMenu = new DockMenu(this.#i18n, actions);
    this.#services.on('trayStarted', () => {
      this.#notices.remove('no-tray');
      this.#tray.recreate();
      this.#changed();
    });
  }

  /** Opens the window at some place in it. */
  open(destination: Destination): void {
    this.#window.open(destination);
  }

  /** Takes everything off the desktop and keeps what must be kept. */
  end(): void {
    this.#stopPruning();
    this.companion.end();
    this.#services.dispose();
    this.#notifications.dispose();
    this.#badge.setAlerts([]);
    this.#tray.dispose();
    this.#ringer.apply(undefined);
    this.#callLog.close();
    this.#window.end();
  }

  async #start(started: Arguments): Promise<void> {
    this.#applySettings();
    await this.#i18n.load();
    const first = await firstLogins(started.demo, process.env, this.#settingsFile);
    // Programs that Ringside starts, a browser above all, have no business with it.
    delete process.env['RINGSIDE_PASSWORD'];
    this.#updateTray();
    nativeTheme.on('updated', () => {
      this.#window.applySettings();
      this.#changed();
    });
    if (started.silence !== undefined) this.companion.setSilence(started.silence);
    this.companion.start(first.accounts, first.refused);
    log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}`);
    this.#window.serve(this.#handlers(), this.#avatars);
    await this.#services.connect();
    setTimeout(() => {
      if (this.#announceMissingTray()) this.#window.peek();
    }, MISSING_TRAY_DELAY_MS).unref();
    await this.#callLog.load(Date.now(), started.demo ? undefined : this.companion.onlyAccount);
    // An app that runs for weeks forgets what one that was started anew would.
    this.#stopPruning = every(HOUR, () => {
      this.#callLog.prune(Date.now());
    });
    this.#updates.start();
    // Who starts it by hand wants to see it; the desktop starts it hidden.
    if (!started.destination && isHiddenStart(started.hidden)) return;
    this.#announceMissingTray();
    // The user may have opened the window meanwhile, from the tray or a notification.
    if (started.destination) this.open(started.destination);
    else if (!this.#window.frame) this.open({ view: 'calls' });
  }

  #handlers() {
    return windowHandlers({
      companion: this.companion,
      callLog: this.#callLog,
      window: this.#window,
      outside: this.#outside,
      updates: this.#updates,
      region: () => this.#i18n.region,
      translate: () => this.#i18n.t,
      diagnostics: () =>
        diagnosticsText({
          companion: this.companion,
          platform: this.#platform,
          capabilities: this.#services.capabilities,
          policy: this.#policy,
          errors: lastErrors(),
        }),
      report: (notice) => {
        this.#notices.add(notice);
      },
    });
  }

  /** Applies what the rules have decided. */
  #show(effects: readonly Effect[]): void {
    this.#notifications.apply(effects);
    const rings = effects.some((effect) => effect.kind === 'raise' && isRing(effect.alert));
    if (rings && this.companion.settings.popUpOnRinging) this.#window.peek();
    this.#popping.apply(effects);
  }

  /** Shows how things stand, wherever they are shown. */
  #showAll(): void {
    this.#applySettings();
    this.#updateTray();
    this.#updateAppIcon();
    this.#window.update();
    this.#ringer.apply(ringingOf(this.companion.watches, this.companion.settings));
  }

  #updateTray(): void {
    const { companion } = this;
    const { connection, glance, order, silence } = companion;
    const sessions = order.slice(0, MAX_MENU_SESSIONS).flatMap((id) => companion.view(id) ?? []);
    const sessionCount = order.length;
    this.#tray.update({ connection, glance, silence, sessions, sessionCount });
  }

  #updateAppIcon(): void {
    const { glance, rings, silence } = this.companion;
    this.#badge.setAlerts(rings);
    const description = this.#i18n.t('tray.missed', { count: glance.missed });
    this.#badge.setMissedCount(glance.missed, description);
    this.#dockMenu.update({ glance, silence });
  }

  /** Tells the user once that there is no tray; returns whether it did so now. */
  #announceMissingTray(): boolean {
    if (this.#services.capabilities.tray || !this.#settingsFile.tellOnce('no-tray')) return false;
    this.#notices.add({ kind: 'no-tray', desktop: getDesktopEnvironment() });
    return true;
  }

  #handleNotificationAction(action: NotificationAction, alert: Alert): void {
    const id = sessionOf(alert);
    switch (action) {
      case 'open':
        this.open(getAlertDestination(alert));
        break;
      case 'call-back':
        if (id !== undefined) void this.#outside.callBack(id);
        break;
      case 'do-not-disturb':
        this.companion.setSilence('30-minutes');
        break;
    }
  }

  /** Settings are applied when they change and not before each look. */
  #applySettings(): void {
    const { settings } = this.companion;
    const before = this.#applied;
    if (settings === before) return;
    this.#applied = settings;
    void this.#i18n.load();
    nativeTheme.themeSource = settings.theme;
    this.#window.applySettings();
    this.#shortcut.set(settings.shortcut);
    if (before) this.#callLog.prune(Date.now());
    if (settings.launchAtLogin !== before?.launchAtLogin) {
      setLaunchAtLogin(settings.launchAtLogin, (notice) => {
        this.#notices.add(notice);
      });
    }
  }

  /** Logs what became of a connection; looks for the network while one of them is down. */
  #follow(connection: Connection, account: string): void {
    const { accounts } = this.companion;
    const code = connection.kind === 'offline' ? ` (${connection.fault.code})` : '';
    // The log tells of nobody: a number is enough to tell several apart.
    const at = accounts.findIndex(({ key }) => key === account) + 1;
    const which = accounts.length > 1 ? ` ${at}` : '';
    log.info(`connection${which}: ${connection.kind}${code}`);
    this.#network.watch(accounts.some((one) => one.connection.kind === 'offline'));
  }
}
