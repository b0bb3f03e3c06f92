import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/settings/settings';
import {
  accountKey,
  type Credentials,
  type Environment,
} from '../../../src/main/accounts/credentials';
import type { SystemNotice } from '../../../src/shared/state';
import type { KeyringWait } from '../../../src/main/storage/keyring';
import { SystemNotices } from '../../../src/main/system-notices';
import type { RememberedAccount, SettingsStore } from '../../../src/main/storage/settings-store';

type PermissionHandler = (
  contents: unknown,
  permission: string,
  callback: (isGranted: boolean) => void,
) => void;

interface FakeCookie {
  readonly name: string;
  readonly value: string;
}

interface FakeSession {
  permissionHandler?: PermissionHandler;
  cookies: FakeCookie[];
}

/** Fake Electron sessions by partition. */
const sessions = vi.hoisted(() => new Map<string, FakeSession>());

vi.mock('electron', () => ({
  app: { getVersion: () => '1.2.3' },
  session: {
    fromPartition: (partition: string) => {
      const fake: FakeSession = sessions.get(partition) ?? { cookies: [] };
      sessions.set(partition, fake);
      return {
        setPermissionRequestHandler: (handler: PermissionHandler) => {
          fake.permissionHandler = handler;
        },
        clearStorageData: () => {
          fake.cookies = [];
          return Promise.resolve();
        },
        cookies: {
          get: () => Promise.resolve(fake.cookies),
          set: ({ name, value }: FakeCookie) => {
            fake.cookies.push({ name, value });
            return Promise.resolve();
          },
          flushStore: () => Promise.resolve(),
        },
      };
    },
  },
}));

/** A keyring that encrypts when it is opened. */
class FakeKeyring {
  open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  readonly decrypt = (text: string) => Promise.resolve(`decrypted ${text}`);

  readonly encrypt = async (text: string, _: boolean, { onWait }: KeyringWait = {}) => {
    onWait?.();
    await this.#opened;
    return `encrypted ${text}`;
  };
}

const { AccountStorage, loadInitialAccounts, openCookieSession } =
  await import('../../../src/main/accounts/account-storage');

const CREDENTIALS: Credentials = {
  server: 'https://evovoice.io',
  userName: 'maya',
  password: 'open sesame',
  managed: false,
};
const PRIYA = { server: 'https://evovoice.io', userName: 'priya' };
const REMEMBERED = { ...PRIYA, password: 'encrypted', color: 2, paused: true };

const notices: SystemNotice[] = [];

beforeEach(() => {
  notices.length = 0;
  sessions.clear();
});

describe('openCookieSession', () => {
  test('uses a partition per account whose name does not reveal the account', () => {
    for (const userName of ['maya', 'ada']) openCookieSession({ ...CREDENTIALS, userName });
    openCookieSession({ ...CREDENTIALS, server: 'https://pbx.example' });
    expect(sessions.size).toBe(3);
    for (const name of sessions.keys()) expect(name).toMatch(/^persist:account-[0-9a-f]{16}$/);
  });

  test('keeps the cookies of a managed account in memory only', () => {
    openCookieSession({ ...CREDENTIALS, managed: true });
    expect([...sessions.keys()][0]).not.toMatch(/^persist:/);
  });

  test('grants no permissions', () => {
    openCookieSession(CREDENTIALS);
    const callback = vi.fn();
    for (const permission of ['media', 'notifications', 'openExternal']) {
      [...sessions.values()][0]?.permissionHandler?.({}, permission, callback);
    }
    expect(callback.mock.calls).toEqual([[false], [false], [false]]);
  });
});

test('AccountStorage: makes the demo account look as if Ringside had last run some time ago', () => {
  const profile = mkdtempSync(join(tmpdir(), 'ringside-account-'));
  onTestFinished(() => {
    rmSync(profile, { recursive: true });
  });
  const storage = new AccountStorage(
    profile,
    createSettings([]),
    new FakeKeyring(),
    new SystemNotices(() => undefined),
  );
  storage.backdate(CREDENTIALS, 3_600_000);
  const { lastSnapshotAt } = storage.openAlertState(CREDENTIALS).load();
  expect(Date.now() - (lastSnapshotAt?.wall ?? 0)).toBeGreaterThanOrEqual(3_600_000);
});

