import { describe, expect, test, vi } from 'vitest';
import { harness, server, useAdjustableClock } from './account-manager-harness';

const CHAT = { channel: 'Chat', fromName: 'Cathy', customerName: 'Acme Rentals' };
const HELLO = [{ date: '2026-03-03T09:30:00Z', from: 'Cathy', body: 'Hello?\nAnyone there?' }];

function countRequests(): number {
  return server.requests.filter(({ path }) => path.endsWith('/transcript')).length;
}

/** The first messages that the alerts have shown, in order. */
function getShownMessages(): readonly (string | undefined)[] {
  return harness.effects.flatMap((effect) =>
    effect.kind !== 'log' && effect.kind !== 'withdraw' && effect.alert.kind === 'ringing'
      ? [effect.alert.summary.firstMessage]
      : [],
  );
}

/** Rings a chat with these messages. */
function ringChat(messages: unknown = HELLO): string {
  const id = server.ring(CHAT);
  server.setMessages(id, messages);
  return id;
}

describe('AccountManager: a chat that rings', () => {
  test('alerts at once, and shows its first message as soon as that is known', async () => {
    const { accounts } = await harness.startLive();
    const id = ringChat();
    await harness.waitForPoll();
    await vi.waitFor(() => {
      expect(getShownMessages()).toEqual([undefined, 'Hello? Anyone there?']);
    });
    expect(harness.raised).toHaveLength(1);
    expect(accounts.list.getFirstMessage(harness.sessionKey(id))).toBe('Hello? Anyone there?');
    await harness.waitForPoll();
    expect(countRequests()).toBe(1);
  });

  test('is asked again for its first message after a while, a few times', async () => {
    const advance = useAdjustableClock();
    await harness.startLive();
    const id = ringChat([]);
    for (let count = 1; count <= 6; count += 1) {
      await harness.waitForPoll();
      await harness.waitForPoll();
      expect(countRequests()).toBe(Math.min(count, 4));
      advance(5_000);
    }
    server.setMessages(id, HELLO);
    await harness.waitForPoll();
    expect(getShownMessages()).toEqual([undefined]);
  });

  test('neither waits for its message nor holds up a poll', async () => {
    await harness.startLive();
    const id = ringChat();
    server.fault({ path: `/sessions/${id}/transcript`, hang: true });
    await harness.waitForPoll();
    server.ring({ fromName: 'Grace Hopper' });
    await harness.waitForPoll();
    expect(harness.raised).toHaveLength(2);
    expect(countRequests()).toBe(1);
  });

  test('makes no request for a phone call, for an open chat, or while messages are turned off', async () => {
    const { settings } = await harness.startLive();
    server.ring({ fromName: 'Grace Hopper' });
    server.answer(ringChat());
    settings.update({ chatMessages: false });
    ringChat();
    await harness.waitForPoll();
    expect(countRequests()).toBe(0);
  });

  test('no longer shows its message when the user turns messages off', async () => {
    const { settings } = await harness.startLive();
    ringChat();
    await harness.waitForPoll();
    await vi.waitFor(() => {
      expect(getShownMessages().at(-1)).toBe('Hello? Anyone there?');
    });
    settings.update({ chatMessages: false });
    expect(getShownMessages().at(-1)).toBeUndefined();
  });
});

