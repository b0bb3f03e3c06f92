import { within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatMessages, ChatMessageView } from '../../src/shared/ipc';
import type { SessionView } from '../../src/shared/state';
import { createAppState, createDetails, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const MESSAGES: readonly ChatMessageView[] = [
  createMessage({ from: 'Cathy', segments: [{ text: 'Hi <b>there</b>' }] }),
  createMessage({
    from: 'Jamie Ives',
    isOwn: true,
    segments: [
      { text: 'See ' },
      { text: 'https://example.com', url: 'https://example.com/' },
      { text: '.' },
    ],
  }),
  createMessage({
    at: undefined,
    from: undefined,
    attachment: { url: 'https://files.example/1', contentType: 'image/png' },
  }),
  createMessage({ from: 'Cathy', attachment: { url: undefined, contentType: undefined } }),
];

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the messages of a chat', () => {
  it('are shown in the details as text, with the user’s own set apart', async () => {
    const { log } = await openChat({ kind: 'messages', messages: MESSAGES, earlierCount: 3 });
    const items = log.getAllByRole('listitem');
    expect(items[0]).toHaveTextContent(/^Cathy .*Hi <b>there<\/b>$/);
    expect(items[1]).toHaveTextContent(/^You .*See https:\/\/example\.com\.$/);
    expect(items[1]).toHaveClass('own');
    expect(items[0]).not.toHaveClass('own');
    expect(items[2]).toHaveTextContent('Attachment (image/png)');
    expect(within(items[3] as HTMLElement).queryByRole('button')).toBeNull();
  });

  it('show how many earlier ones are hidden', async () => {
    const { page } = await openChat({ kind: 'messages', messages: MESSAGES, earlierCount: 3 });
    expect(page.getByText('3 earlier messages aren’t shown')).toBeVisible();
  });

  it('open links through main only', async () => {
    const { bridge, log, user } = await openChat({
      kind: 'messages',
      messages: MESSAGES,
      earlierCount: 0,
    });
    expect(log.queryByRole('link')).toBeNull();
    await user.click(log.getByRole('button', { name: 'https://example.com' }));
    await user.click(log.getByRole('button', { name: 'Attachment (image/png)' }));
    expect(bridge.requestsFor('chat:open-link')).toEqual([
      { id: 's1', url: 'https://example.com/' },
      { id: 's1', url: 'https://files.example/1' },
    ]);
  });

  it('are loaded only while the chat is open, every 5 seconds', async () => {
    const { bridge, user } = await openChat({ kind: 'messages', messages: [], earlierCount: 0 });
    const count = () => bridge.requestsFor('chat:messages').length;
    expect(count()).toBe(1);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(count()).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(count()).toBe(2);
    await user.keyboard('{Escape}');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(count()).toBe(2);
  });

  it('are loaded once for a chat that has ended', async () => {
    const { bridge } = await openChat(
      { kind: 'messages', messages: MESSAGES, earlierCount: 0 },
      { phase: 'ended' },
    );
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bridge.requestsFor('chat:messages')).toHaveLength(1);
  });

  it('stay while the server does not answer', async () => {
    const { bridge, log } = await openChat(
      { kind: 'messages', messages: MESSAGES, earlierCount: 0 },
      {},
      { kind: 'failed' },
    );
    await vi.advanceTimersByTimeAsync(6_000);
    expect(bridge.requestsFor('chat:messages')).toHaveLength(2);
    expect(log.getAllByRole('listitem')).toHaveLength(4);
  });

  it.each([
    ['refused', 'Chat messages aren’t available for this account.', 1],
    ['missing', 'The messages of this chat aren’t available anymore.', 1],
    ['failed', 'Messages can’t be loaded right now.', 3],
  ] as const)('that are %s are reported', async (kind, text, requestCount) => {
    const { bridge, page } = await openChat({ kind });
    expect(page.getByText(text)).toBeVisible();
    await vi.advanceTimersByTimeAsync(10_200);
    expect(bridge.requestsFor('chat:messages')).toHaveLength(requestCount);
  });

  it.each([
    ['while turned off', 'Chat', false],
    ['for a call', 'Voice', true],
  ])('are neither loaded nor shown %s', async (_, channel, chatMessages) => {
    const state = createState({ channel });
    const settings = { ...state.settings, chatMessages };
    const bridge = new FakeBridge(
      { ...state, settings },
      { 'session:details': () => createDetails({ id: 's1' }) },
    );
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('button', { name: /Cathy/ }));
    await page.findByRole('heading', { level: 1, name: 'Cathy' });
    expect(bridge.requestsFor('chat:messages')).toEqual([]);
    expect(page.queryByRole('heading', { name: 'Messages' })).toBeNull();
  });
});

it('the card of a ringing chat shows its first message as text', async () => {
  const ringing = { phase: 'ringing', firstMessage: 'Hi, <b>anyone</b>?' } as const;
  const { page } = await renderApp(new FakeBridge(createState(ringing)));
  const card = page.getByRole('button', { name: /Incoming chat.*Cathy/ });
  expect(within(card).getByText('Hi, <b>anyone</b>?')).toBeVisible();
});

function createMessage(message: Partial<ChatMessageView>): ChatMessageView {
  return {
    at: Date.now(),
    from: undefined,
    isOwn: false,
    segments: [],
    attachment: undefined,
    ...message,
  };
}

function createState(session: Partial<SessionView> = {}) {
  const view = {
    id: 's1',
    name: 'Cathy',
    channel: 'Chat',
    phase: 'connected',
    ...session,
  } as const;
  return createAppState({ sessions: [createSessionView(view)] });
}

async function openChat(
  first: ChatMessages,
  session: Partial<SessionView> = {},
  later: ChatMessages = first,
) {
  let requestCount = 0;
  const bridge = new FakeBridge(createState(session), {
    'session:details': () => createDetails({ id: 's1' }),
    'chat:messages': () => {
      requestCount += 1;
      return requestCount === 1 ? first : later;
    },
  });
  const { page, user } = await renderApp(bridge);
  await user.click(page.getByRole('button', { name: /Cathy/ }));
  await page.findByRole('heading', { name: 'Messages' });
  const log = within(page.queryByRole('log') ?? document.body);
  return { bridge, page, user, log };
}