describe('AccountStorage', () => {
  let profile: string;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'ringside-account-'));
    onTestFinished(() => {
      rmSync(profile, { recursive: true });
    });
  });

  test.each([
    ['the cookies only', false],
    ['the alert state too if requested', true],
  ])('deletes %s', async (_, withAlertState) => {
    const path = writeFile('accounts', accountKey(CREDENTIALS), 'watch.json');
    const otherPath = writeFile('accounts', accountKey(PRIYA), 'watch.json');
    openCookieSession(CREDENTIALS);
    const partition = [...sessions.keys()][0] ?? '';
    const cookie = { name: 'ss-pid', value: 'secret' };
    sessions.get(partition)?.cookies.push(cookie);
    const storage = createStorage(createSettings([]));
    await storage.deleteData(CREDENTIALS, withAlertState);
    expect(sessions.get(partition)?.cookies).toEqual([]);
    // Signing out still needs the cookies.
    const inMemory = [...sessions].filter(([name]) => !name.startsWith('persist:'));
    expect(inMemory.map(([, { cookies }]) => cookies)).toEqual([[cookie]]);
    expect(existsSync(path)).toBe(!withAlertState);
    expect(existsSync(otherPath)).toBe(true);
  });

  test('removes only data of unknown accounts', () => {
    const [known, active, left] = [PRIYA, CREDENTIALS, { ...PRIYA, userName: 'left' }].map(
      accountKey,
    ) as [string, string, string];
    const leftovers = [
      writeFile('accounts', left, 'watch.json'),
      writeFile('Partitions', `account-${left}`, 'Cookies'),
    ];
    const kept = [
      ...[known, active].flatMap((key) => [
        writeFile('accounts', key, 'watch.json'),
        writeFile('Partitions', `account-${key}`, 'Cookies'),
      ]),
      writeFile('Partitions', 'other', 'Cookies'),
      writeFile('accounts', 'notes', 'text'),
    ];
    const settings = createSettings([REMEMBERED]);
    const inUse = [{ credentials: CREDENTIALS, color: 1, paused: false }];
    const incomplete = { ...settings, isComplete: false };
    createStorage(incomplete).removeLeftovers(inUse);
    expect(leftovers.map(existsSync)).toEqual([true, true]);
    createStorage(settings).removeLeftovers(inUse);
    expect(leftovers.map(existsSync)).toEqual([false, false]);
    expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  });

  function createStorage(settings: Pick<SettingsStore, 'accounts' | 'isComplete'>) {
    return new AccountStorage(
      profile,
      settings,
      new FakeKeyring(),
      new SystemNotices(() => undefined),
    );
  }

  function writeFile(...path: readonly string[]): string {
    const file = join(profile, ...path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{}');
    return file;
  }
});

describe('saving a password', () => {
  function createStorage() {
    const settings = { ...createSettings([]), accounts: [] as readonly RememberedAccount[] };
    const keyring = new FakeKeyring();
    const notices = new SystemNotices(() => undefined);
    const storage = new AccountStorage('/nowhere', settings, keyring, notices);
    const getSaved = () => settings.accounts.map(({ password }) => password);
    return { storage, keyring, notices, getSaved };
  }

  test('remembers the account at once, and its password when the keyring is open', async () => {
    const { storage, keyring, notices, getSaved } = createStorage();
    storage.remember(CREDENTIALS, 1, false);
    expect(getSaved()).toEqual([undefined]);
    expect(notices.list).toEqual([{ kind: 'keyring-locked' }]);
    keyring.open();
    await vi.waitFor(() => {
      expect(getSaved()).toEqual(['encrypted open sesame']);
    });
    expect(notices.list).toEqual([]);
  });

  test('saves only the latest password, and none of a removed account', async () => {
    const { storage, keyring, notices, getSaved } = createStorage();
    storage.remember(CREDENTIALS, 1, false);
    storage.remember({ ...CREDENTIALS, password: 'new' }, 1, false);
    storage.remember({ ...PRIYA, password: 'gone', managed: false }, 2, false);
    storage.forget(accountKey(PRIYA));
    keyring.open();
    await vi.waitFor(() => {
      expect(getSaved()).toEqual(['encrypted new']);
    });
    expect(notices.list).toEqual([]);
  });
});

