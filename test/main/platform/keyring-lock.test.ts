import { execFileSync } from 'node:child_process';
import { Variant } from 'dbus-next';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyringLock, type StorageBackend } from '../../../src/main/platform/keyring-lock';
import {
  connect,
  EMPTY_REPLY,
  startPrivateBus,
  type DBusConnection,
  type PrivateBus,
} from '../../e2e/desktop/dbus';

const SECRETS_PATH = '/org/freedesktop/secrets';
const DEFAULT = `${SECRETS_PATH}/collection/login`;

test.each(['basic_text', 'unknown', 'gnome_libsecret', 'kwallet6'] as const)(
  'finds no keyring without a session bus: %s',
  async (backend) => {
    const lock = new KeyringLock(backend, 'Ringside', 'unix:path=/nowhere');
    expect(await lock.getState()).toBe('absent');
    await lock.requestUnlock(true);
  },
);

describe.runIf(hasDbusDaemon())('on a session bus', () => {
  let bus: PrivateBus;
  let service: DBusConnection;
  let lock: KeyringLock;

  beforeEach(async () => {
    bus = await startPrivateBus();
    service = await connect(bus.address);
  });

  afterEach(async () => {
    lock.dispose();
    service.close();
    await bus.close();
  });

  const createLock = (backend: StorageBackend): KeyringLock =>
    (lock = new KeyringLock(backend, 'Ringside', bus.address));

  describe('the Secret Service', () => {
    /** The state of the service and the calls it received. */
    const keyring = {
      unlocked: [] as string[],
      locked: [] as string[],
      collection: '/',
      isCollectionLocked: false,
      calls: [] as string[],
    };

    beforeEach(() => {
      Object.assign(keyring, { unlocked: [], locked: [], collection: DEFAULT, calls: [] });
      keyring.isCollectionLocked = false;
      const prompt = (call: string) => {
        keyring.calls.push(call);
        return { signature: 'aoo', body: [[], `${SECRETS_PATH}/prompt/p1`] };
      };
      service.handleMethods(SECRETS_PATH, 'org.freedesktop.Secret.Service', {
        SearchItems: () => ({ signature: 'aoao', body: [keyring.unlocked, keyring.locked] }),
        ReadAlias: () => ({ signature: 'o', body: [keyring.collection] }),
        Unlock: ([paths]) => prompt(`unlock ${String(paths)}`),
        CreateCollection: ([, alias]) => ({
          ...prompt(`create ${String(alias)}`),
          signature: 'oo',
          body: ['/', `${SECRETS_PATH}/prompt/p1`],
        }),
      });
      service.handleMethods(DEFAULT, 'org.freedesktop.DBus.Properties', {
        Get: () => ({ signature: 'v', body: [new Variant('b', keyring.isCollectionLocked)] }),
      });
      service.handleMethods(`${SECRETS_PATH}/prompt/p1`, 'org.freedesktop.Secret.Prompt', {
        Prompt: () => {
          keyring.calls.push('prompt');
          return EMPTY_REPLY;
        },
      });
    });

    test('is absent until it has started', async () => {
      expect(await createLock('gnome_libsecret').getState()).toBe('absent');
      await service.requestName('org.freedesktop.secrets');
      expect(await lock.getState()).toBe('open');
    });

    test.each<[string, Partial<typeof keyring>, string]>([
      ['a key in an open keyring', { unlocked: ['/k'], isCollectionLocked: true }, 'open'],
      ['a key in a locked keyring', { locked: ['/k'] }, 'locked'],
      ['no key and an open default keyring', {}, 'open'],
      ['no key and a locked default keyring', { isCollectionLocked: true }, 'locked'],
      ['no keyring yet', { collection: '/' }, 'locked'],
    ])('reports the state with %s', async (_, content, state) => {
      Object.assign(keyring, content);
      await service.requestName('org.freedesktop.secrets');
      expect(await createLock('gnome_libsecret').getState()).toBe(state);
    });

    test.each<[string, Partial<typeof keyring>, boolean, string[]]>([
      ['its keyring', { isCollectionLocked: true }, false, [`unlock ${DEFAULT}`, 'prompt']],
      ['the keyring with its key', { locked: ['/k'] }, false, ['unlock /k', 'prompt']],
      ['nothing without a keyring', { collection: '/' }, false, []],
      ['a new keyring to save to', { collection: '/' }, true, ['create default', 'prompt']],
    ])('asks the user for %s', async (_, content, mayCreate, calls) => {
      Object.assign(keyring, content);
      await service.requestName('org.freedesktop.secrets');
      await createLock('gnome_libsecret').requestUnlock(mayCreate);
      expect(keyring.calls).toEqual(calls);
    });
  });

  describe.each([
    ['kwallet5', 'kwalletd5'],
    ['kwallet6', 'kwalletd6'],
  ] as const)('%s', (backend, name) => {
    const wallet = { isEnabled: true, isOpen: false, calls: [] as unknown[] };

    beforeEach(() => {
      Object.assign(wallet, { isEnabled: true, isOpen: false, calls: [] });
      service.handleMethods(`/modules/${name}`, 'org.kde.KWallet', {
        isEnabled: () => ({ signature: 'b', body: [wallet.isEnabled] }),
        networkWallet: () => ({ signature: 's', body: ['kdewallet'] }),
        isOpen: () => ({ signature: 'b', body: [wallet.isOpen] }),
        open: ([opened, , appName]) => {
          wallet.calls.push([opened, appName]);
          wallet.isOpen = true;
          return { signature: 'i', body: [7] };
        },
      });
    });

    test('is locked until the user has opened it', async () => {
      expect(await createLock(backend).getState()).toBe('absent');
      await service.requestName(`org.kde.${name}`);
      expect(await lock.getState()).toBe('locked');
      await lock.requestUnlock(false);
      expect(wallet.calls).toEqual([['kdewallet', 'Ringside']]);
      expect(await lock.getState()).toBe('open');
    });

    test('is absent when it is turned off', async () => {
      wallet.isEnabled = false;
      await service.requestName(`org.kde.${name}`);
      expect(await createLock(backend).getState()).toBe('absent');
    });
  });
});

function hasDbusDaemon(): boolean {
  try {
    execFileSync('dbus-daemon', ['--version']);
    return true;
  } catch {
    return false;
  }
}
