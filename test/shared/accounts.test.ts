import { describe, expect, test } from 'vitest';
import { accountOf, COLOURS, labelOf, nextColour, worstOf } from '../../src/shared/accounts';
import type { Account, Connection } from '../../src/shared/state';

const FAULT = { kind: 'refused', code: 'ECONNREFUSED' } as const;
const LIVE: Connection = { kind: 'live', answeredAt: 1 };
const OFFLINE: Connection = { kind: 'offline', answeredAt: 1, since: 1, retryAt: 1, fault: FAULT };
const FORBIDDEN: Connection = { kind: 'forbidden', role: 'User', retryAt: 1 };
const SIGNED_OUT: Connection = { kind: 'signed-out', refused: { kind: 'expired' } };
const PAUSED: Connection = { kind: 'paused' };
const STARTING: Connection = { kind: 'starting' };

describe('the connection to tell of', () => {
  test.each<[Connection['kind'], readonly Connection[]]>([
    ['signed-out', [LIVE, OFFLINE, FORBIDDEN, SIGNED_OUT]],
    ['forbidden', [OFFLINE, FORBIDDEN, LIVE]],
    ['offline', [LIVE, OFFLINE, STARTING]],
    ['live', [STARTING, PAUSED, LIVE]],
    ['starting', [PAUSED, STARTING]],
    ['paused', [PAUSED, PAUSED]],
  ])('is %s, the worst of them', (kind, connections) => {
    expect(worstOf(connections.map((connection) => ({ connection })))?.connection.kind).toBe(kind);
  });

  test('is that of the first of those that are alike, and of nobody where there is nobody', () => {
    const [first, second] = [{ connection: OFFLINE }, { connection: { ...OFFLINE } }];
    expect(worstOf([{ connection: LIVE }, first, second])).toBe(first);
    const nobody: readonly { connection: Connection }[] = [];
    expect(worstOf(nobody)).toBeUndefined();
  });
});

describe('the name of an account', () => {
  const here = { server: 'https://evovoice.io', userName: 'maya' };

  test('is the user name as long as that tells them apart', () => {
    expect(labelOf(here, [here, { ...here, userName: 'priya' }])).toBe('maya');
  });

  test('says on which server where somebody is called so on another one', () => {
    const there = { ...here, server: 'https://team.example:8443' };
    expect(labelOf(here, [here, there])).toBe('maya · evovoice.io');
    expect(labelOf(there, [here, there])).toBe('maya · team.example:8443');
  });
});

describe('the colour of the next account', () => {
  test('is the first that is free', () => {
    expect(nextColour([])).toBe(1);
    expect(nextColour([1, 3])).toBe(2);
  });

  test('is one that there is, however many accounts have one', () => {
    const taken: number[] = [];
    for (let count = 0; count < 3 * COLOURS; count += 1) taken.push(nextColour(taken));
    expect(taken.slice(0, COLOURS)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(taken.every((colour) => colour >= 1 && colour <= COLOURS)).toBe(true);
  });
});

describe('the account of a session', () => {
  const accounts = ['0123456789abcdef', 'fedcba9876543210'].map((key): Account => {
    const who = { server: 'https://evovoice.io', userName: key, label: key, name: undefined };
    return { ...who, key, colour: 1, connection: LIVE, roles: [], managed: false };
  });

  test('is the one that its key names', () => {
    expect(accountOf('fedcba9876543210/S-1', accounts)).toBe(accounts[1]);
    expect(accountOf('ffffffffffffffff/S-1', accounts)).toBeUndefined();
  });

  test('is the first one for an id alone', () => {
    expect(accountOf('S-1', accounts)).toBe(accounts[0]);
    expect(accountOf('S-1', [])).toBeUndefined();
  });
});
