/** Puts the parts together: the companion, and what it shows on the desktop. */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  app,
  globalShortcut,
  nativeImage,
  nativeTheme,
  net,
  session,
  systemPreferences,
  type Rectangle,
} from 'electron';
import { sessionOf, type Alert } from '../core/alert';
import { chooseLanguage } from '../core/language';
import { formatNumber, type Region } from '../core/phone';
import type { Language, Settings } from '../core/settings';
import type { Effect } from '../core/watch/decide';
import type { Destination, Platform } from '../shared/state';
import { alertWords, type Voice } from './alert-words';
import { appStateOf } from './app-state';
import type { Arguments } from './arguments';
import { Companion } from './companion';
import { diagnosticsText } from './diagnostics';
import { desktopMessages, desktopWords } from './desktop-words';
import { appIconOn } from './desktop/app-icon';
import { Attention } from './desktop/attention';
import { desktopNamed } from './desktop/desktop-name';
import { electronNotification } from './desktop/electron-notification';
import { electronMenu, type ElectronTray } from './desktop/electron-tray';
import { firstIcon } from './desktop/first-icon';
import { LateTray } from './desktop/late-tray';
import { escapeMarkup } from './desktop/markup';
import { isHiddenStart, launchAtLogin, type LoginItemNeeds } from './desktop/launch-at-login';
import { Notifier, type AlertAction } from './desktop/notifier';
import { overlayBitmap, OVERLAY_SIZE } from './desktop/overlay';
import { QuickMenu } from './desktop/quick-menu';
import { desktopAbilities, hasTray, type DesktopAbilities } from './desktop/session-bus';
import { OpenShortcut } from './desktop/shortcut';
import { Tray } from './desktop/tray';
import { trayFace } from './desktop/tray-face';
import type { MenuAction } from './desktop/tray-menu';
import { placesWindows, type Windowing } from './desktop/windowing';
import { firstLogins } from './first-login';
import { readManagedServer } from './managed-sign-in';
import { windowHandlers } from './handlers';
import { clientOf, jarOf, watchPath } from './jars';
import { lastErrors, log } from './log';
import type { Login } from './login';
import { NetworkReturn } from './network-return';
import { Notices } from './notices';
import { Outside } from './outside';
import { codeOf } from './store/broken-file';
import { CallLog } from './store/call-log';
import { guarded, hasKeyring } from './store/keyring';
import { policyPlace, readPolicyFile, type PolicyFile } from './store/policy-file';
import { SettingsFile } from './store/settings-file';
import { WatchFile } from './store/watch-file';
import {
  feedPath,
  releasePage,
  thisInstallation,
  updateWayOf,
  type Installation,
} from './update/installation';
import { Updates } from './update/updates';
import { WindowFeed } from './window-feed';
import { Avatars } from './window/avatars';
import { answerWindow, tellWindow } from './window/bridge';
import { Ringer, ringingOf } from './window/ringer';
import { playInPage } from './window/ringer-page';
import { pages } from './window/pages';
import { SCHEME, serveWindow } from './window/scheme';
import { lookOf } from './window/ground';
import { Window } from './window/window';

/** The role that the vendor asks of who wants to see sessions. */
const ROLE = 'User';

/** An answer no older than this (ms) is news. */
const JUST_NOW = 10_000;

/** Calls remembered as popped at most: the news of older ones is long over. */
const MOST_POPPED = 100;

/** How often (ms) the call log forgets what has become too old. */
const HOUR = 60 * 60 * 1_000;

