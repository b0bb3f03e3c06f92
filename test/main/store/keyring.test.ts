import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** A keyring of the system: what it encrypts nobody else reads. */
const system = vi.hoisted(() => ({
  available: true,
  backend: 'gnome_libsecret',
  plainText: false,
  secret: 'of this login',
}));

vi.mock('electron', () => ({
  safeStorage: {
    isEncryptionAvailable: () => system.available || system.plainText,
    getSelectedStorageBackend: () => system.backend,
    setUsePlainTextEncryption: (plain: boolean) => {
      system.plainText = plain;
    },
    encryptString: (text: string) => {
      if (!system.available && !system.plainText) throw new Error('no encryption');
      return Buffer.from(JSON.stringify([system.plainText ? 'plain' : system.secret, text]));
    },
    decryptString: (bytes: Buffer) => {
      const [secret, text] = JSON.parse(bytes.toString()) as [string, string];
      if (secret !== (system.plainText ? 'plain' : system.secret)) throw new Error('wrong key');
      return text;
    },
  },
}));

const { guarded, hasKeyring, unguarded } = await import('../../../src/main/store/keyring');

beforeEach(() => {
  Object.assign(system, { available: true, backend: 'gnome_libsecret', plainText: false });
  system.secret = 'of this login';
  on('linux');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('with a keyring', () => {
  test('a password goes there and comes back', () => {
    expect(hasKeyring()).toBe(true);
    const kept = guarded('ring-ring ☎', false);
    expect(kept).toMatch(/^[\w+/]+=*$/);
    expect(unguarded(kept ?? '')).toBe('ring-ring ☎');
    expect(system.plainText).toBe(false);
  });

  test('that was exchanged, a password is not known any more', () => {
    const kept = guarded('ring-ring', false) ?? '';
    system.secret = 'of another login';
    expect(unguarded(kept)).toBeUndefined();
  });

  test.each(['', 'rubbish', '%%%'])('what was never guarded is no password: %o', (text) => {
    expect(unguarded(text)).toBeUndefined();
  });
});

describe('without a keyring', () => {
  beforeEach(() => {
    Object.assign(system, { available: false, backend: 'basic_text' });
  });

  test('a password is not written down', () => {
    expect(hasKeyring()).toBe(false);
    expect(guarded('ring-ring', false)).toBeUndefined();
    expect(system.plainText).toBe(false);
  });

  test('a password is written down once the person agreed, and read by the next run', () => {
    const kept = guarded('ring-ring', true);
    expect(kept).toBeDefined();
    system.plainText = false;
    expect(unguarded(kept ?? '')).toBe('ring-ring');
  });

  test.each(['win32', 'darwin'] as const)('on %s no consent helps', (platform) => {
    on(platform);
    expect(guarded('ring-ring', true)).toBeUndefined();
  });
});

test('a keyring whose key every program knows is none', () => {
  system.backend = 'basic_text';
  expect(hasKeyring()).toBe(false);
});

test.each(['win32', 'darwin'] as const)('%s has one of its own', (platform) => {
  on(platform);
  system.backend = 'unknown';
  expect(hasKeyring()).toBe(true);
});

function on(platform: NodeJS.Platform): void {
  vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
}
