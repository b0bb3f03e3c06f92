import { describe, expect, test } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import type { ChatMessage } from '../../../src/core/chat/transcript';
import { createChatView, type ChatContext } from '../../../src/main/accounts/chat-views';
import { createSession } from '../builders';

const CONTEXT: ChatContext = {
  members: createSession({
    members: [
      { identity: 'user-1', displayName: 'Jamie Ives', role: 'Agent' },
      { identity: 'user-2', displayName: 'Maya Kent', role: 'Agent' },
      { identity: '+12025550173', role: 'Caller' },
    ],
  }).members,
  party: { name: 'Cathy', number: '+12025550173' },
  currentUser: { id: 'user-1', name: 'Jamie Ives', email: 'jamie@clearwater.example' },
  region: 'US',
  getNumberKey: createNumberKeys('US'),
  serverAheadMs: 60_000,
};

function createMessage(from: string | undefined, body = 'Hi'): ChatMessage {
  return { at: 100_000, from, body, attachment: undefined };
}

function getSender(from: string | undefined, context: Partial<ChatContext> = {}) {
  const messages = [createMessage(from)];
  const view = createChatView({ kind: 'messages', messages }, { ...CONTEXT, ...context });
  const [message] = view.kind === 'messages' ? view.messages : [];
  return [message?.from, message?.isOwn];
}

describe('the sender of a message', () => {
  test.each<[string | undefined, string | undefined, boolean]>([
    ['user-1', 'Jamie Ives', true],
    ['JAMIE IVES', 'Jamie Ives', true],
    ['jamie@clearwater.example', 'jamie@clearwater.example', true],
    ['user-2', 'Maya Kent', false],
    ['+12025550173', 'Cathy', false],
    ['sip:+12025550173@pbx.example', 'Cathy', false],
    ['(202) 555-0173', 'Cathy', false],
    ['+12025550199', '+1 202-555-0199', false],
    ['Someone', 'Someone', false],
    [undefined, undefined, false],
  ])('%s is %s', (from, name, isOwn) => {
    expect(getSender(from)).toEqual([name, isOwn]);
  });

  test('is recognized after the chat has ended, when it has no members', () => {
    const ended = { members: [], party: undefined };
    expect(getSender('user-1', ended)).toEqual(['user-1', true]);
    expect(getSender('+12025550173', ended)).toEqual(['+1 202-555-0173', false]);
  });
});

test('messages have times of this computer, and the latest are shown', () => {
  const messages = Array.from({ length: 600 }, (_, index) => createMessage('user-2', `${index}`));
  const view = createChatView({ kind: 'messages', messages }, CONTEXT);
  expect(view).toMatchObject({ kind: 'messages', earlierCount: 100 });
  expect(view.kind === 'messages' && view.messages[0]).toMatchObject({
    at: 40_000,
    segments: [{ text: '100' }],
  });
});

test('a result without messages stays as it is', () => {
  expect(createChatView({ kind: 'refused' }, CONTEXT)).toEqual({ kind: 'refused' });
});
