import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasMoreValues } from '../../src/core/json-values';

describe('the values of an answer', () => {
  test.each([
    ['a list', '{"sessions":[1,2,3,4]}', 5],
    ['empty objects', '{"sessions":[{},{},{}]}', 7],
    ['empty lists', '[[],[],[]]', 6],
    ['what stands in a text is none', '{"name":"[{,,,,,,,,"}', 1],
    ['nor what stands after an escaped quotation mark', '{"name":"\\"[{,,,,"}', 1],
    ['a text may end with a backslash', '["\\\\",1,2,3]', 4],
    ['a text that never ends is the last', '[1,"2,3,4,5', 2],
  ])('are counted from the bytes alone: %s', (_, json, values) => {
    const bytes = Buffer.from(json);
    expect(hasMoreValues(bytes, values)).toBe(false);
    expect(hasMoreValues(bytes, values - 1)).toBe(true);
  });

  test('are never fewer than there are', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        // Nothing stands before the outermost one.
        const marked = valuesIn(JSON.parse(json)) - 1;
        fc.pre(marked > 0);
        expect(hasMoreValues(Buffer.from(json), marked - 1)).toBe(true);
      }),
    );
  });
});

function valuesIn(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 1;
  return Object.values(json).reduce((sum: number, inner) => sum + valuesIn(inner), 1);
}
