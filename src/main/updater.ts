import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { isLoopback } from '../core/api/server-address';
import {
  canCheckForUpdates,
  canDownloadUpdate,
  type UpdateProblem,
  type UpdateState,
} from '../core/update';
import { log } from './logger';
import type { SettingsStore } from './storage/settings-store';

/** How this copy gets a newer version. */
export type UpdateMethod =
  | 'install'
  /** An administrator installed this copy, so it only announces newer versions. */
  | 'notify'
  /** The build doesn't know where versions are published. */
  | 'none';

/** How this copy was installed, and where its updates are published. */
export interface Installation {
  readonly method: UpdateMethod;
  /** The configuration that electron-builder adds to a package. */
  readonly configPath: string;
  /** Contents of that file, or empty. */
  readonly config: string;
}

/** What the updater may do. */
export interface UpdaterOptions {
  /** Whether the organization allows updates. */
  readonly isAllowed: boolean;
  /** Whether the app can restart itself after an update. */
  readonly canRestart: boolean;
}

/** The description of a version is a few hundred bytes long. */
const MAX_LIST_BYTES = 1024 * 1024;
const FIRST_CHECK_MS = 5 * 60_000;
const CHECK_INTERVAL_MS = 6 * 3_600_000;
/** Sent in place of an id by which the server would recognize this computer. */
const ANONYMOUS_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Keeps Ringside up to date with electron-updater. Nothing is downloaded before the user agrees.
 * The updater is loaded with the first check.
 */
export class Updater extends EventEmitter<{ change: [] }> {
  #state: UpdateState;
  #updater: Promise<AppUpdater> | undefined;
  /** The version that the user doesn't want to hear about now. */
  #postponedVersion: string | undefined;
  /** The stated size of the version that was found. */
  #downloadBytes = MAX_LIST_BYTES;
  /** The size limit of the next response. */
  #maxBytes = MAX_LIST_BYTES;

