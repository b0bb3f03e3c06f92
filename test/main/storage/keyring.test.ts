import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const keyring = vi.hoisted(() => ({
  isAvailable: true,
  backend: 'gnome_libsecret',
  usesPlainText: false,
  key: 'first',
}));

vi.mock('electron', () => ({
  safeStorage: {
    isEncryptionAvailable: () => keyring.isAvailable || keyring.usesPlainText,
    getSelectedStorageBackend: () => keyring.backend,
    setUsePlainTextEncryption: (usesPlainText: boolean) => {
      keyring.usesPlainText = usesPlainText;
    },
    encryptString: (text: string) => {
      if (!keyring.isAvailable && !keyring.usesPlainText) throw new Error('no encryption');
      return Buffer.from(JSON.stringify([keyring.usesPlainText ? 'plain' : keyring.key, text]));
    },
    decryptString: (bytes: Buffer) => {
      const [key, text] = JSON.parse(bytes.toString()) as [string, string];
      if (key !== (keyring.usesPlainText ? 'plain' : keyring.key)) throw new Error('wrong key');
      return text;
    },
  },
}));

const { decryptPassword, encryptPassword, hasKeyring } =
  await import('../../../src/main/storage/keyring');

beforeEach(() => {
  const initial = { isAvailable: true, backend: 'gnome_libsecret', usesPlainText: false };
  Object.assign(keyring, initial, { key: 'first' });
  stubPlatform('linux');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('with a keyring', () => {
  test('encrypts a password and decrypts it again', () => {
    expect(hasKeyring()).toBe(true);
    const encrypted = encryptPassword('ring-ring ☎', false);
    expect(encrypted).toMatch(/^[\w+/]+=*$/);
    expect(decryptPassword(encrypted ?? '')).toBe('ring-ring ☎');
    expect(keyring.usesPlainText).toBe(false);
  });

  test('returns nothing for a password that was encrypted with another key', () => {
    const encrypted = encryptPassword('ring-ring', false) ?? '';
    keyring.key = 'second';
    expect(decryptPassword(encrypted)).toBeUndefined();
  });

  test.each(['', 'garbage', '%%%'])('returns nothing for text that isn’t encrypted: %o', (text) => {
    expect(decryptPassword(text)).toBeUndefined();
  });
});

describe('without a keyring', () => {
  beforeEach(() => {
    Object.assign(keyring, { isAvailable: false, backend: 'basic_text' });
  });

  test('doesn’t save a password unless the user agreed', () => {
    expect(hasKeyring()).toBe(false);
    expect(encryptPassword('ring-ring', false)).toBeUndefined();
    expect(keyring.usesPlainText).toBe(false);
  });

  test('saves a password with the user’s consent, and the next run can read it', () => {
    const encrypted = encryptPassword('ring-ring', true);
    expect(encrypted).toBeDefined();
    keyring.usesPlainText = false;
    expect(decryptPassword(encrypted ?? '')).toBe('ring-ring');
  });

  test.each(['win32', 'darwin'] as const)('never saves a password on %s', (platform) => {
    stubPlatform(platform);
    expect(encryptPassword('ring-ring', true)).toBeUndefined();
  });
});

test('doesn’t count a keyring with a key that all apps know', () => {
  keyring.backend = 'basic_text';
  expect(hasKeyring()).toBe(false);
});

test.each(['win32', 'darwin'] as const)('always counts the keyring of %s', (platform) => {
  stubPlatform(platform);
  keyring.backend = 'unknown';
  expect(hasKeyring()).toBe(true);
});

function stubPlatform(platform: NodeJS.Platform): void {
  vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
}
