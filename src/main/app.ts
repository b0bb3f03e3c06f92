import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app, nativeTheme, screen, session, type Point, type Tray } from 'electron';
import { getAlertSessionId, isRingAlert, type Alert } from '../core/alerts/alert';
import type { Effect } from '../core/alerts/reduce';
import type { Settings } from '../core/settings/settings';
import type { AppState, Destination, Platform } from '../shared/state';
import type { Account } from './accounts/account';
import { AccountManager } from './accounts/account-manager';
import { AccountStorage, loadInitialAccounts } from './accounts/account-storage';
import { Voicemails } from './accounts/voicemails';
import { readManagedServer, type Environment } from './accounts/credentials';
import { SessionViews } from './accounts/session-views';
import type { CommandLine } from './command-line';
import { createDiagnosticsReport } from './diagnostics';
import { ExternalLinks } from './external-links';
import { confirmScreenPopHost } from './screen-pop-confirmation';
import { I18n } from './i18n';
import { LogViews } from './log-views';
import { getRecentErrors, log } from './logger';
import {
  getAlertDestination,
  NotificationManager,
  type NotificationAction,
} from './notifications/notification-manager';
import { BusNotifications, installIcon } from './notifications/bus-notifications';
import { Autostart, isHiddenStart } from './platform/autostart';
import { Badge } from './platform/badge';
import { DesktopServices } from './platform/dbus';
import {
  canLocatePointer,
  canPositionWindows,
  type DisplayServer,
} from './platform/display-server';
import { DockMenu } from './platform/dock-menu';
import { NetworkMonitor } from './platform/network-monitor';
import { getDesktopEnvironment, getPlatformInfo } from './platform/platform-info';
import { WindowShortcut } from './platform/shortcut';
import { watchMinute } from './platform/time-zone';
import { X11Client } from './platform/x11';
import { ScreenPop } from './screen-pop';
import { CallLog } from './storage/call-log';
import { Keyring } from './storage/keyring';
import { NotesStore } from './storage/notes-store';
import { getPolicyLocation, readPolicy, type PolicyFile } from './storage/policy-file';
import { getManagedSettings, SettingsStore } from './storage/settings-store';
import { SystemNotices } from './system-notices';
import { TrayManager } from './tray/tray-manager';
import {
  MAX_MENU_CALLERS,
  MAX_MENU_SESSIONS,
  sortByUrgency,
  type MenuActions,
} from './tray/tray-menu';
import { Updater } from './updater';
import { AvatarLoader } from './window/avatars';
import { VoicemailAudioLoader } from './window/voicemail-audio';
import { createIpcHandlers, registerIpcHandlers, type IpcServices } from './window/ipc-handlers';
import { MainWindow } from './window/main-window';
import { getDownloadSession } from './window/public-download';
import { isOnPanel } from './window/placement';
import { blockNetwork, handleAppProtocol } from './window/protocol';
import { getRingtone, RingtonePlayer } from './window/ringtone-player';
import { StatePublisher } from './window/state-publisher';

const HOUR_MS = 60 * 60 * 1_000;
/** The demo begins in the morning, after the night of its scenario. */
const DEMO_AWAY_MS = 14 * HOUR_MS;
const MAX_BUS_DELAY_MS = 1_000;
/** The slowest desktops start their panel within two minutes of a login. */
const MISSING_TRAY_DELAY_MS = 2 * 60_000;

