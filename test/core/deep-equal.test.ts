import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepEqual } from '../../src/core/deep-equal';

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('two values of JSON say the same', () => {
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
  ])('%j and %j do', (a, b) => {
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
  ])('%j and %j do not', (a, b) => {
    expect(deepEqual(a, b)).toBe(false);
  });

  test('whatever they are, if they were written alike', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(deepEqual(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });

  test('only if they were written alike', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const alike = JSON.stringify(a) === JSON.stringify(b);
        if (alike) expect(deepEqual(a, b)).toBe(true);
        else if (typeof a !== 'object' || typeof b !== 'object')
          expect(deepEqual(a, b)).toBe(false);
      }),
    );
  });

  test('however deep they are nested, no stack overflows', () => {
    expect(deepEqual(deep(50), deep(50))).toBe(true);
    expect(deepEqual(deep(500_000), deep(500_000))).toBe(false);
  });
});
