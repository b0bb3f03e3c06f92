import { describe, expect, test } from 'vitest';
import {
  findSessionAccount,
  ACCOUNT_COLOR_COUNT,
  getAccountLabel,
  pickAccountColor,
  findWorstAccount,
} from '../../src/shared/accounts';
import type { AccountView, ConnectionStatus } from '../../src/shared/state';

const FAULT = { kind: 'refused', code: 'ECONNREFUSED' } as const;
const LIVE: ConnectionStatus = { kind: 'live', lastResponseAt: 1 };
const OFFLINE: ConnectionStatus = {
  kind: 'offline',
  lastResponseAt: 1,
  since: 1,
  retryAt: 1,
  error: FAULT,
};
const FORBIDDEN: ConnectionStatus = { kind: 'forbidden', role: 'User', retryAt: 1 };
const SIGNED_OUT: ConnectionStatus = { kind: 'signed-out', error: { kind: 'expired' } };
const PAUSED: ConnectionStatus = { kind: 'paused' };
const STARTING: ConnectionStatus = { kind: 'starting' };

describe('the connection to tell of', () => {
  test.each<[ConnectionStatus['kind'], readonly ConnectionStatus[]]>([
    ['signed-out', [LIVE, OFFLINE, FORBIDDEN, SIGNED_OUT]],
    ['forbidden', [OFFLINE, FORBIDDEN, LIVE]],
    ['offline', [LIVE, OFFLINE, STARTING]],
    ['live', [STARTING, PAUSED, LIVE]],
    ['starting', [PAUSED, STARTING]],
    ['paused', [PAUSED, PAUSED]],
  ])('is %s, the worst of them', (kind, connections) => {
    expect(
      findWorstAccount(connections.map((connection) => ({ connection })))?.connection.kind,
    ).toBe(kind);
  });

  test('is the first of several equal ones, and undefined without accounts', () => {
    const [first, second] = [{ connection: OFFLINE }, { connection: { ...OFFLINE } }];
    expect(findWorstAccount([{ connection: LIVE }, first, second])).toBe(first);
    const noAccounts: readonly { connection: ConnectionStatus }[] = [];
    expect(findWorstAccount(noAccounts)).toBeUndefined();
  });
});

describe('the name of an account', () => {
  const here = { server: 'https://evovoice.io', userName: 'maya' };

  test('is the user name as long as that tells them apart', () => {
    expect(getAccountLabel(here, [here, { ...here, userName: 'priya' }])).toBe('maya');
  });

  test('names the server if another account has the same name', () => {
    const there = { ...here, server: 'https://team.example:8443' };
    expect(getAccountLabel(here, [here, there])).toBe('maya · evovoice.io');
    expect(getAccountLabel(there, [here, there])).toBe('maya · team.example:8443');
  });
});

describe('the color of the next account', () => {
  test('is the first that is free', () => {
    expect(pickAccountColor([])).toBe(1);
    expect(pickAccountColor([1, 3])).toBe(2);
  });

  test('is one that there is, however many accounts have one', () => {
    const taken: number[] = [];
    for (let count = 0; count < 3 * ACCOUNT_COLOR_COUNT; count += 1)
      taken.push(pickAccountColor(taken));
    expect(taken.slice(0, ACCOUNT_COLOR_COUNT)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(taken.every((color) => color >= 1 && color <= ACCOUNT_COLOR_COUNT)).toBe(true);
  });
});

describe('the account of a session', () => {
  const accounts = ['0123456789abcdef', 'fedcba9876543210'].map((key): AccountView => {
    const who = { server: 'https://evovoice.io', userName: key, label: key, name: undefined };
    return {
      ...who,
      key,
      color: 1,
      connection: LIVE,
      roles: [],
      isManaged: false,
      isHistoryRefused: false,
      isCatchingUp: false,
    };
  });

  test('is the one that its key names', () => {
    expect(findSessionAccount('fedcba9876543210/S-1', accounts)).toBe(accounts[1]);
    expect(findSessionAccount('ffffffffffffffff/S-1', accounts)).toBeUndefined();
  });

  test('is the first one for an id alone', () => {
    expect(findSessionAccount('S-1', accounts)).toBe(accounts[0]);
    expect(findSessionAccount('S-1', [])).toBeUndefined();
  });
});
