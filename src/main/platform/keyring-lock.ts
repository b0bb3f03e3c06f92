import type { MessageBus } from '@homebridge/dbus-native';
import { callMethod, connectToSessionBus } from './session-bus';

/** The storage that Chromium chose for this desktop, as `safeStorage` names it. */
export type StorageBackend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>;

/** Whether a keyring can be used now: `locked` also means that it doesn't answer. */
export type KeyringState = 'open' | 'locked' | 'absent';

/** The user may take a while to enter a password. */
const PROMPT_TIMEOUT_MS = 10 * 60_000;
const BUS = 'org.freedesktop.DBus';
const SECRETS = 'org.freedesktop.secrets';
const SECRETS_PATH = '/org/freedesktop/secrets';
const SECRET = 'org.freedesktop.Secret';
/** The schema of the key that Chromium keeps in the keyring. */
const KEY_SCHEMA = 'chrome_libsecret_os_crypt_password_v2';
const KWALLET = 'org.kde.KWallet';
const KWALLET_SERVICES: Partial<Record<StorageBackend, string>> = {
  kwallet: 'kwalletd',
  kwallet5: 'kwalletd5',
  kwallet6: 'kwalletd6',
};

/**
 * Asks a Linux keyring over D-Bus whether it's open, and to ask the user for its password.
 * Chromium's own calls would block the whole app until the user has answered.
 */
export class KeyringLock {
  #bus: Promise<MessageBus | undefined> | undefined;

  constructor(
    private readonly backend: StorageBackend,
    private readonly appName: string,
    private readonly busAddress?: string,
  ) {}

  async getState(): Promise<KeyringState> {
    if (this.#kwallet !== undefined) return this.#getWalletState(this.#kwallet);
    if (this.backend !== 'gnome_libsecret' || !(await this.#hasService(SECRETS))) return 'absent';
    const { unlocked, locked } = await this.#findKeys();
    if (unlocked.length > 0 || locked.length > 0) return unlocked.length > 0 ? 'open' : 'locked';
    // Without a key, Chromium creates one in the default collection.
    const collection = await this.#getDefaultCollection();
    return collection !== undefined && (await this.#isUnlocked(collection)) ? 'open' : 'locked';
  }

  /** Makes the keyring ask the user for its password, or for a new one if `mayCreate`. */
  async requestUnlock(mayCreate: boolean): Promise<void> {
    if (this.#kwallet !== undefined) {
      await this.#openWallet(this.#kwallet);
      return;
    }
    const { locked } = await this.#findKeys();
    const collection = await this.#getDefaultCollection();
    const isCreating = collection === undefined && locked.length === 0;
    if (isCreating && !mayCreate) return;
    const [, prompt] = isCreating
      ? await this.#createCollection()
      : await this.#callService('Unlock', 'ao', [locked.length > 0 ? locked : [collection]]);
    if (typeof prompt !== 'string' || prompt === '/') return;
    await this.#call(SECRETS, prompt, `${SECRET}.Prompt`, 'Prompt', 's', ['']);
  }

  dispose(): void {
    void this.#bus?.then((bus) => bus?.connection.stream.end());
    this.#bus = undefined;
  }

  get #kwallet(): string | undefined {
    return KWALLET_SERVICES[this.backend];
  }

  /** Whether a service runs, or starts when it's called. */
  async #hasService(name: string): Promise<boolean> {
    const path = '/org/freedesktop/DBus';
    const [isRunning] = await this.#call(BUS, path, BUS, 'NameHasOwner', 's', [name]);
    if (isRunning === true) return true;
    const [names] = await this.#call(BUS, path, BUS, 'ListActivatableNames');
    return Array.isArray(names) && names.includes(name);
  }

  async #findKeys(): Promise<Record<'unlocked' | 'locked', readonly unknown[]>> {
    const attributes = [
      ['xdg:schema', KEY_SCHEMA],
      ['application', this.appName],
    ];
    const [unlocked, locked] = await this.#callService('SearchItems', 'a{ss}', [attributes]);
    return {
      unlocked: Array.isArray(unlocked) ? unlocked : [],
      locked: Array.isArray(locked) ? locked : [],
    };
  }

  async #getDefaultCollection(): Promise<string | undefined> {
    const [path] = await this.#callService('ReadAlias', 's', ['default']);
    return typeof path === 'string' && path !== '/' ? path : undefined;
  }

  async #isUnlocked(collection: string): Promise<boolean> {
    const names = [`${SECRET}.Collection`, 'Locked'];
    const properties = 'org.freedesktop.DBus.Properties';
    const [locked] = await this.#call(SECRETS, collection, properties, 'Get', 'ss', names);
    // A variant comes as its signature and its values.
    return Array.isArray(locked) && Array.isArray(locked[1]) && locked[1][0] === false;
  }

  #createCollection(): Promise<readonly unknown[]> {
    const label = [[`${SECRET}.Collection.Label`, ['s', 'Default keyring']]];
    return this.#callService('CreateCollection', 'a{sv}s', [label, 'default']);
  }

  async #getWalletState(service: string): Promise<KeyringState> {
    if (!(await this.#hasService(`org.kde.${service}`))) return 'absent';
    const [isEnabled] = await this.#callWallet(service, 'isEnabled');
    if (isEnabled === false) return 'absent';
    const [wallet] = await this.#callWallet(service, 'networkWallet');
    const [isOpen] = await this.#callWallet(service, 'isOpen', 's', [wallet]);
    return isOpen === true ? 'open' : 'locked';
  }

  async #openWallet(service: string): Promise<void> {
    const [wallet] = await this.#callWallet(service, 'networkWallet');
    const body = [wallet, 0, this.appName];
    await this.#callWallet(service, 'open', 'sxs', body, PROMPT_TIMEOUT_MS);
  }

  #callWallet(
    service: string,
    member: string,
    signature?: string,
    body?: readonly unknown[],
    timeoutMs?: number,
  ): Promise<readonly unknown[]> {
    const path = `/modules/${service}`;
    return this.#call(`org.kde.${service}`, path, KWALLET, member, signature, body, timeoutMs);
  }

  #callService(
    member: string,
    signature: string,
    body: readonly unknown[],
  ): Promise<readonly unknown[]> {
    return this.#call(SECRETS, SECRETS_PATH, `${SECRET}.Service`, member, signature, body);
  }

  async #call(
    destination: string,
    path: string,
    interfaceName: string,
    member: string,
    signature?: string,
    body?: readonly unknown[],
    timeoutMs?: number,
  ): Promise<readonly unknown[]> {
    const bus = await (this.#bus ??= connectToSessionBus(this.busAddress));
    if (!bus) {
      // The session bus may start later.
      this.#bus = undefined;
      return [];
    }
    const call = { destination, path, interface: interfaceName, member };
    return callMethod(
      bus,
      { ...call, ...(signature !== undefined && { signature, body: body ?? [] }) },
      timeoutMs,
    );
  }
}
