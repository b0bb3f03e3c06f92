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

describe('findWorstAccount', () => {
  test.each<[ConnectionStatus['kind'], readonly ConnectionStatus[]]>([
    ['signed-out', [LIVE, OFFLINE, FORBIDDEN, SIGNED_OUT]],
    ['forbidden', [OFFLINE, FORBIDDEN, LIVE]],
    ['offline', [LIVE, OFFLINE, STARTING]],
    ['live', [STARTING, PAUSED, LIVE]],
    ['starting', [PAUSED, STARTING]],
    ['paused', [PAUSED, PAUSED]],
  ])('returns the account that is %s', (kind, connections) => {
    expect(
      findWorstAccount(connections.map((connection) => ({ connection })))?.connection.kind,
    ).toBe(kind);
  });

  test('returns the first of equal accounts and undefined without accounts', () => {
    const [first, second] = [{ connection: OFFLINE }, { connection: { ...OFFLINE } }];
    expect(findWorstAccount([{ connection: LIVE }, first, second])).toBe(first);
    const noAccounts: readonly { connection: ConnectionStatus }[] = [];
    expect(findWorstAccount(noAccounts)).toBeUndefined();
  });
});

describe('getAccountLabel', () => {
  const account = { server: 'https://evovoice.io', userName: 'maya' };

  test('returns the username if it is unique', () => {
    expect(getAccountLabel(account, [account, { ...account, userName: 'priya' }])).toBe('maya');
  });

  test('adds the server if another account has the same username', () => {
    const sameName = { ...account, server: 'https://team.example:8443' };
    expect(getAccountLabel(account, [account, sameName])).toBe('maya · evovoice.io');
    expect(getAccountLabel(sameName, [account, sameName])).toBe('maya · team.example:8443');
  });
});

describe('pickAccountColor', () => {
  test('returns the first unused color', () => {
    expect(pickAccountColor([])).toBe(1);
    expect(pickAccountColor([1, 3])).toBe(2);
  });

  test('returns a valid color for any number of accounts', () => {
    const used: number[] = [];
    for (let count = 0; count < 3 * ACCOUNT_COLOR_COUNT; count += 1)
      used.push(pickAccountColor(used));
    expect(used.slice(0, ACCOUNT_COLOR_COUNT)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(used.every((color) => color >= 1 && color <= ACCOUNT_COLOR_COUNT)).toBe(true);
  });
});

describe('findSessionAccount', () => {
  const accounts = ['0123456789abcdef', 'fedcba9876543210'].map((key): AccountView => {
    const identity = { server: 'https://evovoice.io', userName: key, label: key, name: undefined };
    return {
      ...identity,
      key,
      color: 1,
      connection: LIVE,
      roles: [],
      isManaged: false,
      isHistoryRefused: false,
      isVoicemailRefused: false,
      areContactsRefused: false,
      areChatsRefused: false,
      isCatchingUp: false,
      canLoadEarlierCalls: false,
    };
  });

  test('returns the account in the session key', () => {
    expect(findSessionAccount('fedcba9876543210/S-1', accounts)).toBe(accounts[1]);
    expect(findSessionAccount('ffffffffffffffff/S-1', accounts)).toBeUndefined();
  });

  test('returns the first account for a plain id', () => {
    expect(findSessionAccount('S-1', accounts)).toBe(accounts[0]);
    expect(findSessionAccount('S-1', [])).toBeUndefined();
  });
});