/** The running app: creates the services and connects them. */
export class App implements IpcServices {
  readonly accounts: AccountManager;
  readonly settings: SettingsStore;
  readonly callLog: CallLog;
  readonly logViews: LogViews;
  readonly notes: NotesStore;
  readonly i18n: I18n;
  readonly voicemails: Voicemails;
  readonly links: ExternalLinks;
  readonly screenPop: ScreenPop;
  readonly updater: Updater;
  readonly window: MainWindow;
  readonly publisher: StatePublisher;
  readonly notifications: NotificationManager;
  readonly #notices = new SystemNotices(() => {
    this.#scheduleUpdate();
  });
  /** Adds a notice. */
  readonly report = this.#notices.add.bind(this.#notices);
  readonly #policy: PolicyFile;
  readonly #autostart: Autostart;
  readonly #keyring = new Keyring();
  readonly #storage: AccountStorage;
  readonly #platform: Platform;
  readonly #avatars: AvatarLoader;
  readonly #voicemailAudio: VoicemailAudioLoader;
  readonly #views: SessionViews;
  readonly #x11: X11Client | undefined;
  readonly #services: DesktopServices;
  /** On Linux only. */
  readonly #busNotifications: BusNotifications | undefined;
  readonly #tray: TrayManager;
  readonly #badge: Badge;
  readonly #dockMenu: DockMenu;
  readonly #ringtone = new RingtonePlayer();
  readonly #shortcut: WindowShortcut;
  readonly #network: NetworkMonitor;
  #logRevision = 0;
  #isUpdatePending = false;
  #isStopped = false;
  #pruneTimer: NodeJS.Timeout | undefined;
  #minuteTimer: NodeJS.Timeout | undefined;

  constructor(
    isDemo: boolean,
    tray: Tray,
    displayServer: DisplayServer,
    private readonly environment: Environment,
  ) {
    const profile = app.getPath('userData');
    const update = (): void => {
      this.#scheduleUpdate();
    };

    this.#policy = readPolicy(
      getPolicyLocation(process.platform, app.isPackaged, process.env),
      process.platform,
    );
    this.#autostart = new Autostart(this.report);
    const { path: file, policy, problem } = this.#policy;
    if (problem) this.report({ kind: 'policy', file, fault: problem });

    const managed = getManagedSettings(policy, readManagedServer(environment));
    const onSaved = this.#notices.removeUnsaved.bind(this.#notices);
    this.settings = new SettingsStore(profile, this.report, managed, onSaved);
    const getSettings = (): Settings => this.settings.get();
    this.#platform = getPlatformInfo(isDemo, this.#keyring.isPresent);
    this.i18n = new I18n(getSettings, this.#platform, update);
    this.notes = new NotesStore(join(profile, 'notes.json'), this.i18n, this.report, onSaved);
    this.callLog = new CallLog(
      join(profile, 'calls.jsonl'),
      this.settings,
      this.report,
      onSaved,
      this.notes,
    );

    this.#x11 = displayServer === 'x11' ? new X11Client() : undefined;
    this.#services = new DesktopServices(process.platform, this.#x11);

    this.#storage = new AccountStorage(profile, this.settings, this.#keyring, this.#notices);
    this.accounts = new AccountManager(this.settings, this.callLog, this.#storage, this.notes);
    this.voicemails = new Voicemails(
      this.accounts,
      this.settings,
      this.callLog,
      this.notes,
      this.i18n,
    );
    this.logViews = new LogViews(this.callLog, this.i18n, this.notes, this.voicemails, (summary) =>
      this.accounts.list.nameCaller(summary),
    );
    this.#avatars = new AvatarLoader(getDownloadSession, !app.isPackaged);
    this.#voicemailAudio = new VoicemailAudioLoader(
      (key) => this.voicemails.findAudio(key),
      getDownloadSession,
      !app.isPackaged,
    );
    this.#views = new SessionViews(
      this.accounts.list,
      this.settings,
      this.i18n,
      this.#avatars,
      this.notes,
      this.callLog,
    );
    this.links = new ExternalLinks(this.accounts.list, this.callLog, this.i18n);
    this.screenPop = new ScreenPop(
      this.accounts.list,
      this.settings,
      this.callLog,
      this.i18n,
      (host) => confirmScreenPopHost(host, this.i18n),
    );
    this.updater = new Updater(this.settings, {
      isAllowed: policy.canUpdate,
      // A restarted app wouldn't have the password.
      canRestart: (environment['RINGSIDE_PASSWORD'] ?? '') === '',
    });

    const trayAnchor = {
      isAvailable: () => this.#services.capabilities.tray,
      getBounds: () => this.#tray.bounds,
    };
    this.window = new MainWindow(this.settings, trayAnchor, canPositionWindows(displayServer));
    this.publisher = new StatePublisher(() => this.#getState(), this.window);
    this.#busNotifications =
      process.platform === 'linux' ? this.#createBusNotifications(profile) : undefined;
    this.notifications = new NotificationManager(
      this.i18n,
      this.#services,
      this.settings,
      (action, alert) => {
        this.#handleNotificationAction(action, alert);
      },
      () => {
        this.window.open();
      },
      process.platform,
      this.#busNotifications?.create.bind(this.#busNotifications),
    );
    const actions: MenuActions = {
      open: (destination) => {
        this.open(destination);
      },
      callBack: (session) => {
        void this.#callBack(session);
      },
      setDoNotDisturb: (choice) => {
        this.settings.setDoNotDisturb(choice);
      },
      refresh: () => {
        this.accounts.pollNow();
      },
      quit: () => {
        app.quit();
      },
    };
    this.#tray = new TrayManager(
      tray,
      this.i18n,
      actions,
      () => {
        this.#toggleWindow();
      },
      process.platform,
      getDesktopEnvironment(),
      canLocatePointer(displayServer) ? () => this.#locateClick() : undefined,
    );
    this.#badge = new Badge(
      () => this.window.browserWindow,
      process.platform,
      app,
      undefined,
      this.#x11,
    );
    this.#dockMenu = new DockMenu(this.i18n, actions);
    this.#shortcut = new WindowShortcut(
      () => {
        this.#toggleWindow();
      },
      (shortcut) => {
        this.#notices.remove('shortcut-taken');
        if (shortcut !== undefined) this.report({ kind: 'shortcut-taken', shortcut });
      },
    );
    this.#network = new NetworkMonitor(() => {
      this.accounts.pollNow();
    });
    this.#subscribe();
  }

  /** Connects the services: what each does when another one changes. */
  #subscribe(): void {
    const update = (): void => {
      this.#scheduleUpdate();
    };
    this.accounts.on('effects', (effects) => {
      this.#applyEffects(effects);
    });
    this.accounts.on('connection', (account) => {
      this.#handleConnectionChange(account);
    });
    this.accounts.on('change', update);
    this.voicemails.on('change', update);
    this.accounts.on('names', () => {
      this.logViews.updateNames();
      this.#logRevision += 1;
    });
    this.updater.on('change', update);
    this.window.on('visibilityChange', (isVisible) => {
      this.accounts.setWindowVisible(isVisible);
      if (!isVisible) {
        this.#explainHiddenWindow();
        return;
      }
      this.#updateAppIcon();
      void this.#keyring.detect().then((hasChanged) => {
        if (hasChanged) update();
      });
    });
    this.callLog.on('change', () => {
      this.#logRevision += 1;
      update();
    });
    this.notes.on('change', () => {
      this.#logRevision += 1;
      this.accounts.applyNotes();
    });
    this.#services.on('trayStarted', () => {
      this.#notices.remove('no-tray');
      this.#tray.recreate();
      update();
    });
    this.settings.subscribe((current, previous) => {
      this.#applySettings(current, previous);
    });
    nativeTheme.on('updated', () => {
      this.window.applySettings();
      update();
    });
  }

  /** Starts the services: the tray icon and the first poll before anything slower. */
  async start(commandLine: CommandLine): Promise<void> {
    const { demo, doNotDisturb } = commandLine;
    this.#applySettings(this.settings.get());
    await this.i18n.load();
    const initial = await loadInitialAccounts(
      demo,
      this.environment,
      this.settings,
      this.#keyring,
      this.report,
    );
    if (this.#isStopped) return;
    if (doNotDisturb !== undefined) this.settings.setDoNotDisturb(doNotDisturb);
    if (demo) {
      for (const { credentials } of initial.accounts)
        this.#storage.backdate(credentials, DEMO_AWAY_MS);
    }
    this.accounts.start(initial.accounts, initial.refused);
    // The first requests are on their way. From here on, files are read.
    this.#updateTray();
    this.#storage.removeLeftovers(initial.accounts);
    void this.#busNotifications?.closeLeftovers();
    const { onlyAccount } = this.accounts.list;
    if (onlyAccount && !demo) this.callLog.assignUnownedEntries(onlyAccount);
    this.callLog.prune(Date.now());
    log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}`);
    this.#serveWindow();
    // A bus that doesn't answer must not keep the window from opening.
    await Promise.race([this.#services.connect(), delay(MAX_BUS_DELAY_MS)]);
    this.#finishStart(commandLine);
  }

  #finishStart({ hidden, destination }: CommandLine): void {
    if (this.#isStopped) return;
    setTimeout(() => {
      if (this.#announceMissingTray()) this.window.showInactive();
    }, MISSING_TRAY_DELAY_MS).unref();
    this.#pruneTimer = setInterval(() => {
      this.callLog.prune(Date.now());
    }, HOUR_MS);
    this.#minuteTimer = watchMinute(() => {
      this.#scheduleUpdate();
    });
    this.updater.start();
    this.#autostart.sync(this.settings);
    if (!destination && isHiddenStart(hidden)) return;
    this.#announceMissingTray();
    // The user may have opened the window in the meantime, from the tray or a notification.
    if (destination) this.openFromLink(destination);
    else if (!this.window.browserWindow) this.open({ view: 'calls' });
  }

  /**
   * Shows a view for a link. Because any web page can open one, the window doesn't take the focus,
   * and missed calls stay unseen until the user clicks in it.
   */
  openFromLink(destination: Destination): void {
    this.window.showInactive({ ...destination, isFromLink: true });
  }

  /** Opens the window with a view. */
  open(destination: Destination): void {
    this.window.open(destination);
  }

  /**
   * Saves what has to be saved and removes everything from the desktop. A step that fails doesn't
   * keep the others from running. Returns a promise if the app has to wait before it quits.
   */
  stop(): Promise<void> | undefined {
    if (this.#isStopped) return undefined;
    this.#isStopped = true;
    clearInterval(this.#pruneTimer);
    clearInterval(this.#minuteTimer);
    const services: readonly { dispose(): void }[] = [
      this.accounts,
      this.callLog,
      this.settings,
      this.notifications,
      this.#services,
      ...(this.#x11 ? [this.#x11] : []),
      this.#keyring,
      this.#network,
      this.#badge,
      this.#ringtone,
      this.#tray,
      this.window,
    ];
    for (const service of services) {
      try {
        service.dispose();
      } catch (error) {
        log.error('cannot stop', error);
      }
    }
    return this.#busNotifications?.dispose();
  }

  #createBusNotifications(profile: string): BusNotifications {
    return new BusNotifications(join(profile, 'notifications.json'), {
      appName: app.getName(),
      desktopEntry: 'ringside',
      icon: installIcon(profile),
      getOpenLabel: () => this.i18n.t('action.open'),
      canHaveActions: () =>
        this.#services.capabilities.notifications?.includes('actions') !== false,
    });
  }

  /** Where the pointer is on a panel. Electron only knows where it is in windows of this app. */
  async #locateClick(): Promise<Point | undefined> {
    const pointer = await this.#x11?.getPointer();
    if (!pointer) return undefined;
    // Older versions of Electron have it on Windows only.
    const { screenToDipPoint } = screen as Partial<typeof screen>;
    const point = screenToDipPoint?.call(screen, pointer) ?? pointer;
    return isOnPanel(point, screen.getDisplayNearestPoint(point)) ? point : undefined;
  }

  #applyEffects(effects: readonly Effect[]): void {
    this.notifications.apply(effects);
    const hasNewRing = effects.some(
      (effect) => effect.kind === 'raise' && isRingAlert(effect.alert),
    );
    if (hasNewRing && this.settings.get().popUpOnRinging) this.window.popUp({ view: 'calls' });
    this.screenPop.apply(effects);
  }

  #applySettings(settings: Settings, previous?: Settings): void {
    if (settings === previous) return;
    void this.i18n.load();
    nativeTheme.themeSource = settings.theme;
    this.window.applySettings();
    this.#shortcut.set(settings.shortcut);
    if (previous) this.callLog.prune(Date.now());
    if (previous && settings.launchAtLogin !== previous.launchAtLogin) {
      this.#autostart.set(settings.launchAtLogin);
    }
  }

  #handleConnectionChange({ key, connection }: Account): void {
    const { all } = this.accounts.list;
    const code = connection.kind === 'offline' ? ` (${connection.error.code})` : '';
    // The log contains no names, so accounts are identified by number.
    const number = all.findIndex((account) => account.key === key) + 1;
    const suffix = all.length > 1 ? ` ${number}` : '';
    log.info(`connection${suffix}: ${connection.kind}${code}`);
    this.#network.setActive(all.some((one) => one.connection.kind === 'offline'));
  }

  #handleNotificationAction(action: NotificationAction, alert: Alert): void {
    const session = getAlertSessionId(alert);
    switch (action) {
      case 'open':
        this.open(getAlertDestination(alert));
        break;
      case 'call-back':
        if (session !== undefined) void this.#callBack(session);
        break;
      case 'customer-page':
        if (session !== undefined) void this.screenPop.open(session);
        break;
      case 'do-not-disturb':
        this.settings.setDoNotDisturb('30-minutes');
        break;
    }
  }

  /** Opens the softphone. Without one, the window says so, and the number can be copied there. */
  async #callBack(session: string): Promise<void> {
    const { ok } = await this.links.callBack(session);
    if (ok) return;
    this.report({ kind: 'no-phone-app' });
    this.open({ view: 'session', id: session });
  }

  /** Tells a new user once where the window went. */
  #explainHiddenWindow(): void {
    if (!this.#services.capabilities.tray) return;
    if (this.settings.finishIntroduction('hidden-window')) {
      this.notifications.showMessage('hidden-window');
    }
  }

  /** Tells the user once that there is no tray; returns whether it did so now. */
  #announceMissingTray(): boolean {
    if (this.#services.capabilities.tray || !this.settings.markHintShown('no-tray')) return false;
    this.report({ kind: 'no-tray', desktop: getDesktopEnvironment() });
    return true;
  }

  /**
   * Updates the tray and the window once for all changes of the current task, and in a task of its
   * own: it takes as long as handling a response.
   */
  #scheduleUpdate(): void {
    if (this.#isUpdatePending) return;
    this.#isUpdatePending = true;
    setTimeout(() => {
      this.#isUpdatePending = false;
      if (this.#isStopped) return;
      this.#updateTray();
      this.#updateAppIcon();
      this.publisher.update();
      this.window.setRinging(this.accounts.rings.length > 0);
      this.#ringtone.set(getRingtone(this.accounts.alertStates, this.settings.get()));
    }, 1);
  }

  /** Opens or hides the window. While a call rings, it opens with that call. */
  #toggleWindow(): void {
    const isRinging = this.accounts.trayStatus.kind === 'ringing';
    this.window.toggle(isRinging ? { view: 'calls' } : undefined);
  }

  #updateTray(): void {
    const { connection, trayStatus } = this.accounts;
    // What became of these calls is unknown while the user is signed out.
    const sessions = connection.kind === 'signed-out' ? [] : sortByUrgency(this.#views.all);
    this.#tray.update({
      connection,
      trayStatus,
      doNotDisturb: this.settings.doNotDisturb,
      callers: this.logViews.getLatestCallers(MAX_MENU_CALLERS),
      sessions: sessions.slice(0, MAX_MENU_SESSIONS),
      sessionCount: sessions.length,
    });
  }

  #updateAppIcon(): void {
    const { rings, trayStatus } = this.accounts;
    const { missedCount } = trayStatus;
    this.#badge.setAlerts(rings);
    this.#badge.setMissedCount(missedCount, this.i18n.t('tray.callbacks', { count: missedCount }));
    this.#dockMenu.update({ doNotDisturb: this.settings.doNotDisturb });
  }

  #getState(): AppState {
    const { accounts, settings } = this;
    const sessions = this.#views.all;
    return {
      connection: accounts.connection,
      accounts: accounts.list.views,
      sessions: Object.fromEntries(sessions.map((view) => [view.id, view])),
      sessionOrder: sessions.map(({ id }) => id),
      skippedCount: accounts.list.skippedCount,
      trayStatus: accounts.trayStatus,
      settings: settings.get(),
      managedSettings: settings.managedNames,
      doNotDisturb: settings.doNotDisturb,
      showsIntroduction: settings.isIntroductionPending('card'),
      logRevision: this.#logRevision,
      today: this.logViews.today,
      callbacks: this.logViews.callbackList,
      voicemail: this.voicemails.state,
      notices: this.#notices.list,
      platform: {
        ...this.#platform,
        hasTray: this.#services.capabilities.tray,
        hasKeyring: this.#keyring.isPresent,
      },
      update: this.updater.state,
    };
  }

  #serveWindow(): void {
    const pages = join(app.getAppPath(), 'out/renderer');
    void blockNetwork(session.defaultSession);
    handleAppProtocol(session.defaultSession, pages, this.#avatars, this.#voicemailAudio);
    registerIpcHandlers(createIpcHandlers(this), () => this.window.webContents);
  }

  /** The report for support. */
  getDiagnostics(): string {
    return createDiagnosticsReport({
      accounts: this.accounts,
      settings: this.settings,
      platform: this.#platform,
      capabilities: this.#services.capabilities,
      policy: this.#policy,
      errors: getRecentErrors(),
    });
  }
}
