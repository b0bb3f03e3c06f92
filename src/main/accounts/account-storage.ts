import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, session, type Session } from 'electron';
import { INITIAL_ALERT_STATE } from '../../core/alerts/alert-state';
import { DEFAULT_SETTINGS } from '../../core/settings/settings';
import type { SystemNotice, SignInFailure } from '../../shared/state';
import type { SystemNotices } from '../system-notices';
import { log } from '../logger';
import { AlertStateFile } from '../storage/alert-state-file';
import type { Keyring } from '../storage/keyring';
import type { RememberedAccount, SettingsStore } from '../storage/settings-store';
import { ApiClient } from './api-client';
import {
  accountKey,
  readManagedCredentials,
  type Credentials,
  type Environment,
  type KnownAccount,
  type LoadPassword,
} from './credentials';
import { createHttpClient, type HttpClient, type HttpResult } from './http-client';

/** Stores accounts: who they are, their passwords, cookies, and alert states. */
export class AccountStorage {
  /** By account key: passwords that wait until the keyring is open. */
  readonly #unsavedPasswords = new Map<string, AbortController>();

  constructor(
    private readonly profile: string,
    private readonly settings: Pick<SettingsStore, 'accounts' | 'isComplete'>,
    private readonly keyring: Pick<Keyring, 'encrypt'>,
    private readonly notices: Pick<SystemNotices, 'add' | 'remove' | 'removeUnsaved'>,
    private readonly userAgent = `Ringside/${app.getVersion()}`,
  ) {}

  /** Creates a client that sends the cookies of an account. */
  createClient(credentials: Credentials, signal: AbortSignal): ApiClient {
    const cookieSession = openCookieSession(credentials);
    return new ApiClient(createHttpClient(cookieSession), {
      origin: credentials.server,
      userAgent: this.userAgent,
      signal,
      // Chromium writes cookies after half a minute; a kill before that would sign the user out.
      onSignedIn: () => void cookieSession.cookies.flushStore(),
    });
  }

  /** Gets a file from the server of an account, with its cookies. */
  getFile(credentials: Credentials, url: string, timeoutMs: number): Promise<HttpResult> {
    const http = createHttpClient(openCookieSession(credentials), timeoutMs);
    const headers = { 'User-Agent': this.userAgent };
    return http({ method: 'GET', url, headers }, new AbortController().signal);
  }

  /** The file with the alert state of an account. */
  openAlertState(credentials: Credentials): AlertStateFile {
    return new AlertStateFile(
      this.#alertStatePath(credentials),
      (notice) => {
        this.notices.add(notice);
      },
      (file) => {
        this.notices.removeUnsaved(file);
      },
    );
  }

  /** Sets the last run of an account to `ms` ago, so that the demo has a gap. */
  backdate(credentials: Credentials, ms: number): void {
    const lastSnapshotAt = { wall: Date.now() - ms, monotonic: 0, bootId: 'demo' };
    this.openAlertState(credentials).close({ ...INITIAL_ALERT_STATE, lastSnapshotAt });
  }

  /**
   * Remembers an account in the place of `replacedKey`, if given. The password is stored encrypted,
   * as soon as the keyring is open; without a keyring only if the user allows it.
   */
  remember(
    { server, userName, password }: Credentials,
    color: number,
    allowPlainText: boolean,
    replacedKey?: string,
  ): void {
    const account = { server, userName, password: undefined, color, paused: false };
    const others = this.settings.accounts;
    const keys = others.map(accountKey);
    const own = keys.indexOf(accountKey(account));
    const index = own < 0 && replacedKey !== undefined ? keys.indexOf(replacedKey) : own;
    this.settings.accounts = index < 0 ? [...others, account] : others.with(index, account);
    if (password !== undefined) {
      void this.#savePassword(accountKey(account), password, allowPlainText);
    }
  }

  /** Updates a remembered account. Managed accounts aren't remembered. */
  update(key: string, change: Partial<Pick<RememberedAccount, 'password' | 'paused'>>): void {
    const before = this.settings.accounts;
    if (!before.some((account) => accountKey(account) === key)) return;
    this.settings.accounts = before.map((account) =>
      accountKey(account) === key ? { ...account, ...change } : account,
    );
  }

  /** Removes an account from the remembered ones. */
  forget(key: string): void {
    this.#cancelSaving(key);
    const before = this.settings.accounts;
    this.settings.accounts = before.filter((account) => accountKey(account) !== key);
  }

