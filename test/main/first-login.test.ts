import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings';
import type { RememberedAccount, SettingsFile } from '../../src/main/store/settings-file';

vi.mock('../../src/main/store/keyring', () => ({
  unguarded: (text: string) => (text === 'lost' ? undefined : `unguarded ${text}`),
}));

const { firstLogins } = await import('../../src/main/first-login');

const MANAGED = {
  RINGSIDE_SERVER: 'team.evovoice.io',
  RINGSIDE_USERNAME: 'maya',
  RINGSIDE_PASSWORD: 'ring-ring',
};
const PRIYA = { server: 'https://evovoice.io', userName: 'priya' };
const REMEMBERED = { ...PRIYA, password: 'kept', colour: 2, paused: true };

describe('who is signed in at the start', () => {
  test('is nobody the first time', async () => {
    const nobody = { accounts: [], refused: null };
    expect(await firstLogins(false, {}, settings([]))).toEqual(nobody);
  });

  test('is who was remembered, each with the password that the keyring guards', async () => {
    const { accounts } = await firstLogins(false, {}, settings([REMEMBERED]));
    const login = { ...PRIYA, password: 'unguarded kept', managed: false };
    expect(accounts).toEqual([{ login, colour: 2, paused: true }]);
  });

  test.each([undefined, 'lost'])(
    'is who was remembered, for whom the cookies must do: %o',
    async (password) => {
      const { accounts } = await firstLogins(false, {}, settings([{ ...REMEMBERED, password }]));
      const login = { ...PRIYA, password: undefined, managed: false };
      expect(accounts).toMatchObject([{ login }]);
    },
  );

  test('is nobody where another server has been set for this computer since', async () => {
    const elsewhere = settings([REMEMBERED], { server: 'https://pbx.example' });
    expect((await firstLogins(false, {}, elsewhere)).accounts).toEqual([]);
    const there = settings([REMEMBERED], { server: REMEMBERED.server });
    const { accounts } = await firstLogins(false, {}, there);
    expect(accounts).toMatchObject([{ login: { userName: 'priya' } }]);
  });

  test('is whom the environment names, whoever was remembered', async () => {
    const { accounts } = await firstLogins(false, MANAGED, settings([REMEMBERED]));
    const login = {
      server: 'https://team.evovoice.io',
      userName: 'maya',
      password: 'ring-ring',
      managed: true,
    };
    expect(accounts).toEqual([{ login, colour: 1, paused: false }]);
  });

  test.each([MANAGED, {}])('is nobody where a server is named that must not be', async (login) => {
    const environment = { ...login, RINGSIDE_SERVER: 'http://team.evovoice.io' };
    expect(await firstLogins(false, environment, settings([REMEMBERED]))).toEqual({
      accounts: [],
      refused: { kind: 'bad-address' },
    });
  });

  test('is somebody made up in the demo, whatever the environment says', async () => {
    const { accounts } = await firstLogins(true, MANAGED, settings([REMEMBERED]));
    const login = accounts[0]?.login;
    expect(login).toMatchObject({ managed: true });
    expect(login?.server).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(login?.userName).not.toBe('maya');
  });
});

function settings(
  accounts: readonly RememberedAccount[],
  locked: Partial<Settings> = {},
): SettingsFile {
  return {
    accounts,
    locked,
    settings: { ...DEFAULT_SETTINGS, ...locked },
  } as unknown as SettingsFile;
}
