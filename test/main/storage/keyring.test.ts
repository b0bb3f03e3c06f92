import { describe, expect, test, vi } from 'vitest';
import type { KeyringState } from '../../../src/main/platform/keyring-lock';

const storage = vi.hoisted(() => ({
  backend: 'gnome_libsecret',
  usesPlainText: false,
  key: 'first',
  calls: 0,
}));

vi.mock('electron', () => ({
  app: { getName: () => 'Ringside' },
  safeStorage: {
    getSelectedStorageBackend: () => storage.backend,
    setUsePlainTextEncryption: (usesPlainText: boolean) => {
      storage.usesPlainText = usesPlainText;
    },
    encryptString: (text: string) => {
      storage.calls += 1;
      if (storage.key === '') throw new Error('no encryption');
      const key = storage.usesPlainText ? 'v10' : `v11 ${storage.key}`;
      return Buffer.from(`${key}|${text}`);
    },
    decryptString: (bytes: Buffer) => {
      storage.calls += 1;
      const [key, text] = bytes.toString().split('|');
      if (key !== 'v10' && key !== `v11 ${storage.key}`) throw new Error('wrong key');
      return text;
    },
  },
}));

const { Keyring } = await import('../../../src/main/storage/keyring');

const SAVED = Buffer.from('v11 first|ring-ring').toString('base64');
const SAVED_WITHOUT = Buffer.from('v10|ring-ring').toString('base64');

interface World {
  state: KeyringState;
  readonly requests: boolean[];
}

function createKeyring(state: KeyringState = 'open', platform: NodeJS.Platform = 'linux') {
  Object.assign(storage, { backend: 'gnome_libsecret', usesPlainText: false, key: 'first' });
  storage.calls = 0;
  const world: World = { state, requests: [] };
  const keyring = new Keyring(platform, () => ({
    getState: () => Promise.resolve(world.state),
    requestUnlock: (mayCreate) => {
      world.requests.push(mayCreate);
      return Promise.resolve();
    },
    dispose: () => undefined,
  }));
  return { keyring, world };
}

describe('with an open keyring', () => {
  test('encrypts a password and decrypts it again', async () => {
    const { keyring } = createKeyring();
    const encrypted = await keyring.encrypt('ring-ring ☎', false);
    expect(encrypted).toMatch(/^[\w+/]+=*$/);
    expect(await keyring.decrypt(encrypted ?? '')).toBe('ring-ring ☎');
    expect(storage.usesPlainText).toBe(false);
  });

  test('returns nothing for a password that was encrypted with another key', async () => {
    const { keyring } = createKeyring();
    storage.key = 'second';
    expect(await keyring.decrypt(SAVED)).toBeUndefined();
  });

  test.each(['', 'garbage', '%%%'])(
    'returns nothing for text that isn’t encrypted: %o',
    async (text) => {
      expect(await createKeyring().keyring.decrypt(text)).toBeUndefined();
    },
  );
});

describe('with a keyring that isn’t open', () => {
  test.each<[KeyringState, string, boolean[]]>([
    ['locked', 'that is locked', [false]],
    ['absent', 'that starts late', []],
  ])('%s: doesn’t call Chromium before a keyring %s is open', async (state, _, requests) => {
    vi.useFakeTimers();
    const { keyring, world } = createKeyring(state);
    const onWait = vi.fn();
    const reading = keyring.decrypt(SAVED, { onWait });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(storage.calls).toBe(0);
    expect(onWait).toHaveBeenCalledTimes(1);
    expect(world.requests).toEqual(requests);
    world.state = 'open';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await reading).toBe('ring-ring');
  });

  test('saves a password once it is open, and asks again for each one', async () => {
    vi.useFakeTimers();
    const { keyring, world } = createKeyring('locked');
    const saving = keyring.encrypt('ring-ring', true);
    await vi.advanceTimersByTimeAsync(10_000);
    const savingAnother = keyring.encrypt('other', true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(storage.calls).toBe(0);
    expect(world.requests).toEqual([true, true]);
    world.state = 'open';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await saving).toBe(SAVED);
    expect(await savingAnother).toBeDefined();
  });

  test('gives up when the account is removed or the app quits', async () => {
    vi.useFakeTimers();
    const { keyring } = createKeyring('locked');
    const abort = new AbortController();
    const { signal } = abort;
    const results = [keyring.decrypt(SAVED, { signal }), keyring.encrypt('x', true, { signal })];
    await vi.advanceTimersByTimeAsync(500);
    abort.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(await Promise.all(results)).toEqual([undefined, undefined]);
    expect(storage.calls).toBe(0);
  });
});

describe('without a keyring', () => {
  test('doesn’t save a password unless the user agreed', async () => {
    const { keyring } = createKeyring('absent');
    expect(await keyring.encrypt('ring-ring', false)).toBeUndefined();
    expect(storage).toMatchObject({ usesPlainText: false, calls: 0 });
  });

  test('saves a password with the user’s consent, and the next run can read it', async () => {
    const encrypted = await createKeyring('absent').keyring.encrypt('ring-ring', true);
    expect(encrypted).toBe(SAVED_WITHOUT);
    expect(await createKeyring('absent').keyring.decrypt(SAVED_WITHOUT)).toBe('ring-ring');
  });

  test('detects that there is no keyring or that one has started', async () => {
    const { keyring, world } = createKeyring('absent');
    expect(keyring.isPresent).toBe(true);
    expect(await keyring.detect()).toBe(true);
    expect(keyring.isPresent).toBe(false);
    world.state = 'locked';
    expect(await keyring.detect()).toBe(true);
    expect(await keyring.detect()).toBe(false);
    expect(keyring.isPresent).toBe(true);
  });

  test.each(['win32', 'darwin'] as const)('never saves a password on %s', async (platform) => {
    const { keyring } = createKeyring('absent', platform);
    storage.key = '';
    expect(await keyring.encrypt('ring-ring', true)).toBeUndefined();
    expect(storage.usesPlainText).toBe(false);
  });
});

test('ignores a keyring whose key is known to all apps', () => {
  storage.backend = 'basic_text';
  expect(new Keyring('linux').isPresent).toBe(false);
});

test.each(['win32', 'darwin'] as const)('always uses the keyring of %s', (platform) => {
  expect(createKeyring('absent', platform).keyring.isPresent).toBe(true);
});