  /**
   * Deletes the cookies of an account and, on request, its alert state. Returns a client that can
   * still sign out: it has the cookies in memory only.
   */
  async deleteData(credentials: Credentials, withAlertState: boolean): Promise<ApiClient> {
    if (withAlertState) removeFolder(dirname(this.#alertStatePath(credentials)));
    const http = await this.takeCookies(credentials);
    return new ApiClient(http, {
      origin: credentials.server,
      userAgent: this.userAgent,
      signal: new AbortController().signal,
    });
  }

  /**
   * Removes cookies and alert states of accounts that are neither remembered nor in use, such as
   * those that a kill during a sign-out left behind. Call it before accounts are started.
   */
  removeLeftovers(inUse: readonly KnownAccount[]): void {
    // A settings file that couldn't be read doesn't say which accounts are remembered.
    if (!this.settings.isComplete) return;
    const keys = new Set([
      ...this.settings.accounts.map(accountKey),
      ...inUse.map(({ credentials }) => accountKey(credentials)),
    ]);
    for (const [folder, pattern] of [
      ['accounts', /^([\da-f]{16})$/],
      ['Partitions', /^account-([\da-f]{16})$/],
    ] as const) {
      for (const name of listFolder(join(this.profile, folder))) {
        const key = pattern.exec(name)?.[1];
        if (key !== undefined && !keys.has(key)) removeFolder(join(this.profile, folder, name));
      }
    }
  }

  /** Deletes the cookies of an account; returns a client that has them in memory. */
  protected async takeCookies(credentials: Credentials): Promise<HttpClient> {
    const cookieSession = openCookieSession(credentials);
    const cookies = await cookieSession.cookies.get({});
    await cookieSession.clearStorageData();
    await cookieSession.cookies.flushStore();
    const copy = session.fromPartition(`sign-out-${accountKey(credentials)}`, { cache: false });
    for (const { name, value, path = '/', secure = false, httpOnly = false } of cookies) {
      const url = new URL(path, credentials.server).href;
      // The server may have set a cookie that Chromium doesn't accept from elsewhere.
      await copy.cookies.set({ url, name, value, path, secure, httpOnly }).catch(() => undefined);
    }
    return createHttpClient(copy);
  }

  async #savePassword(key: string, password: string, allowPlainText: boolean): Promise<void> {
    this.#cancelSaving(key);
    const saving = new AbortController();
    this.#unsavedPasswords.set(key, saving);
    const encrypted = await this.keyring.encrypt(password, allowPlainText, {
      signal: saving.signal,
      onWait: () => {
        this.notices.add({ kind: 'keyring-locked' });
      },
    });
    if (saving.signal.aborted) return;
    this.#cancelSaving(key);
    if (encrypted !== undefined) this.update(key, { password: encrypted });
  }

  #cancelSaving(key: string): void {
    this.#unsavedPasswords.get(key)?.abort();
    this.#unsavedPasswords.delete(key);
    if (this.#unsavedPasswords.size === 0) this.notices.remove('keyring-locked');
  }

  #alertStatePath(credentials: Credentials): string {
    return join(this.profile, 'accounts', accountKey(credentials), 'watch.json');
  }
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    log.error('cannot remove account data', error);
  }
}

/** The accounts to start with, or why there are none. */
export interface InitialAccounts {
  readonly accounts: readonly KnownAccount[];
  readonly refused: SignInFailure | null;
}

/** Loads the accounts to start with: the demo's, the environment's, or the remembered ones. */
export async function loadInitialAccounts(
  isDemo: boolean,
  environment: Environment,
  settings: Pick<SettingsStore, 'accounts' | 'managed'>,
  keyring: Pick<Keyring, 'decrypt'>,
  report: (notice: SystemNotice) => void,
): Promise<InitialAccounts> {
  if (isDemo) {
    const { startDemoServer } = await import('../../demo/server');
    const { url, userName, password } = await startDemoServer();
    return asManaged({ server: url, userName, password, managed: true });
  }
  // Never the stored server: users can change it, and the password would be sent to it.
  const managed = readManagedCredentials(
    environment,
    settings.managed.server ?? DEFAULT_SETTINGS.server,
  );
  switch (managed.kind) {
    case 'credentials':
      return asManaged(managed.credentials);
    case 'bad-address':
      return { accounts: [], refused: { kind: 'bad-address' } };
    case 'bad-password-file':
      report({ kind: 'password-file', file: managed.file, code: managed.code });
      return { accounts: [], refused: null };
    case 'none': {
      const { accounts, managed: managedSettings } = settings;
      // The administrator may have set another server since the user signed in.
      const allowed = accounts.filter(
        ({ server }) => (managedSettings.server ?? server) === server,
      );
      return {
        accounts: allowed.map((account) => toKnownAccount(account, keyring)),
        refused: null,
      };
    }
  }
}

function asManaged(credentials: Credentials): InitialAccounts {
  return { accounts: [{ credentials, color: 1, paused: false }], refused: null };
}

function toKnownAccount(
  { server, userName, password: encrypted, color, paused }: RememberedAccount,
  keyring: Pick<Keyring, 'decrypt'>,
): KnownAccount {
  const credentials = { server, userName, password: undefined, managed: false };
  if (encrypted === undefined) return { credentials, color, paused };
  const loadPassword: LoadPassword = (signal) => keyring.decrypt(encrypted, { signal });
  return { credentials, color, paused, loadPassword };
}

/** The Electron session with an account's cookies; a managed account's are kept in memory only. */
export function openCookieSession(credentials: Credentials): Session {
  const name = `account-${accountKey(credentials)}`;
  const partition = credentials.managed ? name : `persist:${name}`;
  const cookieSession = session.fromPartition(partition, { cache: false });
  cookieSession.setPermissionRequestHandler((_contents, _permission, callback) => {
    callback(false);
  });
  return cookieSession;
}
