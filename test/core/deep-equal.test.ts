import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepEqual } from '../../src/core/deep-equal';

const createNested = (levels: number): unknown =>
  JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('deepEqual', () => {
  test.each<[unknown, unknown]>([
    [null, null],
    [1, 1],
    ['', ''],
    [[], []],
    [{}, {}],
    [
      { a: 1, b: [2, { c: null }] },
      { b: [2, { c: null }], a: 1 },
    ],
    [JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"a": 1}}')],
    [{ a: undefined }, { a: undefined }],
  ])('returns true for %j and %j', (a, b) => {
    expect(deepEqual(a, b)).toBe(true);
  });

  test.each<[unknown, unknown]>([
    [null, undefined],
    [null, {}],
    [0, '0'],
    [0, false],
    [[], {}],
    [{}, []],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, {}],
    [{ a: undefined }, { b: undefined }],
    [{ toString: 1 }, {}],
    [JSON.parse('{"__proto__": {}}'), {}],
    [{}, JSON.parse('{"__proto__": {}}')],
    [JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"a": 2}}')],
  ])('returns false for %j and %j', (a, b) => {
    expect(deepEqual(a, b)).toBe(false);
  });

  test('returns true for any JSON value and its copy', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(deepEqual(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });

  test('returns true only for values with the same JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const hasSameText = JSON.stringify(a) === JSON.stringify(b);
        if (hasSameText) expect(deepEqual(a, b)).toBe(true);
        else if (typeof a !== 'object' || typeof b !== 'object')
          expect(deepEqual(a, b)).toBe(false);
      }),
    );
  });

  test('does not overflow the stack on deeply nested values', () => {
    expect(deepEqual(createNested(50), createNested(50))).toBe(true);
    expect(deepEqual(createNested(500_000), createNested(500_000))).toBe(false);
  });
});
