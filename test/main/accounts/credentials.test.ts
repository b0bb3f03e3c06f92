import { describe, expect, test } from 'vitest';
import {
  accountKey,
  readManagedCredentials,
  readManagedServer,
} from '../../../src/main/accounts/credentials';

const DEFAULT_SERVER = 'https://evovoice.io';
const LOGIN = { RINGSIDE_USERNAME: 'maya', RINGSIDE_PASSWORD: 'ring-ring' };

describe('managed credentials', () => {
  test('come from the environment', () => {
    const environment = { ...LOGIN, RINGSIDE_SERVER: 'team.evovoice.io', PATH: '/bin' };
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toEqual({
      kind: 'credentials',
      credentials: {
        server: 'https://team.evovoice.io',
        userName: 'maya',
        password: 'ring-ring',
        managed: true,
      },
    });
  });

  test.each([{}, { RINGSIDE_SERVER: '' }])('use the default server without %o', (server) => {
    expect(readManagedCredentials({ ...LOGIN, ...server }, DEFAULT_SERVER)).toMatchObject({
      kind: 'credentials',
      credentials: { server: DEFAULT_SERVER },
    });
  });

  test.each([
    {},
    { RINGSIDE_SERVER: 'https://evovoice.io' },
    { RINGSIDE_USERNAME: 'maya' },
    { RINGSIDE_PASSWORD: 'ring-ring' },
    { RINGSIDE_USERNAME: '', RINGSIDE_PASSWORD: 'ring-ring' },
    { RINGSIDE_USERNAME: 'maya', RINGSIDE_PASSWORD: '' },
  ])('require both a username and a password: %o', (environment) => {
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toEqual({ kind: 'none' });
  });

  test.each([
    'http://evovoice.io',
    'ftp://evovoice.io',
    'https://maya:ring-ring@evovoice.io',
    'https://',
    ' ',
  ])('are refused with the server "%s"', (server) => {
    for (const login of [LOGIN, {}]) {
      const environment = { ...login, RINGSIDE_SERVER: server };
      expect(readManagedCredentials(environment, DEFAULT_SERVER)).toEqual({ kind: 'bad-address' });
      expect(readManagedServer(environment)).toBeUndefined();
    }
  });

  test.each(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])(
    'allow plain http on this computer: %s',
    (server) => {
      const environment = { ...LOGIN, RINGSIDE_SERVER: server };
      expect(readManagedCredentials(environment, DEFAULT_SERVER)).toMatchObject({
        kind: 'credentials',
        credentials: { server },
      });
      expect(readManagedServer(environment)).toBe(server);
    },
  );

  test('keep the password exactly as given', () => {
    const password = '  pass word\t"\\ ';
    const environment = { ...LOGIN, RINGSIDE_PASSWORD: password };
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toMatchObject({
      credentials: { password },
    });
  });
});

describe('the key of an account', () => {
  test('is the one that existing profiles use', () => {
    const account = { server: 'https://evovoice.io', userName: 'Jamie@Clearwater.example' };
    expect(accountKey(account)).toBe('a1f4811598d9485c');
    expect(accountKey({ ...account, userName: 'jamie@clearwater.example' })).toBe(
      accountKey(account),
    );
  });

  test('is unique', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) =>
      accountKey({ server: 'https://evovoice.io', userName: `user-${index}@clearwater.example` }),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
