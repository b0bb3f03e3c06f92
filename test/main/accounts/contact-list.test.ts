import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import type { Account } from '../../../src/main/accounts/account';
import { ApiClient } from '../../../src/main/accounts/api-client';
import { ContactList } from '../../../src/main/accounts/contact-list';
import type { HttpResult } from '../../../src/main/accounts/http-client';
import { FakeServer, fault, json, status } from './fake-server';

const HOUR_MS = 3_600_000;
const GRACE = json({ contacts: [{ displayName: 'Grace Hopper', address: '+12025550147' }] });
const getNumberKey = createNumberKeys('US');

let nowMs: number;

beforeEach(() => {
  nowMs = 1_000;
  // Takes the jitter out of the interval.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});

describe('the contacts of an account', () => {
  test('are requested after the first poll, and again every 4 hours', async () => {
    const { list, server, events, findName } = createList();
    expect(findName()).toBeUndefined();
    await list.update();
    expect(findName()).toBe('Grace Hopper');
    expect(events).toEqual(['names']);
    nowMs += 4 * HOUR_MS - 1;
    await list.update();
    expect(server.contactRequests).toBe(1);
    nowMs += 1;
    await list.update();
    expect(server.contactRequests).toBe(2);
  });

  test('are never requested twice at the same time', async () => {
    const { list, server } = createList();
    await Promise.all([list.update(), list.update()]);
    expect(server.contactRequests).toBe(1);
  });

  test('are requested only while the account is connected', async () => {
    const { list, server, account } = createList();
    account.connection = { kind: 'forbidden', role: 'User', retryAt: 0 };
    await list.update();
    account.connection = { kind: 'live', lastResponseAt: 0 };
    account.isRunning = false;
    await list.update();
    expect(server.contactRequests).toBe(0);
  });

  test.each<[string, HttpResult]>([
    ['refuses them', status(403)],
    ['does not have them', status(404)],
    ['sends no list', json({ contacts: 'none' })],
    ['sends too much', fault('too-large', '8388608 bytes')],
  ])('are requested once per sign-in if the server %s', async (_, result) => {
    const { list, server, events } = createList(result);
    await list.update();
    expect(list.isRefused).toBe(true);
    expect(events).toEqual(['change']);
    nowMs += 24 * HOUR_MS;
    await list.update();
    expect(server.contactRequests).toBe(1);
    server.contacts = GRACE;
    list.retry();
    await list.update();
    expect(list.isRefused).toBe(false);
    expect(list.contacts).toHaveLength(1);
  });

  test('stay known while the server fails, and are requested again later', async () => {
    const { list, server, findName } = createList();
    await list.update();
    server.contacts = status(503, { 'retry-after': '900' });
    nowMs += 4 * HOUR_MS;
    await list.update();
    expect(findName()).toBe('Grace Hopper');
    expect(list.isRefused).toBe(false);
    nowMs += 899_000;
    await list.update();
    expect(server.contactRequests).toBe(2);
    nowMs += 1_000;
    await list.update();
    expect(server.contactRequests).toBe(3);
  });

  test('are requested after 4 hours although the server asks to wait for years', async () => {
    const { list, server } = createList(status(503, { 'retry-after': '999999999' }));
    await list.update();
    nowMs += 4 * HOUR_MS;
    await list.update();
    expect(server.contactRequests).toBe(2);
  });

  test('are forgotten when the user turns them off, and requested again when turned on', async () => {
    const { list, server, settings, findName } = createList();
    await list.update();
    settings.contacts = false;
    await list.update();
    expect(findName()).toBeUndefined();
    expect(server.contactRequests).toBe(1);
    settings.contacts = true;
    await list.update();
    expect(findName()).toBe('Grace Hopper');
  });

  test('are dropped if the user turned them off before they arrived', async () => {
    const { list, settings, findName } = createList();
    const updated = list.update();
    settings.contacts = false;
    await updated;
    expect(findName()).toBeUndefined();
  });

  test('keep their index until they change', async () => {
    const { list } = createList();
    await list.update();
    const index = list.getIndex(getNumberKey);
    expect(list.getIndex(getNumberKey)).toBe(index);
    expect(list.getIndex(createNumberKeys('DE'))).not.toBe(index);
  });
});

function createList(contacts: HttpResult = GRACE) {
  const server = new FakeServer();
  server.contacts = contacts;
  const events: string[] = [];
  const account = {
    connection: { kind: 'live', lastResponseAt: 0 } as Account['connection'],
    isRunning: true,
    emit: (event: string) => events.push(event) > 0,
  };
  const settings = { ...DEFAULT_SETTINGS };
  const client = new ApiClient(server.http, {
    origin: 'https://evovoice.io',
    userAgent: 'Ringside/1.2.3',
    signal: new AbortController().signal,
  });
  const list = new ContactList(account, client, { get: () => settings });
  const findName = () => list.getIndex(getNumberKey).findName('(202) 555-0147');
  return { list, server, account, settings, events, findName };
}
