import { expect, test } from 'vitest';
import { renameKeys } from '../../src/core/stored-json';

test('renameKeys renames keys at every depth and keeps the others', () => {
  const old = { facts: { id: '1' }, list: [{ rang: 7, other: true }] };
  expect(renameKeys(old, { facts: 'summary', rang: 'ringMs' })).toEqual({
    summary: { id: '1' },
    list: [{ ringMs: 7, other: true }],
  });
});

test('renameKeys merges an object into its parent', () => {
  const old = { id: '1', place: { path: ['A'], endpoint: 'Desk' } };
  expect(renameKeys(old, { place: null, path: 'customerPath' })).toEqual({
    id: '1',
    customerPath: ['A'],
    endpoint: 'Desk',
  });
});

test('renameKeys maps only the values of the given key', () => {
  const old = { telling: 'untold', name: 'untold' };
  expect(renameKeys(old, { telling: 'stage' }, { stage: { untold: 'pending' } })).toEqual({
    stage: 'pending',
    name: 'untold',
  });
});

test('renameKeys keeps __proto__ and other inherited names as keys', () => {
  const old: unknown = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}');
  expect(JSON.stringify(renameKeys(old, {}))).toBe('{"__proto__":1,"constructor":2,"toString":3}');
});

test('renameKeys does not overflow the stack on deeply nested JSON', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(() => renameKeys({ deep }, {})).not.toThrow();
});
