/* eslint-disable @typescript-eslint/no-deprecated -- older runtimes lack the asynchronous API. */
import { safeStorage } from 'electron';

/** Returns whether the system has secure storage for passwords. */
export function hasKeyring(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  // On Linux, Chromium may fall back to a key that is the same for all apps.
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/**
 * Encrypts a password for the settings file, in base64. Returns `undefined` if there is no keyring
 * and the user hasn't agreed to do without one.
 */
export function encryptPassword(
  password: string,
  storeWithoutKeyring: boolean,
): string | undefined {
  if (!hasKeyring()) {
    if (!storeWithoutKeyring || process.platform !== 'linux') return undefined;
    safeStorage.setUsePlainTextEncryption(true);
  }
  return safeStorage.encryptString(password).toString('base64');
}

/** Decrypts a saved password. Returns `undefined` if the keyring's key has changed since. */
export function decryptPassword(encrypted: string): string | undefined {
  if (!safeStorage.isEncryptionAvailable() && process.platform === 'linux') {
    // A password is only saved without a keyring after the user agreed to it.
    safeStorage.setUsePlainTextEncryption(true);
  }
  try {
    return safeStorage.decryptString(Buffer.from(encrypted, 'base64'));
  } catch {
    return undefined;
  }
}
