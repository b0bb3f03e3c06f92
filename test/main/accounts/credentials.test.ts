import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  accountKey,
  readManagedCredentials,
  readManagedServer,
  takeEnvironment,
} from '../../../src/main/accounts/credentials';

const DEFAULT_SERVER = 'https://evovoice.io';
const LOGIN = { RINGSIDE_USERNAME: 'maya', RINGSIDE_PASSWORD: 'ring-ring' };

describe('readManagedCredentials', () => {
  test('reads the environment', () => {
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

  test.each([{}, { RINGSIDE_SERVER: '' }])('uses the default server with %o', (server) => {
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
  ])('requires both a username and a password: %o', (environment) => {
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toEqual({ kind: 'none' });
  });

  test.each([
    'http://evovoice.io',
    'ftp://evovoice.io',
    'https://maya:ring-ring@evovoice.io',
    'https://',
    ' ',
  ])('rejects the server "%s"', (server) => {
    for (const login of [LOGIN, {}]) {
      const environment = { ...login, RINGSIDE_SERVER: server };
      expect(readManagedCredentials(environment, DEFAULT_SERVER)).toEqual({ kind: 'bad-address' });
      expect(readManagedServer(environment)).toBeUndefined();
    }
  });

  test.each(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])(
    'allows plain http on this computer: %s',
    (server) => {
      const environment = { ...LOGIN, RINGSIDE_SERVER: server };
      expect(readManagedCredentials(environment, DEFAULT_SERVER)).toMatchObject({
        kind: 'credentials',
        credentials: { server },
      });
      expect(readManagedServer(environment)).toBe(server);
    },
  );

  test('keeps the password exactly as given', () => {
    const password = '  pass word\t"\\ ';
    const environment = { ...LOGIN, RINGSIDE_PASSWORD: password };
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toMatchObject({
      credentials: { password },
    });
  });
});

describe('readManagedCredentials, with a password file,', () => {
  const USER = { RINGSIDE_USERNAME: 'maya' };

  test.each([
    ['ring-ring', 'ring-ring'],
    ['ring-ring\n', 'ring-ring'],
    ['\uFEFF  ring ring \r\nanything else\n', '  ring ring '],
  ])('uses the first line of %j', (text, password) => {
    const environment = { ...USER, RINGSIDE_PASSWORD_FILE: writePasswordFile(text) };
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toMatchObject({
      kind: 'credentials',
      credentials: { password },
    });
  });

  test('ignores the file if the environment has the password', () => {
    const environment = { ...LOGIN, RINGSIDE_PASSWORD_FILE: '/missing' };
    expect(readManagedCredentials(environment, DEFAULT_SERVER)).toMatchObject({
      credentials: { password: 'ring-ring' },
    });
  });

  test('reports a file that is missing, empty, too large, or not a file', () => {
    const folder = createFolder();
    const codes = [
      join(folder, 'missing'),
      writePasswordFile('\nring-ring'),
      writePasswordFile('x'.repeat(10_001)),
      folder,
    ].map((file) => {
      const read = readManagedCredentials(
        { ...USER, RINGSIDE_PASSWORD_FILE: file },
        DEFAULT_SERVER,
      );
      expect(read).toMatchObject({ kind: 'bad-password-file', file });
      return 'code' in read ? read.code : undefined;
    });
    expect(codes).toEqual(['ENOENT', 'ENODATA', 'EINVAL', 'EINVAL']);
  });

  test.skipIf(process.platform === 'win32')('does not block on a named pipe', () => {
    const pipe = join(createFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(
      readManagedCredentials({ ...USER, RINGSIDE_PASSWORD_FILE: pipe }, DEFAULT_SERVER),
    ).toMatchObject({ kind: 'bad-password-file' });
  });

  function createFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'ringside-password-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    return folder;
  }

  function writePasswordFile(text: string): string {
    const file = join(createFolder(), 'password');
    writeFileSync(file, text);
    return file;
  }
});

test('takeEnvironment removes the password from the environment of child processes', () => {
  const environment: Record<string, string | undefined> = { ...LOGIN, PATH: '/bin' };
  expect(takeEnvironment(environment)).toEqual({ ...LOGIN, PATH: '/bin' });
  expect(environment).toEqual({ RINGSIDE_USERNAME: 'maya', PATH: '/bin' });
});

describe('accountKey', () => {
  test('returns the key that existing profiles use', () => {
    const account = { server: 'https://evovoice.io', userName: 'Jamie@Clearwater.example' };
    expect(accountKey(account)).toBe('a1f4811598d9485c');
    expect(accountKey({ ...account, userName: 'jamie@clearwater.example' })).toBe(
      accountKey(account),
    );
  });

  test('returns a unique key for every account', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) =>
      accountKey({ server: 'https://evovoice.io', userName: `user-${index}@clearwater.example` }),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
