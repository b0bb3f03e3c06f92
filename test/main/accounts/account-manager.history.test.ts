import { describe, expect, test } from 'vitest';
import type { SessionFields } from '../../../src/demo/api-types';
import { harness, server } from './account-manager-harness';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OTHERS: SessionFields = { endpointId: 'E-9', members: [] };

/** Adds a past missed call. */
function addMissedCall(agoMs: number, fields: SessionFields = {}): string {
  const id = server.ring();
  const date = new Date(Date.now() - agoMs).toISOString();
  server.vanish(id, { fields: { dateCreated: date, dateCompleted: date, ...fields } });
  return id;
}

function countHistoryRequests(): number {
  return server.requests.filter(({ path }) => path.includes('sortField')).length;
}

describe('AccountManager: earlier calls', () => {
  test('are loaded 25 at a time, as seen and without an alert', async () => {
    for (let days = 40; days >= 1; days -= 1) addMissedCall(days * 0.3 * DAY_MS + DAY_MS);
    const { accounts, callLog } = await harness.startLive();
    const logged = () => callLog.query({ search: '', only: 'all', offset: 0, limit: 500 });
    expect(logged().total).toBe(0);
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('loaded');
    expect(logged().total).toBe(25);
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('loaded');
    expect(logged().total).toBe(40);
    for (const { outcome, isSeen, callbackMark } of logged().entries) {
      expect([outcome.kind, isSeen, callbackMark?.kind]).toEqual(['missed', true, 'past']);
    }
    expect(harness.raised).toEqual([]);
    const paths = server.requests.map(({ path }) => path);
    expect(paths).toContain(
      '/sessions?sortField=dateCreated&sortOrder=Descend&page=0&countPerPage=25',
    );
  });

  test('are found beyond the calls of others', async () => {
    for (let count = 0; count < 60; count += 1) addMissedCall(2 * DAY_MS, OTHERS);
    const own = addMissedCall(3 * DAY_MS);
    const { accounts, callLog } = await harness.startLive();
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('loaded');
    expect(callLog.get(harness.sessionKey(own))).toBeDefined();
  });

  test('are read a few pages at a time, further back each time', async () => {
    for (let count = 0; count < 210; count += 1) addMissedCall(2 * DAY_MS, OTHERS);
    addMissedCall(3 * DAY_MS);
    const { accounts } = await harness.startLive();
    const before = countHistoryRequests();
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('none');
    expect(countHistoryRequests() - before).toBe(8);
    expect(accounts.list.views[0]?.canLoadEarlierCalls).toBe(true);
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('loaded');
    expect(countHistoryRequests() - before).toBe(9);
  });

  test('include the archive as far back as the log goes', async () => {
    const kept = addMissedCall(20 * DAY_MS);
    const tooOld = addMissedCall(100 * DAY_MS);
    const { accounts, callLog, settings } = await harness.startLive();
    settings.update({ logDays: 90 });
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('loaded');
    expect(accounts.list.views[0]?.canLoadEarlierCalls).toBe(false);
    expect(callLog.get(harness.sessionKey(kept))).toBeDefined();
    expect(callLog.get(harness.sessionKey(tooOld))).toBeUndefined();
    accounts.clearLog();
    expect(accounts.list.views[0]?.canLoadEarlierCalls).toBe(true);
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('loaded');
    expect(callLog.get(harness.sessionKey(kept))).toBeDefined();
  });

  test('end when the log is full', async () => {
    for (let count = 0; count < 130; count += 1) addMissedCall(2 * DAY_MS + count * 60_000);
    const { accounts, callLog, settings } = await harness.startLive();
    settings.update({ logEntries: 100 });
    for (let count = 0; count < 5; count += 1) {
      expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe(
        count < 4 ? 'loaded' : 'none',
      );
    }
    expect(accounts.list.views[0]?.canLoadEarlierCalls).toBe(false);
    expect(callLog.query({ search: '', only: 'all', offset: 0, limit: 1 }).total).toBe(100);
  });

  test('can be requested again after a failure but not after a refusal', async () => {
    addMissedCall(2 * DAY_MS);
    const { accounts } = await harness.startLive();
    server.fault({ path: '/sessions', times: 1, status: 503 });
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('failed');
    expect(accounts.list.views[0]?.canLoadEarlierCalls).toBe(true);
    server.setMode('history', 'refused');
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('failed');
    expect(accounts.list.views[0]).toMatchObject({
      canLoadEarlierCalls: false,
      isHistoryRefused: true,
    });
    expect(await accounts.loadEarlierCalls(harness.accountKey())).toBe('failed');
    expect(accounts.connection.kind).toBe('live');
  });

  test('fail for an unknown account and for one that is paused in the meantime', async () => {
    const { accounts } = await harness.startLive();
    expect(await accounts.loadEarlierCalls('0123456789abcdef')).toBe('failed');
    server.fault({ path: '/sessions', hang: true });
    const loading = accounts.loadEarlierCalls(harness.accountKey());
    accounts.pause(harness.accountKey());
    expect(await loading).toBe('failed');
  });
});