describe('AccountManager: the messages of a chat', () => {
  test('come from the server every 5 seconds at most', async () => {
    const advance = useAdjustableClock();
    const { accounts } = await harness.startLive();
    const id = ringChat();
    server.answer(id);
    await harness.waitForPoll();
    const key = harness.sessionKey(id);
    const loaded = await accounts.list.getTranscript(key);
    expect(loaded).toMatchObject({ kind: 'messages', messages: [{ from: 'Cathy' }] });
    expect(await accounts.list.getTranscript(key)).toBe(loaded);
    expect(countRequests()).toBe(1);
    advance(5_000);
    await Promise.all([accounts.list.getTranscript(key), accounts.list.getTranscript(key)]);
    expect(countRequests()).toBe(2);
  });

  test('are requested after a poll that is in flight', async () => {
    const { accounts } = await harness.startLive();
    const id = ringChat();
    server.answer(id);
    await harness.waitForPoll();
    server.fault({ path: '/sessions/my', times: 1, delayMs: 300 });
    accounts.pollNow();
    const loaded = await accounts.list.getTranscript(harness.sessionKey(id));
    expect(loaded.kind).toBe('messages');
    const find = (end: string) => server.requests.findLast(({ path }) => path.endsWith(end))?.at;
    const [pollAt = 0, loadedAt = 0] = [find('/sessions/my'), find('/transcript')];
    expect(loadedAt - pollAt).toBeGreaterThanOrEqual(290);
  });

  test('are also available for a chat that has ended', async () => {
    const { accounts } = await harness.startLive();
    const id = ringChat();
    await harness.waitForPoll();
    server.vanish(id, { by: 'Maya Kent' });
    await harness.waitForPoll();
    expect(await accounts.list.getTranscript(harness.sessionKey(id))).toMatchObject({
      kind: 'messages',
    });
    for (const gone of ['unknown', '..', '../my?x=', 'a/b']) {
      const result = await accounts.list.getTranscript(harness.sessionKey(gone));
      expect(result).toEqual({ kind: 'missing' });
    }
    expect(accounts.list.views[0]?.areChatsRefused).toBe(false);
  });

  test.each(['refused', 'missing'] as const)(
    'are asked for once per sign-in if %s, and the chat still rings',
    async (mode) => {
      server.setMode('transcripts', mode);
      const { accounts } = await harness.startLive();
      const key = harness.sessionKey(ringChat());
      await harness.waitForPoll();
      await harness.waitForPoll();
      expect(accounts.list.views[0]?.areChatsRefused).toBe(true);
      expect(await accounts.list.getTranscript(key)).toEqual({ kind: 'refused' });
      expect(countRequests()).toBe(1);
      expect(harness.raised).toHaveLength(1);
      server.setMode('transcripts', 'ok');
      server.revoke();
      await harness.waitForPoll();
      await vi.waitFor(() => {
        expect(accounts.list.views[0]?.areChatsRefused).toBe(false);
      });
      expect(await accounts.list.getTranscript(key)).toMatchObject({ kind: 'messages' });
    },
  );

  test('are not requested while turned off, or while the account is paused', async () => {
    const { accounts, settings } = await harness.startLive();
    const key = harness.sessionKey(ringChat());
    server.answer(key.slice(17));
    await harness.waitForPoll();
    settings.update({ chatMessages: false });
    expect(await accounts.list.getTranscript(key)).toEqual({ kind: 'off' });
    settings.update({ chatMessages: true });
    accounts.pause(harness.accountKey());
    expect(await accounts.list.getTranscript(key)).toEqual({ kind: 'failed' });
    expect(countRequests()).toBe(0);
  });

  test('may link only to addresses in the messages', async () => {
    const { accounts } = await harness.startLive();
    const body = 'See https://example.com/a. Not http://example.com/b';
    const id = ringChat([{ body, mediaUri: 'https://files.example/1' }]);
    await harness.waitForPoll();
    const key = harness.sessionKey(id);
    expect(accounts.list.hasChatLink(key, 'https://example.com/a')).toBe(false);
    await accounts.list.getTranscript(key);
    expect(accounts.list.hasChatLink(key, 'https://example.com/a')).toBe(true);
    expect(accounts.list.hasChatLink(key, 'https://files.example/1')).toBe(true);
    expect(accounts.list.hasChatLink(key, 'https://example.com/other')).toBe(false);
    expect(accounts.list.hasChatLink(key, 'http://example.com/b')).toBe(false);
    expect(accounts.list.hasChatLink(harness.sessionKey('other'), 'https://example.com/a')).toBe(
      false,
    );
  });

  test.each<[string, unknown]>([
    ['wrong shapes', [null, 1, { body: {} }, { date: [], from: 5, mediaUri: {} }]],
    ['no list', 'messages'],
    ['many messages', Array.from({ length: 20_000 }, () => ({ body: '\u202e' }))],
  ])('from a hostile server (%s) do no harm', async (_, messages) => {
    const { accounts } = await harness.startLive();
    ringChat(messages);
    await harness.waitForPoll();
    expect(harness.raised).toHaveLength(1);
    expect(getShownMessages()).toEqual([undefined]);
    expect(accounts.connection.kind).toBe('live');
  });
});