  constructor(
    private readonly settings: Pick<SettingsStore, 'get'>,
    private readonly options: UpdaterOptions,
    private readonly installation: Installation = detectInstallation(),
    private readonly createUpdater: () => Promise<AppUpdater> = createPlatformUpdater,
  ) {
    super();
    if (!options.isAllowed) this.#state = { kind: 'off', reason: 'managed' };
    else if (installation.method === 'none') this.#state = { kind: 'off', reason: 'no-feed' };
    else this.#state = { kind: 'idle', checkedAt: null };
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** The release notes of a version that an administrator has to install. */
  get releasePage(): string | undefined {
    if (this.#state.kind !== 'manual') return undefined;
    return getReleasePage(this.installation.config, this.#state.version);
  }

  /** Checks for updates from now on, if the user wants that. */
  start(): void {
    if (this.#state.kind !== 'off') this.#scheduleCheck(FIRST_CHECK_MS);
  }

  async check(): Promise<void> {
    if (!canCheckForUpdates(this.#state)) return;
    this.#setState({ kind: 'checking' });
    try {
      const updater = await this.#getUpdater();
      const isBeta = this.settings.get().updateChannel === 'beta';
      updater.channel = isBeta ? 'beta' : 'latest';
      updater.allowPrerelease = isBeta;
      // Setting the channel turns this on, but an older version may not read newer files.
      updater.allowDowngrade = false;
      await updater.checkForUpdates();
      if (this.#state.kind === 'checking') this.#setState({ kind: 'idle', checkedAt: Date.now() });
    } catch (error) {
      this.#setState({ kind: 'failed', version: null, problem: getUpdateProblem(error) });
    }
  }

  /** Downloads and verifies the version that was found. It's installed when the app quits. */
  async download(): Promise<void> {
    if (!canDownloadUpdate(this.#state)) return;
    const { version } = this.#state;
    this.#setState({ kind: 'downloading', version, percent: 0 });
    this.#maxBytes = this.#downloadBytes;
    try {
      await (await this.#getUpdater()).downloadUpdate();
    } catch (error) {
      this.#setState({ kind: 'failed', version, problem: getUpdateProblem(error) });
    } finally {
      this.#maxBytes = MAX_LIST_BYTES;
    }
  }

  /** Stops offering the version that was found, until there is a newer one. */
  postpone(): void {
    const state = this.#state;
    if (state.kind === 'failed' && state.version !== null) {
      this.#setState({ kind: 'available', version: state.version, isPostponed: true });
    } else if ('isPostponed' in state) {
      this.#setState({ ...state, isPostponed: true });
    } else return;
    this.#postponedVersion = state.version ?? undefined;
  }

  /** Installs the downloaded version now and starts it. */
  async restart(): Promise<void> {
    if (this.#state.kind !== 'ready' || !this.#state.canRestart) return;
    const updater = await this.#getUpdater();
    // The new version may start before this one has ended.
    app.releaseSingleInstanceLock();
    updater.quitAndInstall(true, true);
  }

  #scheduleCheck(delayMs: number): void {
    // Computers that start at the same time shouldn't all check at the same time.
    const jitter = 0.5 + Math.random();
    setTimeout(() => {
      if (this.settings.get().automaticUpdates) void this.check();
      this.#scheduleCheck(CHECK_INTERVAL_MS);
    }, delayMs * jitter).unref();
  }

  #getUpdater(): Promise<AppUpdater> {
    this.#updater ??= this.createUpdater().then((updater) => {
      configure(updater, this.installation.configPath);
      restrictRequests(updater, getFeedHosts(this.installation.config), () => this.#maxBytes);
      this.#listen(updater);
      return updater;
    });
    return this.#updater;
  }

  #listen(updater: AppUpdater): void {
    updater.on('update-available', ({ version, files }) => {
      this.#downloadBytes = getMaxFileBytes(files);
      const isPostponed = version === this.#postponedVersion;
      if (this.installation.method === 'install') {
        this.#setState({ kind: 'available', version, isPostponed });
      } else {
        const hasReleasePage = getReleasePage(this.installation.config, version) !== undefined;
        this.#setState({ kind: 'manual', version, isPostponed, hasReleasePage });
      }
    });
    updater.on('download-progress', (progress) => {
      if (this.#state.kind !== 'downloading') return;
      const percent = Math.min(100, Math.floor(progress.percent));
      if (percent > this.#state.percent) this.#setState({ ...this.#state, percent });
    });
    updater.on('update-downloaded', ({ version }) => {
      this.#setState({
        kind: 'ready',
        version,
        isPostponed: false,
        canRestart: this.options.canRestart,
      });
    });
  }

  #setState(state: UpdateState): void {
    this.#state = state;
    this.emit('change');
  }
}

function configure(updater: AppUpdater, configPath: string): void {
  updater.logger = { info: log.info, warn: log.info, error: log.error };
  updater.updateConfigPath = configPath;
  updater.forceDevUpdateConfig = true;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.disableWebInstaller = true;
  Object.assign(updater, { stagingUserIdPromise: { value: Promise.resolve(ANONYMOUS_ID) } });
}

/** The parts of electron-updater's network stack that are restricted. */
interface UpdateRequest {
  abort(): void;
  end(): unknown;
  emit(event: 'error', error: Error): boolean;
}
interface UpdateResponse {
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  emit(event: 'error', error: Error): boolean;
}
interface RequestTarget {
  readonly protocol?: string | null;
  readonly hostname?: string | null;
}
interface UpdateExecutor {
  createRequest?: (
    target: RequestTarget,
    onResponse: (response: UpdateResponse) => void,
  ) => UpdateRequest;
}

/**
 * Restricts the updater to https and to the hosts where versions are published, including for
 * redirects, and stops responses at their size limit.
 */
export function restrictRequests(
  updater: object,
  hosts: readonly string[],
  getMaxBytes: () => number,
): void {
  const { httpExecutor } = updater as { httpExecutor?: UpdateExecutor };
  const createRequest = httpExecutor?.createRequest?.bind(httpExecutor);
  if (!httpExecutor || !createRequest) return;
  httpExecutor.createRequest = (target, onResponse) => {
    const maxBytes = getMaxBytes();
    const request = createRequest(target, (response) => {
      onResponse(response);
      let size = 0;
      response.on('data', (chunk) => {
        const isOver = size > maxBytes;
        size += chunk.length;
        if (isOver || size <= maxBytes) return;
        response.emit('error', new Error('net::ERR_RESPONSE_TOO_LARGE'));
        request.abort();
      });
    });
    if (!isAllowedTarget(target, hosts)) {
      // An exception wouldn't reach the updater from a redirect.
      request.end = () =>
        setImmediate(() => request.emit('error', new Error('net::ERR_UNSAFE_REDIRECT')));
    }
    return request;
  };
}

function isAllowedTarget({ protocol, hostname }: RequestTarget, hosts: readonly string[]): boolean {
  const host = hostname ?? '';
  const isSecure = (protocol ?? 'https:') === 'https:';
  if (!isSecure && (app.isPackaged || !isLoopback(host))) return false;
  return hosts.some((allowed) =>
    allowed.startsWith('.') ? host.endsWith(allowed) : host === allowed,
  );
}

/** Returns the hosts where versions are published; GitHub redirects to hosts for files. */
export function getFeedHosts(config: string): readonly string[] {
  if (/^provider: *["']?github\b/m.test(config)) {
    return ['github.com', 'api.github.com', '.githubusercontent.com'];
  }
  const url = /^url: *["']?(\S+?)["']? *$/m.exec(config)?.[1] ?? '';
  return URL.canParse(url) ? [new URL(url).hostname] : [];
}

/** Returns the size of the largest file of a version; its differential downloads are smaller. */
function getMaxFileBytes(files: readonly { readonly size?: number }[]): number {
  return Math.max(MAX_LIST_BYTES, ...files.map(({ size }) => size ?? 0));
}

async function createPlatformUpdater(): Promise<AppUpdater> {
  switch (process.platform) {
    case 'darwin':
      return new (await import('electron-updater/out/MacUpdater')).MacUpdater();
    case 'win32':
      return new (await import('electron-updater/out/NsisUpdater')).NsisUpdater();
    default:
      return new (await import('electron-updater/out/AppImageUpdater')).AppImageUpdater();
  }
}

function detectInstallation(): Installation {
  const configPath = getConfigPath(app.isPackaged, process.resourcesPath, process.env);
  const config = existsSync(configPath) ? readFileSync(configPath, 'utf8') : '';
  const method = config === '' ? 'none' : getUpdateMethod();
  return { method, configPath, config };
}

/** Returns where the configuration is. Only a development build can use another one. */
export function getConfigPath(
  isPackaged: boolean,
  resourcesPath: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const override = isPackaged ? undefined : environment['RINGSIDE_UPDATES'];
  if (override !== undefined) return override;
  return isPackaged ? join(resourcesPath, 'app-update.yml') : '';
}

/** Returns whether this copy can replace itself. */
export function getUpdateMethod(
  platform = process.platform,
  executable = process.execPath,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  exists: (path: string) => boolean = existsSync,
): UpdateMethod {
  switch (platform) {
    case 'darwin':
      return 'install';
    case 'win32': {
      // The per-user installer adds an uninstaller, which an MSI package doesn't have.
      const { dir, base } = win32.parse(executable);
      return exists(win32.join(dir, `Uninstall ${base}`)) ? 'install' : 'notify';
    }
    default: {
      // Programs started by an AppImage inherit its variables, so they don't suffice.
      const { APPIMAGE = '', APPDIR = '' } = environment;
      const isAppImage =
        posix.isAbsolute(APPIMAGE) &&
        posix.isAbsolute(APPDIR) &&
        executable.startsWith(posix.join(APPDIR, '/'));
      return isAppImage ? 'install' : 'notify';
    }
  }
}

/** Returns the page of a release, if versions are published on GitHub. */
export function getReleasePage(config: string, version: string): string | undefined {
  const getValue = (key: string): string =>
    new RegExp(`^${key}: *["']?([\\w.-]+)["']? *$`, 'm').exec(config)?.[1] ?? '';
  const [owner, repository] = [getValue('owner'), getValue('repo')];
  if (getValue('provider') !== 'github' || owner === '' || repository === '') return undefined;
  return `https://github.com/${owner}/${repository}/releases/tag/v${encodeURIComponent(version)}`;
}

/** Returns why an update failed, judged by the code and the text of the error. */
export function getUpdateProblem(error: unknown): UpdateProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : '';
  if (code === 'ERR_CHECKSUM_MISMATCH' || code === 'ERR_DATA_HASH_MISMATCH') return 'damaged';
  if (/signature|not signed/i.test(`${code} ${text}`)) return 'unsigned';
  if (/^(ENOSPC|EACCES|EPERM|EROFS|EDQUOT)$/.test(code)) return 'cannot-save';
  const isNetworkCode =
    /^(HTTP_ERROR_|ECONN|ENOTFOUND|ETIMEDOUT|ERR_UPDATER_(CHANNEL|LATEST|NO_PUB))/.test(code);
  if (isNetworkCode || /net::ERR_|timed out|aborted|hang up/i.test(text)) return 'unreachable';
  return 'unexpected';
}
