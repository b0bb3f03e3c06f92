import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeMarkup } from '../../../src/main/desktop/markup';

test.each([
  ['Grace Hopper', 'Grace Hopper'],
  ['Smith & Sons', 'Smith &amp; Sons'],
  ['<a href="https://x.example">Grace</a>', '&lt;a href="https://x.example"&gt;Grace&lt;/a&gt;'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
])('%s is shown as it is', (text, escaped) => {
  expect(escapeMarkup(text)).toBe(escaped);
});

test('no text can open a tag or an entity, and none is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', ';', 'a', '"', ' ') }), (text) => {
      const escaped = escapeMarkup(text);
      expect(escaped).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      const read = escaped.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
      expect(read).toBe(text);
    }),
  );
});
