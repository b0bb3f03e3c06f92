import { beforeEach, expect, test, vi } from 'vitest';
import { accountKey, type Login } from '../../src/main/login';

type Asked = (contents: unknown, permission: string, answer: (given: boolean) => void) => void;

/** The cookie jars that were made, by name. */
const jars = vi.hoisted(() => new Map<string, { ask?: unknown }>());

vi.mock('electron', () => ({
  session: {
    fromPartition: (name: string) => {
      const jar: { ask?: unknown } = {};
      jars.set(name, jar);
      return {
        setPermissionRequestHandler: (ask: unknown) => {
          jar.ask = ask;
        },
      };
    },
  },
}));

const { jarOf } = await import('../../src/main/jars');

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
