import { describe, expect, test } from 'vitest';
import { readManagedSignIn } from '../../src/main/managed-sign-in';

const BY_DEFAULT = 'https://evovoice.io';
const LOGIN = { RINGSIDE_USERNAME: 'maya', RINGSIDE_PASSWORD: 'ring-ring' };

describe('a managed sign-in', () => {
  test('takes server, user name and password from the environment', () => {
    const environment = { ...LOGIN, RINGSIDE_SERVER: 'team.evovoice.io', PATH: '/bin' };
    expect(readManagedSignIn(environment, BY_DEFAULT)).toEqual({
      kind: 'sign-in',
      signIn: { server: 'https://team.evovoice.io', userName: 'maya', password: 'ring-ring' },
    });
  });

  test.each([{}, { RINGSIDE_SERVER: '' }])('without a server goes to the usual one', (server) => {
    expect(readManagedSignIn({ ...LOGIN, ...server }, BY_DEFAULT)).toMatchObject({
      kind: 'sign-in',
      signIn: { server: BY_DEFAULT },
    });
  });

  test.each([
    {},
    { RINGSIDE_SERVER: 'https://evovoice.io' },
    { RINGSIDE_USERNAME: 'maya' },
    { RINGSIDE_PASSWORD: 'ring-ring' },
    { RINGSIDE_USERNAME: '', RINGSIDE_PASSWORD: 'ring-ring' },
    { RINGSIDE_USERNAME: 'maya', RINGSIDE_PASSWORD: '' },
  ])('is none without both user name and password: %o', (environment) => {
    expect(readManagedSignIn(environment, BY_DEFAULT)).toEqual({ kind: 'none' });
  });

  test.each([
    ['http://evovoice.io', 'not-https'],
    ['ftp://evovoice.io', 'not-https'],
    ['https://maya:ring-ring@evovoice.io', 'with-password'],
    ['https://', 'no-address'],
    [' ', 'empty'],
  ])('with the server "%s" says what is wrong with it', (server, fault) => {
    for (const login of [LOGIN, {}]) {
      const environment = { ...login, RINGSIDE_SERVER: server };
      expect(readManagedSignIn(environment, BY_DEFAULT)).toEqual({ kind: 'bad-address', fault });
    }
  });

  test.each(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])(
    'may go without encryption to this very machine: %s',
    (server) => {
      expect(readManagedSignIn({ ...LOGIN, RINGSIDE_SERVER: server }, BY_DEFAULT)).toMatchObject({
        kind: 'sign-in',
        signIn: { server },
      });
    },
  );

  test('keeps a password exactly as it is given', () => {
    const password = '  pass word\t"\\ ';
    expect(readManagedSignIn({ ...LOGIN, RINGSIDE_PASSWORD: password }, BY_DEFAULT)).toMatchObject({
      signIn: { password },
    });
  });
});
