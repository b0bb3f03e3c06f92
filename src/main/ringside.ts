/** Puts the parts together: the companion, and what it shows on the desktop and in the window. */
import { join } from 'node:path';
import { app, nativeTheme, net, session } from 'electron';
import { isRing } from '../core/alert';
import type { Settings } from '../core/settings';
import type { Effect } from '../core/watch/decide';
import type { Connection, Destination, Platform } from '../shared/state';
import { appStateOf } from './app-state';
import type { Arguments } from './arguments';
import { Companion } from './companion';
import { diagnosticsText } from './diagnostics';
import { Clicks } from './desktop/clicks';
import { Desktop } from './desktop/desktop';
import type { ElectronTray } from './desktop/electron-tray';
import { firstLogins } from './first-login';
import { windowHandlers } from './handlers';
import { Interpreter } from './interpreter';
import { clientOf, forgetAccount, watchPath } from './jars';
import { lockedSettings } from './locked-settings';
import { lastErrors, log } from './log';
import { readManagedServer } from './managed-sign-in';
import { NetworkReturn } from './network-return';
import { Notices } from './notices';
import { Outside } from './outside';
import { isHiddenStart, setLaunchAtLogin } from './platform/autostart';
import { canPositionWindows, type DisplayServer } from './platform/display-server';
import { getPlatformInfo } from './platform/platform-info';
import { WindowShortcut } from './platform/shortcut';
import { Popping } from './popping';
import { CallLog } from './store/call-log';
import { guarded } from './store/keyring';
import { policyPlace, readPolicyFile, type PolicyFile } from './store/policy-file';
import { SettingsFile } from './store/settings-file';
import { WatchFile } from './store/watch-file';
import { after, every, oncePerTurn } from './timers';
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
  readonly #interpreter: Interpreter;
  readonly #outside: Outside;
  readonly #popping: Popping;
  readonly #updates: Updates;
  readonly #desktop: Desktop;
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
    icon: ElectronTray,
    displayServer: DisplayServer,
  ): Promise<Ringside> {
    const ringside = new Ringside(started, displayServer);
    await ringside.#start(started, icon);
    return ringside;
  }

  private constructor(started: Arguments, displayServer: DisplayServer) {
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
    this.#interpreter = new Interpreter({
      settings,
      platform: this.#platform,
      onChange: this.#changed,
    });
    this.companion = new Companion({
      settingsFile: this.#settingsFile,
      callLog: this.#callLog,
      watchFileOf: (login) => new WatchFile(watchPath(this.#profile, login), report),
      clientOf: (login, signal) => clientOf(login, app.getVersion(), signal),
      forget: (login, everything) => forgetAccount(this.#profile, login, everything),
      guarded,
      region: () => this.#interpreter.region,
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
      region: () => this.#interpreter.region,
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
            platform: { ...this.#platform, tray: this.#desktop.abilities.tray },
            update: this.#updates.state,
          },
          before,
        ),
      hasTray: () => this.#desktop.abilities.tray,
      trayBounds: () => this.#desktop.trayBounds,
      canPlace: canPositionWindows(displayServer),
      onResized: (windowWidth, windowHeight) => {
        this.companion.changeSettings({ windowWidth, windowHeight });
      },
      onVisible: () => {
        this.companion.pollNow();
        this.#desktop.windowShown();
      },
    });
    const clicks = new Clicks({
      companion: this.companion,
      outside: this.#outside,
      open: (destination) => {
        this.open(destination);
      },
    });
    this.#desktop = new Desktop({
      companion: this.companion,
      voice: () => this.#interpreter.voice,
      window: this.#window,
      notices: this.#notices,
      tellOnce: () => this.#settingsFile.tellOnce('no-tray'),
      onMenu: (action) => {
        clicks.onMenu(action);
      },
      onAlert: (action, alert) => {
        clicks.onAlert(action, alert);
      },
      onChange: this.#changed,
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
    this.#desktop.end();
    this.#ringer.apply(undefined);
    this.#callLog.close();
    this.#window.end();
  }

  async #start(started: Arguments, icon: ElectronTray): Promise<void> {
    this.#applySettings();
    await this.#interpreter.speak();
    const first = await firstLogins(started.demo, process.env, this.#settingsFile);
    // Programs that Ringside starts, a browser above all, have no business with it.
    delete process.env['RINGSIDE_PASSWORD'];
    this.#desktop.take(icon);
    nativeTheme.on('updated', () => {
      this.#window.applySettings();
      this.#changed();
    });
    if (started.silence !== undefined) this.companion.setSilence(started.silence);
    this.companion.start(first.accounts, first.refused);
    log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}`);
    this.#window.serve(this.#handlers(), this.#avatars);
    // Holds everything up for a moment: after the icon and the first poll.
    await this.#desktop.ask();
    await this.#callLog.load(Date.now(), started.demo ? undefined : this.companion.onlyAccount);
    // An app that runs for weeks forgets what one that was started anew would.
    this.#stopPruning = every(HOUR, () => {
      this.#callLog.prune(Date.now());
    });
    this.#updates.start();
    // Who starts it by hand wants to see it; the desktop starts it hidden.
    if (!started.destination && isHiddenStart(started.hidden)) return;
    // On a desktop that somebody works at, no tray is late any more.
    this.#desktop.tellOfNoTray();
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
      region: () => this.#interpreter.region,
      say: () => this.#interpreter.voice.say,
      diagnostics: () =>
        diagnosticsText({
          companion: this.companion,
          platform: this.#platform,
          abilities: this.#desktop.abilities,
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
    this.#desktop.apply(effects);
    const rings = effects.some((effect) => effect.kind === 'raise' && isRing(effect.alert));
    if (rings && this.companion.settings.popUpOnRinging) this.#window.peek();
    this.#popping.apply(effects);
  }

  /** Shows how things stand, wherever they are shown. */
  #showAll(): void {
    this.#applySettings();
    this.#desktop.show();
    this.#window.update();
    this.#ringer.apply(ringingOf(this.companion.watches, this.companion.settings));
  }

  /** Settings are applied when they change and not before each look. */
  #applySettings(): void {
    const { settings } = this.companion;
    const before = this.#applied;
    if (settings === before) return;
    this.#applied = settings;
    void this.#interpreter.speak();
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
