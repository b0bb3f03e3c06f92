import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings';
import type { RememberedAccount, SettingsFile } from '../../src/main/store/settings-file';

vi.mock('../../src/main/store/keyring', () => ({
  unguarded: (text: string) => (text === 'lost' ? undefined : `unguarded ${text}`),
}));

const { firstLogin } = await import('../../src/main/first-login');

const MANAGED = {
  RINGSIDE_SERVER: 'team.evovoice.io',
  RINGSIDE_USERNAME: 'maya',
  RINGSIDE_PASSWORD: 'ring-ring',
};
const REMEMBERED = { server: 'https://evovoice.io', userName: 'priya', password: 'kept' };

describe('who is signed in at the start', () => {
  test('is nobody the first time', async () => {
    const nobody = { login: undefined, refused: null };
    expect(await firstLogin(false, {}, settings())).toEqual(nobody);
  });

  test('is who was remembered, with the password that the keyring guards', async () => {
    const { login } = await firstLogin(false, {}, settings(REMEMBERED));
    expect(login).toEqual({ ...REMEMBERED, password: 'unguarded kept', managed: false });
  });

  test.each([undefined, 'lost'])(
    'is who was remembered, for whom the cookies must do: %o',
    async (password) => {
      const { login } = await firstLogin(false, {}, settings({ ...REMEMBERED, password }));
      expect(login).toEqual({ ...REMEMBERED, password: undefined, managed: false });
    },
  );

  test('is nobody where another server has been set for this computer since', async () => {
    const elsewhere = settings(REMEMBERED, { server: 'https://pbx.example' });
    expect((await firstLogin(false, {}, elsewhere)).login).toBeUndefined();
    const there = settings(REMEMBERED, { server: REMEMBERED.server });
    expect((await firstLogin(false, {}, there)).login).toMatchObject({ userName: 'priya' });
  });

  test('is whom the environment names, whoever was remembered', async () => {
    const { login } = await firstLogin(false, MANAGED, settings(REMEMBERED));
    expect(login).toEqual({
      server: 'https://team.evovoice.io',
      userName: 'maya',
      password: 'ring-ring',
      managed: true,
    });
  });

  test('is nobody where the environment names a server that must not be', async () => {
    const environment = { ...MANAGED, RINGSIDE_SERVER: 'http://team.evovoice.io' };
    expect(await firstLogin(false, environment, settings(REMEMBERED))).toEqual({
      login: undefined,
      refused: { kind: 'bad-address' },
    });
  });

  test('is somebody made up in the demo, whatever the environment says', async () => {
    const { login } = await firstLogin(true, MANAGED, settings(REMEMBERED));
    expect(login).toMatchObject({ managed: true });
    expect(login?.server).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(login?.userName).not.toBe('maya');
  });
});

function settings(account?: RememberedAccount, locked: Partial<Settings> = {}): SettingsFile {
  return {
    account,
    locked,
    settings: { ...DEFAULT_SETTINGS, ...locked },
  } as unknown as SettingsFile;
}
