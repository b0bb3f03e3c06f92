import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeTranscript,
  getFirstMessage,
  getLinks,
  MAX_CHAT_MESSAGES,
  splitLinks,
} from '../../../src/core/chat/transcript';

describe('decoding a transcript', () => {
  test('reads messages with their attachments, the oldest first', () => {
    expect(
      decodeTranscript({
        messages: [
          {
            date: '2026-03-03T09:31:00.0000000Z',
            from: '+12025550173',
            mediaUri: 'https://files.example/a.png',
            mediaContentType: 'image/png',
          },
          { date: '/Date(1772530200000-0000)/', from: ' Cathy ', body: 'Hi!\r\nAnyone there?' },
        ],
      }),
    ).toEqual([
      {
        at: Date.UTC(2026, 2, 3, 9, 30),
        from: 'Cathy',
        body: 'Hi!\nAnyone there?',
        attachment: undefined,
      },
      {
        at: Date.UTC(2026, 2, 3, 9, 31),
        from: '+12025550173',
        body: '',
        attachment: { url: 'https://files.example/a.png', contentType: 'image/png' },
      },
    ]);
  });

  test.each(['', '0001-01-01T00:00:00', 'yesterday', '2026-13-45', 7, null, {}])(
    'keeps the order of the server if a date is %j',
    (date) => {
      const messages = decodeTranscript({
        messages: [
          { date: '2026-03-03T09:31:00Z', body: 'first' },
          { date, body: 'second' },
          { date: '2026-03-03T09:30:00Z', body: 'third' },
        ],
      });
      expect(messages?.map(({ body }) => body)).toEqual(['first', 'second', 'third']);
      expect(messages?.[1]?.at).toBeUndefined();
    },
  );

  test.each([
    ['no object', []],
    ['no list', { messages: {} }],
    ['nothing', undefined],
  ])('returns nothing for %s', (_, json) => {
    expect(decodeTranscript(json)).toBeUndefined();
  });

  test('skips empty messages, and makes texts safe to show', () => {
    const messages = [
      null,
      'text',
      {},
      { body: ' \u200b\n\u202e ' },
      { body: ['x'] },
      { from: 'a\nb\u202e', body: '<img src=x>\u0000\u202eevil' },
    ];
    const decoded = decodeTranscript({ messages });
    expect(decoded).toHaveLength(1);
    expect(decoded?.[0]).toMatchObject({ at: undefined, from: 'a b' });
    expect(decoded?.[0]?.body).toMatch(/^<img src=x> +evil$/);
  });

  test.each([
    'http://files.example/a.png',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/files/1',
    'https://evovoice.io@files.example/',
    `https://files.example/${'x'.repeat(3_000)}`,
  ])('shows an attachment at %s without a link', (mediaUri) => {
    const [message] = decodeTranscript({ messages: [{ mediaUri }] }) ?? [];
    expect(message?.attachment).toEqual({ url: undefined, contentType: undefined });
  });

  test('keeps the first message and the latest ones of a huge chat', () => {
    const messages = Array.from({ length: 5_000 }, (_, index) => ({ body: `${index}` }));
    const bodies = decodeTranscript({ messages })?.map(({ body }) => body);
    expect(bodies).toHaveLength(MAX_CHAT_MESSAGES);
    expect([bodies?.[0], bodies?.at(-1)]).toEqual(['0', '4999']);
  });

  test('truncates a long message', () => {
    const [message] = decodeTranscript({ messages: [{ body: 'x\n'.repeat(100_000) }] }) ?? [];
    expect(message?.body.length).toBeLessThan(4_000);
  });
});

test('the first message is the first one with text, on one line', () => {
  const messages = decodeTranscript({
    messages: [{ mediaUri: 'https://files.example/a' }, { body: 'Hi!\nAnyone?' }, { body: 'x' }],
  });
  expect(getFirstMessage(messages ?? [])).toBe('Hi! Anyone?');
  expect(getFirstMessage([])).toBeUndefined();
  const [long] = decodeTranscript({ messages: [{ body: 'word '.repeat(500) }] }) ?? [];
  expect(getFirstMessage(long ? [long] : [])?.length).toBeLessThanOrEqual(200);
});

describe('links', () => {
  test.each([
    ['See https://example.com/a.', ['https://example.com/a']],
    ['(https://example.com/a)', ['https://example.com/a']],
    ['HTTPS://Example.com', ['https://example.com/']],
    ['https://example.com/?q=a,b&c=1!', ['https://example.com/?q=a,b&c=1']],
    ['two: https://a.example https://b.example', ['https://a.example/', 'https://b.example/']],
    ['http://example.com', []],
    ['javascript:alert(1)', []],
    ['https://', []],
    ['https://evovoice.io@evil.example/', []],
    ['xhttps://example.com', []],
    ['<a href="https://example.com">', ['https://example.com/']],
  ])('in %s are %j', (body, urls) => {
    const segments = splitLinks(body);
    expect(segments.flatMap(({ url }) => url ?? [])).toEqual(urls);
    expect(segments.map(({ text }) => text).join('')).toBe(body);
  });

  test('include the attachment', () => {
    const [message] =
      decodeTranscript({
        messages: [{ body: 'https://a.example', mediaUri: 'https://b.example/x' }],
      }) ?? [];
    expect(message && getLinks(message)).toEqual(['https://a.example/', 'https://b.example/x']);
  });

  test('are always https, and splitting never changes the text', () => {
    const parts = fc.constantFrom(
      'https://',
      'a.example',
      '/x',
      '.',
      ' ',
      '@',
      '\n',
      '"',
      '%',
      ')',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 30 }), (words) => {
        const body = words.join('');
        const segments = splitLinks(body);
        expect(segments.map(({ text }) => text).join('')).toBe(body);
        for (const { url } of segments) if (url !== undefined) expect(url).toMatch(/^https:\/\//);
      }),
    );
  });

  test('are only the first 50 of a message', () => {
    const segments = splitLinks('https://example.com/ '.repeat(60));
    expect(segments.filter(({ url }) => url !== undefined)).toHaveLength(50);
  });

  test('are found quickly in a hostile message', () => {
    const startedAt = performance.now();
    splitLinks(`https://a.example/${'.'.repeat(200_000)}x`.repeat(2));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
