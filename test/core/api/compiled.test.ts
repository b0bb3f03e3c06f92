import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { compiled } from '../../../src/core/api/compiled';

const name = v.pipe(
  v.string(),
  v.transform((text) => text.trim()),
  v.check((text) => text !== ''),
);

const SCHEMAS: Readonly<Record<string, v.GenericSchema>> = {
  text: v.string(),
  flag: v.boolean(),
  'an own test': v.custom((value) => Array.isArray(value)),
  'a pipe': name,
  'an optional one': v.optional(v.boolean()),
  'a default': v.optional(v.boolean(), false),
  'a fallback': v.fallback(name, 'nobody'),
  'a fallback to nothing': v.fallback(v.optional(name), undefined),
  'an object': v.object({ a: name, b: v.optional(v.boolean(), true) }),
  'an object of objects': v.object({ a: v.optional(v.object({ a: v.boolean() })) }),
  'a kind it leaves to valibot': v.union([v.number(), v.array(v.string())]),
  'a step it leaves to valibot': v.pipe(v.string(), v.minLength(2)),
  'a fallback of a kind it leaves to valibot': v.fallback(v.number(), 0),
};

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, null, true, false, '', ' ', ' a ', 'ab', 7, [], {}),
  fc.record(
    {
      a: fc.oneof(fc.string(), fc.boolean(), fc.record({ a: fc.boolean() }), fc.constant(null)),
      b: fc.oneof(fc.boolean(), fc.constant(undefined), fc.string()),
      c: fc.string(),
    },
    { requiredKeys: [] },
  ),
);

describe('a compiled schema', () => {
  test.each(Object.entries(SCHEMAS))('reads %s as valibot does', (_, schema) => {
    const read = compiled(schema);
    fc.assert(
      fc.property(value, (input) => {
        const expected = v.safeParse(schema, input);
        expect(read(input)).toEqual(expected.success ? expected.output : undefined);
      }),
      { numRuns: 300 },
    );
  });
});
