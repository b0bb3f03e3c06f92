import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { accountKey, type Login } from '../../src/main/login';

type Asked = (contents: unknown, permission: string, answer: (given: boolean) => void) => void;

/** The cookie jars that were made, by name. */
const jars = vi.hoisted(() => new Map<string, { ask?: unknown; cleared?: boolean }>());

vi.mock('electron', () => ({
  session: {
    fromPartition: (name: string) => {
      const jar: { ask?: unknown; cleared?: boolean } = {};
      jars.set(name, jar);
      return {
        setPermissionRequestHandler: (ask: unknown) => {
          jar.ask = ask;
        },
        clearStorageData: () => {
          jar.cleared = true;
          return Promise.resolve();
        },
      };
    },
  },
}));

const { forgetAccount, jarOf, watchPath } = await import('../../src/main/jars');

const LOGIN: Login = {
  server: 'https://evovoice.io',
  userName: 'maya',
  password: 'open sesame',
  managed: false,
};

beforeEach(() => {
  jars.clear();
});

test('each account has a cookie jar of its own, whose name tells nothing of it', () => {
  for (const userName of ['maya', 'ada']) jarOf({ ...LOGIN, userName });
  jarOf({ ...LOGIN, server: 'https://pbx.example' });
  expect(jars.size).toBe(3);
  for (const name of jars.keys()) expect(name).toMatch(/^persist:account-[0-9a-f]{16}$/);
  expect(accountKey({ ...LOGIN, userName: 'Maya' })).toBe(accountKey(LOGIN));
});

test('the cookies of an account that others manage are in memory only', () => {
  jarOf({ ...LOGIN, managed: true });
  expect([...jars.keys()][0]).not.toMatch(/^persist:/);
});

test('nothing that turns up in a jar is given any permission', () => {
  jarOf(LOGIN);
  const ask = [...jars.values()][0]?.ask as Asked | undefined;
  const answers: boolean[] = [];
  for (const permission of ['media', 'notifications', 'openExternal']) {
    ask?.({}, permission, (given) => answers.push(given));
  }
  expect(answers).toEqual([false, false, false]);
});

test.each([
  ['loses its cookies; what was told of it is kept', false],
  ['loses what was told of it too, on request', true],
])('an account that is forgotten %s', async (_, everything) => {
  const profile = mkdtempSync(join(tmpdir(), 'ringside-jars-'));
  onTestFinished(() => {
    rmSync(profile, { recursive: true });
  });
  const other = { ...LOGIN, userName: 'ada' };
  for (const login of [LOGIN, other]) {
    mkdirSync(dirname(watchPath(profile, login)), { recursive: true });
    writeFileSync(watchPath(profile, login), '{}');
  }
  await forgetAccount(profile, LOGIN, everything);
  expect([...jars.values()].map(({ cleared }) => cleared)).toEqual([true]);
  expect(existsSync(watchPath(profile, LOGIN))).toBe(!everything);
  expect(existsSync(watchPath(profile, other))).toBe(true);
});
