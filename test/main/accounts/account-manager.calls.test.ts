import { describe, expect, test } from 'vitest';
import { server, harness } from './account-manager-harness';

describe('AccountManager: active calls', () => {
  test('are listed in the server’s order', async () => {
    const ids = [server.ring(), server.ring()];
    const { accounts } = await harness.startLive();
    expect(accounts.list.sessionKeys).toEqual(ids.map((id) => harness.sessionKey(id)));
    server.answer(ids[0] ?? '');
    await harness.waitForPoll();
    const [first = '', second = ''] = accounts.list.sessionKeys;
    expect(accounts.list.getCall(first)).toMatchObject({ phase: 'connected' });
    expect(accounts.list.getCall(second)).toMatchObject({ phase: 'ringing' });
    expect(accounts.list.getSession('unknown')).toBeUndefined();
  });

  test('set the tray status: ringing first, then active, then missed', async () => {
    const id = server.ring({ fromName: 'Grace Hopper' });
    const { accounts, callLog } = await harness.startLive();
    expect(accounts.trayStatus).toMatchObject({
      kind: 'ringing',
      ringing: [{ party: { name: 'Grace Hopper' } }],
    });
    server.answer(id);
    await harness.waitForPoll();
    expect(accounts.trayStatus).toMatchObject({ kind: 'active', activeCount: 1 });
    server.vanish(id);
    server.miss(server.ring());
    await harness.waitForPoll();
    server.clear();
    await harness.waitForPoll();
    expect(accounts.trayStatus).toMatchObject({ kind: 'missed', missedCount: 1 });
    const [key = ''] = callLog.callbacks.items.map(({ entries }) => entries[0].summary.id);
    accounts.markCallbacks([key], true);
    expect(accounts.trayStatus).toMatchObject({ kind: 'idle', missedCount: 0 });
  });

  test('stay in the log with their members, the server’s notes, and the dialed number', async () => {
    const { callLog } = await harness.startLive();
    const id = server.ring({ toAddress: '+12025550100' });
    await harness.waitForPoll();
    server.answer(id, { by: 'Maya Kent' });
    await harness.waitForPoll();
    server.vanish(id);
    await harness.waitForPoll();
    const record = callLog.get(harness.sessionKey(id))?.record;
    expect(record?.members.map(({ name }) => name)).toContain('Maya Kent');
    expect(record?.events.length).toBeGreaterThan(1);
    expect(record?.calledNumber).toBe('+12025550100');
    const search = { search: 'maya kent', only: 'all', offset: 0, limit: 10 } as const;
    expect(callLog.query(search).total).toBe(1);
  });

  test('withdraw the missed call alert once seen', async () => {
    const { accounts } = await harness.startLive();
    const id = server.ring();
    await harness.waitForPoll();
    server.miss(id, { listedSeconds: 600 });
    await harness.waitForPoll();
    expect(harness.open).toEqual([`missed: ${harness.sessionKey(id)}`]);
    accounts.markSeen([harness.sessionKey(id)]);
    expect(harness.open).toEqual([]);
  });

  test('are removed from the digest once they are seen', async () => {
    const { accounts, settings } = await harness.startLive();
    settings.setDoNotDisturb('until-turned-off');
    const [one, other] = [server.ring(), server.ring()];
    await harness.waitForPoll();
    for (const id of [one, other]) server.miss(id, { listedSeconds: 600 });
    await harness.waitForPoll();
    settings.setDoNotDisturb('off');
    expect(harness.open).toEqual(['2 missed']);
    accounts.markSeen([harness.sessionKey(one)]);
    expect(harness.open).toEqual([`missed: ${harness.sessionKey(other)}`]);
    accounts.markSeen([harness.sessionKey(other)]);
    expect(harness.open).toEqual([]);
  });

  test('emit a change only if there is one', async () => {
    server.ring();
    await harness.startLive();
    await harness.waitForPoll();
    const before = harness.changes;
    await harness.waitForPoll();
    await harness.waitForPoll();
    expect(harness.changes).toBe(before);
    server.ring();
    await harness.waitForPoll();
    expect(harness.changes).toBeGreaterThan(before);
  });
});

describe('calls to return', () => {
  const NUMBER = '+12025551234';
  const missCall = async (): Promise<string> => {
    const id = server.ring({ fromAddress: NUMBER });
    await harness.waitForPoll();
    server.miss(id, { listedSeconds: 600 });
    await harness.waitForPoll();
    return id;
  };

  test('are resolved by a call to the number, which withdraws the notification', async () => {
    const { accounts } = await harness.startLive();
    const id = await missCall();
    expect(harness.open).toEqual([`missed: ${harness.sessionKey(id)}`]);
    server.ring({ direction: 'Outgoing', toAddress: '(202) 555-1234' });
    await harness.waitForPoll();
    expect(harness.open).toEqual([]);
    expect(accounts.trayStatus.missedCount).toBe(0);
  });

  test('are resolved by an answered call from the number', async () => {
    const { accounts } = await harness.startLive();
    await missCall();
    server.answer(server.ring({ fromAddress: NUMBER }));
    await harness.waitForPoll();
    expect(harness.open).toEqual([]);
    expect(accounts.trayStatus.missedCount).toBe(0);
  });

  test('can be marked as done, which withdraws the notification, and reopened', async () => {
    const { accounts } = await harness.startLive();
    const key = harness.sessionKey(await missCall());
    accounts.markCallbacks([key], true);
    expect(harness.open).toEqual([]);
    expect(accounts.trayStatus.missedCount).toBe(0);
    accounts.markCallbacks([key], false);
    expect(accounts.trayStatus.missedCount).toBe(1);
    expect(harness.open).toEqual([]);
  });

  test('that are resolved during Do Not Disturb are not announced when it ends', async () => {
    const { settings } = await harness.startLive();
    settings.setDoNotDisturb('until-turned-off');
    await missCall();
    server.answer(server.ring({ fromAddress: NUMBER }));
    await harness.waitForPoll();
    settings.setDoNotDisturb('off');
    expect(harness.raised).toEqual([]);
  });
});
