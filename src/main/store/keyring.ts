/* The asynchronous calls that replace these are missing from the older Electron that is supported
   for development, and nothing here is in a hurry. */
/* eslint-disable @typescript-eslint/no-deprecated -- see above */
import { safeStorage } from 'electron';

/** Whether the system has a real keyring to guard a password. */
export function hasKeyring(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  // Elsewhere the system always has one; on Linux Chromium may fall back to a key all apps know.
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/**
 * The password as it may be written to disk, in base64, or `undefined` where there is no keyring
 * and the person has not agreed to do without.
 */
export function guarded(password: string, withoutKeyring: boolean): string | undefined {
  if (!hasKeyring()) {
    if (!withoutKeyring || process.platform !== 'linux') return undefined;
    safeStorage.setUsePlainTextEncryption(true);
  }
  return safeStorage.encryptString(password).toString('base64');
}

/** The password that {@link guarded} hid; `undefined` when the keyring no longer knows it. */
export function unguarded(guardedText: string): string | undefined {
  if (!safeStorage.isEncryptionAvailable() && process.platform === 'linux') {
    // It was written with the person's consent, or it is not there.
    safeStorage.setUsePlainTextEncryption(true);
  }
  try {
    return safeStorage.decryptString(Buffer.from(guardedText, 'base64'));
  } catch {
    return undefined;
  }
}