/** The running app. */
export class Ringside {
  readonly companion: Companion;
  readonly #profile = app.getPath('userData');
  readonly #notices = new Notices(() => {
    this.#changed();
  });
  readonly #policy: PolicyFile;
  readonly #settingsFile: SettingsFile;
  readonly #callLog: CallLog;
  readonly #notifier: Notifier;
  readonly #window: Window;
  readonly #feed: WindowFeed;
  readonly #outside: Outside;
  readonly #installation: Installation;
  readonly #updates: Updates;
  readonly #platform: Platform;
  readonly #avatars = new Avatars(() => session.fromPartition('avatars', { cache: false }));
  #abilities: DesktopAbilities = { readsMarkup: true, tray: true };
  #tray: Tray | undefined;
  #trayBounds: () => Rectangle | undefined = () => undefined;
  #logRevision = 0;
  #voice: Voice;
  #changePending = false;
  #stopPruning = (): void => undefined;
  readonly #network = new NetworkReturn({
    isOnline: () => net.isOnline(),
    onReturn: () => {
      this.companion.pollNow();
    },
    every,
  });
  readonly #lateTray = new LateTray({
    hasTray,
    onTray: () => {
      this.#showInLateTray();
    },
    onNone: () => {
      if (this.#tellOfNoTray()) this.#window.peek();
    },
    after,
  });
  readonly #ringer = new Ringer(playInPage(pages.addressOf));
  /** Calls that were popped when they were answered: each at most once. */
  readonly #popped = new Set<string>();
  readonly #shortcut = new OpenShortcut(
    globalShortcut,
    () => {
      this.#window.toggle();
    },
    (shortcut) => {
      this.#notices.add({ kind: 'shortcut-taken', shortcut });
    },
  );
  readonly #appIcon = appIconOn(process.platform, {
    app,
    dock: app.dock,
    frame: () => this.#window.frame,
    overlay: (frame, words) => {
      const size = { width: OVERLAY_SIZE, height: OVERLAY_SIZE };
      const spot = words === undefined ? null : nativeImage.createFromBitmap(overlayBitmap(), size);
      frame.setOverlayIcon(spot, words ?? '');
    },
  });
  readonly #attention = new Attention(this.#appIcon);
  readonly #quickMenu = new QuickMenu(process.platform, {
    executable: process.execPath,
    setDockMenu: (entries) => {
      const act = this.#actOnMenu.bind(this);
      app.dock?.setMenu(electronMenu(entries, act));
    },
    setTasks: (tasks) => {
      // A checkout that is being worked on is no program to start by itself.
      if (app.isPackaged) app.setUserTasks(tasks);
    },
  });
  #applied: Settings | undefined;
  /** Nothing alternates for people who asked their system for less motion. */
  readonly #still = systemPreferences.getAnimationSettings().prefersReducedMotion;
  /** Where the page goes once it is there. */
  #destination: Destination | undefined;
  /** The page is drawn and listens. */
  #arrived = false;

  /** Makes the app and starts it as the command line asks. */
  static async create(
    started: Arguments,
    icon: ElectronTray,
    windowing: Windowing,
  ): Promise<Ringside> {
    const ringside = new Ringside(started, windowing);
    await ringside.#start(started, icon);
    return ringside;
  }

  private constructor(started: Arguments, windowing: Windowing) {
    const report = this.#notices.add.bind(this.#notices);
    this.#policy = readPolicyFile(
      policyPlace(process.platform, app.isPackaged, process.env),
      process.platform,
    );
    const { path: file, policy, fault } = this.#policy;
    if (fault) report({ kind: 'policy', file, fault });
    const server = readManagedServer(process.env);
    const locked = {
      ...policy.locked,
      ...(!policy.updates && { automaticUpdates: false }),
      ...(server !== undefined && { server }),
    };
    this.#settingsFile = new SettingsFile(this.#profile, report, locked);
    this.#callLog = new CallLog({
      path: join(this.#profile, 'calls.jsonl'),
      keep: () => {
        const { logDays, logEntries } = this.companion.settings;
        return { days: logDays, entries: logEntries };
      },
      report,
      onChange: () => {
        this.#logRevision += 1;
        this.#changed();
      },
    });
    this.#platform = platformNow(started.demo);
    this.companion = new Companion({
      settingsFile: this.#settingsFile,
      callLog: this.#callLog,
      watchFileOf: (login) => new WatchFile(watchPath(this.#profile, login), report),
      clientOf: (login, signal) => clientOf(login, app.getVersion(), signal),
      forget: (login, everything) => this.#forget(login, everything),
      guarded,
      region: () => this.#region(),
      avatar: (url) => {
        const name = this.companion.settings.avatars ? this.#avatars.nameOf(url) : undefined;
        return name === undefined ? undefined : `${SCHEME}://avatar/${name}`;
      },
      isWindowVisible: () => this.#window.isVisible,
      show: (effects) => {
        this.#show(effects);
      },
      onChange: () => {
        this.#changed();
      },
      report: (error) => {
        log.error('unexpected', error);
      },
      onConnection: (connection, account) => {
        const { accounts } = this.companion;
        const code = connection.kind === 'offline' ? ` (${connection.fault.code})` : '';
        // The log tells of nobody: a number is enough to tell several apart.
        const at = accounts.findIndex(({ key }) => key === account) + 1;
        const which = accounts.length > 1 ? ` ${at}` : '';
        log.info(`connection${which}: ${connection.kind}${code}`);
        this.#network.watch(accounts.some((one) => one.connection.kind === 'offline'));
      },
      after,
    });
    this.#voice = this.#voiceIn('en');
    this.#outside = new Outside({
      companion: this.companion,
      callLog: this.#callLog,
      region: () => this.#region(),
    });
    const feed = feedPath(app.isPackaged, process.resourcesPath, process.env);
    this.#installation = thisInstallation(feed);
    this.#updates = new Updates({
      way: updateWayOf(this.#installation),
      allowed: policy.updates,
      engine: async () => {
        const { electronEngine } = await import('./update/engine');
        return electronEngine(process.platform, feed ?? '');
      },
      settings: () => this.companion.settings,
      hasPage: (version) => releasePage(this.#installation.feed, version) !== undefined,
      // The password that the environment gave is not handed on.
      canRestart: (process.env['RINGSIDE_PASSWORD'] ?? '') === '',
      after: (ms, what) => {
        setTimeout(what, ms).unref();
      },
      random: Math.random,
      now: () => Date.now(),
      onChange: () => {
        this.#changed();
      },
      report: (error) => {
        log.error('update', error);
      },
    });
    this.#notifier = new Notifier({
      make: (wish) => electronNotification(this.#voice.say, undefined)(wish),
      words: (alert) => alertWords(alert, this.#voice),
      escape: (text) => (this.#abilities.readsMarkup ? escapeMarkup(text) : text),
      act: (action, alert) => {
        this.#act(action, alert);
      },
      after,
    });
    this.#window = new Window({
      preload: join(app.getAppPath(), 'out/preload/index.cjs'),
      url: pages.addressOf('index.html'),
      icon: join(app.getAppPath(), 'resources/icons/256x256.png'),
      settings: () => this.companion.settings,
      hasTray: () => this.#abilities.tray,
      trayBounds: () => this.#trayBounds(),
      canPlace: placesWindows(windowing),
      look: () => lookOf(this.companion.settings, nativeTheme),
      onResized: (windowWidth, windowHeight) => {
        this.companion.changeSettings({ windowWidth, windowHeight });
      },
      onVisible: (visible) => {
        if (!visible) return;
        this.companion.pollNow();
        // A badge on a taskbar comes and goes with the window.
        this.#showAtIcon();
      },
      onReleased: () => {
        this.#feed.unsubscribe();
        this.#arrived = false;
      },
    });
    this.#feed = new WindowFeed({
      state: (before) =>
        appStateOf(
          {
            companion: this.companion,
            today: this.#callLog.today(Date.now()),
            logRevision: this.#logRevision,
            notices: this.#notices.list,
            platform: { ...this.#platform, tray: this.#abilities.tray },
            update: this.#updates.state,
          },
          before,
        ),
      tell: (name, event) => {
        tellWindow(this.#window.contents, name, event);
      },
      after,
    });
  }

  /** Opens the window at some place in it. */
  open(destination: Destination): void {
    this.#destination = destination;
    this.#window.open();
    this.#go();
  }

  /** Takes everything off the desktop and keeps what must be kept. */
  end(): void {
    this.#stopPruning();
    this.#lateTray.end();
    this.companion.end();
    this.#notifier.closeAll();
    this.#ringer.apply(undefined);
    this.#attention.apply([]);
    this.#callLog.close();
    this.#window.end();
    this.#tray?.destroy();
  }

  async #start(started: Arguments, icon: ElectronTray): Promise<void> {
    this.#applySettings();
    await this.#speak();
    const first = await firstLogins(started.demo, process.env, this.#settingsFile);
    // Programs that Ringside starts, a browser above all, have no business with it.
    delete process.env['RINGSIDE_PASSWORD'];
    this.#takeTray(icon);
    nativeTheme.on('updated', () => {
      this.#window.applySettings();
      this.#changed();
    });
    if (started.silence !== undefined) this.companion.setSilence(started.silence);
    this.companion.start(first.accounts, first.refused);
    log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}`);
    serveWindow(session.defaultSession, join(app.getAppPath(), 'out/renderer'), this.#avatars);
    answerWindow(this.#handlers(), () => this.#window.contents, pages.isOurs);
    // Starts programs, which holds everything up for 10 ms: after the icon and the first poll.
    this.#abilities = await desktopAbilities(process.platform);
    if (!this.#abilities.tray) this.#lateTray.wait();
    await this.#callLog.load(Date.now(), started.demo ? undefined : this.companion.onlyAccount);
    // An app that runs for weeks forgets what one that was started anew would.
    this.#stopPruning = every(HOUR, () => {
      this.#callLog.prune(Date.now());
    });
    this.#updates.start();
    // Who starts it by hand wants to see it; the desktop starts it hidden.
    if (!started.destination && isHiddenStart(started.hidden, process.platform, wasOpenedAtLogin)) {
      return;
    }
    // On a desktop that somebody works at, no tray is late any more.
    this.#tellOfNoTray();
    this.open(started.destination ?? { view: 'calls' });
  }

  /** Tells a person once that there is no tray; gives whether they were told. */
  #tellOfNoTray(): boolean {
    const must = !this.#abilities.tray && this.#settingsFile.tellOnce('no-tray');
    if (must) this.#notices.add({ kind: 'no-tray', desktop: desktopNamed(process.env) });
    return must;
  }

  /** The icon that was made for no tray is never shown; a new one is. */
  #showInLateTray(): void {
    this.#abilities = { ...this.#abilities, tray: true };
    this.#notices.remove('no-tray');
    this.#tray?.destroy();
    this.#takeTray(firstIcon(app, nativeTheme.shouldUseDarkColors, process.platform));
    this.#changed();
  }

  #handlers() {
    const handlers = windowHandlers({
      companion: this.companion,
      callLog: this.#callLog,
      feed: this.#feed,
      window: this.#window,
      outside: this.#outside,
      updates: this.#updates,
      openReleasePage: () => this.#openReleasePage(),
      region: () => this.#region(),
      say: () => this.#voice.say,
      diagnostics: () =>
        diagnosticsText({
          companion: this.companion,
          platform: this.#platform,
          abilities: this.#abilities,
          policy: this.#policy,
          errors: lastErrors(),
        }),
    });
    return {
      ...handlers,
      'window:arrive': () => {
        const destination = this.#destination;
        this.#destination = undefined;
        this.#arrived = true;
        return destination ?? null;
      },
    };
  }

  async #openReleasePage(): Promise<boolean> {
    const { state } = this.#updates;
    const page =
      state.kind === 'told' ? releasePage(this.#installation.feed, state.version) : undefined;
    return page === undefined ? false : this.#outside.openPage(page);
  }

  #takeTray(handle: ElectronTray): void {
    handle.onClick(() => {
      this.#window.toggle();
    });
    this.#trayBounds = () => {
      const bounds = handle.bounds();
      return bounds.width > 0 && bounds.height > 0 ? bounds : undefined;
    };
    this.#tray = new Tray({
      handle,
      act: (action) => {
        this.#actOnMenu(action);
      },
      every,
    });
    this.#tray.show(this.#face());
  }

  #face() {
    return trayFace({
      companion: this.companion,
      voice: this.#voice,
      resources: join(app.getAppPath(), 'resources'),
      os: process.platform,
      dark: nativeTheme.shouldUseDarkColors,
      still: this.#still,
    });
  }

  #show(effects: readonly Effect[]): void {
    this.#notifier.apply(effects);
    const rings = effects.flatMap((effect) =>
      effect.kind === 'raise' && effect.alert.kind === 'ringing' ? [effect.alert.facts.id] : [],
    );
    const { popUpOnRinging, screenPopWhen } = this.companion.settings;
    const isRinging = effects.some((effect) => effect.kind === 'raise' && isRing(effect.alert));
    if (isRinging && popUpOnRinging) this.#window.peek();
    const pops = screenPopWhen === 'ringing' ? rings : this.#answered(effects);
    if (screenPopWhen !== 'button') for (const id of pops) void this.#outside.pop(id);
  }

  /** Calls that the person has just answered, each once. */
  #answered(effects: readonly Effect[]): readonly string[] {
    return effects.flatMap((effect) => {
      if (effect.kind !== 'log' || effect.entry.outcome.kind !== 'answered') return [];
      const { outcome, answeredAt = 0, facts } = effect.entry;
      const isNew = Date.now() - answeredAt < JUST_NOW && !this.#popped.has(facts.id);
      if (!outcome.byMe || !isNew) return [];
      this.#popped.add(facts.id);
      for (const oldest of this.#popped) {
        if (this.#popped.size <= MOST_POPPED) break;
        this.#popped.delete(oldest);
      }
      return [facts.id];
    });
  }

  /** Shows what changed, once for everything that changes in one go. */
  #changed(): void {
    if (this.#changePending) return;
    this.#changePending = true;
    setImmediate(() => {
      this.#changePending = false;
      this.#applySettings();
      this.#tray?.show(this.#face());
      this.#feed.update();
      this.#ringer.apply(ringingOf(this.companion.watches, this.companion.settings));
      this.#attention.apply(this.companion.watches.flatMap(({ open }) => open));
      this.#showAtIcon();
    });
  }

  #showAtIcon(): void {
    const { missed } = this.companion.glance;
    const { say, language } = this.#voice;
    this.#appIcon.show({ missed, words: say('tray.missed', { count: missed }) });
    this.#quickMenu.show(this.companion, say, language);
  }

  #go(): void {
    if (!this.#destination || !this.#arrived) return;
    tellWindow(this.#window.contents, 'window:go', this.#destination);
    this.#destination = undefined;
  }

  #act(action: AlertAction | 'open', alert: Alert): void {
    const id = sessionOf(alert);
    switch (action) {
      case 'open':
        this.open(destinationOf(alert));
        break;
      case 'call-back':
        if (id !== undefined) void this.#outside.callBack(id);
        break;
      case 'silence':
        this.companion.setSilence('30-minutes');
        break;
    }
  }

  #actOnMenu(action: MenuAction): void {
    switch (action.kind) {
      case 'go':
        this.open(action.destination);
        break;
      case 'silence':
        this.companion.setSilence(action.choice);
        break;
      case 'check-now':
        this.companion.pollNow();
        break;
      case 'quit':
        app.quit();
        break;
    }
  }

  async #forget(login: Login, everything: boolean): Promise<void> {
    await jarOf(login).clearStorageData();
    if (everything)
      await rm(dirname(watchPath(this.#profile, login)), { recursive: true, force: true });
  }

  #region(): Region | undefined {
    const { region } = this.companion.settings;
    return (region === 'system' ? this.#platform.region : region) as Region | undefined;
  }

  #language(): Language {
    return chooseLanguage(this.companion.settings.language, this.#platform.languages);
  }

  /** Speaks the person's language, once its messages are there. */
  async #speak(): Promise<void> {
    const language = this.#language();
    if (language === this.#voice.language) return;
    const messages = await desktopMessages(language);
    if (language !== this.#language()) return;
    this.#voice = this.#voiceIn(language, messages);
    this.#changed();
  }

  #voiceIn(language: Language, messages?: Awaited<ReturnType<typeof desktopMessages>>): Voice {
    return {
      say: desktopWords(language, messages),
      language,
      formatNumber: (number) => formatNumber(number, this.#region()),
      role: ROLE,
    };
  }

  #launchAtLogin(): void {
    // A checkout that is being worked on must not put itself into anybody's session.
    if (!app.isPackaged) return;
    try {
      launchAtLogin(this.companion.settings.launchAtLogin, this.#loginItemNeeds());
    } catch (error) {
      this.#notices.add({ kind: 'cannot-save', file: 'ringside.desktop', code: codeOf(error) });
    }
  }

  #loginItemNeeds(): LoginItemNeeds {
    return {
      platform: process.platform,
      executable: process.env['APPIMAGE'] ?? process.execPath,
      configHome: app.getPath('appData'),
      setLoginItem: (openAtLogin, args) => {
        app.setLoginItemSettings({ openAtLogin, args: [...args] });
      },
    };
  }

  /** Settings are applied when they change and not before each look. */
  #applySettings(): void {
    const { settings } = this.companion;
    const before = this.#applied;
    if (settings === before) return;
    this.#applied = settings;
    void this.#speak();
    nativeTheme.themeSource = settings.theme;
    this.#window.applySettings();
    this.#shortcut.set(settings.shortcut);
    if (before) this.#callLog.prune(Date.now());
    if (settings.launchAtLogin !== before?.launchAtLogin) this.#launchAtLogin();
  }
}

function isRing({ kind }: Alert): boolean {
  return kind === 'ringing' || kind === 'ringing-many';
}

/** Where a click on an alert leads. */
function destinationOf(alert: Alert): Destination {
  const id = sessionOf(alert);
  if (id !== undefined) return { view: 'session', id };
  return alert.kind === 'missed-many' ? { view: 'missed' } : { view: 'calls' };
}

function platformNow(demo: boolean): Platform {
  return {
    os: process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'windows' : 'linux',
    version: app.getVersion(),
    languages: app.getPreferredSystemLanguages(),
    region: app.getLocaleCountryCode() || undefined,
    tray: true,
    keyring: hasKeyring(),
    demo,
  };
}

/** Calls something after so many ms; returns how to call it off. */
function after(ms: number, what: () => void): () => void {
  const timer = setTimeout(what, ms);
  return () => {
    clearTimeout(timer);
  };
}

function wasOpenedAtLogin(): boolean {
  return app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Calls something every so many ms; returns how to stop it. */
function every(ms: number, what: () => void): () => void {
  const timer = setInterval(what, ms);
  return () => {
    clearInterval(timer);
  };
}
