import { app, safeStorage } from 'electron';
import { KeyringLock, type KeyringState, type StorageBackend } from '../platform/keyring-lock';

/** How to wait for a keyring that isn't open. */
export interface KeyringWait {
  /** Stops waiting. */
  readonly signal?: AbortSignal;
  /** Called once, when the password can't be read or stored yet. */
  readonly onWait?: () => void;
}

type Lock = Pick<KeyringLock, 'getState' | 'requestUnlock' | 'dispose'>;

const CHECK_INTERVAL_MS = 1_000;
/** Chromium's prefix of what it encrypted with a keyring. */
const KEYRING_PREFIX = 'v11';

/**
 * The system's secure storage for passwords. On Linux, Chromium would block the whole app while a
 * keyring asks for its password, so this waits until the keyring is open.
 */
export class Keyring {
  readonly #lock: Lock | undefined;
  #isPresent: boolean;
  /** Whether the user has been asked since the keyring was last open. */
  #hasAsked = false;

  constructor(
    private readonly platform: NodeJS.Platform = process.platform,
    createLock: (backend: StorageBackend) => Lock = (backend) =>
      new KeyringLock(backend, app.getName()),
  ) {
    // On Linux, Chromium may fall back to a key that is the same for all apps.
    const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'unknown';
    this.#isPresent = platform !== 'linux' || !/^(basic_text|unknown)$/.test(backend);
    this.#lock = platform === 'linux' && this.#isPresent ? createLock(backend) : undefined;
  }

  /** Whether this computer seems to have a keyring. */
  get isPresent(): boolean {
    return this.#isPresent;
  }

  /** Finds out whether a keyring is running; returns whether that has changed. */
  async detect(): Promise<boolean> {
    const wasPresent = this.#isPresent;
    if (this.#lock) this.#isPresent = (await this.#lock.getState()) !== 'absent';
    return this.#isPresent !== wasPresent;
  }

  /**
   * Encrypts a password for the settings file, in base64. Returns `undefined` if there is no keyring
   * and the user hasn't agreed to do without one.
   */
  async encrypt(
    password: string,
    storeWithoutKeyring: boolean,
    wait: KeyringWait = {},
  ): Promise<string | undefined> {
    const state = await this.#waitWhile((current) => current === 'locked', true, wait);
    if (state === 'locked') return undefined;
    if (state === 'absent') {
      if (!storeWithoutKeyring) return undefined;
      safeStorage.setUsePlainTextEncryption(true);
    }
    try {
      if (this.platform === 'linux' || !hasAsyncStorage()) {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- for runtimes without the other
        return safeStorage.encryptString(password).toString('base64');
      }
      return (await safeStorage.encryptStringAsync(password)).toString('base64');
    } catch {
      return undefined;
    }
  }

  /** Decrypts a saved password. Returns `undefined` if the keyring's key has changed since then. */
  async decrypt(encrypted: string, wait: KeyringWait = {}): Promise<string | undefined> {
    const bytes = Buffer.from(encrypted, 'base64');
    const needsKeyring = bytes.toString('latin1').startsWith(KEYRING_PREFIX);
    const state = await this.#waitWhile(
      (current) => current === 'locked' || (current === 'absent' && needsKeyring),
      false,
      wait,
    );
    if (wait.signal?.aborted === true) return undefined;
    // A password is only saved without a keyring after the user agreed to it.
    if (state === 'absent') safeStorage.setUsePlainTextEncryption(true);
    try {
      if (this.platform === 'linux' || !hasAsyncStorage()) {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- for runtimes without the other
        return safeStorage.decryptString(bytes);
      }
      return (await safeStorage.decryptStringAsync(bytes)).result;
    } catch {
      return undefined;
    }
  }

  dispose(): void {
    this.#lock?.dispose();
  }

  /**
   * Waits while `isWaiting` accepts the keyring's state; has the keyring ask the user for its
   * password once.
   */
  async #waitWhile(
    isWaiting: (state: KeyringState) => boolean,
    mayCreate: boolean,
    { signal, onWait }: KeyringWait,
  ): Promise<KeyringState> {
    const lock = this.#lock;
    if (!lock) return this.platform === 'linux' ? 'absent' : 'open';
    // When the user signs in, the keyring may ask again.
    if (mayCreate) this.#hasAsked = false;
    for (let attempt = 0; ; attempt += 1) {
      const state = await lock.getState();
      if (state === 'open') this.#hasAsked = false;
      if (!isWaiting(state) || signal?.aborted === true) return state;
      if (attempt === 0) onWait?.();
      if (state === 'locked' && !this.#hasAsked) {
        this.#hasAsked = true;
        void lock.requestUnlock(mayCreate);
      }
      await waitForNextCheck(signal);
    }
  }
}

function waitForNextCheck(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, CHECK_INTERVAL_MS);
    signal?.addEventListener('abort', end);
  });
}

function hasAsyncStorage(): boolean {
  return 'decryptStringAsync' in safeStorage;
}
