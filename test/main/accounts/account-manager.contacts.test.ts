import { describe, expect, test, vi } from 'vitest';
import { harness, server } from './account-manager-harness';

const UNNAMED = { fromName: null, displayName: null, fromAddress: '+12025550104', members: [] };
const CONTACTS = [
  { displayName: 'Riverside Couriers', address: 'tel:+1-202-555-0104', type: 'Contact' },
  { displayName: 'Not Grace', address: '+12025550147', type: 'Contact' },
];

function countRequests(path = '/app/contacts'): number {
  return server.requests.filter((request) => request.path === path).length;
}

/** The names that the latest alerts show, by session. */
function getShownNames(): readonly (string | undefined)[] {
  const names = new Map<string, string | undefined>();
  for (const effect of harness.effects) {
    if (effect.kind === 'log' || effect.alert.kind !== 'ringing') continue;
    names.set(effect.alert.summary.id, effect.alert.summary.party.name);
  }
  return [...names.values()];
}

async function startWithContacts(contacts: unknown = CONTACTS) {
  server.setContacts(contacts);
  const started = await harness.startLive();
  await vi.waitFor(() => {
    expect(countRequests()).toBe(1);
  });
  await harness.waitForIdle();
  return started;
}

describe('AccountManager: contacts', () => {
  test('name callers that the server does not name, in alerts, the tray, and the log', async () => {
    const { accounts, callLog } = await startWithContacts();
    const id = server.ring(UNNAMED);
    server.ring({ fromName: 'Grace Hopper', fromAddress: '+12025550147' });
    await harness.waitForPoll();
    expect(getShownNames()).toEqual(['Riverside Couriers', 'Grace Hopper']);
    const status = accounts.trayStatus;
    expect(status.kind === 'ringing' && status.ringing[0].party).toMatchObject({
      name: 'Riverside Couriers',
      isNameFromContacts: true,
    });
    const entry = callLog.get(harness.sessionKey(id));
    expect(entry?.summary.party.name).toBeUndefined();
    expect(entry && accounts.list.nameCaller(entry.summary).party.name).toBe('Riverside Couriers');
    const search = { search: 'couriers', only: 'all', offset: 0, limit: 10 } as const;
    expect(callLog.query(search).total).toBe(0);
    const name = accounts.list.nameCaller.bind(accounts.list);
    expect(callLog.query(search, false, name).total).toBe(1);
  });

  test('that arrive while a call rings update its alert without another one', async () => {
    server.fault({ path: '/app/contacts', times: 1, delayMs: 300 });
    server.setContacts(CONTACTS);
    server.ring(UNNAMED);
    harness.start(harness.credentials());
    await vi.waitFor(() => {
      expect(getShownNames()).toEqual([undefined]);
    });
    await vi.waitFor(() => {
      expect(getShownNames()).toEqual(['Riverside Couriers']);
    });
    expect(harness.raised).toHaveLength(1);
  });

  test('are asked for once and never hold up a poll or an alert', async () => {
    server.fault({ path: '/app/contacts', hang: true });
    await startWithContacts();
    server.ring(UNNAMED);
    await harness.waitForPoll();
    await harness.waitForPoll();
    expect(harness.raised).toHaveLength(1);
    expect(countRequests()).toBe(1);
  });

  test.each(['refused', 'missing'] as const)(
    'are asked for once per sign-in if %s, and everything else works',
    async (mode) => {
      server.setMode('contacts', mode);
      const { accounts } = await startWithContacts();
      expect(accounts.list.views[0]?.areContactsRefused).toBe(true);
      server.ring(UNNAMED);
      await harness.waitForPoll();
      expect(harness.raised).toHaveLength(1);
      expect(countRequests()).toBe(1);
      server.setMode('contacts', 'ok');
      server.revoke();
      await harness.waitForPoll();
      await vi.waitFor(() => {
        expect(getShownNames()).toEqual(['Riverside Couriers']);
      });
      expect(accounts.list.views[0]?.areContactsRefused).toBe(false);
    },
  );

  test('are neither requested nor used while turned off', async () => {
    server.setContacts(CONTACTS);
    harness.managed = { contacts: false };
    const { accounts } = await harness.startLive();
    server.ring(UNNAMED);
    await harness.waitForPoll();
    expect(countRequests()).toBe(0);
    expect(getShownNames()).toEqual([undefined]);
    expect(accounts.list.searchContacts('riverside')).toEqual([]);
  });

  test('disappear from alerts as soon as they are turned off', async () => {
    const { settings, accounts } = await startWithContacts();
    server.ring(UNNAMED);
    await harness.waitForPoll();
    expect(getShownNames()).toEqual(['Riverside Couriers']);
    settings.update({ contacts: false });
    expect(getShownNames()).toEqual([undefined]);
    settings.update({ contacts: true });
    accounts.pollNow();
    await vi.waitFor(() => {
      expect(getShownNames()).toEqual(['Riverside Couriers']);
    });
  });

  test('are found by a search, with the account they belong to', async () => {
    const { accounts } = await startWithContacts();
    expect(accounts.list.searchContacts('river')).toMatchObject([
      { accountKey: harness.accountKey(), accountLabel: undefined },
    ]);
    expect(accounts.list.searchContacts('555-0104')).toHaveLength(1);
    accounts.pause(harness.accountKey());
    expect(accounts.list.searchContacts('river')).toHaveLength(1);
    await accounts.remove(harness.accountKey(), false);
    expect(accounts.list.searchContacts('river')).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a huge list', Array.from({ length: 12_000 }, (_, index) => ({ displayName: `C${index}` }))],
    ['markup and control characters', [{ displayName: '<b>\u202e\u0007</b>', address: '1\n2' }]],
    ['other shapes', [null, 1, 'x', {}, { displayName: [], address: {} }]],
    ['no list', 'contacts'],
  ])('from a hostile server (%s) do no harm', async (_, contacts) => {
    const { accounts } = await startWithContacts(contacts);
    server.ring(UNNAMED);
    await harness.waitForPoll();
    expect(accounts.connection.kind).toBe('live');
    expect(getShownNames()).toEqual([undefined]);
  });
});