describe('loadInitialAccounts', () => {
  const managed = {
    RINGSIDE_SERVER: 'team.evovoice.io',
    RINGSIDE_USERNAME: 'maya',
    RINGSIDE_PASSWORD: 'ring-ring',
  };

  test('returns no accounts at the first start', async () => {
    const initial = await load(false, {}, createSettings([]));
    expect(initial).toEqual({ accounts: [], refused: null });
  });

  test('returns the remembered accounts, which read their passwords on demand', async () => {
    const { accounts } = await load(false, {}, createSettings([REMEMBERED]));
    const credentials = { ...PRIYA, password: undefined, managed: false };
    expect(accounts).toMatchObject([{ credentials, color: 2, paused: true }]);
    const { signal } = new AbortController();
    expect(await accounts[0]?.loadPassword?.(signal)).toBe('decrypted encrypted');
  });

  test('returns no password if it was not saved', async () => {
    const settings = createSettings([{ ...REMEMBERED, password: undefined }]);
    const { accounts } = await load(false, {}, settings);
    expect(accounts).toEqual([
      { credentials: { ...PRIYA, password: undefined, managed: false }, color: 2, paused: true },
    ]);
  });

  test('skips accounts on a server other than the managed one', async () => {
    const elsewhere = createSettings([REMEMBERED], { server: 'https://pbx.example' });
    expect((await load(false, {}, elsewhere)).accounts).toEqual([]);
    const there = createSettings([REMEMBERED], { server: REMEMBERED.server });
    expect((await load(false, {}, there)).accounts).toHaveLength(1);
  });

  test('returns only the account in the environment if there is one', async () => {
    const settings = createSettings([REMEMBERED]);
    const { accounts } = await load(false, managed, settings);
    const credentials = {
      server: 'https://team.evovoice.io',
      userName: 'maya',
      password: 'ring-ring',
      managed: true,
    };
    expect(accounts).toEqual([{ credentials, color: 1, paused: false }]);
  });

  test.each([managed, {}])(
    'returns no accounts if the managed server is invalid',
    async (login) => {
      const environment = { ...login, RINGSIDE_SERVER: 'http://team.evovoice.io' };
      const initial = await load(false, environment, createSettings([REMEMBERED]));
      expect(initial).toEqual({ accounts: [], refused: { kind: 'bad-address' } });
    },
  );

  test('uses the built-in server for managed credentials, never a stored one', async () => {
    const { RINGSIDE_USERNAME, RINGSIDE_PASSWORD } = managed;
    const settings = {
      ...createSettings([{ ...REMEMBERED, server: 'https://pbx.example' }]),
      get: () => ({ ...DEFAULT_SETTINGS, server: 'https://pbx.example' }),
    };
    const { accounts } = await load(false, { RINGSIDE_USERNAME, RINGSIDE_PASSWORD }, settings);
    expect(accounts).toMatchObject([{ credentials: { server: DEFAULT_SETTINGS.server } }]);
  });

  test('uses the policy’s server for managed credentials', async () => {
    const { RINGSIDE_USERNAME, RINGSIDE_PASSWORD } = managed;
    const settings = createSettings([], { server: 'https://pbx.example' });
    const { accounts } = await load(false, { RINGSIDE_USERNAME, RINGSIDE_PASSWORD }, settings);
    expect(accounts).toMatchObject([{ credentials: { server: 'https://pbx.example' } }]);
  });

  test('reports a password file that cannot be read and returns no accounts', async () => {
    const environment = { RINGSIDE_USERNAME: 'maya', RINGSIDE_PASSWORD_FILE: '/missing' };
    const initial = await load(false, environment, createSettings([REMEMBERED]));
    expect(initial).toEqual({ accounts: [], refused: null });
    expect(notices).toEqual([{ kind: 'password-file', file: '/missing', code: 'ENOENT' }]);
  });

  test('returns a fictional account in the demo', async () => {
    const settings = createSettings([REMEMBERED]);
    const { accounts } = await load(true, managed, settings);
    const credentials = accounts[0]?.credentials;
    expect(credentials).toMatchObject({ managed: true });
    expect(credentials?.server).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(credentials?.userName).not.toBe('maya');
  });
});

function load(
  isDemo: boolean,
  environment: Environment,
  settings: Pick<SettingsStore, 'accounts' | 'managed'>,
) {
  return loadInitialAccounts(isDemo, environment, settings, new FakeKeyring(), (notice) =>
    notices.push(notice),
  );
}

function createSettings(
  accounts: readonly RememberedAccount[],
  managedSettings: Partial<Settings> = {},
): Pick<SettingsStore, 'accounts' | 'isComplete' | 'managed'> {
  return { accounts, isComplete: true, managed: managedSettings };
}
